import type { Attributes, Meter, ObservableResult } from '@opentelemetry/api';
import type { PoolStats } from '@pgmcp/pool';

/** What the gauges read when they are collected. */
export interface GaugeSources {
  poolStats(): readonly PoolStats[];
  auditState(): { readonly failing: boolean; readonly waiting: number; readonly dropped: number };
  historyDropped(): number;
  process(): { readonly memoryBytes: number; readonly eventLoopDelayMs: number; readonly cpuPercent: number };
  /** Lag of each replica in milliseconds, as it was last seen. */
  replicaLags(): readonly { readonly replica: string; readonly lagMs: number }[];
}

const BREAKER: Readonly<Record<PoolStats['breaker'], number>> = { closed: 0, 'half-open': 1, open: 2 };

/** Makes the gauges: what has a value at every moment, read when it is collected. @returns what ends the reading */
export function observeGauges(sources: GaugeSources, meter: Meter): () => void {
  const stops: (() => void)[] = [];
  const gauge = (name: string, description: string, read: (result: ObservableResult) => void) => {
    const instrument = meter.createObservableGauge(name, { description });
    instrument.addCallback(read);
    stops.push(() => instrument.removeCallback(read));
  };
  const perPool = (read: (stats: PoolStats, observe: (value: number, more?: Attributes) => void) => void) => {
    return (result: ObservableResult) => {
      for (const stats of sources.poolStats()) {
        read(stats, (value, more) => result.observe(value, { 'db.client.connection.pool.name': stats.name, ...more }));
      }
    };
  };
  const state = (name: 'idle' | 'used') => ({ 'db.client.connection.state': name });
  gauge(
    'db.client.connection.count',
    'Open connections.',
    perPool(({ idle, lent }, observe) => {
      observe(idle, state('idle'));
      observe(lent, state('used'));
    }),
  );
  gauge(
    'db.client.connection.max',
    'Connections at most.',
    perPool(({ max }, observe) => observe(max)),
  );
  gauge(
    'db.client.connection.pending_requests',
    'Calls that wait for a connection.',
    perPool(({ waiting }, observe) => observe(waiting)),
  );
  gauge(
    'db.client.connection.wait_time',
    'Time that calls waited for a connection lately, in seconds.',
    perPool(({ waitMs }, observe) => {
      for (const quantile of ['p50', 'p95', 'p99'] as const) observe(waitMs[quantile] / 1_000, { quantile });
    }),
  );
  gauge(
    'pgmcp.pool.breaker_state',
    'Whether a database can be reached: 0 yes, 1 being tried, 2 no.',
    perPool(({ breaker }, observe) => observe(BREAKER[breaker])),
  );
  gauge('pgmcp.replica.lag', 'How far a replica is behind, in seconds.', (result) => {
    for (const { replica, lagMs } of sources.replicaLags()) result.observe(lagMs / 1_000, { replica });
  });
  gauge('pgmcp.audit.failing', 'Whether audit records cannot be written: 0 or 1.', (result) =>
    result.observe(sources.auditState().failing ? 1 : 0),
  );
  gauge('pgmcp.audit.waiting', 'Audit records that wait to be written.', (result) =>
    result.observe(sources.auditState().waiting),
  );
  gauge('pgmcp.audit.dropped', 'Audit records that found no room since the start.', (result) =>
    result.observe(sources.auditState().dropped),
  );
  gauge('pgmcp.history.dropped', 'Records of the history that the store did not take since the start.', (result) =>
    result.observe(sources.historyDropped()),
  );
  gauge('process.memory.usage', 'Resident memory of the process, in bytes.', (result) =>
    result.observe(sources.process().memoryBytes),
  );
  gauge('pgmcp.event_loop.delay', 'Delay of the event loop, 99th percentile, in seconds.', (result) =>
    result.observe(sources.process().eventLoopDelayMs / 1_000),
  );
  gauge('pgmcp.process.cpu', 'Processors in use by the process.', (result) =>
    result.observe(sources.process().cpuPercent / 100),
  );

  return () => {
    for (const stop of stops) stop();
  };
}
