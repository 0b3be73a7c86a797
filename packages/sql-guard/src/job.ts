import type { CheckContext } from './policy.ts';
import type { AllowedVerdict, ParseOutcome, RefusedVerdict } from './verdict.ts';

/** A context as it crosses the thread: catalogs travel apart, once. */
export type JobContext = Omit<CheckContext, 'catalog'>;

/** What a parser instance is asked. */
export type Job =
  | { readonly kind: 'check'; readonly sql: string; readonly byteLength: number; readonly context: JobContext }
  | { readonly kind: 'describe'; readonly sql: string; readonly byteLength: number }
  | { readonly kind: 'parse'; readonly sql: string; readonly byteLength: number };

/** What a text looks like without its literals. Only means something for a text that parses: else the library answers with its error. */
export type TextDescription = Pick<AllowedVerdict, 'normalized' | 'fingerprint'>;

/** A verdict before it is joined with the description, which is made beside it. */
export type Judged = Omit<AllowedVerdict, keyof TextDescription> | RefusedVerdict;

/** What a job ends in, by its kind. */
export type JobOutcome = Judged | TextDescription | ParseOutcome;
