import type { Queryable } from '@pgmcp/schema-introspect';

/** The approach of most tools: names first, then three queries a table. @returns the number of queries */
export async function readTableByTable(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ oid: string }>(`
    select c.oid::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`);
  let queries = 1;
  for (const { oid } of rows) {
    await db.query(
      `select a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid), col_description(a.attrelid, a.attnum)
         from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
        where a.attrelid = $1::oid and a.attnum > 0 and not a.attisdropped order by a.attnum`,
      [oid],
    );
    await db.query(
      'select conname, contype, conkey, confrelid::regclass, confkey from pg_constraint where conrelid = $1::oid',
      [oid],
    );
    await db.query('select indexrelid::regclass, pg_get_indexdef(indexrelid) from pg_index where indrelid = $1::oid', [
      oid,
    ]);
    queries += 3;
  }
  return queries;
}
