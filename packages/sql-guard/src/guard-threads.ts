import { checkKeys } from './check-policy.ts';
import { checkThreadOptions } from './check-thread-options.ts';
import { GuardError } from './errors.ts';
import type { GuardEvent } from './events.ts';
import type { GuardThreads } from './policy.ts';
import { createWorkerThreads, type WorkerThreads } from './worker-threads.ts';

/** How many threads, and who hears of them. */
export interface GuardThreadsOptions {
  /** Threads that judge. Default 1; one more is loaded while one is about to be ended. */
  readonly workers?: number;
  readonly onEvent?: (event: GuardEvent) => void;
}

const threadsOf = new WeakMap<GuardThreads, WorkerThreads>();

/**
 * Makes threads for `createGuard({ threads })`. None is started before the first text.
 *
 * @throws {@link GuardError} `INVALID_OPTIONS`
 */
export function createGuardThreads(options: GuardThreadsOptions = {}): GuardThreads {
  checkKeys(options, ['workers', 'onEvent'], 'createGuardThreads');
  const { workers = 1, onEvent } = options;
  checkThreadOptions({ workers, onEvent });
  const threads = createWorkerThreads({ workers, ...(onEvent && { onEvent }) });
  const shared: GuardThreads = { close: threads.close };
  threadsOf.set(shared, threads);
  return shared;
}

/** The threads behind {@link createGuardThreads}. */
export function workerThreadsOf(shared: GuardThreads): WorkerThreads {
  const threads = threadsOf.get(shared);
  if (threads === undefined)
    throw new GuardError('INVALID_OPTIONS', 'threads must be what createGuardThreads() returned.');
  return threads;
}
