import type { MonitoringConfiguration, Thresholds } from '../config/sections/monitoring.ts';
import type { ProcessUsage } from '../observe/process-usage.ts';
import type { Alert } from './alert.ts';

/** What was seen of one database. */
export interface DatabaseMeasures {
  readonly name: string;
  readonly isUp: boolean;
  readonly latencyMs?: number;
  /** Lag of each replica in milliseconds. */
  readonly replicas: readonly { readonly name: string; readonly lagMs?: number }[];
  /** The longest wait for a lock now; absent when it cannot be seen. */
  readonly lockWaitMs?: number;
  readonly sizeBytes?: number;
  /** In the last minute. */
  readonly connectionFailures: number;
  readonly timeouts: number;
}

/** The severity of a value, or none. */
export function severityOf(value: number, { warning, critical }: Thresholds): Alert['severity'] | undefined {
  if (value >= critical) return 'critical';
  return value >= warning ? 'warning' : undefined;
}

const rounded = (milliseconds: number): string => `${Math.round(milliseconds)} ms`;
const mebibytes = (bytes: number): string => `${Math.round(bytes / 1_048_576)} MiB`;

/** The alerts of the process. */
export function judgeProcess(
  { memoryBytes, eventLoopDelayMs, cpuPercent }: ProcessUsage,
  limits: MonitoringConfiguration,
  isAuditFailing: boolean,
): readonly Alert[] {
  const alerts: Alert[] = [];
  const check = (kind: Alert['kind'], value: number, thresholds: Thresholds, show: (value: number) => string) => {
    const severity = severityOf(value, thresholds);
    if (severity === undefined) return;
    alerts.push({ kind, severity, message: `It is ${show(value)}, ${severity} from ${show(thresholds[severity])}.` });
  };
  check('memory', memoryBytes, limits.memoryBytes, mebibytes);
  check('event_loop_delay', eventLoopDelayMs, limits.eventLoopDelayMs, rounded);
  check('cpu', cpuPercent, limits.cpuPercent, (value) => `${value} % of a processor`);
  if (isAuditFailing) alerts.push({ kind: 'audit', severity: 'critical', message: 'Audit records cannot be written.' });
  return alerts;
}

/** The alerts of one database. */
export function judgeDatabase(measures: DatabaseMeasures, limits: MonitoringConfiguration): readonly Alert[] {
  const { name: database, isUp, latencyMs, replicas, lockWaitMs, sizeBytes, connectionFailures, timeouts } = measures;
  const alerts: Alert[] = [];
  const warn = (kind: Alert['kind'], message: string, severity: Alert['severity'] = 'warning') =>
    alerts.push({ kind, severity, database, message });
  if (!isUp) warn('database_down', 'It does not answer.', 'critical');
  const slow = latencyMs === undefined ? undefined : severityOf(latencyMs, limits.latencyMs);
  if (latencyMs !== undefined && slow !== undefined)
    warn('latency', `It answers in ${rounded(latencyMs)}, ${slow} from ${rounded(limits.latencyMs[slow])}.`, slow);
  const { failuresPerMinute } = limits;
  if (connectionFailures >= failuresPerMinute)
    warn('connection_failures', `${connectionFailures} connections failed in the last minute.`);
  if (timeouts >= failuresPerMinute)
    warn('statement_timeouts', `${timeouts} statements took too long in the last minute.`);
  const behind = replicas.filter(({ lagMs = 0 }) => lagMs >= limits.replicaLagMs);
  if (behind.length > 0) {
    const list = behind.map(({ name, lagMs = 0 }) => `${name} by ${rounded(lagMs)}`).join(', ');
    warn('replica_lag', `Replicas are behind: ${list}.`);
  }
  if (lockWaitMs !== undefined && lockWaitMs >= limits.lockWaitMs)
    warn('lock_wait', `A session waits for a lock since ${rounded(lockWaitMs)}.`);
  if (sizeBytes !== undefined && limits.databaseBytes !== undefined && sizeBytes >= limits.databaseBytes)
    warn('database_size', `It holds ${mebibytes(sizeBytes)}, a warning from ${mebibytes(limits.databaseBytes)}.`);
  return alerts;
}
