import type { RepairRule } from './repair-step.ts';

/** Notes a replacement of a stretch of the text. */
export type Respell = (start: number, end: number, text: string, rule?: RepairRule) => void;

/** A word outside of strings and quoted names, in lower case, or a parenthesis or comma. */
export interface Token {
  readonly start: number;
  readonly end: number;
  readonly word: string;
}
