import type { AskDatabase } from '../ask-database.ts';
import { type CheckResult, type HealthCheck, percentText } from './health-check.ts';
import type { StatisticsFacts } from './statistics-facts.ts';

const LONG_MINUTES = 5;

const OTHERS_INVISIBLE =
  'the role sees only its own sessions: GRANT pg_read_all_stats (or pg_monitor) TO it for the others.';

const CONNECTIONS = `
SELECT (SELECT count(*) FROM pg_catalog.pg_stat_activity WHERE backend_type = 'client backend')::int AS used,
       current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
         - coalesce(current_setting('reserved_connections', true)::int, 0) AS available`;

const SESSIONS = `
SELECT pid, pg_catalog.quote_ident(usename) AS login, state,
       (extract(epoch FROM pg_catalog.now() - coalesce(CASE WHEN state LIKE 'idle in transaction%' THEN state_change END, query_start)) / 60)::float8 AS minutes
  FROM pg_catalog.pg_stat_activity
 WHERE backend_type = 'client backend' AND pid <> pg_catalog.pg_backend_pid()
   AND ((state LIKE 'idle in transaction%' AND state_change < pg_catalog.now() - pg_catalog.make_interval(mins => $1))
     OR (state = 'active' AND query_start < pg_catalog.now() - pg_catalog.make_interval(mins => $1)))
 ORDER BY 4 DESC`;

async function connections(ask: AskDatabase, facts: StatisticsFacts): Promise<CheckResult> {
  const [row] = await ask<{ used: number; available: number }>(CONNECTIONS);
  const { used, available } = row ?? { used: 0, available: 1 };
  const share = used / Math.max(1, available);
  const findings: CheckResult['findings'][number][] = [];
  if (share >= 0.8)
    findings.push({
      severity: share >= 0.95 ? 'critical' : 'warning',
      message: `${used} of ${available} connections for ordinary roles are in use (${percentText(share)}).`,
      advice: 'Put a pooler in front, or lower the pool sizes of clients, before raising max_connections.',
    });
  const sessions = await ask<{ pid: number; login: string; state: string; minutes: number }>(SESSIONS, [LONG_MINUTES]);
  for (const { pid, login, state, minutes } of sessions)
    findings.push({
      severity: state === 'active' ? 'notice' : 'warning',
      object: `session ${pid} of ${login}`,
      message:
        state === 'active'
          ? `Its statement has been running for ${Math.round(minutes)} minutes.`
          : `Idle in an open transaction for ${Math.round(minutes)} minutes: it holds locks and keeps dead rows alive.`,
      advice:
        state === 'active'
          ? `SELECT pg_cancel_backend(${pid}); stops it.`
          : `SELECT pg_terminate_backend(${pid}); and set idle_in_transaction_session_timeout.`,
    });
  return { findings, ...(!facts.seesOtherRoles && { withheld: OTHERS_INVISIBLE }) };
}

const LOCKS = `
SELECT w.pid, pg_catalog.array_to_string(pg_catalog.pg_blocking_pids(w.pid), ', ') AS blockers,
       (extract(epoch FROM pg_catalog.now() - w.query_start))::float8 AS seconds,
       (SELECT pg_catalog.string_agg(DISTINCT l.mode || coalesce(' on ' || l.relation::regclass::text, ''), ', ')
          FROM pg_catalog.pg_locks l WHERE l.pid = w.pid AND NOT l.granted) AS wanted
  FROM pg_catalog.pg_stat_activity w
 WHERE w.wait_event_type = 'Lock' AND pg_catalog.cardinality(pg_catalog.pg_blocking_pids(w.pid)) > 0
 ORDER BY 3 DESC
 LIMIT 50`;

async function locks(ask: AskDatabase, facts: StatisticsFacts): Promise<CheckResult> {
  const rows = await ask<{ pid: number; blockers: string; seconds: number; wanted: string | null }>(LOCKS);
  return {
    findings: rows.map(({ pid, blockers, seconds, wanted }) => ({
      severity: seconds > 60 ? 'critical' : 'warning',
      object: `session ${pid}`,
      message: `Waits ${seconds === null ? 'some time' : `${Math.round(seconds)} s`} for ${wanted ?? 'a lock'}, held by ${blockers}.`,
      advice: `Look at session ${blockers.split(',')[0]}: end its transaction, or SELECT pg_terminate_backend(${blockers.split(',')[0]});`,
    })),
    ...(!facts.seesOtherRoles && { withheld: OTHERS_INVISIBLE }),
  };
}

/** What goes on right now. */
export const activityChecks: readonly HealthCheck[] = [
  { name: 'connections', check: connections },
  { name: 'locks', check: locks },
];
