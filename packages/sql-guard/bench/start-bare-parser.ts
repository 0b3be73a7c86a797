import { once } from 'node:events';
import { MessageChannel, Worker } from 'node:worker_threads';

/** A worker that only parses. */
export interface BareParser {
  /** Parses one text in the worker. One at a time. */
  parse(sql: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts what a verdict is measured against: the guard's own way to wake a thread and to be answered, around libpg-query's own parse, in a
 * thread with the same limits.
 */
export async function startBareParser(): Promise<BareParser> {
  const signal = new Int32Array(new SharedArrayBuffer(4));
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(new URL('./bare-worker.ts', import.meta.url), {
    workerData: { port: port2, signal },
    transferList: [port2],
    resourceLimits: { stackSizeMb: 16, maxOldGenerationSizeMb: 256 },
    name: 'bare-parser',
  });
  await once(port1, 'message');
  let answered = (): void => undefined;
  port1.on('message', () => answered());
  return {
    parse: (sql) =>
      new Promise<void>((resolve) => {
        answered = resolve;
        port1.postMessage(sql);
        Atomics.add(signal, 0, 1);
        Atomics.notify(signal, 0);
      }),
    async close() {
      port1.close();
      await worker.terminate();
    },
  };
}
