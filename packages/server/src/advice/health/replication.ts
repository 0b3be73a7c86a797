import type { AskDatabase } from '../ask-database.ts';
import { bytesText, type CheckResult, type HealthCheck } from './health-check.ts';
import type { StatisticsFacts } from './statistics-facts.ts';

const MAX_KEPT_BYTES = 1024 ** 3;
const MAX_LAG_SECONDS = 60;

const SLOTS = `
SELECT pg_catalog.quote_literal(slot_name) AS slot, active, coalesce(wal_status, 'unknown') AS status,
       pg_catalog.pg_wal_lsn_diff(CASE WHEN pg_catalog.pg_is_in_recovery() THEN pg_catalog.pg_last_wal_receive_lsn()
                                       ELSE pg_catalog.pg_current_wal_lsn() END, restart_lsn)::float8 AS bytes
  FROM pg_catalog.pg_replication_slots`;

const REPLICAS = `
SELECT coalesce(pg_catalog.quote_literal(application_name), 'a replica') AS replica, state,
       extract(epoch FROM replay_lag)::float8 AS seconds
  FROM pg_catalog.pg_stat_replication`;

const ARCHIVER = `
SELECT failed_count::float8 AS failures,
       last_failed_time > coalesce(last_archived_time, '-infinity') AND current_setting('archive_mode') <> 'off' AS "isFailing"
  FROM pg_catalog.pg_stat_archiver`;

async function replication(ask: AskDatabase, facts: StatisticsFacts): Promise<CheckResult> {
  const findings: CheckResult['findings'][number][] = [];
  for (const { slot, active, status, bytes } of await ask<{
    slot: string;
    active: boolean;
    status: string;
    bytes: number | null;
  }>(SLOTS)) {
    if (status === 'lost')
      findings.push({
        severity: 'critical',
        object: `slot ${slot}`,
        message: 'The log it needs is gone: its replica cannot catch up.',
        advice: `SELECT pg_drop_replication_slot(${slot}); and build the replica anew.`,
      });
    else if (!active || (bytes ?? 0) > MAX_KEPT_BYTES)
      findings.push({
        severity: (bytes ?? 0) > MAX_KEPT_BYTES ? 'critical' : 'warning',
        object: `slot ${slot}`,
        message: `${active ? 'In use' : 'Nobody reads it'}, and it keeps ${bytesText(bytes ?? 0)} of log on disk.`,
        advice: active
          ? 'Find out why its reader is behind.'
          : `When nobody comes back for it: SELECT pg_drop_replication_slot(${slot});`,
      });
  }
  for (const { replica, state, seconds } of await ask<{
    replica: string;
    state: string | null;
    seconds: number | null;
  }>(REPLICAS)) {
    if ((seconds ?? 0) > MAX_LAG_SECONDS || (state !== null && state !== 'streaming'))
      findings.push({
        severity: 'warning',
        object: `replica ${replica}`,
        message: `State ${state ?? 'unknown'}${seconds === null ? '' : `, ${Math.round(seconds)} s behind`}.`,
      });
  }
  const [archiver] = await ask<{ failures: number; isFailing: boolean | null }>(ARCHIVER);
  if (archiver?.isFailing === true)
    findings.push({
      severity: 'critical',
      message: `Archiving the log fails (${archiver.failures} failures): the log fills the disk, and backups have a hole.`,
      advice: "Read the server's log and mend archive_command.",
    });
  return {
    findings,
    ...(!facts.seesOtherRoles && { withheld: 'how far replicas are behind: the role needs pg_monitor to see it.' }),
  };
}

/** Slots, replicas, the archive. */
export const replicationCheck: HealthCheck = { name: 'replication', check: replication };
