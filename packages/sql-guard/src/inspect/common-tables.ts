import { type Fields, fieldsOf, listOf, textOf } from '../tree.ts';

/**
 * The members of WITH, each after those that it reads. WITH RECURSIVE lets a member read one that is written after it, which the server
 * sorts in the same way; members that read each other, which it refuses, stay as they are written.
 */
export function commonTables(withClause: Fields): readonly Fields[] {
  const written = listOf(withClause['ctes']).map((item) => fieldsOf(item, 'CommonTableExpr') ?? {});
  return withClause['recursive'] === true && written.length > 1 ? inOrderOfUse(written) : written;
}

function inOrderOfUse(members: readonly Fields[]): readonly Fields[] {
  const byName = new Map(members.map((member) => [textOf(member['ctename']) ?? '', member]));
  const ordered = new Set<Fields>();
  const entered = new Set<Fields>();
  // Each member stands twice: before what it reads, and again behind it.
  const stack: Fields[] = [...members].reverse();
  for (let member = stack.pop(); member; member = stack.pop()) {
    if (entered.has(member)) {
      ordered.add(member);
      continue;
    }
    entered.add(member);
    stack.push(member);
    for (const name of readNames(member['ctequery'])) {
      const read = byName.get(name);
      if (read && !entered.has(read)) stack.push(read);
    }
  }
  return [...ordered];
}

/** Names of the relations without a schema in a query, wherever they stand. */
function readNames(query: unknown): ReadonlySet<string> {
  const names = new Set<string>();
  const stack = [query];
  for (let value = stack.pop(); value !== undefined || stack.length > 0; value = stack.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    const relation = fieldsOf(value, 'RangeVar');
    if (relation && relation['schemaname'] === undefined) names.add(textOf(relation['relname']) ?? '');
    for (const child of Object.values(value)) stack.push(child);
  }
  return names;
}
