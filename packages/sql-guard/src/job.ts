import type { CheckContext } from './policy.ts';
import type { ParseOutcome, Verdict } from './verdict.ts';

/** A context as it crosses the thread: catalogs travel apart, once. */
export type JobContext = {
  readonly [Key in Exclude<keyof CheckContext, 'catalog'>]?: CheckContext[Key] | undefined;
};

/** What a parser instance is asked. */
export type Job =
  | { readonly kind: 'check'; readonly sql: string; readonly byteLength: number; readonly context: JobContext }
  | { readonly kind: 'parse'; readonly sql: string; readonly byteLength: number };

/** What a job ends in, by its kind. */
export type JobOutcome = Verdict | ParseOutcome;
