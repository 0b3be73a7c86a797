import type { Writable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { PgmcpError } from '../errors.ts';

/** How far the reader of standard output has come. */
export interface OutputFlow {
  /**
   * Resolves when there is room for more, or `signal` aborts. What prints without bound awaits it between its parts, lest all of them lie in
   * memory while the reader is slow.
   *
   * @throws PgmcpError `CANCELLED` when the reader has gone, or takes no more
   */
  room(signal: AbortSignal): Promise<void>;
  /**
   * Resolves when all that was written has been taken, or `signal` aborts: a process that ends before takes the rest with it.
   *
   * @throws PgmcpError as {@link OutputFlow.room}
   */
  taken(signal: AbortSignal): Promise<void>;
}

/** Watches a stream of the process; from now on a reader that goes away ends no process. */
export function outputFlow(stream: Writable): OutputFlow {
  let failure: NodeJS.ErrnoException | undefined;
  stream.on('error', (error) => {
    failure ??= error;
  });
  async function taken(signal: AbortSignal): Promise<void> {
    if (failure === undefined && stream.writableLength > 0 && !signal.aborted) {
      await new Promise<void>((resolve) => {
        const done = () => {
          signal.removeEventListener('abort', done);
          resolve();
        };
        signal.addEventListener('abort', done);
        // Its turn comes behind everything that waits.
        stream.write('', done);
      });
    }
    // A write is told of its failure before the stream is.
    await nextTurn();
    if (failure === undefined) return;
    const reason = failure.code ?? failure.message;
    throw new PgmcpError('CANCELLED', `Standard output takes no more (${reason}): not everything was written.`);
  }
  return {
    room: async (signal) => {
      if (stream.writableNeedDrain || failure !== undefined) await taken(signal);
    },
    taken,
  };
}
