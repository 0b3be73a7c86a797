import { once } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { prepareGuardThread } from '../src/guard-thread.ts';
import { createGuard } from '../src/index.ts';

const started: Worker[] = [];
const remember = (worker: Worker): void => void started.push(worker);

beforeEach(() => {
  started.length = 0;
  process.on('worker', remember);
});

afterEach(async () => {
  process.off('worker', remember);
  await Promise.all(started.map((worker) => worker.terminate()));
});

describe('a thread that is prepared', () => {
  it('is the one that the first guard judges in, under that guard’s policy', async () => {
    prepareGuardThread();
    prepareGuardThread();
    await nextTurn();
    expect(started).toHaveLength(1);
    const guard = await createGuard({ tables: { allow: ['public.known'] } });
    try {
      expect(await guard.check('SELECT 1')).toMatchObject({ allowed: true });
      expect(await guard.check('SELECT * FROM public.other')).toMatchObject({ allowed: false });
      expect(await guard.check('DROP TABLE public.known')).toMatchObject({ allowed: false });
      expect(started).toHaveLength(1);
    } finally {
      await guard.close();
    }
  });

  it('is taken once: the next guard starts its own', async () => {
    prepareGuardThread();
    const guards = await Promise.all([createGuard(), createGuard()]);
    try {
      for (const guard of guards) expect(await guard.check('SELECT 1')).toMatchObject({ allowed: true });
      expect(started).toHaveLength(2);
    } finally {
      await Promise.all(guards.map((guard) => guard.close()));
    }
  });

  it('is forgotten when it has ended: a guard judges in another', async () => {
    prepareGuardThread();
    // Node tells of a new thread in the next turn.
    await nextTurn();
    const [prepared] = started;
    if (prepared === undefined) throw new Error('no thread was started');
    await Promise.all([once(prepared, 'exit'), prepared.terminate()]);
    const guard = await createGuard();
    try {
      expect(await guard.check('SELECT 1')).toMatchObject({ allowed: true });
      expect(started).toHaveLength(2);
    } finally {
      await guard.close();
    }
  });
});
