import { type Meter, metrics } from '@opentelemetry/api';
import type { PoolEvent } from '@pgmcp/pool';
import type { FinishedCall } from '../call.ts';
import type { StatementRecord } from '../statement-record.ts';
import { VERSION } from '../version.ts';
import { type GaugeSources, observeGauges } from './gauges.ts';

/** Counts and measures. No label is from a client: no user, statement, table or message. */
export interface Instruments {
  call(finished: FinishedCall, transport: 'tcp' | 'pipe'): void;
  statement(record: StatementRecord, tool: string): void;
  pool(event: PoolEvent): void;
  alert(kind: string): void;
  /** A session of a client of 2025 has ended. */
  session(durationMs: number, transport: 'tcp' | 'pipe'): void;
  /** Stops reading the sources. */
  close(): void;
}

const CALL_BUCKETS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300];
const SESSION_BUCKETS = [1, 10, 60, 300, 900, 3_600, 14_400, 86_400];
const STATEMENT_BUCKETS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60];

/** Makes the instruments. Without a metrics SDK they cost next to nothing. Make them once per process. */
export function createInstruments(
  sources: GaugeSources,
  meter: Meter = metrics.getMeter('pgmcp', VERSION),
): Instruments {
  const counter = (name: string, description: string) => meter.createCounter(name, { description });
  const seconds = (name: string, description: string, explicitBucketBoundaries: number[]) =>
    meter.createHistogram(name, { description, unit: 's', advice: { explicitBucketBoundaries } });

  const calls = seconds('mcp.server.operation.duration', 'Duration of MCP requests.', CALL_BUCKETS);
  const statements = seconds(
    'db.client.operation.duration',
    'Duration of statements on the database.',
    STATEMENT_BUCKETS,
  );
  const createTime = seconds('db.client.connection.create_time', 'Time to open a connection.', STATEMENT_BUCKETS);
  const useTime = seconds(
    'db.client.connection.use_time',
    'Time between lending a connection and its return.',
    STATEMENT_BUCKETS,
  );
  const sessions = seconds('mcp.server.session.duration', 'Duration of sessions of clients of 2025.', SESSION_BUCKETS);
  const connectTimeouts = counter('db.client.connection.timeouts', 'Calls that got no connection in time.');
  const pingFailures = counter('pgmcp.pool.ping_failures', 'Connections that did not answer before they were lent.');
  const dirtyReleases = counter(
    'pgmcp.pool.dirty_releases',
    'Connections closed because they could not be proven clean.',
  );
  const cancels = counter('pgmcp.pool.cancels', 'Cancel requests sent to a server.');
  const connectFailures = counter('pgmcp.pool.connect_failures', 'Attempts to open a connection that failed.');
  const guardRejections = counter('pgmcp.guard.rejections', 'Statements that a rule kept from running.');
  const limitRejections = counter('pgmcp.ratelimit.rejections', 'Calls over a limit.');
  const timeouts = counter('pgmcp.statement.timeouts', 'Statements that took too long.');
  const truncated = counter('pgmcp.result.truncated', 'Results that were cut at a cap.');
  const alerts = counter('pgmcp.alerts', 'Alerts raised.');
  const resultRows = meter.createHistogram('pgmcp.result.rows', {
    description: 'Rows of results.',
    advice: { explicitBucketBoundaries: [0, 1, 10, 100, 1_000, 10_000, 100_000] },
  });
  const resultBytes = meter.createHistogram('pgmcp.result.bytes', {
    description: 'Bytes of results on the wire.',
    unit: 'By',
    advice: { explicitBucketBoundaries: [1_024, 16_384, 131_072, 1_048_576, 8_388_608, 67_108_864] },
  });

  const stopGauges = observeGauges(sources, meter);
  return {
    call({ call, durationMs, error }, transport) {
      calls.record(durationMs / 1_000, {
        'mcp.method.name': call.method ?? 'tools/call',
        'gen_ai.tool.name': call.tool,
        'network.transport': transport,
        ...(error && { 'error.type': error.code }),
      });
      if (error?.code === 'RATE_LIMIT_EXCEEDED')
        limitRejections.add(1, { limit: String(error.details?.['limit'] ?? 'other') });
    },
    statement(record, tool) {
      const { database, kind, refusedBy, durationMs, sqlstate, rows, bytes } = record;
      if (refusedBy !== undefined) guardRejections.add(1, { rule: refusedBy });
      if (record.timedOut) timeouts.add(1, { 'db.namespace': database });
      if (record.truncated) truncated.add(1, { 'gen_ai.tool.name': tool });
      if (durationMs === 0) return;
      statements.record(durationMs / 1_000, {
        'db.operation.name': kind.toUpperCase(),
        'db.namespace': database,
        ...(sqlstate !== undefined && { 'db.response.status_code': sqlstate.slice(0, 2) }),
      });
      if (sqlstate !== undefined) return;
      resultRows.record(rows, { 'gen_ai.tool.name': tool });
      resultBytes.record(bytes, { 'gen_ai.tool.name': tool });
    },
    pool(event) {
      const pool = { 'db.client.connection.pool.name': event.database };
      switch (event.type) {
        case 'connection-opened':
          createTime.record(event.durationMs / 1_000, pool);
          return;
        case 'connection-returned':
          useTime.record(event.usedMs / 1_000, pool);
          return;
        case 'connection-closed':
          if (event.reason === 'ping-failed') pingFailures.add(1, pool);
          if (event.reason === 'not-clean') dirtyReleases.add(1, pool);
          return;
        case 'connect-failed':
          connectFailures.add(1, pool);
          return;
        case 'borrow-refused':
          connectTimeouts.add(1, pool);
          return;
        case 'cancel-sent':
          cancels.add(1, pool);
          return;
        case 'cancel-failed':
        case 'transaction-lost':
        case 'state-changed':
        case 'replica-set-aside':
        case 'listen-lost':
        case 'listen-restored':
        case 'breaker-opened':
        case 'breaker-closed':
          return;
        default:
          event satisfies never;
      }
    },
    alert: (kind) => alerts.add(1, { alert: kind }),
    session: (durationMs, transport) => sessions.record(durationMs / 1_000, { 'network.transport': transport }),
    close: stopGauges,
  };
}
