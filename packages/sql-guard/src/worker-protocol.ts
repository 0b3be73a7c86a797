import type { MessagePort } from 'node:worker_threads';
import type { CatalogSnapshot } from './catalog/snapshot.ts';
import type { PolicyOptions } from './compiled-policy.ts';
import type { Job, JobOutcome } from './job.ts';

/** What a worker starts with. */
export interface WorkerSetup {
  readonly policy: PolicyOptions;
  /** The compiled parser, shared by all threads. */
  readonly code: WebAssembly.Module;
  readonly port: MessagePort;
  /** One integer that counts messages: the thread sleeps on it, which wakes it in half the time that an event takes. */
  readonly signal: Int32Array;
}

/** What a worker is sent; one job at a time. */
export type WorkerMessage =
  | { readonly type: 'job'; readonly job: Job; readonly catalogFingerprint: string | undefined }
  | { readonly type: 'catalog'; readonly snapshot: CatalogSnapshot }
  | { readonly type: 'close' };

/** What a worker sends: once `ready` (or a fault), then one message for each job. */
export type WorkerReply =
  | { readonly type: 'ready' }
  /** The outcome of a check as JSON: a flat string crosses in half the time that an object takes. */
  | string
  | { readonly type: 'outcome'; readonly outcome: JobOutcome }
  | { readonly type: 'fault'; readonly reason: 'parser-fault' | 'self-test' };
