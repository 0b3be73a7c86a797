import type pg from 'pg';
import type { CatalogSnapshot } from '../src/index.ts';

/** The structure of a database as PostgreSQL tells it; enum labels and everything but tables left out. */
export async function readSnapshot(client: pg.Client): Promise<CatalogSnapshot> {
  const { rows: columns } = await client.query<{ id: string; schema: string; table: string; columns: string[][] }>(
    `SELECT c.oid::text AS id, n.nspname AS schema, c.relname AS table, json_agg(json_build_array(a.attname, format_type(a.atttypid, NULL)) ORDER BY a.attnum) AS columns
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
     WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema') GROUP BY 1, 2, 3`,
  );
  const names = (table: string, numbers: string) =>
    `(SELECT json_agg(a.attname ORDER BY k.at) FROM unnest(${numbers}) WITH ORDINALITY AS k (n, at) JOIN pg_attribute a ON a.attrelid = ${table} AND a.attnum = k.n)`;
  const { rows: keys } = await client.query<{ id: string; to: string; columns: string[]; referenced: string[] }>(
    `SELECT conrelid::text AS id, confrelid::text AS to, ${names('conrelid', 'conkey')} AS columns, ${names('confrelid', 'confkey')} AS referenced FROM pg_constraint WHERE contype = 'f'`,
  );
  const byId = new Map(columns.map((table) => [table.id, table]));
  return {
    tables: columns.map(({ id, schema, table, columns: list }) => ({
      schema,
      name: table,
      ...(schema === 'public' ? {} : { inSearchPath: false }),
      columns: list.map(([name = '', type = '']) => ({ name, type })),
      foreignKeys: keys
        .filter((key) => key.id === id)
        .map(({ to, columns: from, referenced }) => ({
          columns: from,
          references: { schema: byId.get(to)!.schema, table: byId.get(to)!.table, columns: referenced },
        })),
    })),
  };
}
