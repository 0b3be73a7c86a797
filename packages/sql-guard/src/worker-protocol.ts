import type { CatalogSnapshot } from './catalog/snapshot.ts';
import type { PolicyOptions } from './compiled-policy.ts';
import type { Job } from './job.ts';
import type { ParseOutcome, Verdict } from './verdict.ts';

/** What a worker starts with. */
export interface WorkerSetup {
  readonly policy: PolicyOptions;
}

/** What a worker is sent; one job at a time. */
export type WorkerMessage =
  | { readonly type: 'job'; readonly job: Job; readonly catalogFingerprint: string | undefined }
  | { readonly type: 'catalog'; readonly snapshot: CatalogSnapshot };

/** What a worker sends: once `ready` (or a fault), then one message for each job. */
export type WorkerReply =
  | { readonly type: 'ready' }
  | { readonly type: 'outcome'; readonly outcome: Verdict | ParseOutcome }
  | { readonly type: 'fault'; readonly reason: 'parser-fault' | 'self-test' };
