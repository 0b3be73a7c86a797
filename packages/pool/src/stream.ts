import type { CheckedBinding } from './binding.ts';
import { rollBack } from './commit.ts';
import { cancelled } from './errors.ts';
import { readMessages } from './flight.ts';
import type { RowSink } from './messages.ts';
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

/**
 * Reads one statement batch by batch from a portal of a READ ONLY transaction. The next batch is asked for when the caller asks
 * for it, so a slow reader slows the server down and memory holds one batch. Leaving the loop ends the transaction.
 */
export async function* streamBatches(
  choose: () => Promise<TransactionOptions>,
  statement: { readonly text: string; readonly values: readonly (string | null)[] },
  limits: { readonly maxRows: number; readonly maxBytes: number },
): AsyncGenerator<TextBatch, void, undefined> {
  const options = await choose();
  const binding: CheckedBinding = { ...options.binding, access: 'read-only' };
  const connection = await openTransaction({ ...options, binding });
  const statements = createStatements(connection, { ...options, binding });
  const sink = createBatchSink();
  const { signal } = options.binding;
  // While a statement runs its own watch cancels it; between two batches nobody else would.
  const onAbort = () => {
    if (connection.pendingCount === 0)
      options.lender.discard(connection, 'cancelled', cancelled(options.settings.name, signal));
  };
  signal?.addEventListener('abort', onAbort, { once: true });
  let isClean = false;
  let rowsLeft = limits.maxRows;
  let bytesLeft = limits.maxBytes;
  try {
    let messages = readMessages({ ...statement, maxRows: Math.min(FIRST_BATCH_ROWS, rowsLeft + 1) });
    for (;;) {
      await statements.run(messages, sink);
      const { rows, bytes, isLast } = sink.take();
      const truncated = rows.length > rowsLeft ? 'rows' : bytes > bytesLeft ? 'bytes' : false;
      const kept = truncated === 'rows' ? rows.slice(0, rowsLeft) : rows;
      if (kept.length > 0 || isLast || truncated)
        yield { fields: sink.columns, rows: truncated === 'bytes' ? [] : kept, truncated };
      if (isLast || truncated) break;
      rowsLeft -= rows.length;
      bytesLeft -= bytes;
      messages = Buffer.concat([execute(Math.min(nextBatchRows(rows.length, bytes), rowsLeft + 1)), SYNC]);
    }
  } finally {
    signal?.removeEventListener('abort', onAbort);
    await statements.close();
    isClean = signal?.aborted ? false : await rollBack(connection, options.settings, false);
    options.lender.giveBack(connection, isClean);
  }
}
