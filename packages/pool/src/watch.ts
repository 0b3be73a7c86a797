import { sendCancel } from './cancel.ts';
import type { Connection } from './connection.ts';
import { cancelled, PoolError, toError } from './errors.ts';
import type { PoolEvent } from './events.ts';
import type { ResolvedSettings } from './settings.ts';

/** The server gets this much longer than its own `statement_timeout` before the statement is cancelled from here. */
export const CLIENT_GRACE_MS = 1_000;
/** How long a cancelled statement may take to end before its connection is destroyed. */
const SETTLE_LIMIT_MS = 1_000;

/** The server ignores a cancel that overtakes its statement, as it may on another way through poolers and networks; so it is said again. */
const CANCEL_AGAIN_MS = 250;

/** Why a statement was stopped from here: the caller's signal, the deadline kept here, rows that nobody wants. */
export type StopReason = 'signal' | 'timeout' | 'bytes';

/** Looks after one statement under way. */
export interface Watch {
  /** Stops the statement, once; further calls change nothing. */
  stop(reason: StopReason): void;
  /** Lets the deadline wait while the caller rests and nothing is read. */
  suspend(): void;
  /** Sets the deadline anew. */
  resume(): void;
  /**
   * To be called when the statement has ended. Waits until no cancel can arrive any more, which is at once when none was sent.
   *
   * @returns why the statement was stopped from here; undefined when it was not. Then the connection must not be lent again.
   */
  end(): Promise<StopReason | undefined> | StopReason | undefined;
}

/** Rows that nobody wants are read to their end when that is cheap; otherwise the statement is cancelled. */
const DISCARD_LIMIT_BYTES = 4 * 1024 * 1024;
const DISCARD_LIMIT_MS = 250;

/** Makes the `onDiscard` of a table's sink. */
export function limitDiscard(stop: () => void): (discardedBytes: number) => void {
  let isTimed = false;
  return (discardedBytes) => {
    if (!isTimed) setTimeout(stop, DISCARD_LIMIT_MS).unref();
    isTimed = true;
    if (discardedBytes > DISCARD_LIMIT_BYTES) stop();
  };
}

/** What a watch needs to know. */
export interface WatchOptions {
  readonly settings: ResolvedSettings;
  readonly emit: (event: PoolEvent) => void;
  readonly signal: AbortSignal | undefined;
  readonly timeoutMs: number;
}

/**
 * Cancels the statement on the server when the signal is aborted or the server's own timeout did not work, and destroys the
 * connection when even that does not end it: so whoever awaits the statement never waits for ever.
 */
export function watchStatement(connection: Connection, { settings, emit, signal, timeoutMs }: WatchOptions): Watch {
  const database = settings.name;
  const { processId } = connection.facts;
  let reason: StopReason | undefined;
  let isRunning = true;
  let cancelling: Promise<void> | undefined;
  let settleTimer: NodeJS.Timeout | undefined;
  let wake = () => {};

  const cancel = async (why: Exclude<StopReason, 'timeout'>): Promise<void> => {
    while (isRunning) {
      try {
        if (await sendCancel(connection, settings, () => isRunning))
          emit({ type: 'cancel-sent', database, processId, reason: why });
      } catch (error) {
        emit({ type: 'cancel-failed', database, processId, error: toError(error) });
      }
      if (!isRunning) return;
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        wake = resolve;
        timer = setTimeout(resolve, CANCEL_AGAIN_MS);
      });
      clearTimeout(timer);
    }
  };

  const stop = (why: StopReason) => {
    if (reason !== undefined || !isRunning) return;
    reason = why;
    // The server has let its own timeout pass: waiting for it once more would be in vain.
    if (why === 'timeout') {
      connection.destroy(new PoolError('TIMEOUT', 'The statement did not end within its timeout.', { database }));
      return;
    }
    settleTimer = setTimeout(
      () =>
        connection.destroy(
          new PoolError('CANCELLED', 'The statement did not end after it was cancelled.', { database }),
        ),
      SETTLE_LIMIT_MS,
    );
    cancelling = cancel(why);
  };
  const onAbort = () => stop('signal');
  const setDeadline = () => setTimeout(() => stop('timeout'), timeoutMs + CLIENT_GRACE_MS);
  let deadline = setDeadline();
  signal?.addEventListener('abort', onAbort, { once: true });
  if (signal?.aborted) stop('signal');

  return {
    stop,
    suspend: () => clearTimeout(deadline),
    resume: () => {
      clearTimeout(deadline);
      if (isRunning) deadline = setDeadline();
    },
    end: () => {
      isRunning = false;
      wake();
      clearTimeout(deadline);
      clearTimeout(settleTimer);
      signal?.removeEventListener('abort', onAbort);
      // A connection that is broken is never lent again, so no late cancel can hurt anybody.
      if (connection.broken !== undefined || cancelling === undefined) return reason;
      return cancelling.then(() => reason);
    },
  };
}

/** The error of a call that was stopped from here. */
export function stoppedError(
  database: string,
  reason: 'signal' | 'timeout',
  signal: AbortSignal | undefined,
  timeoutMs: number,
): PoolError {
  if (reason === 'signal') return cancelled(database, signal);
  return new PoolError(
    'TIMEOUT',
    `The server did not end the statement within its ${timeoutMs} ms and ${CLIENT_GRACE_MS} ms more; it was cancelled from here.`,
    { database },
  );
}
