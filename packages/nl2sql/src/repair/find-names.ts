import { nearestNames, similarity } from '../nearest.ts';
import type { CatalogTable } from '../ports.ts';
import { wordsOf } from '../words.ts';
import { type CatalogIndex, squash } from './catalog-index.ts';
import { haveSameWords } from './same-words.ts';
import { type Relation, type Scope, type ScopeColumn, scopesOf } from './scope.ts';

/** The columns that are called so, or so but for case, blanks and punctuation; exact names come alone. */
export function columnsCalled(relations: readonly Relation[], column: string): readonly ScopeColumn[] {
  const alike = relations.flatMap((relation) =>
    [...(relation.columns ?? [])]
      .filter((name) => squash(name) === squash(column))
      .map((name) => ({ relation, column: name })),
  );
  const exact = alike.filter((found) => found.column === column);
  if (exact.length > 0) return exact;
  const folded = alike.filter((found) => found.column.toLowerCase() === column.toLowerCase());
  return folded.length > 0 ? folded : alike;
}

/** The one of several columns that is meant because they are equal in every row. */
export function onlyOne(found: readonly ScopeColumn[], scope: Scope): ScopeColumn | undefined {
  const [first, ...others] = found;
  if (first === undefined || others.length === 0) return first;
  const areEqual = others.every((other) => other.column === first.column) && areEquated(scope, found);
  return areEqual ? found.find(({ relation }) => !scope.filled.has(relation)) : undefined;
}

function areEquated(scope: Scope, found: readonly ScopeColumn[]): boolean {
  const [first, ...others] = found;
  if (first === undefined) return false;
  const reached = new Set([first.relation]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const [{ relation: left, column }, { relation: right, column: other }] of scope.equations) {
      if (squash(column) !== squash(first.column) || column !== other) continue;
      if (reached.has(left) === reached.has(right)) continue;
      reached.add(left).add(right);
      grown = true;
    }
  }
  return others.every(({ relation }) => reached.has(relation));
}

/** The one column that an unqualified name can mean, from the innermost scope outwards. `isOnly`: no qualifier is needed. */
export function findInScopes(
  scope: Scope,
  column: string,
  except: Relation | undefined,
): (ScopeColumn & { readonly isOnly: boolean }) | undefined {
  for (const current of scopesOf(scope)) {
    const relations = current.relations.filter((candidate) => candidate !== except);
    const found = columnsCalled(relations, column);
    if (found.length === 0) continue;
    const only = onlyOne(found, current);
    return only === undefined ? undefined : { ...only, isOnly: found.length === 1 };
  }
  return undefined;
}

/**
 * The one column whose name is very similar: a letter is missing, doubled or swapped, the table's name stands before it or
 * is missing before it (`store_name` in a table stores that has `name`), or most of its trigrams are the same.
 */
export function nearColumn(relations: readonly Relation[], column: string): ScopeColumn | undefined {
  const columns = relations.flatMap((relation) =>
    [...(relation.columns ?? [])].map((name) => ({ relation, column: name })),
  );
  const certain = columns.filter((found) => isSlip(column, found.column) || isPrefixed(column, found));
  if (certain.length > 0) return certain.length === 1 ? certain[0] : undefined;
  const names = columns.map((found) => found.column);
  const best = clearlyNearest(column, names, 0.6);
  const found = columns.filter((candidate) => candidate.column === best);
  return found.length === 1 ? found[0] : undefined;
}

/** Whether one name becomes the other by one letter more or two letters swapped, with the same first and last letter. */
function isSlip(name: string, other: string): boolean {
  const [short, long] = name.length <= other.length ? [name, other] : [other, name];
  if (short.length < 3 || long.length > short.length + 1 || short === long) return false;
  if (short[0] !== long[0] || short.at(-1) !== long.at(-1) || digitsOf(short) !== digitsOf(long)) return false;
  let at = 0;
  while (short[at] === long[at]) at++;
  if (long.length > short.length) return short.slice(at) === long.slice(at + 1);
  return short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2);
}

function isPrefixed(name: string, { relation, column }: ScopeColumn): boolean {
  const table = relation.table?.name;
  if (table === undefined) return false;
  const prefixes = [squash(table), squash(wordsOf(table).join(''))].filter((prefix) => prefix.length > 1);
  return prefixes.some(
    (prefix) => squash(name) === prefix + squash(column) || squash(column) === prefix + squash(name),
  );
}

/** Each choice looks at all tables; a statement of thousands of unknown names must not take minutes. */
const mostChoices = 30;

/** Tells the one table that is meant by an unknown name, if only one can be. For one statement: it stops after many names. */
export function createTableChooser(
  index: CatalogIndex,
): (schema: string | undefined, name: string) => CatalogTable | undefined {
  const chosen = new Map<string, CatalogTable | undefined>();
  return (schema, name) => {
    const key = JSON.stringify([schema, name]);
    if (!chosen.has(key) && chosen.size < mostChoices) chosen.set(key, chooseTable(index, schema, name));
    return chosen.get(key);
  };
}

function chooseTable(index: CatalogIndex, schema: string | undefined, name: string): CatalogTable | undefined {
  const elsewhere = index.find(undefined, name);
  for (const found of [
    index.findAlike(schema, name),
    schema === undefined ? elsewhere : [],
    index.findAlike(undefined, name),
  ]) {
    const [only, ...others] = found;
    if (only !== undefined && others.length === 0) return only;
    const exact = found.filter((table) => table.name.toLowerCase() === name.toLowerCase());
    if (exact.length === 1) return exact[0];
    if (found.length > 1) return undefined;
  }
  const [same, ...more] = index.findInSingular(schema, name);
  if (same !== undefined && more.length === 0) return same;
  const tables = index.tables.filter((table) =>
    schema === undefined ? table.inSearchPath !== false : table.schema === schema,
  );
  const best = clearlyNearest(name, [...new Set(tables.map((table) => table.name))], 0.6);
  return best === undefined ? undefined : tables.find((table) => table.name === best);
}

/** The most similar name, if it is similar enough and no other is nearly as similar. */
export function clearlyNearest(name: string, candidates: readonly string[], least: number): string | undefined {
  const [best, second] = nearestNames(name, candidates, 2);
  if (best === undefined || similarity(name, best) < least || digitsOf(name) !== digitsOf(best)) return undefined;
  if (!haveSameWords(name, best)) return undefined;
  return second !== undefined && similarity(name, second) > similarity(name, best) - 0.1 ? undefined : best;
}

/** Names that differ in a number mean different things: `sales_2024` is not a slip for `sales_2025`. */
const digitsOf = (name: string): string => (name.match(/\d+/g) ?? []).join();
