import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { MonitoringConfiguration } from '../src/config/sections/monitoring.ts';
import { createDatabases } from '../src/databases.ts';
import { createMonitor } from '../src/monitor/monitor.ts';
import { createLogger } from '../src/observe/index.ts';
import { watchProcess } from '../src/observe/process-usage.ts';

const quiet = { warning: Number.MAX_SAFE_INTEGER, critical: Number.MAX_SAFE_INTEGER };

function setUp(intervalMs: number) {
  const state = { memoryBytes: 10, intervalMs };
  const onAlert = vi.fn();
  const monitor = createMonitor({
    databases: createDatabases(() => []),
    configuration: (): MonitoringConfiguration => ({
      intervalMs: state.intervalMs,
      memoryBytes: { warning: 100, critical: 200 },
      eventLoopDelayMs: quiet,
      cpuPercent: quiet,
      latencyMs: quiet,
      replicaLagMs: 1,
      lockWaitMs: 1,
      failuresPerMinute: 1,
    }),
    processUsage: () => ({ memoryBytes: state.memoryBytes, eventLoopDelayMs: 0, cpuPercent: 0 }),
    isAuditFailing: () => false,
    onAlert,
    logger: createLogger({ level: 'silent' }),
  });
  onTestFinished(() => monitor.close());
  return { monitor, onAlert, state };
}

describe('the monitor in the background', () => {
  it('looks again and again, and tells an alert when it begins', async () => {
    const { monitor, onAlert, state } = setUp(10);
    monitor.start();
    monitor.start();
    state.memoryBytes = 150;
    await vi.waitFor(() => expect(onAlert).toHaveBeenCalledTimes(1));
    expect(onAlert).toHaveBeenCalledWith(expect.objectContaining({ kind: 'memory', severity: 'warning' }));
    // What becomes worse is told again, what becomes better is not.
    state.memoryBytes = 250;
    await vi.waitFor(() => expect(onAlert).toHaveBeenCalledTimes(2));
    expect(monitor.alerts).toMatchObject([{ severity: 'critical' }]);
    state.memoryBytes = 150;
    await vi.waitFor(() => expect(monitor.alerts).toMatchObject([{ severity: 'warning' }]));
    state.memoryBytes = 10;
    await vi.waitFor(() => expect(monitor.alerts).toEqual([]));
    expect(onAlert).toHaveBeenCalledTimes(2);
  });

  it('looks at nothing when it is off or closed', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { monitor, onAlert, state } = setUp(0);
    monitor.start();
    state.memoryBytes = 150;
    await vi.advanceTimersByTimeAsync(300_000);
    expect(onAlert).not.toHaveBeenCalled();
    // A reload may switch it on.
    state.intervalMs = 1_000;
    await vi.advanceTimersByTimeAsync(61_000);
    expect(onAlert).toHaveBeenCalledTimes(1);
    monitor.close();
    state.memoryBytes = 10;
    await vi.advanceTimersByTimeAsync(300_000);
    expect(monitor.alerts).toHaveLength(1);
  });
});

describe('the usage of the process', () => {
  it('is measured, over a window that begins anew', () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    onTestFinished(() => void vi.useRealTimers());
    const watch = watchProcess();
    onTestFinished(() => watch.close());
    expect(watch.usage()).toMatchObject({ memoryBytes: expect.any(Number), cpuPercent: expect.any(Number) });
    const first = watch.usage();
    vi.advanceTimersByTime(6_000);
    const second = watch.usage();
    for (const usage of [first, second]) {
      expect(usage.memoryBytes).toBeGreaterThan(1_048_576);
      expect(usage.eventLoopDelayMs).toBeGreaterThanOrEqual(0);
      expect(usage.cpuPercent).toBeGreaterThanOrEqual(0);
    }
  });
});
