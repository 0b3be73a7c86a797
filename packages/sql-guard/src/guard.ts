import type { CheckContext, GuardOptions } from './policy.ts';
import type { ParseOutcome, Verdict } from './verdict.ts';

/** Judges SQL texts under one policy. */
export interface Guard {
  /** Says whether a text may run. Never rejects because of the text. */
  check(sql: string, context?: CheckContext): Promise<Verdict>;
  /** Gives PostgreSQL's parse tree of a text, for those that resolve names. It says nothing about whether the text may run. */
  parse(sql: string): Promise<ParseOutcome>;
  /** Ends the workers. Later checks reject with `CLOSED`. */
  close(): Promise<void>;
}

export declare function createGuard(options?: GuardOptions): Promise<Guard>;
