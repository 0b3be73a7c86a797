import type { AskDatabase } from '../ask-database.ts';

/** What decides how far the server's statistics can be believed. */
export interface StatisticsFacts {
  readonly serverVersionNum: number;
  /** Whether the sessions and statements of other roles are visible. */
  readonly seesOtherRoles: boolean;
  readonly isReplica: boolean;
  readonly countsUse: boolean;
  /** Days since the counters of this database were reset; undefined when they never were. */
  readonly countedDays: number | undefined;
  /** Scans of tables and indexes counted since then. */
  readonly scans: number;
}

const SQL = `
SELECT current_setting('server_version_num')::int AS "serverVersionNum",
       pg_catalog.pg_has_role(current_user, 'pg_read_all_stats', 'USAGE') AS "seesOtherRoles",
       pg_catalog.pg_is_in_recovery() AS "isReplica",
       current_setting('track_counts') = 'on' AS "countsUse",
       (extract(epoch FROM pg_catalog.now() - stats_reset) / 86400)::float8 AS "countedDays",
       (SELECT coalesce(sum(seq_scan + coalesce(idx_scan, 0)), 0)::float8 FROM pg_catalog.pg_stat_user_tables) AS scans
  FROM pg_catalog.pg_stat_database
 WHERE datname = pg_catalog.current_database()`;

/** Reads the facts. */
export async function readStatisticsFacts(ask: AskDatabase): Promise<StatisticsFacts> {
  const [row] = await ask<Omit<StatisticsFacts, 'countedDays'> & { readonly countedDays: number | null }>(SQL);
  if (row === undefined) throw new Error('The database has no line in pg_stat_database.');
  return { ...row, countedDays: row.countedDays ?? undefined };
}

/** Counters younger than this have not seen a weekly or monthly job. */
const MIN_COUNTED_DAYS = 7;
const MIN_SCANS = 1_000;

/** Why "never used" cannot be said of anything; undefined when it can. */
export function reasonAgainstUnused(facts: StatisticsFacts): string | undefined {
  if (!facts.countsUse) return 'track_counts is off: the server counts no use of indexes.';
  if (facts.isReplica) return 'this is a replica: its counters do not see what the primary and other replicas use.';
  if (facts.countedDays !== undefined && facts.countedDays < MIN_COUNTED_DAYS)
    return `the counters were reset ${facts.countedDays.toFixed(1)} days ago; at least ${MIN_COUNTED_DAYS} days are needed to see weekly jobs.`;
  if (facts.scans < MIN_SCANS)
    return `only ${facts.scans} scans were counted so far; at least ${MIN_SCANS} are needed for a verdict.`;
  return undefined;
}
