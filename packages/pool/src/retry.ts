import { setTimeout as sleep } from 'node:timers/promises';
import {
  CircuitState,
  circuitBreaker,
  ExponentialBackoff,
  fullJitterGenerator,
  handleWhen,
  type IBreaker,
  isBrokenCircuitError,
  retry,
} from 'cockatiel';
import { PoolError, toError } from './errors.ts';
import type { PoolEvent } from './events.ts';
import { openFirstHost } from './hosts.ts';
import type { Opener } from './lender.ts';
import type { ResolvedSettings } from './settings.ts';

// Short, because an abort does not wake the library from its pause.
const BACKOFF = new ExponentialBackoff({ initialDelay: 50, maxDelay: 250, generator: fullJitterGenerator });

/** A breaker that is open lets one attempt through after this time. */
const HALF_OPEN_AFTER_MS = 500;

/** Failures further apart than this do not belong together. */
const STREAK_GAP_MS = 10_000;

/** Whether the server can be reached: `open` when it could not lately, `half-open` while one attempt finds out. */
export type BreakerState = 'closed' | 'open' | 'half-open';

/** Opens connections for one database and remembers whether that works. */
export interface GuardedOpener {
  readonly open: Opener;
  breaker(): BreakerState;
}

/** Opens when nothing but failures has been seen for `durationMs`: when a caller has waited all its time in vain. */
function sustainedFailure(durationMs: number): IBreaker {
  let firstAt = 0;
  let lastAt = Number.NEGATIVE_INFINITY;
  return {
    state: undefined,
    success: () => {
      lastAt = Number.NEGATIVE_INFINITY;
    },
    failure: () => {
      const now = performance.now();
      if (now - lastAt > STREAK_GAP_MS) firstAt = now;
      lastAt = now;
      return now - firstAt >= durationMs;
    },
  };
}

const STATES: Readonly<Record<CircuitState, BreakerState>> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.Open]: 'open',
  [CircuitState.HalfOpen]: 'half-open',
  [CircuitState.Isolated]: 'open',
};

/**
 * Repeats what a later attempt can cure (server down, starting, full) until nobody waits any more. When a caller has waited all
 * its time in vain, the breaker opens: from then on one attempt every half second finds out when the server is back, and whoever
 * waits is told after one of them.
 */
export function createOpener(settings: ResolvedSettings, emit: (event: PoolEvent) => void): GuardedOpener {
  const database = settings.name;
  const repeat = retry(
    handleWhen((error) => error instanceof PoolError && error.retryable && error.retryAfterMs === undefined),
    { maxAttempts: Number.POSITIVE_INFINITY, backoff: BACKOFF },
  );
  // A wrong password is an answer: the server is there.
  const breaker = circuitBreaker(
    handleWhen((error) => error instanceof PoolError && error.retryable),
    {
      halfOpenAfter: HALF_OPEN_AFTER_MS,
      breaker: sustainedFailure(settings.borrowTimeoutMs),
    },
  );
  let openedAt = 0;
  breaker.onBreak(() => {
    openedAt = performance.now();
    emit({ type: 'breaker-opened', database });
  });
  breaker.onReset(() => emit({ type: 'breaker-closed', database }));

  const openOnce = async (signal: AbortSignal, onFailure: (error: Error) => void) => {
    const isProbe = breaker.state !== CircuitState.Closed;
    // A little longer than the breaker's own clock, which counts whole milliseconds.
    const halfOpenAt = openedAt + HALF_OPEN_AFTER_MS + 5;
    if (isProbe) await sleep(Math.max(0, halfOpenAt - performance.now()), undefined, { signal });
    signal.throwIfAborted();
    try {
      return await breaker.execute(() => openFirstHost(settings));
    } catch (thrown) {
      // Another caller's attempt has just opened it again.
      const last =
        isBrokenCircuitError(thrown) && breaker.lastFailure !== undefined && 'error' in breaker.lastFailure
          ? breaker.lastFailure.error
          : thrown;
      const error = isProbe ? stillDown(database, toError(last)) : toError(last);
      const willRetry = !isProbe && error instanceof PoolError && error.retryable && !signal.aborted;
      emit({ type: 'connect-failed', database, error, willRetry });
      onFailure(error);
      throw error;
    }
  };
  return {
    open: (signal, onFailure) => repeat.execute(() => openOnce(signal, onFailure), signal),
    breaker: () => STATES[breaker.state],
  };
}

function stillDown(database: string, cause: Error): Error {
  if (!(cause instanceof PoolError && cause.retryable)) return cause;
  return new PoolError('CONNECT_FAILED', cause.message, {
    database,
    retryable: true,
    retryAfterMs: HALF_OPEN_AFTER_MS,
    cause: cause.cause ?? cause,
  });
}
