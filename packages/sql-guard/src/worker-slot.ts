import type { MessagePort, Worker } from 'node:worker_threads';
import type { CatalogSnapshot } from './catalog/snapshot.ts';
import { keptCatalogs } from './catalog/view-cache.ts';
import type { CheckedPolicy, PolicyOptions } from './check-policy.ts';
import type { GuardError } from './errors.ts';
import type { Job, JobOutcome } from './job.ts';
import type { WorkerMessage } from './worker-protocol.ts';

const endTimeoutMs = 500;

/** A policy as threads know it. */
export interface UsedPolicy {
  readonly key: string;
  readonly written: PolicyOptions;
  readonly limits: CheckedPolicy['limits'];
}

/** A text that waits for its verdict, or is judged. */
export interface Task {
  readonly policy: UsedPolicy;
  readonly job: Job;
  readonly catalog: CatalogSnapshot | undefined;
  readonly settle: (outcome: JobOutcome) => void;
  readonly fail: (error: GuardError) => void;
}

/** A thread, and what it works on. */
export interface Slot {
  readonly worker: Worker;
  readonly port: MessagePort;
  readonly signal: Int32Array;
  ready: boolean;
  task: Task | undefined;
  timer: NodeJS.Timeout | undefined;
  /** When the timer goes off, and when the task has had its time, by `performance.now()`. */
  firesAt: number;
  dueAt: number;
  giveUpAt: number;
  /** Key of the policy that it judges under now. */
  policyKey: string;
  /** Keys of the catalogs that the thread has. */
  readonly catalogs: Set<string>;
}

/** Wakes a thread with a message. */
export function post(slot: Slot, message: WorkerMessage): void {
  slot.port.postMessage(message);
  Atomics.add(slot.signal, 0, 1);
  Atomics.notify(slot.signal, 0);
}

/** Waits for a thread to end by itself, which is kinder to V8 than ending it, and ends it when it does not. */
export async function end(slot: Slot, willEnd: boolean): Promise<void> {
  if (willEnd) {
    const late = setTimeout(() => void slot.worker.terminate(), endTimeoutMs);
    await new Promise((resolve) => slot.worker.once('exit', resolve));
    clearTimeout(late);
  } else await slot.worker.terminate();
  slot.port.close();
}

/** Sends the policy of a text when the thread judges under another one. */
export function sendPolicy(slot: Slot, { key, written }: UsedPolicy): void {
  if (slot.policyKey === key) return;
  post(slot, { type: 'policy', key, policy: written });
  slot.policyKey = key;
}

/** Sends a catalog that the thread does not have for the policy; true when it was sent. */
export function sendCatalog(slot: Slot, snapshot: CatalogSnapshot | undefined, key: string | undefined): boolean {
  if (!snapshot || key === undefined || slot.catalogs.has(key)) return false;
  post(slot, { type: 'catalog', key, snapshot });
  slot.catalogs.add(key);
  for (const oldest of slot.catalogs) {
    if (slot.catalogs.size <= keptCatalogs) break;
    slot.catalogs.delete(oldest);
  }
  return true;
}
