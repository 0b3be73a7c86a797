import type { ContextPack, VerifiedPair } from '@pgmcp/nl2sql';
import type { Database, DatabaseHealth } from '@pgmcp/pool';
import {
  type CatalogCache,
  createCatalogCache,
  type DatabaseCatalog,
  introspect,
  prepareRanking,
  readFingerprint,
} from '@pgmcp/schema-introspect';
import { LOCAL_CALLER } from './call.ts';
import { createCallerSessions } from './caller-sessions.ts';
import type { CatalogChanges } from './catalog-changes.ts';
import type { PolicyConfiguration, QuestionsConfiguration, ServerConfiguration } from './config/index.ts';
import type { ConnectedDatabase } from './databases.ts';
import type { Executor } from './execute.ts';
import type { Logger } from './observe/index.ts';
import { recordAskEvent, recordCatalogEvent } from './observe/record-event.ts';
import { describeMissingName, missingNames } from './policy/missing-names.ts';
import type { Policies } from './policy/policies.ts';
import { seenUnder } from './policy/visible-catalog.ts';
import type { ExampleShelf } from './questions/example-shelf.ts';
import type { MeteredModel } from './questions/metered-model.ts';
import { createQuestionPipeline } from './questions/pipeline.ts';
import type { TableMeanings } from './semantic/table-meanings.ts';
import type { Isolation } from './session-of.ts';
import type { SchemaSnapshots } from './storage/index.ts';
import { createSchemaWatch } from './watch-schema.ts';

/** Room for the whole catalog of ten thousand tables, which comes as one row. */
const MAX_CATALOG_BYTES = 256 * 1024 * 1024;

/** What a {@link ConnectedDatabase} is made of. */
export interface ConnectDatabaseParts {
  readonly name: string;
  /** `callerKey` of the caller who added it; absent for one that the operator has configured. */
  readonly owner: string | undefined;
  readonly server: ServerConfiguration;
  readonly policy: PolicyConfiguration;
  /** Whether other databases have the same policy. */
  readonly isPolicyShared: boolean;
  readonly connections: Database;
  readonly isolation: Isolation;
  readonly executor: Executor;
  readonly policies: Policies;
  readonly questions: QuestionsConfiguration;
  readonly model: MeteredModel | undefined;
  readonly examples: ExampleShelf | undefined;
  readonly context: ContextPack;
  readonly verifiedPairs: readonly VerifiedPair[];
  readonly logger: Logger;
  readonly changes: CatalogChanges;
  readonly snapshots: SchemaSnapshots;
  readonly meanings: TableMeanings | undefined;
}

/** Puts one database together. Opens no connection. */
export function connectDatabase(parts: ConnectDatabaseParts): ConnectedDatabase {
  const { name, server, policy, questions, connections, isolation, executor, policies, logger, changes } = parts;
  const { model, examples, context, verifiedPairs, snapshots, meanings } = parts;
  const catalogReader = connections.with({
    maxRowBytes: MAX_CATALOG_BYTES,
    // Compiling the catalog query costs more than running it.
    session: { settings: { jit: 'off' } },
  });
  let lastRead: DatabaseCatalog | undefined;
  let toldMissing = '';
  /** A misspelt name protects nothing, and neither does that of a column that was renamed. Told again when it changes. */
  const warnOfMissingNames = (catalog: DatabaseCatalog): void => {
    const names = missingNames(policy, catalog, parts.isPolicyShared).map(describeMissingName);
    if (names.length > 0 && names.join() !== toldMissing)
      logger.warn({ database: name, names }, 'the policy names what is not in the database: it protects nothing there');
    toldMissing = names.join();
  };
  const catalogs = createCatalogCache({
    // Statistics hold values of the tables: they are read each time and kept nowhere.
    load:
      questions.valueHints === 'statistics'
        ? () => introspect(catalogReader, { statistics: true })
        : snapshots.reading({
            settings: connections.settings,
            fingerprint: () => readFingerprint(connections),
            read: () => introspect(catalogReader, { statistics: false }),
          }),
    fingerprint: () => readFingerprint(connections),
    refreshIntervalMs: server.cacheRefreshIntervalMs,
    onEvent: (event) => {
      recordCatalogEvent(logger, name, event);
      if (event.type !== 'refreshed') return;
      const read = catalogs.current()?.catalog;
      const { hiding } = policies.of(database, LOCAL_CALLER);
      const seen = (catalog: DatabaseCatalog | undefined) => catalog && seenUnder(hiding, catalog);
      changes.report({ name, owner: parts.owner }, seen(lastRead), seen(read));
      watchSchema();
      // Built in the background, or the first question about a large database would block all others.
      if (read !== undefined) prepareRanking(read).catch(() => undefined);
      if (read !== undefined) warnOfMissingNames(read);
      lastRead = read;
    },
  });
  const watchSchema = createSchemaWatch({ name, connections, catalogs }, server.schemaNotifications, logger);
  const database: ConnectedDatabase = {
    name,
    policy,
    verifiedPairs,
    connections,
    catalogs,
    catalog: () => confirmedCatalog(catalogs),
    facts: rememberFacts(connections),
    sessionOf: createCallerSessions({ connections, isolation, schemaNow: () => catalogs.current()?.catalog, logger }),
    ask: (question, options, call) => ask(question, options, call),
  };
  const ask = createQuestionPipeline({
    executor,
    policies,
    database,
    meanings,
    model,
    examples,
    context,
    verifiedPairs,
    settings: questions,
    maxRepairs: server.maxSqlRetry,
    validateResult: server.enableResultValidation,
    onEvent: (event) => recordAskEvent(logger, name, event),
  });
  return database;
}

/** Asks for the server's facts until it has answered once; they change only with a restart, which breaks the connections. */
function rememberFacts(connections: Database): () => Promise<DatabaseHealth> {
  let known: DatabaseHealth | undefined;
  return async () => {
    if (known) return known;
    // Health never fails; a statement fails with the reason.
    await connections.query('SELECT 1');
    const health = await connections.health();
    if (health.status === 'up') known = health;
    return health;
  };
}

/** How long a reading of the catalog is believed without asking whether it still holds, in milliseconds. */
const MAX_UNCONFIRMED_MS = 5_000;

/** The catalog, its fingerprint asked first when nobody has for a while; a database that does not answer leaves the old one. */
async function confirmedCatalog(catalogs: CatalogCache): Promise<DatabaseCatalog> {
  const current = catalogs.current();
  if (!current) return catalogs.get();
  if (current.ageMs <= MAX_UNCONFIRMED_MS) return current.catalog;
  return catalogs.check().catch(() => current.catalog);
}
