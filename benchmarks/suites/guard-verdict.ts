import { once } from 'node:events';
import { MessageChannel, Worker } from 'node:worker_threads';
import { createGuard } from '@pgmcp/sql-guard';
import { interleave } from '../measure/interleave.ts';
import { verifiedStatements } from '../measure/verified-statements.ts';
import type { Suite } from '../suite.ts';

/** A verdict through the worker beside a worker of the same kind that only parses. */
export const guardVerdict: Suite = {
  name: 'guard-verdict',
  title: 'One verdict of the guard, through its worker thread',
  goal: 'at most 1.5x of the same round trip with a bare parse, 2x at p99; from the cache 5 us (P10)',
  async run({ rounds }) {
    const statements = await verifiedStatements();
    const bare = await startBareParser();
    const guard = await createGuard({ limits: { maxCachedVerdicts: 0, killTimeoutMs: 5_000 } });
    const caching = await createGuard({ engine: 'same-thread' });
    const cycle = (judge: (sql: string) => Promise<unknown>) => {
      let next = 0;
      return () => judge(statements[next++ % statements.length] ?? '');
    };
    try {
      return {
        measurements: await interleave(
          [
            { name: 'worker round trip with a bare parse', call: cycle(bare.parse) },
            { name: 'verdict through the worker', call: cycle((sql) => guard.check(sql)) },
            { name: 'verdict from the cache', call: cycle((sql) => caching.check(sql)) },
          ],
          { rounds, calls: statements.length * 8, warmUpCalls: statements.length * 60 },
        ),
      };
    } finally {
      await Promise.all([bare.close(), guard.close(), caching.close()]);
    }
  },
};

async function startBareParser() {
  const signal = new Int32Array(new SharedArrayBuffer(4));
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(new URL('../../packages/sql-guard/bench/bare-worker.ts', import.meta.url), {
    workerData: { port: port2, signal },
    transferList: [port2],
  });
  await once(port1, 'message');
  let answered = (): void => undefined;
  port1.on('message', () => answered());
  return {
    parse: (sql: string) =>
      new Promise<void>((resolve) => {
        answered = resolve;
        port1.postMessage(sql);
        Atomics.add(signal, 0, 1);
        Atomics.notify(signal, 0);
      }),
    close: async () => {
      port1.close();
      await worker.terminate();
    },
  };
}
