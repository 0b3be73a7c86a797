import { randomBytes } from 'node:crypto';
import type { AuthInfo } from '@modelcontextprotocol/server';
import type { Clarification, Outcome } from '@pgmcp/nl2sql';
import type { Collection } from '@pgmcp/store';
import { type ApiKeys, createApiKeys } from './api-keys.ts';
import type { Audit } from './audit/audit.ts';
import type { Call, Caller, FinishedCall } from './call.ts';
import { callerOf } from './caller-of.ts';
import { type CatalogListener, createCatalogChanges } from './catalog-changes.ts';
import { watchCatalogs } from './catalog-watch.ts';
import { chargeDatabaseTime } from './charge-database-time.ts';
import { closeInTurn } from './close-in-turn.ts';
import { type Configuration, mergeReload } from './config/index.ts';
import { type Confirmations, createConfirmations } from './confirmations.ts';
import { connectDatabase } from './connect-database.ts';
import {
  type ConnectedDatabases,
  createConnectedDatabases,
  type DatabaseChanges,
  type OwnedPoolStats,
} from './connected-databases.ts';
import { type ConnectedDatabase, createDatabases, type Databases } from './databases.ts';
import { createMeteredEmbedder, type MeteredEmbedder } from './embedder.ts';
import { createExecutor, type Executor } from './execute.ts';
import { createAdmission } from './execution/admission.ts';
import type { History } from './history/history.ts';
import { createInFlight, type InFlight } from './in-flight.ts';
import { type Limits, type OpenLimits, openLimits } from './limits/index.ts';
import { createLiveCalls, type LiveCalls } from './live-calls.ts';
import { createMonitor, type Monitor } from './monitor/monitor.ts';
import { createObservation } from './observation.ts';
import type { Logger } from './observe/index.ts';
import type { ProcessUsage } from './observe/process-usage.ts';
import { recordGuardEvent } from './observe/record-event.ts';
import { createPolicies, type Policies } from './policy/policies.ts';
import { readContextFile } from './questions/context-file.ts';
import { createExampleShelf, type ExampleShelf } from './questions/example-shelf.ts';
import { createMeteredModel } from './questions/metered-model.ts';
import { readVerifiedPairs } from './questions/verified-pairs.ts';
import { rememberSecrets } from './remember-secrets.ts';
import { type BackgroundQueries, createBackgroundQueries } from './results/background-queries.ts';
import { createRest } from './results/rest.ts';
import { createResults, type Results } from './results/results.ts';
import { createTableMeanings, type TableMeanings } from './semantic/table-meanings.ts';
import { readServiceHealth, type ServiceHealth } from './service-health.ts';
import { declareHttpSessions, type StoredHttpSession } from './storage/http-sessions.ts';
import { createSchemaSnapshots, createStorage, type Storage } from './storage/index.ts';
import { createTypeNames } from './type-names.ts';
import type { EncodedTable } from './values/index.ts';
import { warmUp } from './warm-up.ts';

/** One question to one database. */
export interface QuestionRequest {
  readonly database: ConnectedDatabase;
  readonly question: string;
  readonly limit?: number | undefined;
  /** False: write and check the SQL, do not run it. */
  readonly execute: boolean;
  /** Default: as configured. */
  readonly onAmbiguity?: 'ask' | 'assume';
  /** What was asked back before, with the answers. */
  readonly clarifications?: readonly Clarification[];
}

/** What a reload did. */
export interface Reloaded extends DatabaseChanges {
  /** Settings that differ and hold only after a restart. */
  readonly restartNeeded: readonly string[];
}

/** Everything that lives as long as the process and serves every call of every transport. */
export interface Services {
  /** What is in force now; a reload replaces it. */
  readonly configuration: Configuration;
  /** What there is now; a reload and the tools for connections change it. */
  readonly databases: Databases;
  readonly executor: Executor;
  /** Previews that wait to be confirmed. */
  readonly confirmations: Confirmations;
  /** What a caller may do in a database; for tools that read with texts of their own. */
  readonly policies: Policies;
  readonly limits: Limits;
  /** The table of the limits, where they are counted in PostgreSQL. */
  readonly rateLimitTable: OpenLimits['table'];
  /** Sessions of 2025-era clients over HTTP, for any replica; absent when they are switched off. */
  readonly httpSessions: Collection<StoredHttpSession> | undefined;
  /** Where the server keeps its own records: history, handles, keys. */
  readonly storage: Storage;
  readonly apiKeys: ApiKeys;
  /** Turns texts into vectors; absent when no embedding model is configured. */
  readonly embedder: MeteredEmbedder | undefined;
  /** Ranks tables by meaning; absent without an embedding model. */
  readonly meanings: TableMeanings | undefined;
  /** Rows behind handles. */
  readonly results: Results;
  readonly backgroundQueries: BackgroundQueries;
  /** Remembered answers to questions, of tenants and of everybody. */
  readonly examples: ExampleShelf;
  readonly inFlight: InFlight;
  /** The calls under way, for an operator to see and to end. */
  readonly liveCalls: LiveCalls;
  readonly logger: Logger;
  /** Aborts when the server shuts down; joined to every call's own signal. */
  readonly shutdownSignal: AbortSignal;
  /** State of every database now. */
  health(): Promise<ServiceHealth>;
  /** Who calls, by what a transport has verified; without it the one local caller. */
  callerOf(authInfo: AuthInfo | undefined): Caller;
  /**
   * Answers a question in plain language under the policy of the call's caller; without a model the outcome hands it over.
   * @throws what the libraries throw; `toPgmcpError` makes it fit to be shown
   */
  askQuestion(request: QuestionRequest, call: Call): Promise<Outcome<EncodedTable>>;
  /** Records a call whose answer does not wait for the audit log; never fails. */
  recordCall(finished: FinishedCall): void;
  /**
   * Records a call before it is answered.
   * @throws PgmcpError `INTERNAL_ERROR` when the audit log cannot be written and nothing may be answered without it.
   */
  concludeCall(finished: FinishedCall): Promise<void>;
  readonly history: History;
  /** What needs attention now. */
  readonly monitor: Monitor;
  readonly audit: Audit;
  /** Memory, processor and event loop of this process now. */
  processUsage(): ProcessUsage;
  /** Counts a session of a client of 2025 that has ended. */
  recordSession(durationMs: number, transport: 'tcp' | 'pipe'): void;
  /** See {@link ConnectedDatabases.add}; the owner of a caller's own database is its `callerKey`. */
  readonly addDatabase: ConnectedDatabases['add'];
  readonly removeDatabase: ConnectedDatabases['remove'];
  /** Connections of every database now. */
  poolStats(): readonly OwnedPoolStats[];
  /**
   * Takes another configuration while calls run; each call keeps what it started with. All or nothing.
   * @throws PoolError, ConfigurationError; nothing has changed then.
   */
  reload(next: Configuration): Promise<Reloaded>;
  /**
   * Calls `listener` with a database whenever its structure has changed, and the addresses of the resources that show it.
   * @returns ends it
   */
  onCatalogChange(listener: CatalogListener): () => void;
  /** Connects in the background, so that the first call is fast and the log tells early what is wrong. Never fails. */
  warmUp(): void;
  /** Aborts every call under way; their statements are cancelled on their servers. */
  abortCalls(): void;
  /** Ends pools, caches and workers. */
  close(): Promise<void>;
}

/** What {@link createServices} takes besides the configuration. */
export interface ServicesOptions {
  readonly logger: Logger;
}

/**
 * Joins the libraries into what the tools use. Connects to nothing: a database that is down is found out, and said, by the
 * first call that needs it.
 */
export async function createServices(configuration: Configuration, { logger }: ServicesOptions): Promise<Services> {
  rememberSecrets(configuration);
  const { rateLimit, security } = configuration;
  const storage = createStorage(configuration.store, logger);
  const shutdown = new AbortController();
  const observation = createObservation({
    configuration,
    storage,
    logger,
    shutdownSignal: shutdown.signal,
    later: {
      executor: () => executor,
      poolStats: () => connected.stats().filter(({ owner }) => owner === undefined),
      monitor: () => monitor,
    },
  });
  const policies = createPolicies({ onEvent: (event) => recordGuardEvent(logger, event) });
  const results = createResults(storage, configuration.results);
  const typeNames = createTypeNames();
  const hashKey = security.hashKey === undefined ? randomBytes(32) : Buffer.from(security.hashKey.reveal());
  const makeExecutor = ({ server, results: kept }: Configuration) =>
    createExecutor({
      admission: createAdmission(policies),
      hashKey,
      observe: observation.observeStatement,
      beginWrite: observation.audit.begin,
      typeNames,
      rest: createRest(results, kept, logger),
      limits: {
        maxRows: server.maxResultRows,
        maxBytes: server.maxResultBytes,
        timeoutMs: server.queryTimeoutMs,
        maxTokens: server.maxResultTokens,
        maxCellCharacters: server.maxCellCharacters,
      },
    });
  const { limits, table: rateLimitTable } = await openLimits(rateLimit, configuration.store, storage, logger);
  let inForce = configuration;
  let executor = makeExecutor(configuration);
  let model = await createMeteredModel(configuration.openai, limits);
  const changes = createCatalogChanges();
  const snapshots = createSchemaSnapshots(storage, logger);
  const embedder = await createMeteredEmbedder(configuration.embeddings, limits);
  const meanings = createTableMeanings({ storage, embedder, logger });
  const examples = createExampleShelf({ storage, executor: () => executor, embedder });
  const { maxRows, maxBytes, queryTimeoutMs: timeoutMs } = configuration.results;
  const conclude = async (finished: FinishedCall) => {
    chargeDatabaseTime(limits, finished);
    await observation.conclude(finished);
  };
  const record = (finished: FinishedCall) => void conclude(finished).catch(() => undefined);
  const backgroundQueries = createBackgroundQueries({
    results,
    limits: configuration.results,
    openRows: (statement, call) => executor.openRows(statement, call, { maxRows, maxBytes, timeoutMs }),
    recordCall: record,
    shutdownSignal: shutdown.signal,
  });
  const inFlight = createInFlight();
  const connected = createConnectedDatabases(configuration, {
    onPoolEvent: observation.onPoolEvent,
    inFlight,
    connect: ({ name, verifiedQueries, context, security: own, isolation, roles = [] }, connections, current, owner) =>
      connectDatabase({
        name,
        owner,
        server: current.server,
        policy: own === undefined ? current.security : { ...current.security, ...own },
        isPolicyShared: own === undefined && current.databases.length > 1,
        connections,
        isolation: { mode: isolation, roles },
        executor,
        policies,
        questions: current.questions,
        model,
        examples: current.questions.examples ? examples : undefined,
        context: context === undefined ? {} : readContextFile(context),
        verifiedPairs: verifiedQueries === undefined ? [] : readVerifiedPairs(verifiedQueries),
        logger,
        changes,
        snapshots,
        meanings,
      }),
  });
  const { databases } = connected;
  const monitor = createMonitor({
    // What a caller adds is watched by that caller: its name may be that of another's.
    databases: createDatabases(() => databases.all.filter(({ owner }) => owner === undefined)),
    configuration: () => inForce.monitoring,
    processUsage: observation.processUsage,
    isAuditFailing: () => observation.audit.state.failing,
    onAlert: ({ kind }) => observation.instruments.alert(kind),
    logger,
  });
  const reload: Services['reload'] = async (next) => {
    const { configuration: merged, restartNeeded } = mergeReload(inForce, next);
    const nextModel = await createMeteredModel(merged.openai, limits);
    const before = { executor, model };
    rememberSecrets(merged);
    executor = makeExecutor(merged);
    model = nextModel;
    try {
      const changes = connected.configure(merged);
      inForce = merged;
      logger.level = merged.server.logLevel;
      for (const database of databases.all) {
        if ([...changes.added, ...changes.replaced].includes(database.name))
          void warmUp(database, logger, shutdown.signal);
      }
      return { ...changes, restartNeeded };
    } catch (error) {
      ({ executor, model } = before);
      throw error;
    }
  };
  return {
    get configuration() {
      return inForce;
    },
    databases,
    get executor() {
      return executor;
    },
    addDatabase: connected.add,
    removeDatabase: connected.remove,
    poolStats: connected.stats,
    reload,
    policies,
    confirmations: createConfirmations(storage, security.confirmationTtlMs),
    limits,
    rateLimitTable,
    httpSessions: declareHttpSessions(storage, configuration.http),
    storage,
    embedder,
    meanings,
    examples,
    apiKeys: createApiKeys(storage),
    results,
    backgroundQueries,
    inFlight,
    liveCalls: createLiveCalls(shutdown.signal),
    logger,
    shutdownSignal: shutdown.signal,
    health: () => readServiceHealth(databases),
    callerOf,
    askQuestion: ({ database, question, onAmbiguity = inForce.questions.onAmbiguity, ...options }, call) =>
      database.ask(question, { ...options, onAmbiguity }, call),
    onCatalogChange: changes.listen,
    recordCall: record,
    concludeCall: conclude,
    history: observation.history,
    monitor,
    audit: observation.audit,
    processUsage: observation.processUsage,
    recordSession: observation.instruments.session,
    warmUp: () => {
      // First of all: its thread starts beside everything else.
      for (const { policy } of databases.all) policies.warmUp(policy);
      storage.startMaintenance();
      monitor.start();
      watchCatalogs(() => databases, inFlight, shutdown.signal);
      for (const database of databases.all) void warmUp(database, logger, shutdown.signal);
    },
    abortCalls: () => shutdown.abort(new Error('The server is shutting down.')),
    async close() {
      shutdown.abort(new Error('The server is shutting down.'));
      monitor.close();
      // What ends now is recorded, and records are written to the storage.
      await closeInTurn([[backgroundQueries, connected, policies, limits], [observation], [storage]]);
    },
  };
}
