import type { Queryable } from './ports.ts';
import { Parameters, quoteIdentifier } from './sql-text.ts';

/** What the database holds of a store. */
export interface Facts {
  readonly schemaExists: boolean;
  /** Applied migrations by id. */
  readonly applied: ReadonlyMap<
    number,
    { readonly checksum: string; readonly breaking: boolean; readonly name: string }
  >;
  /** The shapes collections were made with, as JSON text with sorted keys, by name. */
  readonly shapes: ReadonlyMap<string, string>;
  /** Types of columns by table, then column. */
  readonly tables: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Whether an index is usable, by name. */
  readonly indexes: ReadonlyMap<string, boolean>;
  /** Names of partitions by table. */
  readonly partitions: ReadonlyMap<string, readonly string[]>;
  /** Installed versions; an available but not installed extension has `null`. */
  readonly extensions: ReadonlyMap<string, string | null>;
}

const CATALOG_QUERY = `
  select json_build_object(
    'schema', exists (select from pg_catalog.pg_namespace where nspname = $1::text),
    'columns', coalesce((
      select json_agg(json_build_array(c.relname, a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod)))
      from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where n.nspname = $1::text and c.relkind in ('r', 'p') and not c.relispartition), '[]'),
    'indexes', coalesce((
      select json_agg(json_build_array(c.relname, i.indisvalid))
      from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      join pg_catalog.pg_index i on i.indexrelid = c.oid
      where n.nspname = $1::text and not c.relispartition), '[]'),
    'partitions', coalesce((
      select json_agg(json_build_array(p.relname, c.relname))
      from pg_catalog.pg_inherits h join pg_catalog.pg_class c on c.oid = h.inhrelid
      join pg_catalog.pg_class p on p.oid = h.inhparent join pg_catalog.pg_namespace n on n.oid = p.relnamespace
      where n.nspname = $1::text and p.relkind = 'p'), '[]'),
    'extensions', coalesce((
      select json_agg(json_build_array(name, installed_version))
      from pg_catalog.pg_available_extensions where name in ('vector', 'pg_trgm')), '[]')
  )::text as facts`;

interface CatalogAnswer {
  readonly schema: boolean;
  readonly columns: readonly (readonly [string, string, string])[];
  readonly indexes: readonly (readonly [string, boolean])[];
  readonly partitions: readonly (readonly [string, string])[];
  readonly extensions: readonly (readonly [string, string | null])[];
}

interface AppliedRow {
  readonly id: string;
  readonly name: string;
  readonly checksum: string;
  readonly breaking: string;
}

function group<V>(pairs: Iterable<readonly [string, V]>): Map<string, V[]> {
  const groups = new Map<string, V[]>();
  for (const [key, value] of pairs) {
    const list = groups.get(key);
    if (list === undefined) groups.set(key, [value]);
    else list.push(value);
  }
  return groups;
}

/** Reads what the database holds of a store, in at most three statements. */
export async function readFacts(db: Queryable, schema: string): Promise<Facts> {
  const parameters = new Parameters();
  parameters.add(schema, 'text');
  const { rows } = await db.query<{ facts: string }>(CATALOG_QUERY, parameters.values);
  const answer = JSON.parse(rows[0]?.facts ?? '{}') as CatalogAnswer;
  const columns = group(answer.columns.map(([table, column, type]) => [table, [column, type] as const]));
  const quoted = quoteIdentifier(schema);
  const applied = columns.has('migrations')
    ? await db.query<AppliedRow>(
        `select id::text as id, name, checksum, breaking::text as breaking from ${quoted}.migrations order by migrations.id`,
      )
    : { rows: [] };
  const shapes = columns.has('collections')
    ? await db.query<{ name: string; shape: string }>(`select name, shape::text as shape from ${quoted}.collections`)
    : { rows: [] };
  return {
    schemaExists: answer.schema,
    applied: new Map(
      applied.rows.map(({ id, name, checksum, breaking }) => [
        Number(id),
        { name, checksum, breaking: breaking === 'true' },
      ]),
    ),
    shapes: new Map(shapes.rows.map(({ name, shape }) => [name, shape])),
    tables: new Map([...columns].map(([table, pairs]) => [table, new Map(pairs)])),
    indexes: new Map(answer.indexes),
    partitions: group(answer.partitions),
    extensions: new Map(answer.extensions),
  };
}
