import { type Judgement, refuse } from '../judgement.ts';
import { type Fields, fieldsOf, isFields, listOf, locationOf } from '../tree.ts';
import type { Inspector } from './inspector.ts';

/**
 * Aggregates and windows of a statement that each sort for itself. The planner compares each with all the others, where no timeout looks.
 * Measured: 200 take 0.6 s, 400 windows two seconds and 270 MB, 800 of them eight seconds and a gigabyte, 1,000 aggregates longer than 15 s.
 */
const maxSorted = 250;

function count(judgement: Judgement, node: string, location: number): void {
  judgement.sorted += 1;
  if (judgement.sorted !== maxSorted + 1) return;
  refuse(judgement, {
    code: 'size',
    node,
    message: `More than ${maxSorted} aggregates and windows sort rows, each for itself, which the server plans past every timeout`,
    location,
    hint: 'Ask for them in several statements.',
  });
}

/** `OVER w` and `OVER ()` sort nothing of their own. */
const sorts = (over: unknown): boolean =>
  isFields(over) && (over['partitionClause'] !== undefined || over['orderClause'] !== undefined);

/** Counts a call with DISTINCT, ORDER BY or a window of its own. */
export function countSorted(fields: Fields, judgement: Judgement): void {
  if (fields['agg_distinct'] === true || fields['agg_order'] !== undefined || sorts(fields['over']))
    count(judgement, 'FuncCall', locationOf(fields));
}

/** Counts the windows that a WINDOW clause names. */
export function countSortedWindows(windowClause: unknown, judgement: Judgement): void {
  for (const item of listOf(windowClause)) {
    const window = fieldsOf(item, 'WindowDef');
    if (window && sorts(window)) count(judgement, 'WindowDef', locationOf(window));
  }
}

/** Counts SQL/JSON aggregates with ORDER BY or a window of their own. */
export const inspectSortedJson: Inspector = ({ fields }, judgement) => {
  if (fields['agg_order'] !== undefined || sorts(fields['over']))
    count(judgement, 'JsonAggConstructor', locationOf(fields));
};
