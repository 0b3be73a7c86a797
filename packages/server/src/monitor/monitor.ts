import type { MonitoringConfiguration } from '../config/sections/monitoring.ts';
import type { ConnectedDatabase, Databases } from '../databases.ts';
import type { Logger } from '../observe/index.ts';
import type { ProcessUsage } from '../observe/process-usage.ts';
import { type Alert, alertKey } from './alert.ts';
import { type DatabaseMeasures, judgeDatabase, judgeProcess } from './judge-measures.ts';

/** What goes wrong often enough to count. */
export type CountedFailure = 'connection' | 'timeout';

/** Looks at the databases and the process in the background, and keeps what needs attention. */
export interface Monitor {
  /** Alerts of the last look. */
  readonly alerts: readonly Alert[];
  /** As they were at the last look. */
  readonly replicaLags: readonly { readonly replica: string; readonly lagMs: number }[];
  /** Counts something that went wrong now. */
  note(failure: CountedFailure, database: string): void;
  /** Looks now. Never rejects. */
  look(): Promise<void>;
  /** Begins to look from time to time, as often as the configuration says; a reload changes it. */
  start(): void;
  close(): void;
}

/** What {@link createMonitor} stands on. */
export interface MonitorParts {
  readonly databases: Databases;
  readonly configuration: () => MonitoringConfiguration;
  readonly processUsage: () => ProcessUsage;
  readonly isAuditFailing: () => boolean;
  /** Told when an alert begins. */
  readonly onAlert: (alert: Alert) => void;
  readonly logger: Logger;
}

/** How long something counts as having gone wrong lately, in milliseconds. */
const RECENT_MS = 60_000;

/** How long the questions of a look may take, in milliseconds. */
const LOOK_TIMEOUT_MS = 5_000;

/** What every role may see: waits come from pg_locks, since pg_stat_activity hides those of other roles. */
const QUESTION = `
  SELECT pg_catalog.pg_database_size(pg_catalog.current_database())::float8 AS size_bytes,
         (SELECT pg_catalog.max(EXTRACT(epoch FROM pg_catalog.clock_timestamp() - l.waitstart))::float8 * 1000
            FROM pg_catalog.pg_locks l
           WHERE NOT l.granted
             AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
         ) AS lock_wait_ms`;

/** Makes the monitor. It looks at nothing before it is started or asked. */
export function createMonitor(parts: MonitorParts): Monitor {
  const { databases, configuration, processUsage, isAuditFailing, onAlert, logger } = parts;
  let alerts: readonly Alert[] = [];
  let replicaLags: Monitor['replicaLags'] = [];
  let failures: { readonly failure: CountedFailure; readonly database: string; readonly at: number }[] = [];
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;

  function recent(): typeof failures {
    const since = performance.now() - RECENT_MS;
    failures = failures.filter(({ at }) => at >= since);
    return failures;
  }

  const countOf = (failure: CountedFailure, database: string): number =>
    recent().filter((one) => one.failure === failure && one.database === database).length;

  async function measure({ name, connections }: ConnectedDatabase): Promise<DatabaseMeasures> {
    const health = await connections.health();
    const counted = { connectionFailures: countOf('connection', name), timeouts: countOf('timeout', name) };
    const replicas = (health.replicas ?? []).map(({ name: replica, lagMs }) => ({
      name: replica,
      ...(lagMs !== undefined && { lagMs }),
    }));
    if (health.status === 'down') return { name, isUp: false, replicas, ...counted };
    const seen = await askSizeAndLocks(connections);
    return {
      name,
      isUp: true,
      ...(health.latencyMs !== undefined && { latencyMs: health.latencyMs }),
      replicas,
      ...seen,
      ...counted,
    };
  }

  function take(next: readonly Alert[]): void {
    const before = new Map(alerts.map((alert) => [alertKey(alert), alert.severity]));
    const now = new Set(next.map(alertKey));
    for (const alert of next) {
      const known = before.get(alertKey(alert));
      // What has become critical is told again.
      if (known !== undefined && (known === alert.severity || known === 'critical')) continue;
      logger.warn(
        { alert: alert.kind, severity: alert.severity, database: alert.database, reason: alert.message },
        'alert',
      );
      onAlert(alert);
    }
    for (const { kind, database } of alerts) {
      if (!now.has(alertKey({ kind, ...(database !== undefined && { database }) })))
        logger.info({ alert: kind, database }, 'alert is over');
    }
    alerts = next;
  }

  async function look(): Promise<void> {
    const limits = configuration();
    const measures = await Promise.all(databases.all.map(measure));
    if (isClosed) return;
    replicaLags = measures.flatMap(({ replicas }) =>
      replicas.flatMap(({ name, lagMs }) => (lagMs === undefined ? [] : [{ replica: name, lagMs }])),
    );
    take([
      ...judgeProcess(processUsage(), limits, isAuditFailing()),
      ...measures.flatMap((one) => judgeDatabase(one, limits)),
    ]);
  }

  function schedule(): void {
    const { intervalMs } = configuration();
    // An interval of 0 may become another one with a reload.
    timer = setTimeout(
      () => {
        const work = configuration().intervalMs > 0 ? look() : Promise.resolve();
        void work.finally(() => {
          if (!isClosed) schedule();
        });
      },
      intervalMs > 0 ? intervalMs : RECENT_MS,
    ).unref();
  }

  return {
    get alerts() {
      return alerts;
    },
    get replicaLags() {
      return replicaLags;
    },
    note(failure, database) {
      // Beyond any threshold there is nothing more to count.
      if (failures.length < 100_000) failures.push({ failure, database, at: performance.now() });
    },
    look,
    start() {
      if (timer === undefined) schedule();
    },
    close() {
      isClosed = true;
      clearTimeout(timer);
    },
  };
}

async function askSizeAndLocks(
  connections: ConnectedDatabase['connections'],
): Promise<Pick<DatabaseMeasures, 'sizeBytes' | 'lockWaitMs'>> {
  try {
    const { rows } = await connections.with({ timeoutMs: LOOK_TIMEOUT_MS }).query<{
      readonly size_bytes: number | null;
      readonly lock_wait_ms: number | null;
    }>(QUESTION);
    const [row] = rows;
    return {
      ...(typeof row?.size_bytes === 'number' && { sizeBytes: row.size_bytes }),
      ...(typeof row?.lock_wait_ms === 'number' && { lockWaitMs: row.lock_wait_ms }),
    };
  } catch {
    // PostgreSQL 13 knows no start of a wait, and a busy database may not answer in time: what cannot be seen is no alert.
    return {};
  }
}
