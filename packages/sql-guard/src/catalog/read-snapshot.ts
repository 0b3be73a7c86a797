import { createHash } from 'node:crypto';
import type { CatalogSnapshot } from './snapshot.ts';

/** What is needed of a database driver: `pg.Pool`, `pg.Client` and PGlite fit as they are. */
export interface Queryable {
  query<Row>(text: string, values?: readonly unknown[]): Promise<{ rows: Row[] }>;
}

const userSchemas = `select oid, nspname from pg_catalog.pg_namespace where nspname not in ('pg_catalog', 'information_schema') and nspname not like 'pg\\_toast%' and nspname not like 'pg\\_temp%'`;

const extensionOf = (catalog: string, column: string) =>
  `(select e.extname from pg_catalog.pg_depend d join pg_catalog.pg_extension e on e.oid = d.refobjid
    where d.classid = 'pg_catalog.${catalog}'::regclass and d.objid = ${column} and d.refclassid = 'pg_catalog.pg_extension'::regclass and d.deptype = 'e' limit 1)`;

// Definitions are printed under an empty path, so that every name of a user comes with its schema. The path is put back by the second
// column: columns are computed from left to right, and the CASE before a definition asks for the change first.
const snapshotQuery = `
with path as materialized (
  select pg_catalog.current_schemas(false) as schemas, pg_catalog.current_setting('search_path') as setting, pg_catalog.set_config('search_path', 'pg_catalog', true) as changed
), schemas as (${userSchemas}), types as (select t.oid, n.nspname as schema, t.typname as name from pg_catalog.pg_type t join pg_catalog.pg_namespace n on n.oid = t.typnamespace)
select json_build_object(
  'searchPath', (select coalesce(json_agg(s), '[]') from path, unnest(path.schemas) s),
  'relations', (select coalesce(json_agg(json_build_object(
      'schema', s.nspname, 'name', c.relname,
      'kind', case c.relkind when 'r' then 'table' when 'p' then 'partitioned-table' when 'v' then 'view' when 'm' then 'materialized-view' when 'f' then 'foreign-table' else 'sequence' end,
      'columns', (select coalesce(json_agg(json_build_object('name', a.attname, 'typeSchema', t.schema, 'typeName', t.name,
          'generated', case when a.attgenerated <> '' and (select changed from path) is not null then (
            select pg_catalog.pg_get_expr(g.adbin, g.adrelid) from pg_catalog.pg_attrdef g where g.adrelid = a.attrelid and g.adnum = a.attnum) end) order by a.attnum), '[]')
        from pg_catalog.pg_attribute a join types t on t.oid = a.atttypid where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped),
      'definition', case when c.relkind in ('v', 'm') and (select changed from path) is not null then pg_catalog.pg_get_viewdef(c.oid) end,
      'parents', (select coalesce(json_agg(json_build_object('schema', pn.nspname, 'name', p.relname)), '[]') from pg_catalog.pg_inherits i
        join pg_catalog.pg_class p on p.oid = i.inhparent join pg_catalog.pg_namespace pn on pn.oid = p.relnamespace where i.inhrelid = c.oid)
    ) order by s.nspname, c.relname), '[]') from pg_catalog.pg_class c join schemas s on s.oid = c.relnamespace where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')),
  'functions', (select coalesce(json_agg(json_build_object(
      'schema', s.nspname, 'name', p.proname, 'argumentTypes', (select coalesce(json_agg(pg_catalog.format_type(a, null)), '[]') from unnest(p.proargtypes) a),
      'kind', case p.prokind when 'p' then 'procedure' when 'a' then 'aggregate' when 'w' then 'window' else 'function' end,
      'volatility', case p.provolatile when 'i' then 'immutable' when 's' then 'stable' else 'volatile' end,
      'securityDefiner', p.prosecdef, 'changesSettings', p.proconfig is not null, 'extension', ${extensionOf('pg_proc', 'p.oid')}
    ) order by s.nspname, p.proname, p.oid), '[]') from pg_catalog.pg_proc p join schemas s on s.oid = p.pronamespace),
  'operators', (select coalesce(json_agg(json_build_object(
      'schema', s.nspname, 'name', o.oprname, 'functionSchema', n.nspname, 'functionName', p.proname, 'extension', ${extensionOf('pg_operator', 'o.oid')}
    ) order by s.nspname, o.oprname, o.oid), '[]') from pg_catalog.pg_operator o join schemas s on s.oid = o.oprnamespace
      join pg_catalog.pg_proc p on p.oid = o.oprcode join pg_catalog.pg_namespace n on n.oid = p.pronamespace),
  'casts', (select coalesce(json_agg(json_build_object(
      'sourceSchema', a.schema, 'sourceName', a.name, 'targetSchema', b.schema, 'targetName', b.name, 'functionSchema', n.nspname, 'functionName', p.proname
    ) order by c.oid), '[]') from pg_catalog.pg_cast c join types a on a.oid = c.castsource join types b on b.oid = c.casttarget
      left join pg_catalog.pg_proc p on p.oid = c.castfunc left join pg_catalog.pg_namespace n on n.oid = p.pronamespace where c.oid >= 16384),
  'types', (select coalesce(json_agg(json_build_object(
      'schema', s.nspname, 'name', t.typname,
      'kind', case t.typtype when 'e' then 'enum' when 'd' then 'domain' when 'c' then 'composite' when 'r' then 'range' when 'm' then 'multirange' else 'base' end,
      'baseSchema', coalesce(b.schema, r.schema), 'baseName', coalesce(b.name, r.name),
      'checks', (select json_agg(pg_catalog.pg_get_expr(k.conbin, 0)) from pg_catalog.pg_constraint k where (select changed from path) is not null and k.contypid = t.oid and k.contype = 'c'),
      'attributes', (select json_agg(json_build_object('name', a.attname, 'typeSchema', at.schema, 'typeName', at.name) order by a.attnum)
        from pg_catalog.pg_attribute a join types at on at.oid = a.atttypid where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped),
      'extension', ${extensionOf('pg_type', 't.oid')}
    ) order by s.nspname, t.typname), '[]') from pg_catalog.pg_type t join schemas s on s.oid = t.typnamespace
      left join types b on b.oid = nullif(t.typbasetype, 0)
      left join pg_catalog.pg_range g on g.rngtypid = t.oid left join types r on r.oid = g.rngsubtype
      where t.typtype in ('e', 'd', 'r', 'm', 'b', 'c') and t.typelem = 0
        and (t.typrelid = 0 or exists (select from pg_catalog.pg_class c where c.oid = t.typrelid and c.relkind = 'c')))
) as snapshot, pg_catalog.set_config('search_path', (select setting from path), true) as restored`;

/** JSON has no undefined: an absent property must be absent, and not null. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== null)
      .map(([key, item]) => [key, withoutNulls(item)]),
  );
}

/**
 * Reads what the catalog stage needs, in one query. Call it on a connection with the search_path that the checked texts will run with.
 * Errors of the driver pass through.
 */
export async function readCatalogSnapshot(db: Queryable): Promise<CatalogSnapshot> {
  const { rows } = await db.query<{ snapshot: unknown }>(snapshotQuery);
  const snapshot = withoutNulls(rows[0]?.snapshot) as Omit<CatalogSnapshot, 'fingerprint'>;
  return {
    ...snapshot,
    definitionsQualified: true,
    fingerprint: createHash('sha256').update(JSON.stringify(snapshot)).digest('hex'),
  };
}
