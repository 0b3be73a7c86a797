import type { CheckContext } from './policy.ts';

/** A context as it crosses the thread: catalogs travel apart, once. */
export type JobContext = Omit<CheckContext, 'catalog'>;

/** What a worker is asked. */
export type Job =
  | { readonly kind: 'check'; readonly sql: string; readonly byteLength: number; readonly context: JobContext }
  | { readonly kind: 'parse'; readonly sql: string; readonly byteLength: number };
