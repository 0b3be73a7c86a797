import { createHash, randomBytes } from 'node:crypto';
import type { PoolEvent, PoolStats } from '@pgmcp/pool';
import { type Audit, createAudit } from './audit/audit.ts';
import { auditCollection, fileSink, storeSink } from './audit/sinks.ts';
import type { FinishedCall } from './call.ts';
import type { Configuration } from './config/index.ts';
import type { Executor } from './execute.ts';
import { createStatementObserver, type ObserveStatement } from './execution/observe-statement.ts';
import { createSlowCapture } from './history/capture-slow.ts';
import { createHistory, type History } from './history/history.ts';
import type { Monitor } from './monitor/monitor.ts';
import { type Logger, redact } from './observe/index.ts';
import { createInstruments, type Instruments } from './observe/instruments.ts';
import { type ProcessUsage, watchProcess } from './observe/process-usage.ts';
import { recordCall } from './observe/record-call.ts';
import { recordPoolEvent } from './observe/record-event.ts';
import { startStatementSpan } from './observe/statement-span.ts';
import type { Storage } from './storage/index.ts';

/** Everything that watches: log, metrics, traces, history, audit. */
export interface Observation {
  readonly history: History;
  readonly audit: Audit;
  readonly instruments: Instruments;
  /** The executor reports each statement through it. */
  readonly observeStatement: ObserveStatement;
  processUsage(): ProcessUsage;
  /** @param owner - `callerKey` of the caller who added the database, where one did */
  onPoolEvent(event: PoolEvent, owner?: string): void;
  /**
   * Records a call that has ended: log, metrics, history, audit.
   * @throws PgmcpError `INTERNAL_ERROR` when the audit log cannot be written and its policy is fail-closed.
   */
  conclude(finished: FinishedCall): Promise<void>;
  close(): Promise<void>;
}

/** What {@link createObservation} stands on. */
export interface ObservationParts {
  readonly configuration: Configuration;
  readonly storage: Storage;
  readonly logger: Logger;
  readonly shutdownSignal: AbortSignal;
  /** What is made after the observation, asked for when it is needed. */
  readonly later: {
    executor(): Pick<Executor, 'plan'>;
    /** Of the databases that no caller added. */
    poolStats(): readonly PoolStats[];
    monitor(): Monitor;
  };
}

/** What metrics call every database that a caller added: names of callers would make ever more series. */
const ADDED = '(added)';

/** Puts together what watches the server. Opens nothing and writes nothing yet. */
export function createObservation({
  configuration,
  storage,
  logger,
  shutdownSignal,
  later,
}: ObservationParts): Observation {
  const { audit: auditConfiguration, history: historyConfiguration, telemetry } = configuration;
  const history = createHistory(storage, historyConfiguration, logger);
  const audit = createAudit({
    sinks: [
      ...(auditConfiguration.file === undefined ? [] : [fileSink(auditConfiguration.file)]),
      ...(auditConfiguration.store ? [storeSink(auditCollection(storage))] : []),
    ],
    configuration: auditConfiguration,
    logger,
  });
  const processWatch = watchProcess();
  const instruments = createInstruments({
    poolStats: later.poolStats,
    replicaLags: () => later.monitor().replicaLags,
    auditState: () => audit.state,
    historyDropped: () => history.dropped,
    process: processWatch.usage,
  });
  const captureSlow = createSlowCapture({
    history,
    configuration: historyConfiguration,
    executor: later.executor,
    shutdownSignal,
  });
  const { key } = auditConfiguration;
  const observeStatement = createStatementObserver({
    // With a key of the operator the hashes can be compared over restarts and replicas.
    hashKey: key === undefined ? randomBytes(32) : createHash('sha256').update(`parameters:${key.reveal()}`).digest(),
    comments: telemetry.sqlComments,
    begin(statement, call) {
      const endSpan = startStatementSpan(statement.database.name, call, telemetry.spanSql === 'normalized');
      return (record) => {
        endSpan(record);
        const isAdded = statement.database.owner !== undefined;
        instruments.statement(isAdded ? { ...record, database: ADDED } : record, call.tool);
        if (record.timedOut && !isAdded) later.monitor().note('timeout', record.database);
        void captureSlow(record, statement, call);
        if (telemetry.logSql === 'none') return;
        const { normalized, ...fields } = record;
        const sql = telemetry.logSql === 'raw' ? statement.sql : normalized;
        logger.info({ requestId: call.requestId, tool: call.tool, ...fields, sql: sql && redact(sql) }, 'statement');
      };
    },
  });
  return {
    history,
    audit,
    instruments,
    observeStatement,
    processUsage: processWatch.usage,
    onPoolEvent(event, owner) {
      recordPoolEvent(logger, event);
      instruments.pool(owner === undefined ? event : { ...event, database: ADDED });
      if (owner !== undefined) return;
      if (event.type === 'connect-failed' || event.type === 'borrow-refused')
        later.monitor().note('connection', event.database);
    },
    async conclude(finished) {
      finished.call.trace?.end(finished.error);
      recordCall(logger, finished);
      instruments.call(finished, finished.call.transport ?? 'pipe');
      history.record(finished);
      await audit.record(finished);
    },
    async close() {
      processWatch.close();
      instruments.close();
      await Promise.all([history.close(), audit.close()]);
    },
  };
}
