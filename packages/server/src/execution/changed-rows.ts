import type { Transaction } from '@pgmcp/pool';
import { PgmcpError } from '../errors.ts';

/** Rows of one table that a transaction has changed, triggers and cascades included. */
export interface ChangedRows {
  readonly schema: string;
  readonly table: string;
  readonly oid: number;
  readonly inserted: number;
  readonly updated: number;
  readonly deleted: number;
}

interface CounterRow {
  readonly oid: string;
  readonly schema: string;
  readonly table: string;
  readonly inserted: string;
  readonly updated: string;
  readonly deleted: string;
}

/**
 * What this session has counted and not yet given to the statistics: exact, per table, whatever changed the rows. Counts of an earlier
 * transaction of the session may be among them, so that only the difference of two readings says anything.
 */
const COUNTERS = `
SELECT c.oid::text AS oid, n.nspname AS schema, c.relname AS "table", counted.inserted::text, counted.updated::text, counted.deleted::text
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
CROSS JOIN LATERAL (SELECT pg_catalog.pg_stat_get_xact_tuples_inserted(c.oid) AS inserted,
  pg_catalog.pg_stat_get_xact_tuples_updated(c.oid) AS updated, pg_catalog.pg_stat_get_xact_tuples_deleted(c.oid) AS deleted) counted
WHERE c.relkind = 'r' AND n.nspname <> 'pg_catalog' AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_toast'
  AND counted.inserted + counted.updated + counted.deleted > 0`;

/** Counters of the session by table. */
export type Counters = ReadonlyMap<string, CounterRow>;

/**
 * Reads the counters.
 *
 * @throws PgmcpError `EXECUTION_ERROR` when the server does not count: no preview could say what a statement changes
 */
export async function readCounters(transaction: Transaction): Promise<Counters> {
  const { rows: settings } = await transaction.query<{ counts: string }>(
    "SELECT pg_catalog.current_setting('track_counts') AS counts",
  );
  if (settings[0]?.counts !== 'on') {
    throw new PgmcpError(
      'EXECUTION_ERROR',
      'Nothing was run: the setting track_counts of this PostgreSQL server is off, so that changed rows cannot be counted. Ask its administrator to switch it on.',
    );
  }
  const { rows } = await transaction.query<CounterRow>(COUNTERS);
  return new Map(rows.map((row) => [row.oid, row]));
}

/** What has changed between two readings, by schema and table. */
export function changesBetween(before: Counters, after: Counters): readonly ChangedRows[] {
  const changes = [...after.values()].map((row): ChangedRows => {
    const known = before.get(row.oid);
    const difference = (name: 'inserted' | 'updated' | 'deleted') => Number(row[name]) - Number(known?.[name] ?? 0);
    return {
      schema: row.schema,
      table: row.table,
      oid: Number(row.oid),
      inserted: difference('inserted'),
      updated: difference('updated'),
      deleted: difference('deleted'),
    };
  });
  return sortChanges(changes.filter(({ inserted, updated, deleted }) => inserted + updated + deleted > 0));
}

/** In a fixed order, so that two lists can be compared. */
export function sortChanges(changes: readonly ChangedRows[]): readonly ChangedRows[] {
  const key = ({ schema, table }: ChangedRows) => JSON.stringify([schema, table]);
  return [...changes].sort((one, other) => (key(one) < key(other) ? -1 : 1));
}
