import { type Binding, type CheckedBinding, checkBinding } from './binding.ts';
import type { Connection } from './connection.ts';
import { PoolError } from './errors.ts';
import type { PoolEvent } from './events.ts';
import { type Flight, type Statement, startRead } from './flight.ts';
import { askHealth, type DatabaseHealth } from './health.ts';
import type { Lender } from './lender.ts';
import type { Listener } from './listen.ts';
import type { RowSink } from './messages.ts';
import { type BreakerState, repeatOnce } from './retry.ts';
import { createObjectSink, createTableSink, type TextTable } from './rows.ts';
import type { ResolvedSettings, SslMode } from './settings.ts';
import type { PoolStats } from './stats.ts';
import { streamBatches, type TextBatch } from './stream.ts';
import { runTransaction, type Transaction } from './transaction.ts';
import { encodeStatement } from './values.ts';
import { limitDiscard, stoppedError, watchStatement } from './watch.ts';

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
  /**
   * Reads a statement from outside without holding its result in memory: batches of about 1 MiB, the next one fetched when it is
   * asked for. READ ONLY always; ends in ROLLBACK, also when the loop is left early. `maxRows` and `maxBytes` end it only when they
   * are bound. `timeoutMs` bounds each batch; a reader that rests longer than `idleInTransactionTimeoutMs` loses the connection.
   */
  stream(text: string, values?: readonly unknown[]): AsyncIterable<TextBatch>;
  /** Runs several statements in one transaction; see {@link Transaction}. */
  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  /**
   * Hears `NOTIFY channel` on a connection of its own, which is kept alive and replaced when it is lost; see the events
   * `listen-lost` and `listen-restored`. Not through a pooler in transaction mode.
   *
   * @param channel compared exactly, as PostgreSQL compares a quoted name.
   * @returns ends this subscription.
   */
  listen(channel: string, onNotify: (payload: string) => void): Promise<() => Promise<void>>;
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
  readonly breaker: () => BreakerState;
  readonly listener: Listener;
}

const END_LIMIT_MS = 1_000;
const HEALTH_TIMEOUT_MS = 2_000;

/** Gives the connection back when the end of the read is confirmed; nobody has to wait for that. */
function settle(connection: Connection, lender: Lender, flight: Flight): void {
  const clean = flight.clean();
  if (typeof clean === 'boolean') {
    lender.giveBack(connection, clean);
    return;
  }
  lender.expect(connection);
  const timer = setTimeout(
    () => connection.destroy(new PoolError('TIMEOUT', 'The end of the transaction was not confirmed.')),
    END_LIMIT_MS,
  );
  const giveBack = (isClean: boolean) => {
    clearTimeout(timer);
    lender.giveBack(connection, isClean);
  };
  clean.then(giveBack, () => giveBack(false));
}

async function readOnce<Sink extends RowSink>(
  isRepetition: boolean,
  { settings, lender, emit }: DatabaseParts,
  binding: CheckedBinding,
  statement: Omit<Statement, 'sink'>,
  createSink: (stop: () => void) => Sink,
): Promise<Sink> {
  const database = settings.name;
  const connection = await lender.borrow(binding.signal, isRepetition);
  let hasRows = false;
  const sink = createSink(() => watch.stop('bytes'));
  const { row } = sink;
  const flight = startRead(connection, settings, binding, {
    ...statement,
    sink: {
      ...sink,
      row: (values, bytes) => {
        hasRows = true;
        row(values, bytes);
      },
    },
  });
  const watch = watchStatement(connection, { settings, emit, signal: binding.signal, timeoutMs: binding.timeoutMs });
  const outcome = await flight.answer;
  const reason = await watch.end();
  if (reason === 'signal' || reason === 'timeout') {
    const error = stoppedError(database, reason, binding.signal, binding.timeoutMs);
    lender.discard(connection, 'cancelled', error);
    throw error;
  }
  if (reason === 'bytes') {
    lender.discard(connection, 'cancelled');
    return sink;
  }
  settle(connection, lender, flight);
  if (outcome.error instanceof PoolError && outcome.error.code === 'TRANSACTION_LOST')
    emit({ type: 'transaction-lost', database, processId: connection.facts.processId });
  if (outcome.error !== undefined)
    throw hasRows ? new FailedAfterRows(outcome.error.message, { cause: outcome.error }) : outcome.error;
  return sink;
}

/** Marks an error that came after the first row: such a read is never repeated. */
class FailedAfterRows extends Error {}

/** Writes and what comes after the first row are never repeated. */
async function read<Sink extends RowSink>(
  ...parameters: Parameters<typeof readOnce<Sink>> extends [boolean, ...infer Rest] ? Rest : never
): Promise<Sink> {
  try {
    return await repeatOnce.execute(({ attempt }) => readOnce(attempt > 0, ...parameters));
  } catch (error) {
    throw error instanceof FailedAfterRows ? error.cause : error;
  }
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
      const sink = await read(parts, binding, { ...encodeStatement(text, values), maxRows: 0 }, createObjectSink);
      return { rows: sink.rows as Row[] };
    },
    table: async (text, values) => {
      if (binding.access === 'read-write')
        return database.transaction((transaction) => transaction.table(text, values));
      const statement = { ...encodeStatement(text, values), maxRows: binding.maxRows + 1 };
      const sink = await read(parts, binding, statement, (stop) => createTableSink(binding, limitDiscard(stop)));
      const tooLarge = sink.tooLarge();
      if (tooLarge !== undefined) throw tooLarge;
      return sink.table();
    },
    stream: (text, values) =>
      streamBatches({ ...parts, binding }, encodeStatement(text, values), {
        maxRows: bound.maxRows ?? Number.POSITIVE_INFINITY,
        maxBytes: bound.maxBytes ?? Number.POSITIVE_INFINITY,
      }),
    transaction: (work) => runTransaction({ ...parts, binding }, work),
    listen: parts.listener.listen,
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
      breaker: parts.breaker(),
      borrowed: lender.waitTimes.count(),
      waitMs: lender.waitTimes.percentiles(),
    }),
  };
  return database;
}
