import { type Judgement, refuse } from '../judgement.ts';
import { type Fields, fieldsOf, isFields, listOf, locationOf, namesOf } from '../tree.ts';
import { checkBuiltSize } from './generated-size.ts';
import type { Frame, Inspector } from './inspector.ts';
import { noteLonger } from './nesting.ts';
import { addCommonTableRows, noRows, queryRows } from './row-estimate.ts';

/** Aggregates that hold a value for each row, and how much larger than its rows one gets. */
const collectors: Readonly<Record<string, number>> = {
  array_agg: 1,
  string_agg: 1,
  json_agg: 1,
  json_agg_strict: 1,
  jsonb_agg: 1,
  jsonb_agg_strict: 1,
  json_object_agg: 1,
  json_object_agg_strict: 1,
  json_object_agg_unique: 1,
  json_object_agg_unique_strict: 1,
  jsonb_object_agg: 1,
  jsonb_object_agg_strict: 1,
  jsonb_object_agg_unique: 1,
  jsonb_object_agg_unique_strict: 1,
  xmlagg: 1,
  range_agg: 10,
};

/** What SQL/JSON writes in place of such an aggregate. */
const jsonCollectors = ['JsonArrayAgg', 'JsonObjectAgg'] as const;

/**
 * Parts that a collected value is taken to have at least. Measured: a million records take 1.2 GB, a million arrays of eight numbers are
 * written out for five seconds in which no timeout is looked at, and a million times for two.
 */
const leastParts = 5;
const mostParts = 1_000;

/** Rows that a window may hand all of its rows to: it makes a value for each of them, and what sorts or collects those holds the square. */
const maxWindowRows = 5_000;
/** Rows before the current one that a moving window looks at. */
const maxMovingRows = 1_000;

/** How many values an expression is made of; those of a query in it are counted there. */
function partsOf(expression: unknown): number {
  let parts = 0;
  const stack: unknown[] = [expression];
  for (let value = stack.pop(); value !== undefined || stack.length > 0; value = stack.pop()) {
    if (typeof value !== 'object' || value === null || fieldsOf(value, 'SelectStmt')) continue;
    if (fieldsOf(value, 'ColumnRef') || fieldsOf(value, 'A_Const')) parts += 1;
    else for (const part of Object.values(value)) stack.push(part);
    if (parts >= mostParts) break;
  }
  return Math.max(parts, leastParts);
}

/** Parts of a query that aggregates may stand in. */
const aggregateParts = ['targetList', 'havingClause', 'sortClause', 'distinctClause', 'windowClause'] as const;

/** How many aggregates of a query hold a value for each row; those of the queries in it are counted with them. */
export function countCollectors(select: Fields): number {
  let count = 0;
  const stack: unknown[] = aggregateParts.map((part) => select[part]);
  for (let value = stack.pop(); value !== undefined || stack.length > 0; value = stack.pop()) {
    if (typeof value !== 'object' || value === null || fieldsOf(value, 'SelectStmt')) continue;
    const name = namesOf(fieldsOf(value, 'FuncCall')?.['funcname'])?.at(-1) ?? '';
    if (Object.hasOwn(collectors, name) || jsonCollectors.some((tag) => fieldsOf(value, tag))) count += 1;
    stack.push(...Object.values(value));
  }
  return count;
}

/** Where a collector stands; those of SQL/JSON say it one level deeper. */
const placeOf = (fields: Fields): number =>
  locationOf(isFields(fields['constructor']) ? fields['constructor'] : fields);

/** Judges a value that holds one of each row: of an aggregate, or of `ARRAY(SELECT …)`. */
export function inspectCollected(
  judgement: Judgement,
  frame: Frame,
  collected: { readonly node: string; readonly name: string; readonly rows: number; readonly factor?: number },
  values: unknown,
): void {
  const { node, name, rows, factor = 1 } = collected;
  const { largestCalled } = judgement;
  const limit = judgement.policy.limits.maxGeneratedSize;
  if (rows * Math.max(partsOf(values), factor) > limit) {
    refuse(judgement, {
      code: 'size',
      node,
      name,
      message: `${name} would hold the values of ${rows} rows that the text generates, where no timeout looks`,
      location: placeOf(frame.fields),
      option: 'limits.maxGeneratedSize',
      hint: `Collect fewer rows, or fewer values of each: at most ${limit} together, and ${limit / leastParts} rows.`,
    });
    return;
  }
  checkBuiltSize(judgement, { ...frame, size: 0 }, node, name, factor * rows);
  // Rows that are collected are counted where their query is judged.
  judgement.largestCalled = largestCalled;
}

/** Judges `ARRAY(SELECT …)` and `JSON_ARRAY(SELECT …)`, which collect the rows of a query as an aggregate does. */
function inspectQuery(frame: Frame, judgement: Judgement, node: string, name: string, query: Fields): void {
  if (isFields(query['withClause'])) {
    judgement.knownRows ??= new Map();
    addCommonTableRows(query['withClause'], judgement.knownRows);
  }
  const rows = queryRows(query, judgement.knownRows ?? noRows);
  if (rows <= 1) return;
  inspectCollected(judgement, frame, { node, name, rows }, query['targetList']);
  judgement.growth *= rows;
}

/** Judges `ARRAY(SELECT …)`. */
export function inspectArrayQuery(frame: Frame, judgement: Judgement): void {
  const query = fieldsOf(frame.fields['subselect'], 'SelectStmt');
  if (query) inspectQuery(frame, judgement, 'SubLink', 'ARRAY', query);
}

/** Judges `JSON_ARRAY(SELECT …)`. */
export const inspectJsonArrayQuery: Inspector = (frame, judgement) => {
  noteLonger(judgement);
  const query = fieldsOf(frame.fields['query'], 'SelectStmt');
  if (query) inspectQuery(frame, judgement, 'JsonArrayQueryConstructor', 'json_array', query);
};

/** True for a window that begins a few rows before the current one. */
function isMoving(over: Fields): boolean {
  const start = fieldsOf(over['startOffset'], 'A_Const')?.['ival'];
  return isFields(start) && Number(start['ival'] ?? 0) <= maxMovingRows;
}

function inspectHeld(
  frame: Frame,
  judgement: Judgement,
  held: { readonly node: string; readonly name: string; readonly factor?: number; readonly over: unknown },
  values: unknown,
): void {
  const { rows } = frame;
  const { node, name, over } = held;
  if (isFields(over) && rows > maxWindowRows && !isMoving(over)) {
    refuse(judgement, {
      code: 'size',
      node,
      name,
      message: `${name} OVER would hold, for each of ${rows} rows that the text generates, the values of all of them`,
      location: placeOf(frame.fields),
      hint: `Collect without OVER, over at most ${maxWindowRows} rows, or over a frame such as ROWS 10 PRECEDING.`,
    });
    return;
  }
  inspectCollected(judgement, frame, { ...held, rows }, values);
}

/** Judges an aggregate that holds a value for each row that the query around it makes of nothing. */
export function inspectCollector(name: string, frame: Frame, judgement: Judgement): void {
  if (frame.rows <= 1 || !Object.hasOwn(collectors, name)) return;
  const { args, over } = frame.fields;
  inspectHeld(frame, judgement, { node: 'FuncCall', name, factor: collectors[name] ?? 1, over }, listOf(args));
}

/** Judges `JSON_ARRAYAGG(…)` and `JSON_OBJECTAGG(…)`. */
export const inspectJsonCollector: Inspector = (frame, judgement) => {
  noteLonger(judgement);
  if (frame.rows <= 1) return;
  const { constructor: call, arg } = frame.fields;
  const over = isFields(call) ? call['over'] : undefined;
  const node = frame.plan.tag;
  inspectHeld(
    frame,
    judgement,
    { node, name: node === 'JsonArrayAgg' ? 'json_arrayagg' : 'json_objectagg', over },
    arg,
  );
};
