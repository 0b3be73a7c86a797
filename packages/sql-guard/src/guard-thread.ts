import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import { compileParser } from './parser-code.ts';
import type { WorkerSetup } from './worker-protocol.ts';

/** A thread that waits for its parser and its first policy. */
export interface GuardThread {
  readonly worker: Worker;
  readonly port: MessagePort;
  /** Counts messages, see {@link WorkerSetup}. */
  readonly signal: Int32Array;
}

// 128,000 chained operators fit into this stack; the input gate lets 32,768 bytes through.
const stackSizeMb = 16;
// A bomb ends the worker, not the process.
const maxOldGenerationSizeMb = 256;

/** Where the code of the thread lies beside this module. */
export const entryOfThisBuild = (): URL =>
  new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.cjs', import.meta.url);

let prepared: GuardThread | undefined;

/**
 * Starts the thread of the first guard ahead of that guard, so that it starts while the program still loads; the first guard of this process
 * that judges in threads takes it. It judges nothing before it has a policy, and does not keep the process alive. Never fails.
 */
export function prepareGuardThread(): void {
  if (prepared !== undefined) return;
  compileParser().catch(() => undefined);
  try {
    const thread = startThread(entryOfThisBuild());
    prepared = thread;
    thread.worker.once('error', forget).once('exit', forget);
  } catch {
    // A process that may start no threads; the guard says so when it is asked.
  }
}

/** The thread that was prepared, or a new one. */
export function takeThread(entry: URL): GuardThread {
  if (prepared === undefined || entry.href !== entryOfThisBuild().href) return startThread(entry);
  const thread = prepared;
  forget();
  thread.worker.off('error', forget).off('exit', forget);
  return thread;
}

function forget(): void {
  prepared = undefined;
}

function startThread(entry: URL): GuardThread {
  const { port1: port, port2 } = new MessageChannel();
  const signal = new Int32Array(new SharedArrayBuffer(4));
  const setup: WorkerSetup = { port: port2, signal };
  const worker = new Worker(entry, {
    workerData: setup,
    transferList: [port2],
    resourceLimits: { stackSizeMb, maxOldGenerationSizeMb },
    // Options of the parent (a debugger, a loader) are none of a parser's business.
    execArgv: [],
    env: {},
    name: 'sql-guard',
  });
  worker.unref();
  return { worker, port, signal };
}
