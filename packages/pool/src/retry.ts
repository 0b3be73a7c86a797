import { ConstantBackoff, ExponentialBackoff, fullJitterGenerator, handleWhen, retry } from 'cockatiel';
import { isTransient, openConnection } from './connect.ts';
import type { Connection } from './connection.ts';
import { errorCode, PoolError, toError } from './errors.ts';
import type { PoolEvent } from './events.ts';
import type { Opener } from './lender.ts';
import type { ResolvedSettings } from './settings.ts';

// Short, because an abort does not wake the library from its pause.
const BACKOFF = new ExponentialBackoff({ initialDelay: 50, maxDelay: 250, generator: fullJitterGenerator });

/** Opens a connection to the first host that takes one. */
async function openAny(settings: ResolvedSettings): Promise<Connection> {
  const errors: Error[] = [];
  for (const host of settings.hosts) {
    try {
      return await openConnection(settings, host);
    } catch (error) {
      errors.push(toError(error));
    }
  }
  const [first] = errors;
  if (errors.length === 1 && first !== undefined) throw first;
  throw new PoolError('CONNECT_FAILED', errors.map((error) => error.message).join(' '), {
    database: settings.name,
    retryable: errors.some(isTransient),
    cause: errors.at(-1),
  });
}

/** Repeats what a later attempt can cure (server down, starting, full) until nobody waits any more. */
export function createOpener(settings: ResolvedSettings, emit: (event: PoolEvent) => void): Opener {
  const policy = retry(
    handleWhen((error) => error instanceof PoolError && error.retryable),
    { maxAttempts: Number.POSITIVE_INFINITY, backoff: BACKOFF },
  );
  return (signal, onFailure) =>
    policy.execute(async () => {
      signal.throwIfAborted();
      try {
        return await openAny(settings);
      } catch (thrown) {
        const error = toError(thrown);
        emit({
          type: 'connect-failed',
          database: settings.name,
          error,
          willRetry: error instanceof PoolError && error.retryable && !signal.aborted,
        });
        onFailure(error);
        throw error;
      }
    }, signal);
}

/** The connection was lost, or PostgreSQL gave way to somebody else (serialization failure, deadlock). */
function isRepeatable(error: unknown): boolean {
  const code = errorCode(error);
  return code === 'CONNECTION_LOST' || code === '40001' || code === '40P01';
}

/** Repeats once, at once, what has changed nothing: a read before its first row, the beginning of a transaction. */
export const repeatOnce = retry(handleWhen(isRepeatable), { maxAttempts: 1, backoff: new ConstantBackoff(1) });
