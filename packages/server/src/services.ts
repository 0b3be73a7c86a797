import type { AuthInfo } from '@modelcontextprotocol/server';
import type { Clarification, Outcome } from '@pgmcp/nl2sql';
import type { Collection } from '@pgmcp/store';
import type { ApiKeys } from './api-keys.ts';
import type { Audit } from './audit/audit.ts';
import type { Call, Caller, FinishedCall } from './call.ts';
import type { CatalogListener } from './catalog-changes.ts';
import type { Configuration } from './config/index.ts';
import type { Confirmations } from './confirmations.ts';
import type { ConnectedDatabases, DatabaseChanges, OwnedPoolStats } from './connected-databases.ts';
import type { ConnectedDatabase, Databases } from './databases.ts';
import type { MeteredEmbedder } from './embedder.ts';
import type { Executor } from './execute.ts';
import type { History } from './history/history.ts';
import type { InFlight } from './in-flight.ts';
import type { Limits, OpenLimits } from './limits/index.ts';
import type { LiveCalls } from './live-calls.ts';
import type { Monitor } from './monitor/monitor.ts';
import type { Logger } from './observe/index.ts';
import type { ProcessUsage } from './observe/process-usage.ts';
import type { Policies } from './policy/policies.ts';
import type { ExampleShelf } from './questions/example-shelf.ts';
import type { BackgroundQueries } from './results/background-queries.ts';
import type { Results } from './results/results.ts';
import type { TableMeanings } from './semantic/table-meanings.ts';
import type { ServiceHealth } from './service-health.ts';
import type { StoredHttpSession } from './storage/http-sessions.ts';
import type { Storage } from './storage/index.ts';
import type { EncodedTable } from './values/index.ts';

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
