import { type Binding, type CheckedBinding, checkBinding } from './binding.ts';
import { sendCancel } from './cancel.ts';
import type { Connection } from './connection.ts';
import { PoolError } from './errors.ts';
import type { PoolEvent } from './events.ts';
import { type Flight, startRead } from './flight.ts';
import { askHealth, type DatabaseHealth } from './health.ts';
import type { Lender } from './lender.ts';
import type { Outcome, RowSink } from './messages.ts';
import { createObjectSink, createTableSink, type TextTable } from './rows.ts';
import type { ResolvedSettings, SslMode } from './settings.ts';
import type { PoolStats } from './stats.ts';
import { runTransaction, type Transaction } from './transaction.ts';
import { encodeStatement } from './values.ts';
import { limitDiscard, stoppedError, type Watch, watchStatement } from './watch.ts';

/** What may be shown about a database's settings: no password, no file, no URL. */
export interface SettingsSummary {
  readonly targets: readonly string[];
  readonly database: string;
  readonly user: string;
  readonly sslMode: SslMode;
  readonly applicationName: string;
  readonly maxConnections: number;
  readonly statementTimeoutMs: number;
  readonly pooler: 'none' | 'transaction';
}

/** One PostgreSQL database. Connections are lent for the time of one call and never handed out. */
export interface Database {
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
   * Dates and timestamps without a time zone stay text, so that nothing depends on the zone of this host.
   */
  query<Row = Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<{ rows: Row[] }>;
  /**
   * Runs a statement from outside: exactly one, in a READ ONLY transaction of its own that always ends in ROLLBACK, at most
   * `maxRows` rows and `maxBytes` bytes, every value as PostgreSQL's text. Bound to `read-write` it ends in COMMIT.
   */
  table(text: string, values?: readonly unknown[]): Promise<TextTable>;
  /** Runs several statements in one transaction; see {@link Transaction}. */
  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  /** Asks the server; never rejects. */
  health(): Promise<DatabaseHealth>;
  stats(): PoolStats;
}

/** What every bound form of a database shares. */
export interface DatabaseParts {
  readonly settings: ResolvedSettings;
  readonly summary: SettingsSummary;
  readonly lender: Lender;
  readonly emit: (event: PoolEvent) => void;
}

const END_LIMIT_MS = 1_000;
const HEALTH_TIMEOUT_MS = 2_000;

/** Gives the connection back when the end of the read is confirmed; nobody has to wait for that. */
function settleLater(connection: Connection, lender: Lender, flight: Flight): void {
  lender.expect(connection);
  const timer = setTimeout(
    () => connection.destroy(new PoolError('TIMEOUT', 'The end of the transaction was not confirmed.')),
    END_LIMIT_MS,
  );
  flight.clean.then(
    (isClean) => {
      clearTimeout(timer);
      lender.giveBack(connection, isClean);
    },
    () => {
      clearTimeout(timer);
      lender.giveBack(connection, false);
    },
  );
}

/** The answer was refused before its end and the socket closed; the server notices that only when it writes the next time. */
function stopOrphan(connection: Connection, settings: ResolvedSettings, error: Error | undefined): void {
  if (!(error instanceof PoolError) || (error.code !== 'RESULT_TOO_LARGE' && error.code !== 'COPY_REFUSED')) return;
  // Harmless when the backend has ended: no other one has this secret key.
  sendCancel(connection, settings, () => true).catch(() => {});
}

async function read(
  { settings, lender, emit }: DatabaseParts,
  binding: CheckedBinding,
  statement: {
    readonly text: string;
    readonly values: readonly (string | null)[];
    readonly maxRows: number;
    readonly sink: RowSink;
  },
  onWatch: (watch: Watch) => void,
): Promise<Outcome & { readonly stopped?: 'bytes' }> {
  const database = settings.name;
  const connection = await lender.borrow(binding.signal);
  const flight = startRead(connection, settings, binding, statement);
  const watch = watchStatement(connection, { settings, emit, signal: binding.signal, timeoutMs: binding.timeoutMs });
  onWatch(watch);
  const outcome = await flight.answer;
  const reason = await watch.end();
  if (reason !== undefined) lender.discard(connection, 'cancelled');
  else settleLater(connection, lender, flight);
  if (reason === 'bytes') return { ...outcome, error: undefined, stopped: reason };
  if (reason !== undefined) throw stoppedError(database, reason, binding.signal, binding.timeoutMs);
  if (outcome.status === 'I') emit({ type: 'transaction-lost', database, processId: connection.facts.processId });
  if (outcome.status === undefined) stopOrphan(connection, settings, outcome.error);
  if (outcome.error !== undefined) throw outcome.error;
  return outcome;
}

/** Makes a database, or a bound form of it. */
export function createDatabase(parts: DatabaseParts, bound: Binding = {}): Database {
  const { settings, summary, lender } = parts;
  const binding = checkBinding(settings, bound);

  const database: Database = {
    name: settings.name,
    settings: summary,
    with: (more) => createDatabase(parts, { ...bound, ...more }),
    query: async <Row>(text: string, values?: readonly unknown[]) => {
      if (binding.access === 'read-write')
        return database.transaction((transaction) => transaction.query<Row>(text, values));
      const sink = createObjectSink();
      await read(parts, binding, { ...encodeStatement(text, values), maxRows: 0, sink }, () => {});
      return { rows: sink.rows as Row[] };
    },
    table: async (text, values) => {
      if (binding.access === 'read-write')
        return database.transaction((transaction) => transaction.table(text, values));
      let stop = () => {};
      const sink = createTableSink(
        binding,
        limitDiscard(() => stop()),
      );
      await read(parts, binding, { ...encodeStatement(text, values), maxRows: binding.maxRows + 1, sink }, (watch) => {
        stop = () => watch.stop('bytes');
      });
      const tooLarge = sink.tooLarge();
      if (tooLarge !== undefined) throw tooLarge;
      return sink.table();
    },
    transaction: (work) => runTransaction({ ...parts, binding }, work),
    health: () =>
      askHealth(settings.name, (text) =>
        database
          .with({ timeoutMs: HEALTH_TIMEOUT_MS, access: 'read-only', session: undefined })
          .transaction(async (transaction) => {
            const startedAt = performance.now();
            const { rows } = await transaction.query<never>(text);
            return { rows, durationMs: performance.now() - startedAt };
          }),
      ),
    stats: () => ({
      name: settings.name,
      ...lender.counts(),
      max: settings.maxConnections,
      borrowed: lender.waitTimes.count(),
      waitMs: lender.waitTimes.percentiles(),
    }),
  };
  return database;
}
