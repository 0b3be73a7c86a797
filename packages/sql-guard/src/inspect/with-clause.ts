import type { Judgement } from '../judgement.ts';
import { type Fields, isFields } from '../tree.ts';
import { inspectInlinedQueries } from './inlined-queries.ts';
import { noteNested } from './nesting.ts';
import { addCommonTableRows } from './row-estimate.ts';

/** Judges the WITH of a query or of a statement that changes rows, if it has one. */
export function inspectWithClause(statement: Fields, judgement: Judgement): void {
  const withClause = statement['withClause'];
  if (!isFields(withClause)) return;
  judgement.knownRows ??= new Map();
  addCommonTableRows(withClause, judgement.knownRows);
  inspectInlinedQueries(withClause, statement, judgement);
  noteNested(judgement);
  if (withClause['recursive'] === true) judgement.nesting.recursive = true;
}
