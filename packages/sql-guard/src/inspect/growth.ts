import { type Judgement, refuse } from '../judgement.ts';
import { type Fields, isFields, listOf, locationOf, namesOf, untag } from '../tree.ts';
import { countCollectors } from './collected-rows.ts';
import type { Inspector } from './inspector.ts';
import { inspectPrettyPrint } from './json-path.ts';
import { hasShortOperand, isLinear, type WorkNode } from './linear-work.ts';
import { noteQuery } from './nesting.ts';
import { fromRows, noRows } from './row-estimate.ts';
import { countSortedWindows } from './sorted-work.ts';
import { inspectWithClause } from './with-clause.ts';
import { inspectWrittenRows } from './written-rows.ts';

/** Notes the rows that SELECT makes out of series. Many rows alone are no reason: the row limit and the timeout stop them. */
export const inspectSelect: Inspector = (frame, judgement) => {
  const { fields } = frame;
  if (fields['groupClause'] !== undefined || fields['sortClause'] !== undefined) judgement.orderedSelects.push(fields);
  inspectWithClause(fields, judgement);
  noteQuery(frame, judgement);
  if (fields['windowClause'] !== undefined) countSortedWindows(fields['windowClause'], judgement);
  if (fields['fromClause'] !== undefined) {
    frame.rows = fromRows(fields, judgement.knownRows ?? noRows);
    inspectWrittenRows(fields, frame.rows, judgement);
  }
  // What several aggregates of one query collect can be put together; what one query has collected, the next collects again.
  if (frame.rows > 1) judgement.growth *= Math.max(1, countCollectors(fields) * frame.rows);
};

const joining: ReadonlySet<string> = new Set([
  'concat',
  'concat_ws',
  'format',
  'array_cat',
  'textcat',
  'json_build_array',
  'jsonb_build_array',
]);

/** The parts that an expression puts together: operands of `||`, arguments of concat and its like. */
function partsOf(expression: unknown): readonly unknown[] | undefined {
  const tagged = untag(expression);
  if (tagged?.tag === 'A_Expr' && namesOf(tagged.fields['name'])?.at(-1) === '||')
    return [tagged.fields['lexpr'], tagged.fields['rexpr']];
  if (tagged?.tag === 'FuncCall' && joining.has(namesOf(tagged.fields['funcname'])?.at(-1) ?? ''))
    return listOf(tagged.fields['args']);
  return undefined;
}

/** How many times the column that is named most often stands in what an expression puts together. */
function doubles(expression: unknown, seen?: Set<unknown>): number {
  const counts = new Map<string, number>();
  const stack: unknown[] = [expression];
  let most = 0;
  for (let value = stack.pop(); value !== undefined || stack.length > 0; value = stack.pop()) {
    const tagged = untag(value);
    if (!tagged) continue;
    const parts = partsOf(value);
    if (parts) {
      seen?.add(tagged.fields);
      stack.push(...parts);
    } else if (tagged.tag === 'TypeCast') stack.push(tagged.fields['arg']);
    else if (tagged.tag === 'ColumnRef') {
      const column = namesOf(tagged.fields['fields'])?.at(-1);
      if (column === undefined) continue;
      const count = (counts.get(column) ?? 0) + 1;
      counts.set(column, count);
      most = Math.max(most, count);
    }
  }
  return most;
}

/** Counts a value that an operator or a call of this name puts together with itself: in a chain of queries it doubles with each of them. */
export function inspectJoined(tag: 'A_Expr' | 'FuncCall', fields: Fields, name: string, judgement: Judgement): void {
  if (tag === 'FuncCall' ? !joining.has(name) : name !== '||') return;
  if (judgement.joined?.has(fields)) return;
  judgement.joined ??= new Set();
  const most = doubles({ [tag]: fields }, judgement.joined);
  if (most > 1) judgement.growth *= most;
}

/** A value that the text builds may be this long beside anything; what is only reckoned from several numbers, this long. */
const trustedSize = 5_000;
const reckonedSize = 100_000;
const productSize = 25_000_000;

/** Remembers the first operator or call that is not known to be linear. */
export function noteWork(node: WorkNode, name: string, fields: Fields, judgement: Judgement): void {
  if (judgement.work !== undefined || isLinear(node, name) || (node === 'A_Expr' && hasShortOperand(name, fields)))
    return;
  judgement.work = { node, name, location: locationOf(fields) };
}

/** Length of the longest text that the statement writes out: what is built may be built of it. */
function longestLiteral(judgement: Judgement): number {
  let longest = 1;
  for (const literal of judgement.literals) {
    const value = isFields(literal['sval']) ? literal['sval']['sval'] : undefined;
    if (typeof value === 'string') longest = Math.max(longest, value.length);
  }
  return longest;
}

/** Judges what the values of a statement make together; called after the walk. */
export function inspectTogether(judgement: Judgement): void {
  inspectPrettyPrint(judgement);
  const [largest, second] = judgement.largestBuilt;
  const { work, growth } = judgement;
  if (largest <= 1 && growth <= 1) return;
  const limit = judgement.policy.limits.maxGeneratedSize;
  const size = growth * Math.max(judgement.largestCalled, 1) * longestLiteral(judgement);
  const finding = { code: 'size', location: work?.location ?? 0 } as const;
  if (size > limit * 100) {
    refuse(judgement, {
      ...finding,
      node: 'A_Expr',
      message: 'Values are put together with themselves until they take gigabytes',
      hint: 'Name a value once in what is put together.',
    });
  } else if (largest * second > productSize * Math.max(1, limit / 1_000_000)) {
    refuse(judgement, {
      ...finding,
      node: 'FuncCall',
      message: 'Two built values together make the server work for their product, where no timeout stops it',
      hint: 'Build one value at a time.',
    });
  } else if (work && (largest > trustedSize || size > reckonedSize)) {
    refuse(judgement, {
      ...finding,
      node: work.node,
      name: work.name,
      message: `${work.name} may work for the square of a built value, where no timeout stops it`,
      hint: `Build values of at most ${trustedSize}.`,
    });
  }
}
