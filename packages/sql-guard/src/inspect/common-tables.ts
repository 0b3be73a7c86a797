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
    for (const name of namedTables(member['ctequery']).keys()) {
      const read = byName.get(name);
      if (read && !entered.has(read)) stack.push(read);
    }
  }
  return [...ordered];
}

/** How often each table of no schema is named below a node. */
export function namedTables(root: unknown): Map<string, number> {
  const counts = new Map<string, number>();
  const stack: unknown[] = [root];
  for (let value = stack.pop(); value !== undefined || stack.length > 0; value = stack.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    const table = fieldsOf(value, 'RangeVar');
    const name = table?.['schemaname'] === undefined ? textOf(table?.['relname']) : undefined;
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
    for (const part of Object.values(value)) if (typeof part === 'object') stack.push(part);
  }
  return counts;
}
