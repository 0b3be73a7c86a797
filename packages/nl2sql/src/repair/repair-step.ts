import type { DatabaseError } from '../database-error.ts';
import type { Edit } from './source-text.ts';

/** The rule by which a piece of a statement was changed. */
export type RepairRule =
  | 'spelling'
  | 'quoting'
  | 'qualifier'
  | 'ambiguity'
  | 'join'
  | 'output name'
  | 'string'
  | 'near name'
  | 'literal'
  | 'type'
  | 'function'
  | 'formula';

/** One change of a statement by rule. */
export interface Repair {
  readonly rule: RepairRule;
  /** What stood there; empty for something that was added. */
  readonly from: string;
  readonly to: string;
  /** What the rule took for granted, as a sentence for whoever reads the answer. */
  readonly assumption?: string;
}

const notation: ReadonlySet<RepairRule> = new Set(['spelling', 'quoting', 'function']);

/**
 * Whether a repair chose what was meant, instead of only writing the same thing as PostgreSQL writes it. Of recorded
 * statements those repaired in notation were right as often as those that needed no repair (12 of 19; 170 of 273), those
 * with a choice more rarely (13 of 40): who mistakes one thing has often mistaken another.
 */
export const isChoice = ({ rule }: Repair): boolean => !notation.has(rule);

/** A repair with its place in the statement. */
export interface RepairStep extends Repair {
  readonly edits: readonly Edit[];
}

/** What is known about a failing statement. */
export interface Failing {
  readonly sql: string;
  /** PostgreSQL's error, or a syntax error or the name of a refused function of the check in its form. */
  readonly error: DatabaseError;
}
