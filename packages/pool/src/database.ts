import { type Binding, checkBinding, mergeBindings } from './binding.ts';
import type { PoolEvent } from './events.ts';
import { askHealth, type DatabaseHealth } from './health.ts';
import type { Lender } from './lender.ts';
import type { Listener } from './listen.ts';
import { maintain } from './maintain.ts';
import { read } from './read.ts';
import type { Replicas } from './replicas.ts';
import type { BreakerState } from './retry.ts';
import { createObjectSink, createTableSink, type TextTable } from './rows.ts';
import type { ResolvedSettings, SslMode } from './settings.ts';
import type { PoolStats } from './stats.ts';
import { streamBatches, type TextBatch } from './stream.ts';
import { runTransaction, type Transaction } from './transaction.ts';
import { encodeStatement } from './values.ts';
import { limitDiscard } from './watch.ts';

/** What may be shown about a database's settings: no password, no file, no URL. */
export interface SettingsSummary {
  /** `host:port`, or the path of a socket's directory; in the order in which they are tried. */
  readonly targets: readonly string[];
  readonly database: string;
  readonly user: string;
  readonly sslMode: SslMode;
  readonly applicationName: string;
  readonly maxConnections: number;
  readonly statementTimeoutMs: number;
  readonly pooler: 'none' | 'transaction';
}

/**
 * One PostgreSQL database. Connections are lent for the time of one call and never handed out.
 *
 * Every call that sends something may reject with a `PoolError`: `INVALID_SETTINGS` for its arguments, `CONNECT_FAILED`, `BUSY` or
 * `CLOSED` when it gets no connection, `TIMEOUT`, `CANCELLED` or `CONNECTION_LOST` when its statement does not end. What PostgreSQL
 * reports passes through as the driver's `DatabaseError`, with the SQLSTATE in `code`.
 */
export interface Database {
  /** As in the settings. */
  readonly name: string;
  readonly settings: SettingsSummary;
  /**
   * The same database with limits for the calls made through the result; later bindings win over earlier ones.
   *
   * @throws PoolError `INVALID_SETTINGS` for an unknown key, an invalid value, a role that is not allowed.
   */
  with(binding: Binding): Database;
  /**
   * Runs a statement of your own in a transaction of its own, READ ONLY unless bound otherwise; object rows, values parsed.
   * Dates and timestamps without a time zone stay text, so that nothing depends on the zone of this host. All rows are read, whatever
   * `maxRows` says.
   *
   * @param values for `$1`, `$2`, …: a `Date` is sent as its instant, bytes as `bytea`, an array as an array, another object as JSON.
   */
  query<Row = Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<{ rows: Row[] }>;
  /**
   * Runs a statement from outside: exactly one, in a READ ONLY transaction of its own that always ends in ROLLBACK, at most
   * `maxRows` rows and `maxBytes` bytes, every value as PostgreSQL's text. Bound to `read-write` it ends in COMMIT.
   *
   * @throws PoolError `RESULT_TOO_LARGE` when not even the first row fits, `COPY_REFUSED`, `TRANSACTION_LOST` when the text ends its
   * transaction.
   */
  table(text: string, values?: readonly unknown[]): Promise<TextTable>;
  /**
   * Reads a statement from outside without holding its result in memory: batches of about 1 MiB, the next one fetched when it is
   * asked for. READ ONLY always; ends in ROLLBACK, also when the loop is left early. `maxRows` and `maxBytes` end it only when they
   * are bound. `timeoutMs` bounds each fetch; a reader that rests longer than `idleInTransactionTimeoutMs` loses the connection. Rows that
   * are far wider than those before are handed out in several batches of at most 4 MiB and a row; the fetch goes on when the next one is asked
   * for, and its time with it.
   */
  stream(text: string, values?: readonly unknown[]): AsyncIterable<TextBatch>;
  /**
   * Runs one statement of your own outside any transaction, for what cannot stand in one: VACUUM, REINDEX CONCURRENTLY. Never for a text
   * from outside, and it is never repeated. `timeoutMs` bounds it, waits for locks included; aborting the bound signal cancels it on the server.
   *
   * @throws PoolError `INVALID_SETTINGS` through a pooler in transaction mode, or when a session is bound.
   */
  maintain(text: string): Promise<void>;
  /** Runs several statements in one transaction; see {@link Transaction}. */
  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  /**
   * Hears `NOTIFY channel` on a connection of its own, which is kept alive and replaced when it is lost; see the events
   * `listen-lost` and `listen-restored`. Not through a pooler in transaction mode.
   *
   * @param channel compared exactly, as PostgreSQL compares a quoted name.
   * @returns ends this subscription.
   * @throws PoolError `INVALID_SETTINGS` through such a pooler, or for what is no name of a channel.
   */
  listen(channel: string, onNotify: (payload: string) => void): Promise<() => Promise<void>>;
  /**
   * The primary's position in its log of changes (LSN). Ask for it after a write has ended, and bind it as `afterPosition` to reads
   * that have to see the write: a replica that has not come that far is passed over.
   */
  position(): Promise<string>;
  /** Asks the server within two seconds; never rejects. */
  health(): Promise<DatabaseHealth>;
  /** Counts of this process; asks no server. */
  stats(): PoolStats;
}

/** What every bound form of a database shares. */
export interface DatabaseParts {
  readonly settings: ResolvedSettings;
  readonly summary: SettingsSummary;
  readonly lender: Lender;
  readonly emit: (event: PoolEvent) => void;
  readonly breaker: () => BreakerState;
  readonly listener: Listener;
  readonly replicas: Replicas;
}

const HEALTH_TIMEOUT_MS = 2_000;

/** Makes a database, or a bound form of it. */
export function createDatabase(parts: DatabaseParts, bound: Binding = {}): Database {
  const { settings, summary, lender, replicas } = parts;
  const binding = checkBinding(settings, bound);

  const database: Database = {
    name: settings.name,
    settings: summary,
    with: (more) => createDatabase(parts, mergeBindings(settings.name, bound, more)),
    query: async <Row>(text: string, values?: readonly unknown[]) => {
      if (binding.access === 'read-write')
        return database.transaction((transaction) => transaction.query<Row>(text, values));
      const statement = { ...encodeStatement(text, values), maxRows: 0 };
      const sink = await replicas.route(binding, parts, (chosen) => read(chosen, binding, statement, createObjectSink));
      return { rows: sink.rows as Row[] };
    },
    table: async (text, values) => {
      if (binding.access === 'read-write')
        return database.transaction((transaction) => transaction.table(text, values));
      const statement = { ...encodeStatement(text, values), maxRows: binding.maxRows + 1 };
      const createSink = (stop: () => void) => createTableSink(binding, limitDiscard(stop));
      const sink = await replicas.route(binding, parts, (chosen) => read(chosen, binding, statement, createSink));
      const tooLarge = sink.tooLarge();
      if (tooLarge !== undefined) throw tooLarge;
      return sink.table();
    },
    stream: (text, values) =>
      streamBatches(
        async () => ({ ...(await replicas.choose({ ...binding, access: 'read-only' }, parts)), binding }),
        encodeStatement(text, values),
        {
          maxRows: bound.maxRows ?? Number.POSITIVE_INFINITY,
          maxBytes: bound.maxBytes ?? Number.POSITIVE_INFINITY,
        },
      ),
    maintain: (text) => maintain({ ...parts, binding }, text),
    transaction: async (work) => runTransaction({ ...(await replicas.choose(binding, parts)), binding }, work),
    position: async () => {
      const primary = createDatabase(parts, {
        ...bound,
        target: 'primary',
        afterPosition: undefined,
        access: 'read-only',
      });
      const { rows } = await primary.query<{ position: string }>(
        'SELECT pg_catalog.pg_current_wal_insert_lsn()::text AS position',
      );
      return rows[0]?.position ?? '';
    },
    listen: parts.listener.listen,
    health: async () => {
      const asked = askHealth(settings.name, (text) =>
        database
          .with({ timeoutMs: HEALTH_TIMEOUT_MS, access: 'read-only', session: undefined, target: 'primary' })
          .transaction(async (transaction) => {
            const startedAt = performance.now();
            const { rows } = await transaction.query<never>(text);
            return { rows, durationMs: performance.now() - startedAt };
          }),
      );
      const [health, ofReplicas] = await Promise.all([asked, replicas.health()]);
      return ofReplicas.length === 0 ? health : { ...health, replicas: ofReplicas };
    },
    stats: () => ({
      name: settings.name,
      ...lender.counts(),
      max: settings.maxConnections,
      breaker: parts.breaker(),
      borrowed: lender.waitTimes.count(),
      waitMs: lender.waitTimes.percentiles(),
      ...replicas.stats(),
    }),
  };
  return database;
}
