import { rollBack } from './commit.ts';
import type { Connection } from './connection.ts';
import { cancelled } from './errors.ts';
import { readMessages } from './flight.ts';
import type { RowSink } from './messages.ts';
import { type Repetition, repeat } from './repeat.ts';
import { type TextField, toTextField } from './rows.ts';
import { createStatements, openTransaction, type TransactionOptions } from './transaction.ts';
import { execute, SYNC } from './wire.ts';

/** Some rows of a stream, as PostgreSQL wrote them. */
export interface TextBatch {
  readonly fields: readonly TextField[];
  readonly rows: readonly (readonly (string | null)[])[];
  /** Set in the last batch when a bound `maxRows` or `maxBytes` ended the stream before its end. */
  readonly truncated: false | 'rows' | 'bytes';
}

/** The first batch is small, since nobody knows yet how wide the rows are. */
const FIRST_BATCH_ROWS = 64;
const MAX_BATCH_ROWS = 10_000;
/** What a batch should hold in memory. */
const BATCH_BYTES = 1024 * 1024;
/**
 * From so many bytes on a batch is handed out before it is complete, and nothing more is read until the next one is asked for. How many rows
 * make a batch is judged by the rows before, and the next ten thousand may be a thousand times larger.
 */
const FULL_BYTES = 4 * BATCH_BYTES;

interface BatchSink extends RowSink {
  take(): { readonly rows: (string | null)[][]; readonly bytes: number; readonly isLast: boolean };
  readonly columns: readonly TextField[];
}

function createBatchSink(onFull: () => void): BatchSink {
  let columns: readonly TextField[] = [];
  let rows: (string | null)[][] = [];
  let bytes = 0;
  let isLast = false;
  return {
    get columns() {
      return columns;
    },
    fields: (wire) => {
      columns = wire.map(toTextField);
    },
    row: (values, length) => {
      rows.push(values);
      const wasFull = bytes >= FULL_BYTES;
      bytes += length;
      if (!wasFull && bytes >= FULL_BYTES) onFull();
    },
    end: (_, suspended) => {
      isLast = !suspended;
    },
    take: () => {
      const taken = { rows, bytes, isLast };
      rows = [];
      bytes = 0;
      return taken;
    },
  };
}

/** How many rows make a batch of the wanted size, judged by the rows so far. */
function nextBatchRows(rows: number, bytes: number): number {
  if (rows === 0) return FIRST_BATCH_ROWS;
  return Math.max(1, Math.min(MAX_BATCH_ROWS, Math.floor(BATCH_BYTES / (bytes / rows))));
}

/** Fetches the rows of one portal. */
function createFetcher(connection: Connection, statements: ReturnType<typeof createStatements>) {
  let onFull = () => {};
  const sink = createBatchSink(() => {
    statements.pause();
    onFull();
  });
  let fetching: Promise<void> | undefined;
  let failure: unknown;

  /** Waits until the rows are there that were asked for, or so many of them that reading was stopped. */
  async function wait(): Promise<void> {
    const full = new Promise<void>((resolve) => {
      onFull = resolve;
    });
    await Promise.race([fetching, full]);
  }

  return {
    sink,
    /** Whether rows were asked for that have not all been read. */
    isFetching: () => fetching !== undefined,
    /** Why no more rows can be asked for. */
    failure: () => failure,
    fetch(messages: Buffer): Promise<void> {
      const fetched = statements.run(messages, { sink, answers: 1 }).finally(() => {
        fetching = undefined;
        // The last of them may have been the ones that filled the batch.
        connection.resume();
      });
      // It may fail while the reader has not asked for more; then he is told when he does.
      fetched.catch((error: unknown) => {
        failure = error;
      });
      fetching = fetched;
      return wait();
    },
    readOn(): Promise<void> {
      const rest = wait();
      statements.resume();
      return rest;
    },
  };
}

/** A stream whose first batch has come. */
interface Begun {
  readonly connection: Connection;
  readonly statements: ReturnType<typeof createStatements>;
  readonly fetcher: ReturnType<typeof createFetcher>;
}

/** Ends the transaction of a stream and gives its connection back. */
async function finish({ connection, statements, fetcher }: Begun, options: TransactionOptions): Promise<void> {
  const { binding, lender, settings } = options;
  // Nobody reads the rows that are still to come.
  if (fetcher.isFetching()) lender.discard(connection, 'cancelled');
  await statements.close();
  const isLeft = binding.signal?.aborted || statements.wasEnded();
  const isClean = isLeft ? false : await rollBack(connection, settings, false);
  lender.giveBack(connection, isClean);
}

/** Opens the transaction and reads the first batch; until that is handed out, the whole can be repeated. */
async function beginOnce(
  options: TransactionOptions,
  messages: Buffer,
  repetition: Repetition | undefined,
): Promise<Begun> {
  const connection = await openTransaction(options);
  if (repetition !== undefined) repetition.openedAt = connection.openedAt;
  const statements = createStatements(connection, options);
  const begun: Begun = { connection, statements, fetcher: createFetcher(connection, statements) };
  try {
    await begun.fetcher.fetch(messages);
    return begun;
  } catch (error) {
    await finish(begun, options);
    throw error;
  }
}

async function begin(options: TransactionOptions, messages: Buffer): Promise<Begun> {
  try {
    return await beginOnce(options, messages, undefined);
  } catch (error) {
    return repeat(error, (repetition) => beginOnce(options, messages, repetition));
  }
}

/**
 * Reads one statement batch by batch from a portal of a READ ONLY transaction. The next batch is asked for when the caller asks
 * for it, so a slow reader slows the server down and memory holds one batch. Leaving the loop ends the transaction.
 */
export async function* streamBatches(
  choose: () => Promise<TransactionOptions>,
  statement: { readonly text: string; readonly values: readonly (string | null)[] },
  limits: { readonly maxRows: number; readonly maxBytes: number },
): AsyncGenerator<TextBatch, void, undefined> {
  const chosen = await choose();
  const options: TransactionOptions = { ...chosen, binding: { ...chosen.binding, access: 'read-only' } };
  let rowsLeft = limits.maxRows;
  let bytesLeft = limits.maxBytes;
  const firstMessages = readMessages({ ...statement, maxRows: Math.min(FIRST_BATCH_ROWS, rowsLeft + 1) });
  const begun = await begin(options, firstMessages);
  const { connection, fetcher } = begun;
  const { signal } = options.binding;
  // While a statement runs its own watch cancels it; between two batches nobody else would.
  const onAbort = () => {
    if (connection.pendingCount === 0)
      options.lender.discard(connection, 'cancelled', cancelled(options.settings.name, signal));
  };
  const stopListening = () => signal?.removeEventListener('abort', onAbort);
  // A reader that never comes back is ended with the connection, and nothing of it may stay on a signal that lives on.
  connection.onLostWhileLent = stopListening;
  try {
    signal?.addEventListener('abort', onAbort, { once: true });
    if (signal?.aborted) onAbort();
    for (;;) {
      const { rows, bytes, isLast } = fetcher.sink.take();
      const truncated = rows.length > rowsLeft ? 'rows' : bytes > bytesLeft ? 'bytes' : false;
      const kept = truncated === 'rows' ? rows.slice(0, rowsLeft) : rows;
      if (kept.length > 0 || isLast || truncated)
        yield { fields: fetcher.sink.columns, rows: truncated === 'bytes' ? [] : kept, truncated };
      if (isLast || truncated) break;
      rowsLeft -= rows.length;
      bytesLeft -= bytes;
      if (fetcher.failure() !== undefined) throw fetcher.failure();
      if (fetcher.isFetching()) {
        await fetcher.readOn();
      } else {
        const nextRows = Math.min(nextBatchRows(rows.length, bytes), rowsLeft + 1);
        await fetcher.fetch(Buffer.concat([execute(nextRows), SYNC]));
      }
    }
  } finally {
    connection.onLostWhileLent = undefined;
    stopListening();
    await finish(begun, options);
  }
}
