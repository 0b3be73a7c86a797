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

interface BatchSink extends RowSink {
  take(): { readonly rows: (string | null)[][]; readonly bytes: number; readonly isLast: boolean };
  readonly columns: readonly TextField[];
}

function createBatchSink(): BatchSink {
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
      bytes += length;
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

/** A stream whose first batch has come. */
interface Begun {
  readonly connection: Connection;
  readonly statements: ReturnType<typeof createStatements>;
  readonly sink: BatchSink;
}

/** Ends the transaction of a stream and gives its connection back. */
async function finish({ connection, statements }: Omit<Begun, 'sink'>, options: TransactionOptions): Promise<void> {
  await statements.close();
  const isClean = options.binding.signal?.aborted ? false : await rollBack(connection, options.settings, false);
  options.lender.giveBack(connection, isClean);
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
  const sink = createBatchSink();
  try {
    await statements.run(messages, sink);
    return { connection, statements, sink };
  } catch (error) {
    await finish({ connection, statements }, options);
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
  const { connection, statements, sink } = begun;
  const { signal } = options.binding;
  // While a statement runs its own watch cancels it; between two batches nobody else would.
  const onAbort = () => {
    if (connection.pendingCount === 0)
      options.lender.discard(connection, 'cancelled', cancelled(options.settings.name, signal));
  };
  signal?.addEventListener('abort', onAbort, { once: true });
  if (signal?.aborted) onAbort();
  try {
    for (;;) {
      const { rows, bytes, isLast } = sink.take();
      const truncated = rows.length > rowsLeft ? 'rows' : bytes > bytesLeft ? 'bytes' : false;
      const kept = truncated === 'rows' ? rows.slice(0, rowsLeft) : rows;
      if (kept.length > 0 || isLast || truncated)
        yield { fields: sink.columns, rows: truncated === 'bytes' ? [] : kept, truncated };
      if (isLast || truncated) break;
      rowsLeft -= rows.length;
      bytesLeft -= bytes;
      const nextRows = Math.min(nextBatchRows(rows.length, bytes), rowsLeft + 1);
      await statements.run(Buffer.concat([execute(nextRows), SYNC]), sink);
    }
  } finally {
    signal?.removeEventListener('abort', onAbort);
    await finish(begun, options);
  }
}
