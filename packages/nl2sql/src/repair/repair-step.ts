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
  | 'function';

/** One change of a statement by rule. */
export interface Repair {
  readonly rule: RepairRule;
  /** What stood there; empty for something that was added. */
  readonly from: string;
  readonly to: string;
}

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
