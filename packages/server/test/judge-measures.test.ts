import { describe, expect, it } from 'vitest';
import type { MonitoringConfiguration } from '../src/config/sections/monitoring.ts';
import { judgeDatabase, judgeProcess } from '../src/monitor/judge-measures.ts';

const limits: MonitoringConfiguration = {
  intervalMs: 30_000,
  memoryBytes: { warning: 100, critical: 200 },
  eventLoopDelayMs: { warning: 10, critical: 20 },
  cpuPercent: { warning: 50, critical: 90 },
  latencyMs: { warning: 100, critical: 1_000 },
  replicaLagMs: 1_000,
  lockWaitMs: 500,
  databaseBytes: 1_000,
  failuresPerMinute: 3,
};

const quiet = { name: 'shop', isUp: true, replicas: [], connectionFailures: 0, timeouts: 0 } as const;

describe('alerts', () => {
  it('are none while everything is below its threshold', () => {
    const measures = {
      ...quiet,
      latencyMs: 99,
      lockWaitMs: 499,
      sizeBytes: 999,
      connectionFailures: 2,
      timeouts: 2,
      replicas: [{ name: 'r1', lagMs: 999 }, { name: 'r2' }],
    };
    expect(judgeDatabase(measures, limits)).toEqual([]);
    expect(judgeProcess({ memoryBytes: 99, eventLoopDelayMs: 9, cpuPercent: 49 }, limits, false)).toEqual([]);
  });

  it.each([
    ['database_down', 'critical', { isUp: false }],
    ['latency', 'warning', { latencyMs: 100 }],
    ['latency', 'critical', { latencyMs: 1_000 }],
    ['connection_failures', 'warning', { connectionFailures: 3 }],
    ['statement_timeouts', 'warning', { timeouts: 3 }],
    ['replica_lag', 'warning', { replicas: [{ name: 'r1', lagMs: 1_000 }] }],
    ['lock_wait', 'warning', { lockWaitMs: 500 }],
    ['database_size', 'warning', { sizeBytes: 1_000 }],
  ] as const)('say %s (%s) of a database', (kind, severity, change) => {
    expect(judgeDatabase({ ...quiet, ...change }, limits)).toEqual([
      { kind, severity, database: 'shop', message: expect.stringMatching(/\.$/) },
    ]);
  });

  it('say what is wrong with the process', () => {
    const alerts = judgeProcess({ memoryBytes: 150, eventLoopDelayMs: 25, cpuPercent: 90 }, limits, true);
    expect(alerts.map(({ kind, severity }) => [kind, severity])).toEqual([
      ['memory', 'warning'],
      ['event_loop_delay', 'critical'],
      ['cpu', 'critical'],
      ['audit', 'critical'],
    ]);
  });
});
