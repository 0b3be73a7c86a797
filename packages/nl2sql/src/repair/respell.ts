import type { Repair } from './repair-step.ts';

/** Notes a replacement of a stretch of the text; as one of spelling, unless it chooses what is meant. */
export type Respell = (start: number, end: number, text: string, choice?: Pick<Repair, 'rule' | 'assumption'>) => void;

/** A word outside of strings and quoted names, in lower case, or a parenthesis or comma. */
export interface Token {
  readonly start: number;
  readonly end: number;
  readonly word: string;
}
