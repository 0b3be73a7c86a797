import type { Columnar } from './catalog-row.ts';

/** The rows of a columnar set as objects. */
export function rowsOf<Row extends object>(set: Columnar<Row>): readonly Row[] {
  const names = Object.keys(set) as (keyof Row)[];
  const first = names[0];
  if (first === undefined) return [];
  const rows: Row[] = [];
  for (let place = 0; place < set[first].length; place += 1) {
    const row = {} as Row;
    for (const name of names) row[name] = set[name][place] as Row[keyof Row];
    rows.push(row);
  }
  return rows;
}

/** The rows of a columnar set grouped by one of their columns, in their order. */
export function rowsBy<Row extends object, Key extends keyof Row>(
  set: Columnar<Row>,
  key: Key,
): ReadonlyMap<Row[Key], readonly Row[]> {
  const groups = new Map<Row[Key], Row[]>();
  for (const row of rowsOf(set)) {
    const group = groups.get(row[key]);
    if (group) group.push(row);
    else groups.set(row[key], [row]);
  }
  return groups;
}

/** A property of the result exactly where it has a value: JSON has no `undefined`. */
export type Draft<Value> = { -readonly [Name in keyof Value]: Value[Name] };

const NOTHING: readonly never[] = Object.freeze([]);

/** A frozen list; all empty lists are one object, since most lists of a catalog are empty. */
export function frozenList<Item>(items: readonly Item[] | null | undefined): readonly Item[] {
  return items && items.length > 0 ? Object.freeze(items) : NOTHING;
}

/** Sets a property only where there is a value: JSON has no `undefined`, and an absent fact is an absent property. */
export function put<Value extends object, Name extends keyof Value>(
  draft: Value,
  name: Name,
  value: Exclude<Value[Name], undefined> | null | undefined,
): void {
  if (value !== undefined && value !== null) draft[name] = value;
}

/** The value of a key, made and kept when there is none. */
export function getOrAdd<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
