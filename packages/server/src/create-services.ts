import { randomBytes } from 'node:crypto';
import { createApiKeys } from './api-keys.ts';
import type { FinishedCall } from './call.ts';
import { callerOf } from './caller-of.ts';
import { createCatalogChanges } from './catalog-changes.ts';
import { watchCatalogs } from './catalog-watch.ts';
import { chargeDatabaseTime } from './charge-database-time.ts';
import { closeInTurn } from './close-in-turn.ts';
import { type Configuration, mergeReload } from './config/index.ts';
import { createConfirmations } from './confirmations.ts';
import { connectDatabase } from './connect-database.ts';
import { createConnectedDatabases } from './connected-databases.ts';
import { createDatabases } from './databases.ts';
import { createMeteredEmbedder } from './embedder.ts';
import { createExecutor } from './execute.ts';
import { createAdmission } from './execution/admission.ts';
import { createInFlight } from './in-flight.ts';
import { openLimits } from './limits/index.ts';
import { createLiveCalls } from './live-calls.ts';
import { createMonitor } from './monitor/monitor.ts';
import { createObservation } from './observation.ts';
import type { Logger } from './observe/index.ts';
import { recordGuardEvent } from './observe/record-event.ts';
import { createPolicies } from './policy/policies.ts';
import { readContextFile } from './questions/context-file.ts';
import { createExampleShelf } from './questions/example-shelf.ts';
import { createMeteredModel } from './questions/metered-model.ts';
import { readVerifiedPairs } from './questions/verified-pairs.ts';
import { rememberSecrets } from './remember-secrets.ts';
import { createBackgroundQueries } from './results/background-queries.ts';
import { createRest } from './results/rest.ts';
import { createResults } from './results/results.ts';
import { createTableMeanings } from './semantic/table-meanings.ts';
import { readServiceHealth } from './service-health.ts';
import type { Services } from './services.ts';
import { declareHttpSessions } from './storage/http-sessions.ts';
import { createSchemaSnapshots, createStorage } from './storage/index.ts';
import { createTypeNames } from './type-names.ts';
import { warmUp } from './warm-up.ts';

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
