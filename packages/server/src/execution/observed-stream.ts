import type { TextBatch, TextTable } from '@pgmcp/pool';
import type { TypeFact } from '@pgmcp/schema-introspect';
import type { CapturedStream } from '../results/captured-stream.ts';
import type { CapturedBatch } from '../results/results.ts';
import type { StatementNotes } from './observe-statement.ts';

/** Caps of rows that are read batch by batch. */
export interface StreamCaps {
  readonly maxRows: number;
  readonly maxBytes: number;
  /** Of each batch, in milliseconds. */
  readonly timeoutMs: number;
}

type Observe = (work: (notes: StatementNotes) => Promise<void>) => Promise<void>;

/**
 * Opens a stream inside the observation of its statement, which lasts until the last batch is read: a statement is reported
 * once, when it has ended.
 */
export function observedStream(
  observe: Observe,
  open: (notes: StatementNotes) => Promise<AsyncIterable<TextBatch>>,
  typesOf: (fields: TextTable['fields']) => Promise<readonly TypeFact[]>,
): Promise<CapturedStream> {
  return new Promise((resolve, reject) => {
    const work = async (notes: StatementNotes): Promise<void> => {
      const stream = await open(notes);
      const ended = Promise.withResolvers<void>();
      let truncated: TextBatch['truncated'] = false;
      let [rows, bytes] = [0, 0];

      async function* batches(): AsyncGenerator<CapturedBatch, void, undefined> {
        try {
          let types: readonly TypeFact[] | undefined;
          for await (const batch of stream) {
            types ??= await typesOf(batch.fields);
            truncated = batch.truncated;
            const byteCount = lengthOf(batch.rows);
            rows += batch.rows.length;
            bytes += byteCount;
            yield { fields: [...batch.fields], types, rows: batch.rows, byteCount };
          }
          notes.answered({ rows, bytes, truncated: truncated !== false });
          ended.resolve();
        } catch (error) {
          ended.reject(error);
          throw error;
        } finally {
          // Left early: nothing more to report.
          ended.resolve();
        }
      }

      const iterator = batches();
      resolve({
        batches: iterator,
        truncated: () => truncated,
        async close() {
          await iterator.return();
          ended.resolve();
        },
      });
      await ended.promise;
    };
    // After the stream is open its reader gets the failure too; this one is only for the record.
    observe(work).catch(reject);
  });
}

/** Characters of the rows: close enough to the bytes on the wire for a cap. */
function lengthOf(rows: TextBatch['rows']): number {
  let length = 0;
  for (const row of rows) for (const text of row) length += (text?.length ?? 0) + 4;
  return length;
}
