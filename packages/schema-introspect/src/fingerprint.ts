import { IntrospectionError } from './errors.ts';
import type { Queryable } from './ports.ts';

/**
 * Rows of the system catalogs as hashes. A catalog row is replaced when DDL changes the object, and a new row has a
 * new `xmin`, so hashing (key, xmin) sees every change without looking at the row. Two exceptions make up the rules:
 *
 * - `pg_class` and `pg_index` rows are also replaced by TRUNCATE, REFRESH, VACUUM FULL and REINDEX. There the columns
 *   that DDL changes are hashed instead. (ANALYZE and VACUUM update rows in place and leave `xmin` alone.)
 * - Temporary objects of other sessions come and go; they are left out, as the system's own are.
 *
 * The hashes are joined by XOR, which needs no order. Needs PostgreSQL 14 (`bit_xor`, `hash_record_extended`).
 */
const OF_RELATION = (catalog: string, key: string, relation: string): string => `
  select pg_catalog.hash_record_extended(row('${catalog}'::text, ${key}, x.xmin), 0)
    from pg_catalog.${catalog} x join relation r on r.oid = x.${relation}`;

const OF_NAMESPACE = (catalog: string, namespace: string): string => `
  select pg_catalog.hash_record_extended(row('${catalog}'::text, x.oid, x.xmin), 0)
    from pg_catalog.${catalog} x join namespace n on n.oid = x.${namespace}`;

const WHOLE = (catalog: string, key: string, where = 'true'): string => `
  select pg_catalog.hash_record_extended(row('${catalog}'::text, ${key}, x.xmin), 0)
    from pg_catalog.${catalog} x where ${where}`;

const HASHES = [
  `select pg_catalog.hash_record_extended(row('pg_class'::text, oid, relname, relnamespace, relkind, relowner, relacl::text,
          reloptions, relrowsecurity, relforcerowsecurity, relispartition, relpersistence, relpartbound::text), 0)
     from relation`,
  OF_RELATION('pg_attribute', 'x.attrelid, x.attnum', 'attrelid'),
  OF_RELATION('pg_attrdef', 'x.oid', 'adrelid'),
  `select pg_catalog.hash_record_extended(row('pg_index'::text, x.indexrelid, x.indrelid, x.indisvalid, x.indisunique,
          x.indisprimary, x.indisexclusion, c.relname, c.reloptions), 0)
     from pg_catalog.pg_index x join relation r on r.oid = x.indrelid join pg_catalog.pg_class c on c.oid = x.indexrelid`,
  OF_RELATION('pg_rewrite', 'x.oid', 'ev_class'),
  OF_RELATION('pg_trigger', 'x.oid', 'tgrelid'),
  OF_RELATION('pg_policy', 'x.oid', 'polrelid'),
  OF_RELATION('pg_inherits', 'x.inhrelid, x.inhparent', 'inhrelid'),
  OF_RELATION('pg_foreign_table', 'x.ftrelid', 'ftrelid'),
  OF_RELATION('pg_sequence', 'x.seqrelid', 'seqrelid'),
  OF_NAMESPACE('pg_constraint', 'connamespace'),
  OF_NAMESPACE('pg_type', 'typnamespace'),
  OF_NAMESPACE('pg_proc', 'pronamespace'),
  OF_NAMESPACE('pg_operator', 'oprnamespace'),
  WHOLE('pg_namespace', 'x.oid', 'x.oid in (select oid from namespace)'),
  WHOLE('pg_enum', 'x.oid'),
  WHOLE('pg_cast', 'x.oid', 'x.oid >= 16384'),
  WHOLE('pg_extension', 'x.oid'),
  WHOLE('pg_foreign_server', 'x.oid'),
  WHOLE('pg_description', 'x.classoid, x.objoid, x.objsubid', 'x.objoid >= 16384'),
  WHOLE('pg_auth_members', 'x.roleid, x.member'),
];

const FINGERPRINT_QUERY = `
with namespace as materialized (
  select oid from pg_catalog.pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'
), relation as materialized (
  select c.oid, c.relname, c.relnamespace, c.relkind, c.relowner, c.relacl, c.reloptions, c.relrowsecurity,
         c.relforcerowsecurity, c.relispartition, c.relpersistence, c.relpartbound
    from pg_catalog.pg_class c join namespace n on n.oid = c.relnamespace
   where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S', 'c')
)
select pg_catalog.md5(pg_catalog.concat_ws(' ', current_user, pg_catalog.current_schemas(false),
         pg_catalog.current_setting('server_version_num'), pg_catalog.count(*), pg_catalog.bit_xor(hash))) as "fingerprint"
  from (${HASHES.join('\n  union all ')}) as hashes(hash)`;

/**
 * A short text that changes when the structure does: DDL of any kind, comments, privileges, role memberships. ANALYZE,
 * VACUUM, TRUNCATE and changes of data leave it alone. One query that reads no table of the user and takes a few
 * milliseconds for a hundred tables.
 *
 * @throws IntrospectionError `UNEXPECTED_ANSWER`; errors of PostgreSQL pass through
 */
export async function readFingerprint(db: Queryable): Promise<string> {
  const { rows } = await db.query<{ fingerprint: string }>(FINGERPRINT_QUERY);
  const fingerprint: unknown = rows[0]?.fingerprint;
  // An empty one would be equal to the next empty one, and no change would ever be seen.
  if (typeof fingerprint === 'string' && fingerprint !== '') return fingerprint;
  throw new IntrospectionError('UNEXPECTED_ANSWER', 'The query for the fingerprint gave no text.');
}
