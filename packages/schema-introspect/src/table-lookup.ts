import type { Table } from './schema.ts';

/** Finds tables by schema and name. Made once: looking through ten thousand tables for each of their keys takes a second. */
export function createTableLookup(tables: readonly Table[]): (schema: string, name: string) => Table | undefined {
  // NUL cannot be in a PostgreSQL name, so schema `a.b` and table `c` never meet schema `a` and table `b.c`.
  const keyOf = (schema: string, name: string): string => `${schema}\0${name}`;
  const known = new Map(tables.map((table) => [keyOf(table.schema, table.name), table]));
  return (schema, name) => known.get(keyOf(schema, name));
}
