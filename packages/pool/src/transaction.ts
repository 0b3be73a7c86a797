import type { CheckedBinding } from './binding.ts';
import { commit, limited, rollBack } from './commit.ts';
import type { Connection } from './connection.ts';
import { cancelled, PoolError } from './errors.ts';
import type { PoolEvent } from './events.ts';
import { checkAnswered, checkTransaction, readMessages, transactionLost } from './flight.ts';
import type { Lender } from './lender.ts';
import type { Outcome, RowSink } from './messages.ts';
import { type Repetition, repeat } from './repeat.ts';
import { createObjectSink, createTableSink, type TextTable } from './rows.ts';
import { changedSyntax, prelude } from './session.ts';
import type { ResolvedSettings } from './settings.ts';
import { endsTransaction } from './transaction-control.ts';
import { encodeStatement } from './values.ts';
import { CLIENT_GRACE_MS, limitDiscard, type StopReason, stoppedError, type Watch, watchStatement } from './watch.ts';
import { command, SYNC, simpleQuery } from './wire.ts';

/** What the work of a transaction is given. Not usable after the work has settled. */
export interface Transaction {
  /** Runs a statement of your own; object rows. */
  query<Row = Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<{ rows: Row[] }>;
  /** Runs a statement from outside; rows as text, within `maxRows` and `maxBytes`. */
  table(text: string, values?: readonly unknown[]): Promise<TextTable>;
  /**
   * Runs several statements of your own, separated by semicolons: a migration, sample data. Never for a text from outside, since
   * it goes over the simple protocol, where one text can hold anything. `timeoutMs` bounds the whole script.
   *
   * @throws PoolError `INVALID_SETTINGS` when the transaction is not bound to `read-write`.
   */
  script(text: string): Promise<void>;
}

/** What a transaction needs from its database. */
export interface TransactionOptions {
  readonly settings: ResolvedSettings;
  readonly binding: CheckedBinding;
  readonly lender: Lender;
  readonly emit: (event: PoolEvent) => void;
}

/** For BEGIN and the settings that come with it. */
const STEP_LIMIT_MS = 2_000;
const BEGIN = { 'read-only': command('BEGIN READ ONLY'), 'read-write': command('BEGIN READ WRITE') };

/** Borrows a connection and opens the transaction; a connection that dies over this has done nothing and is replaced. */
export async function openTransaction(options: TransactionOptions): Promise<Connection> {
  try {
    return await openOnce(options, undefined);
  } catch (error) {
    return repeat(error, (repetition) => openOnce(options, repetition));
  }
}

async function openOnce(options: TransactionOptions, repetition: Repetition | undefined): Promise<Connection> {
  const { settings, binding, lender } = options;
  const connection = await lender.borrow(binding.signal, repetition !== undefined);
  if (repetition !== undefined) repetition.openedAt = connection.openedAt;
  connection.limits.maxMessageBytes = binding.maxRowBytes;
  try {
    await begin(connection, options);
    return connection;
  } catch (error) {
    lender.giveBack(connection, await rollBack(connection, settings, false));
    throw error;
  }
}

async function begin(connection: Connection, { settings, binding }: TransactionOptions): Promise<void> {
  const messages = Buffer.concat([BEGIN[binding.access], prelude(settings, binding, connection.facts.processId), SYNC]);
  const limitMs = Math.min(STEP_LIMIT_MS, binding.timeoutMs + CLIENT_GRACE_MS);
  const { status, error } = await limited(connection, limitMs, connection.send(messages));
  if (error !== undefined) throw error;
  if (status !== 'T')
    throw new PoolError('TRANSACTION_LOST', 'BEGIN did not open a transaction.', { database: settings.name });
}

/** What is done with the answer of one statement, or of a script. */
interface Run {
  readonly sink: RowSink;
  /** How many statements have to be answered; undefined when that is not known. */
  readonly answers: number | undefined;
  readonly onWatch?: (watch: Watch) => void;
  /** The one statement, where it is known: one that ends the transaction is not sent. */
  readonly text?: string;
}

/** Runs the statements of one transaction one after the other, also when the work does not wait for them. */
export function createStatements(connection: Connection, { settings, binding, lender, emit }: TransactionOptions) {
  const database = settings.name;
  let last: Promise<unknown> = Promise.resolve();
  let isOpen = true;
  let failure: Error | undefined;
  let wasEnded = false;
  let resting: NodeJS.Timeout | undefined;
  let watched: Watch | undefined;

  /** The server ends a transaction that rests too long; should it be unable to, it is ended from here. */
  function rest(): void {
    clearTimeout(resting);
    if (!isOpen) return;
    const limitMs = settings.idleInTransactionTimeoutMs + CLIENT_GRACE_MS;
    const error = () =>
      new PoolError(
        'TIMEOUT',
        `The transaction rested for more than ${limitMs} ms between two statements and was ended.`,
        { database },
      );
    resting = setTimeout(() => connection.destroy(error()), limitMs);
  }
  rest();

  /** The transaction is over for its work. */
  function lose(error: Error): Error {
    isOpen = false;
    failure = error;
    emit({ type: 'transaction-lost', database, processId: connection.facts.processId });
    return error;
  }

  async function runNow(messages: Buffer, { sink, answers, onWatch, text }: Run): Promise<void> {
    if (!isOpen)
      throw new PoolError(
        'TRANSACTION_LOST',
        'The transaction has ended. Await every query inside the work of the transaction.',
        { database },
      );
    const changed = changedSyntax(connection.facts.parameters);
    if (changed !== undefined) {
      isOpen = false;
      emit({ type: 'state-changed', database, processId: connection.facts.processId, ...changed });
      failure = new PoolError(
        'TRANSACTION_LOST',
        `A statement of this transaction has set ${changed.parameter} to "${changed.value}", so that the next one would be read differently from how it was checked.`,
        { database },
      );
      throw failure;
    }
    // Through a pooler what it makes permanent would be the next client's; `ROLLBACK AND CHAIN` would go on without role and settings.
    if (text !== undefined && endsTransaction(text)) throw lose(transactionLost(undefined));
    clearTimeout(resting);
    const watch = watchStatement(connection, { settings, emit, signal: binding.signal, timeoutMs: binding.timeoutMs });
    watched = watch;
    onWatch?.(watch);
    const outcome = checkOutcome(await connection.send(messages, [sink]), answers);
    const reason = await watch.end();
    watched = undefined;
    rest();
    failure = failureOf(outcome, reason);
    if (reason !== undefined) lender.discard(connection, 'cancelled', failure);
    if (failure === undefined) return;
    if (outcome.status !== 'I') throw failure;
    wasEnded = true;
    throw lose(failure);
  }

  function checkOutcome(outcome: Outcome, answers: number | undefined): Outcome {
    // ROLLBACK is also the tag of a rollback to a savepoint, which belongs to the work.
    const ends = /^(COMMIT|PREPARE TRANSACTION)/;
    return checkTransaction(answers === undefined ? outcome : checkAnswered(outcome, answers), ends);
  }

  function failureOf(outcome: Outcome, reason: StopReason | undefined): Error | undefined {
    if (reason === 'signal' || reason === 'timeout')
      return stoppedError(database, reason, binding.signal, binding.timeoutMs);
    if (reason === 'bytes') {
      return new PoolError(
        'RESULT_TOO_LARGE',
        `The result is far larger than ${binding.maxBytes} bytes, so the transaction was ended. Select fewer rows or columns.`,
        { database },
      );
    }
    return outcome.error;
  }

  return {
    /** The error of the last statement; undefined when it succeeded. */
    failure: () => failure,
    /** Whether a statement has ended the transaction: what was set before it holds for the session now. */
    wasEnded: () => wasEnded,
    run(messages: Buffer, run: Run): Promise<void> {
      const next = last.then(() => runNow(messages, run));
      last = next.catch(() => {});
      return next;
    },
    /** Refuses further statements and waits for those under way. */
    async close(): Promise<void> {
      isOpen = false;
      await last;
      clearTimeout(resting);
    },
    isIdle: (): Promise<void> => last.then(() => {}),
    /** Reads nothing more until `resume`: the server waits, and the transaction rests. */
    pause(): void {
      connection.pause();
      watched?.suspend();
      rest();
    },
    resume(): void {
      clearTimeout(resting);
      watched?.resume();
      connection.resume();
    },
  };
}

/** Rejects when the connection ends, or when the signal is aborted and no statement is under way any more. */
function whenLost(connection: Connection, { settings, binding }: TransactionOptions, settled: () => Promise<void>) {
  const { signal } = binding;
  let onAbort = () => {};
  const lost = new Promise<never>((_, reject) => {
    onAbort = () => {
      const error = cancelled(settings.name, signal);
      settled().then(
        () => reject(error),
        () => reject(error),
      );
    };
    connection.onLostWhileLent = reject;
    if (connection.broken !== undefined) reject(connection.broken);
    // Aborted while the transaction was being opened: no event will come any more.
    if (signal?.aborted) onAbort();
    else signal?.addEventListener('abort', onAbort, { once: true });
  });
  // Nobody may be waiting when it comes.
  lost.catch(() => {});
  return {
    lost,
    stop: () => {
      connection.onLostWhileLent = undefined;
      signal?.removeEventListener('abort', onAbort);
    },
  };
}

/**
 * Lends one connection to `work` for one transaction. READ ONLY always ends in ROLLBACK; read-write in COMMIT when the work
 * succeeds, in ROLLBACK when it throws or its last statement failed. When the signal is aborted or the connection is lost, the
 * call ends at once, even if the work never settles.
 */
export async function runTransaction<T>(
  options: TransactionOptions,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  const { settings, binding, lender } = options;
  const connection = await openTransaction(options);
  const statements = createStatements(connection, options);
  const { lost, stop } = whenLost(connection, options, statements.isIdle);
  const writes = binding.access === 'read-write';
  let isClean = false;
  const takeBack = async () => !statements.wasEnded() && (await rollBack(connection, settings, writes));
  try {
    const result = await Promise.race([work(transactionOf(statements, binding)), lost]);
    await statements.close();
    const failure = statements.failure();
    if (writes && failure !== undefined) throw failure;
    isClean = writes ? await commit(connection, settings, binding.timeoutMs + CLIENT_GRACE_MS) : await takeBack();
    return result;
  } catch (error) {
    await statements.close();
    isClean = binding.signal?.aborted ? false : await takeBack();
    throw error;
  } finally {
    stop();
    lender.giveBack(connection, isClean);
  }
}

function transactionOf(statements: ReturnType<typeof createStatements>, binding: CheckedBinding): Transaction {
  const ignoreRows: RowSink = { fields: () => {}, row: () => {}, end: () => {} };
  const messagesOf = (text: string, values: readonly unknown[] | undefined, maxRows: number) =>
    readMessages({ ...encodeStatement(text, values), maxRows });
  return {
    query: async <Row>(text: string, values?: readonly unknown[]) => {
      const sink = createObjectSink();
      await statements.run(messagesOf(text, values, 0), { sink, answers: 1, text });
      return { rows: sink.rows as Row[] };
    },
    table: async (text, values) => {
      let stop = () => {};
      const sink = createTableSink(
        binding,
        limitDiscard(() => stop()),
      );
      const onWatch = (watch: Watch) => {
        stop = () => watch.stop('bytes');
      };
      await statements.run(messagesOf(text, values, binding.maxRows + 1), { sink, answers: 1, onWatch, text });
      const tooLarge = sink.tooLarge();
      if (tooLarge !== undefined) throw tooLarge;
      return sink.table();
    },
    script: async (text) => {
      if (binding.access !== 'read-write') {
        throw new PoolError(
          'INVALID_SETTINGS',
          'A script runs only in a transaction bound to read-write: database.with({ access: "read-write" }).',
        );
      }
      await statements.run(simpleQuery(encodeStatement(text, undefined).text), {
        sink: ignoreRows,
        answers: undefined,
      });
    },
  };
}
