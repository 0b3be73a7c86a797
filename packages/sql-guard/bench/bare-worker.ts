/** The yardstick: the guard's own way to wake a thread and to answer, around libpg-query's own parse. */
import { type MessagePort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { loadModule, parseSync } from 'libpg-query';

const { port, signal } = workerData as { port: MessagePort; signal: Int32Array };
await loadModule();
port.postMessage('ready');
for (let seen = 0; ; seen = Atomics.load(signal, 0)) {
  for (let received = receiveMessageOnPort(port); received; received = receiveMessageOnPort(port)) {
    port.postMessage((parseSync(received.message as string).stmts?.length ?? 0) > 0);
  }
  Atomics.wait(signal, 0, seen);
}
