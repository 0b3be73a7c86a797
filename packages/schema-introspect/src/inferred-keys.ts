import type { Table } from './schema.ts';
import { stem } from './words.ts';

/** Columns that look like keys: a part before, and an ending that names an identifier. */
const KEY_COLUMN = /^(.+?)[_ ]?(?:id|key|code|no|num|number|uuid)$/;

/** Above this many tables a shared column says no more that two of them belong together. */
const MAX_SHARING = 8;

/**
 * Joins that nobody declared but names suggest: `customer_id` or `customer` beside a table `customers`, or the same key-like column
 * in a few tables of one schema. Guesses: good for ranking, never shown as keys.
 */
export function inferKeys(tables: readonly Table[]): ReadonlyMap<Table, ReadonlySet<Table>> {
  const joins = new Map<Table, Set<Table>>();
  const join = (one: Table, other: Table): void => {
    if (one === other) return;
    for (const [from, to] of [
      [one, other],
      [other, one],
    ] as const) {
      const known = joins.get(from);
      if (known) known.add(to);
      else joins.set(from, new Set([to]));
    }
  };

  const byName = new Map(tables.map((table) => [`${table.schema}\0${stem(table.name.toLowerCase())}`, table]));
  const byColumn = new Map<string, Table[]>();
  for (const table of tables) {
    for (const column of table.columns) {
      const name = column.name.toLowerCase();
      const base = KEY_COLUMN.exec(name)?.[1];
      const named = byName.get(`${table.schema}\0${stem(base ?? name)}`);
      if (named) join(table, named);
      if (base === undefined) continue;
      const key = `${table.schema}\0${name}`;
      const sharing = byColumn.get(key);
      if (sharing) sharing.push(table);
      else byColumn.set(key, [table]);
    }
  }
  for (const sharing of byColumn.values()) {
    if (sharing.length > MAX_SHARING) continue;
    for (const one of sharing) for (const other of sharing) join(one, other);
  }
  return joins;
}
