import { errorCode } from './errors.ts';

/**
 * Losses this close together are one event: a server that stops, an administrator who ends all sessions. Such an event does not reach all
 * connections at the same moment, so one that has just answered a ping may still be lost to it.
 */
const EVENT_MS = 2_000;

/** What a repetition says about itself. */
export interface Repetition {
  /** When the connection was opened that the repetition has got; by `performance.now()`. */
  openedAt: number;
}

/** The connection was lost, or PostgreSQL gave way to somebody else (serialization failure, deadlock). */
function isRepeatable(error: unknown): boolean {
  const code = errorCode(error);
  return code === 'CONNECTION_LOST' || code === '40001' || code === '40P01';
}

/**
 * Repeats at once what has changed nothing: a read before its first row, the beginning of a transaction. Once, and a repetition does not
 * count when it was lost to the event that made it necessary, on a connection that was open before: so there are at most as many as
 * there were connections, and one on a connection of its own.
 *
 * @param error why the first attempt failed; thrown again when repeating cannot help.
 * @param run has to tell the connection it works on.
 */
export async function repeat<T>(error: unknown, run: (repetition: Repetition) => Promise<T>): Promise<T> {
  if (!isRepeatable(error)) throw error;
  const failedAt = performance.now();
  for (;;) {
    const repetition: Repetition = { openedAt: Number.POSITIVE_INFINITY };
    try {
      return await run(repetition);
    } catch (again) {
      const isSameEvent =
        errorCode(again) === 'CONNECTION_LOST' &&
        repetition.openedAt < failedAt &&
        performance.now() - failedAt < EVENT_MS;
      if (!isSameEvent) throw again;
    }
  }
}
