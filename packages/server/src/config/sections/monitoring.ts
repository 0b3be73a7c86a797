import { z } from 'zod';
import { defineSection, type SectionContext } from '../define-section.ts';
import { byteSize, duration, wholeNumber } from '../kinds.ts';
import { setting } from '../setting.ts';

const monitoringSchema = z.strictObject({
  interval: setting(duration('0s', '1h'), {
    environment: 'PG_MCP_MONITORING_INTERVAL',
    description: 'How often the databases and the process are looked at in the background. 0: never.',
    default: '30s',
  }),
  memoryWarning: setting(byteSize('16MiB', '1TiB'), {
    environment: 'PG_MCP_MONITORING_MEMORY_WARNING',
    description: 'Resident memory of the process from which health says warning.',
    default: '768MiB',
  }),
  memoryCritical: setting(byteSize('16MiB', '1TiB'), {
    environment: 'PG_MCP_MONITORING_MEMORY_CRITICAL',
    description: 'Resident memory of the process from which health says critical.',
    default: '1536MiB',
  }),
  eventLoopDelayWarning: setting(duration('1ms', '1m'), {
    environment: 'PG_MCP_MONITORING_EVENT_LOOP_DELAY_WARNING',
    description: 'Delay of the event loop (99th percentile since the last look) from which health says warning.',
    default: '200ms',
  }),
  eventLoopDelayCritical: setting(duration('1ms', '1m'), {
    environment: 'PG_MCP_MONITORING_EVENT_LOOP_DELAY_CRITICAL',
    description: 'The same for critical.',
    default: '1s',
  }),
  cpuWarning: setting(wholeNumber(1, 10_000), {
    environment: 'PG_MCP_MONITORING_CPU_WARNING',
    description: 'Percent of one processor that the process used since the last look, from which health says warning.',
    default: 80,
  }),
  cpuCritical: setting(wholeNumber(1, 10_000), {
    environment: 'PG_MCP_MONITORING_CPU_CRITICAL',
    description: 'The same for critical.',
    default: 150,
  }),
  latencyWarning: setting(duration('1ms', '1m'), {
    environment: 'PG_MCP_MONITORING_LATENCY_WARNING',
    description: 'Round trip to a database from which health says warning.',
    default: '500ms',
  }),
  latencyCritical: setting(duration('1ms', '1m'), {
    environment: 'PG_MCP_MONITORING_LATENCY_CRITICAL',
    description: 'The same for critical.',
    default: '5s',
  }),
  replicaLagWarning: setting(duration('1ms', '24h'), {
    environment: 'PG_MCP_MONITORING_REPLICA_LAG_WARNING',
    description: 'Lag of a replica from which there is an alert.',
    default: '30s',
  }),
  lockWaitWarning: setting(duration('100ms', '24h'), {
    environment: 'PG_MCP_MONITORING_LOCK_WAIT_WARNING',
    description: 'How long a session of the database may wait for a lock before there is an alert.',
    default: '30s',
  }),
  databaseSizeWarning: setting(byteSize('1MiB', '1024TiB'), {
    environment: 'PG_MCP_MONITORING_DATABASE_SIZE_WARNING',
    description:
      'Size of a database from which there is an alert: what SQL can see of a disk that fills. Without it: never.',
    example: '500GiB',
  }),
  failureWarning: setting(wholeNumber(1, 100_000), {
    environment: 'PG_MCP_MONITORING_FAILURE_WARNING',
    description:
      'Failed connections, or statements that timed out, of one database in a minute from which there is an alert.',
    default: 5,
  }),
});

/** Two thresholds of one measure; the second is the higher one. */
export interface Thresholds {
  readonly warning: number;
  readonly critical: number;
}

/** From where on what is measured is told. */
export interface MonitoringConfiguration {
  /** 0: never. */
  readonly intervalMs: number;
  readonly memoryBytes: Thresholds;
  readonly eventLoopDelayMs: Thresholds;
  readonly cpuPercent: Thresholds;
  readonly latencyMs: Thresholds;
  readonly replicaLagMs: number;
  readonly lockWaitMs: number;
  readonly databaseBytes?: number;
  readonly failuresPerMinute: number;
}

type Written = z.output<typeof monitoringSchema>;

const PAIRS = ['memory', 'eventLoopDelay', 'cpu', 'latency'] as const;

function thresholds(settings: Written, name: (typeof PAIRS)[number], { problem }: SectionContext): Thresholds {
  const [warning, critical] = [settings[`${name}Warning`], settings[`${name}Critical`]];
  if (critical < warning) problem(`${name}Critical`, `It is below ${name}Warning. Raise it, or lower ${name}Warning.`);
  return { warning, critical };
}

/** Thresholds of health and alerts. */
export const monitoringSection = defineSection({
  title: 'Monitoring',
  about: 'What `health_check` calls warning and critical, and when there is an alert in the log and the metrics.',
  schema: monitoringSchema,
  resolve: (settings, context): MonitoringConfiguration => ({
    intervalMs: settings.interval,
    memoryBytes: thresholds(settings, 'memory', context),
    eventLoopDelayMs: thresholds(settings, 'eventLoopDelay', context),
    cpuPercent: thresholds(settings, 'cpu', context),
    latencyMs: thresholds(settings, 'latency', context),
    replicaLagMs: settings.replicaLagWarning,
    lockWaitMs: settings.lockWaitWarning,
    ...(settings.databaseSizeWarning !== undefined && { databaseBytes: settings.databaseSizeWarning }),
    failuresPerMinute: settings.failureWarning,
  }),
});
