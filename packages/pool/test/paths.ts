import { createPools, type Database, type DatabaseSettings, type PoolEvent, type Pools } from '@pgmcp/pool';
import type { TestDatabase } from '@pgmcp/testing/vitest';
import { afterEach } from 'vitest';

/** The two ways a read reaches the server. What the pool promises holds on both. */
export const PATHS = [
  { path: 'one flight', pooler: 'none' },
  { path: 'step by step', pooler: 'transaction' },
] as const;

/** Makes pools that are closed after each test. */
export function usePools(database: TestDatabase) {
  const opened: Pools[] = [];
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((pools) => pools.close({ deadlineMs: 500 })));
  });
  return (settings: Partial<DatabaseSettings> = {}): { db: Database; pools: Pools; events: PoolEvent[] } => {
    const events: PoolEvent[] = [];
    const pools = createPools([{ name: 'main', url: database.url, ...settings }], {
      onEvent: (event) => events.push(event),
    });
    opened.push(pools);
    return { db: pools.database('main'), pools, events };
  };
}

/** Repeats a question until the answer is right, at most for five seconds. */
export async function eventually<T>(ask: () => T | Promise<T>, isRight: (answer: T) => boolean): Promise<T> {
  const deadline = performance.now() + 5_000;
  for (;;) {
    const answer = await ask();
    if (isRight(answer) || performance.now() > deadline) return answer;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

export const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
