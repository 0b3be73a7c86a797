import type { Database } from '@pgmcp/pool';

/** Tables that the hostile statements name, so that a statement fails for being refused and not for a missing table. */
const SETUP = [
  'CREATE TABLE IF NOT EXISTS t (id integer, a integer, b integer, x integer, name text)',
  'CREATE TABLE IF NOT EXISTS u (id integer, a integer)',
  'CREATE TABLE IF NOT EXISTS customers (id integer, name text, email text, country text)',
  'CREATE TABLE IF NOT EXISTS orders (id bigint, customer_id integer, total numeric, note text)',
  'CREATE SEQUENCE IF NOT EXISTS s',
  "INSERT INTO t SELECT 1, 1, 1, 1, 'canary' WHERE NOT EXISTS (SELECT FROM t)",
  "INSERT INTO customers SELECT 1, 'canary', 'c@example.com', 'DE' WHERE NOT EXISTS (SELECT FROM customers)",
];

/** What a statement could leave behind, by kind. What other sessions do to the database is seen too: it must be nobody else's. */
const SIGNATURE = `SELECT
  (SELECT md5(coalesce(string_agg(oid::text || relname || relkind::text || coalesce(relacl::text, ''), '|' ORDER BY oid), '')) FROM pg_class WHERE relpersistence <> 't' AND oid >= 16384) AS relations,
  (SELECT md5(coalesce(string_agg(oid::text || proname || prosrc, '|' ORDER BY oid), '')) FROM pg_proc WHERE oid >= 16384) AS functions,
  (SELECT md5(coalesce(string_agg(oid::text || rolname || rolsuper::text, '|' ORDER BY oid), '')) FROM pg_roles) AS roles,
  (SELECT count(*) FROM pg_extension)::text AS extensions,
  (SELECT count(*) FROM pg_database)::text AS databases,
  (SELECT count(*) FROM pg_db_role_setting)::text AS settings,
  (SELECT count(*) FROM pg_largeobject_metadata)::text AS "large objects",
  (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))::text AS "advisory locks",
  (SELECT count(*) FROM pg_prepared_xacts)::text AS "prepared transactions",
  (SELECT count(*) FROM pg_replication_slots)::text AS "replication slots",
  (SELECT last_value::text || is_called::text FROM s) AS sequence,
  (SELECT md5(coalesce(string_agg(r::text, '|' ORDER BY r::text), '')) FROM t r) AS "rows of t",
  (SELECT md5(coalesce(string_agg(r::text, '|' ORDER BY r::text), '')) FROM customers r) AS "rows of customers"`;

/** Watches the throw-away database. */
export interface Canary {
  /** What changed since the last look; empty when nothing did. */
  changes(): Promise<readonly string[]>;
}

/** Prepares the throw-away database and takes its first picture. */
export async function setCanary(database: Database, signal: AbortSignal): Promise<Canary> {
  const own = database.with({ access: 'read-write', signal });
  await own.transaction(async (transaction) => {
    for (const text of SETUP) await transaction.query(text);
  });
  const look = (): Promise<Record<string, string>> =>
    own.transaction(async (transaction) => (await transaction.query<Record<string, string>>(SIGNATURE)).rows[0] ?? {});
  let last = await look();
  return {
    async changes() {
      let now: Record<string, string>;
      try {
        now = await look();
      } catch (error) {
        if (signal.aborted) throw error;
        // A table that is gone cannot be read: that is a change too. The next look starts from what can be made again.
        await own.transaction(async (transaction) => {
          for (const text of SETUP) await transaction.query(text);
        });
        last = await look();
        return ['objects that were there are gone'];
      }
      const changed = Object.keys(now).filter((key) => now[key] !== last[key]);
      last = now;
      return changed;
    },
  };
}
