import type { Store } from '@pgmcp/store';
import type { StoreConfiguration } from '../config/index.ts';
import { type Logger, redact } from '../observe/index.ts';

/** Replicas that start together must not sweep together: each interval is up to this share longer. */
const JITTER = 0.2;

/**
 * Removes what has expired and keeps partitions ahead, again and again. A failure is logged once until it works again: a store
 * that is down is found out by every request that needs it.
 *
 * @returns ends it, after the work under way.
 */
export function startMaintenance(
  store: Store,
  { sweepIntervalMs }: Pick<StoreConfiguration, 'sweepIntervalMs'>,
  logger: Logger,
): () => Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let failing = false;
  let ended = false;

  async function maintain(): Promise<void> {
    // A role that may not make partitions still removes what has expired.
    const done = await Promise.allSettled([store.maintainPartitions(), store.sweep({ maxMs: sweepIntervalMs })]);
    try {
      for (const step of done) if (step.status === 'rejected') throw step.reason;
      if (failing) logger.info('The records of the server are maintained again.');
      failing = false;
    } catch (error) {
      const reason = redact(error instanceof Error ? error.message : String(error));
      if (!failing) logger.warn({ reason }, 'The records of the server cannot be maintained; trying again.');
      failing = true;
    }
  }

  function schedule(): void {
    timer = setTimeout(
      () => {
        running = maintain().finally(() => {
          if (!ended) schedule();
        });
      },
      sweepIntervalMs * (1 + Math.random() * JITTER),
    );
    timer.unref();
  }

  schedule();
  return async () => {
    ended = true;
    clearTimeout(timer);
    await running;
  };
}
