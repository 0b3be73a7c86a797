import type { MessagePort } from 'node:worker_threads';
import type { CatalogSnapshot } from './catalog/snapshot.ts';
import type { PolicyOptions } from './check-policy.ts';
import type { Job, JobContext, JobOutcome } from './job.ts';

/** What a worker starts with. */
export interface WorkerSetup {
  readonly port: MessagePort;
  /** One integer that counts messages: the thread sleeps on it, which wakes it in half the time that an event takes. */
  readonly signal: Int32Array;
}

/** A job as a flat list of plain values, which crosses faster than an object of objects. */
export type JobMessage = readonly [
  kind: Job['kind'],
  sql: string,
  byteLength: number,
  parameterCount: number | undefined,
  serverVersionNum: number | undefined,
  purpose: JobContext['purpose'] | undefined,
  /** Policy and fingerprint of the catalog: a view of it is made under a policy. */
  catalogKey: string | undefined,
];

/**
 * What a worker is sent; one job at a time, judged under the policy that was sent last. A check without a context is its text alone, which
 * crosses fastest.
 */
export type WorkerMessage =
  | string
  | JobMessage
  /** The compiled parser, shared by all threads, and the policy of the first job; the first message of each. */
  | {
      readonly type: 'code';
      readonly code: WebAssembly.Module;
      readonly key: string;
      readonly policy: PolicyOptions;
    }
  | { readonly type: 'policy'; readonly key: string; readonly policy: PolicyOptions }
  | { readonly type: 'catalog'; readonly key: string; readonly snapshot: CatalogSnapshot }
  | { readonly type: 'close' };

/** What a worker sends: once `ready` (or a fault), then one message for each job. */
export type WorkerReply =
  | { readonly type: 'ready' }
  /** The outcome of a check. */
  | string
  | { readonly type: 'outcome'; readonly outcome: JobOutcome }
  | { readonly type: 'fault'; readonly reason: 'parser-fault' | 'self-test' };

const noContext: JobContext = {};

/** Flattens a job. */
export function toMessage(job: Job, catalogKey: string | undefined): string | JobMessage {
  if (job.kind === 'parse') return [job.kind, job.sql, job.byteLength, undefined, undefined, undefined, catalogKey];
  const { parameterCount, serverVersionNum, purpose } = job.context;
  if (
    catalogKey === undefined &&
    parameterCount === undefined &&
    serverVersionNum === undefined &&
    purpose === undefined
  )
    return job.sql;
  return [job.kind, job.sql, job.byteLength, parameterCount, serverVersionNum, purpose, catalogKey];
}

/** The job of a message. */
export function toJob(message: string | JobMessage): Job {
  if (typeof message === 'string')
    return { kind: 'check', sql: message, byteLength: Buffer.byteLength(message, 'utf8'), context: noContext };
  const [kind, sql, byteLength, parameterCount, serverVersionNum, purpose] = message;
  if (kind === 'parse') return { kind, sql, byteLength };
  return { kind, sql, byteLength, context: { parameterCount, serverVersionNum, purpose } };
}
