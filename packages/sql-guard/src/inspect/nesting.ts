import type { Judgement } from '../judgement.ts';
import type { Frame, Inspector } from './inspector.ts';
import { isKeptApart } from './unfolded-targets.ts';

/*
 * What makes it worth to look at what subqueries become inside each other. That look reads the whole statement once more, and in most
 * statements nothing can grow: the planner copies no expression of a query that groups, sorts or limits, and no value gets longer without
 * something that puts values together.
 */

/** Where a query stands whose columns another one reads. */
const readPlaces: ReadonlySet<string> = new Set([
  'RangeSubselect.subquery',
  'CommonTableExpr.ctequery',
  'SelectStmt.larg',
  'SelectStmt.rarg',
]);

/** Notes what a query means for the queries around it. */
export function noteQuery({ fields, place }: Frame, judgement: Judgement): void {
  if (!judgement.nesting.copied && readPlaces.has(place) && !isKeptApart(fields)) judgement.nesting.copied = true;
}

/** Notes a query, or a call in FROM, that another one reads. */
export function noteNested(judgement: Judgement): void {
  judgement.nesting.queries = true;
}

/** Notes a subquery or JSON_TABLE in FROM. */
export const inspectSubselect: Inspector = (_frame, judgement) => noteNested(judgement);

/** Notes that values are put together. */
export function noteLonger(judgement: Judgement): void {
  judgement.nesting.longer = true;
}

/** Notes a node that puts values together: an array, a row, a document. */
export const inspectContainer: Inspector = (_frame, judgement) => noteLonger(judgement);

/** Notes `t.*` inside an expression, which stands for all columns of a row. A select list may hold it without more. */
export function noteStar({ parent }: Frame, judgement: Judgement): void {
  if (parent !== 'ResTarget') noteLonger(judgement);
}

/** True when an expression or a value of a statement may grow by being put into another query. */
export const mayGrow = ({ nesting, sizedByColumn }: Judgement): boolean =>
  sizedByColumn || nesting.recursive || (nesting.queries && (nesting.copied || nesting.longer));
