import type { ParseTree } from '../ports.ts';
import { endOfParentheses } from './read-clause.ts';
import type { Failing, RepairRule, RepairStep } from './repair-step.ts';
import { respellFunction } from './respell-function.ts';
import { byteOffsets, type Edit, positionOffset, readName, readNameChain, skipBlanks } from './source-text.ts';
import { body, locationOf, type Tree, walk } from './tree.ts';

/** A stretch of the statement. */
interface Span {
  readonly start: number;
  readonly end: number;
}

const numberTypes = new Set(['integer', 'bigint', 'smallint', 'numeric', 'real', 'double precision']);
const textTypes = new Set(['text', 'character varying', 'character', 'name', '"char"']);
const momentTypes = new Set([
  'date',
  'timestamp without time zone',
  'timestamp with time zone',
  'time without time zone',
]);
const likeOperators = new Set(['~~', '!~~', '~~*', '!~~*', '~', '!~']);

/**
 * Gives operands and arguments the type that PostgreSQL says is wanted, and functions of other databases the name they
 * have here. It goes by the error: its message names the types, its position the operator or the function.
 */
export function repairTypes({ sql, error }: Failing, tree: ParseTree): readonly RepairStep[] {
  const at = error.position === undefined ? undefined : positionOffset(sql, error.position);
  if (at === undefined) return [];
  const operator = /^operator does not exist: (.+?) ([-+*/<>=~!@#%^&|`?]+) (.+)$/.exec(error.message);
  if (operator !== null) {
    const [, left = '', name = '', right = ''] = operator;
    return repairOperator({ sql, at, left, name, right }, tree);
  }
  const call = /^function (?:pg_catalog\.)?(\w+)\((.*)\) does not exist$/.exec(error.message);
  if (call !== null) return repairCall(sql, at, call[1] ?? '', splitTypes(call[2] ?? ''));
  if (/^subquery in FROM must have an alias$/.test(error.message)) return addAlias(sql, at);
  return [];
}

const splitTypes = (types: string): string[] => (types === '' ? [] : types.split(/, (?![^(]*\))/));

const insertions = (rule: RepairRule, span: Span, sql: string, before: string, after: string): RepairStep => {
  const edits: Edit[] = [
    { start: span.start, end: span.start, text: before },
    { start: span.end, end: span.end, text: after },
  ];
  const from = sql.slice(span.start, span.end);
  return { rule, from, to: `${before}${from}${after}`, edits };
};

const cast = (sql: string, span: Span, type: string): RepairStep =>
  /^[\w."]+$/.test(sql.slice(span.start, span.end))
    ? insertions('type', span, sql, '', `::${type}`)
    : insertions('type', span, sql, '(', `)::${type}`);

interface FailingOperator {
  readonly sql: string;
  readonly at: number;
  readonly left: string;
  readonly name: string;
  readonly right: string;
}

function repairOperator({ sql, at, left, name, right }: FailingOperator, tree: ParseTree): readonly RepairStep[] {
  const offset = byteOffsets(sql);
  const expressions: Tree[] = [];
  walk(tree.stmts, (tag, inner) => {
    if (tag === 'A_Expr' && offset(locationOf(inner)) === at) expressions.push(inner);
    return true;
  });
  const [expression] = expressions;
  if (expression === undefined) return [];
  const items = body(expression['rexpr'], 'List')?.['items'];
  const lefts = [expression['lexpr']];
  const rights = Array.isArray(items) ? items : [expression['rexpr']];
  const castAll = (nodes: readonly unknown[], type: string): RepairStep[] =>
    nodes.flatMap((node) => {
      const span = spanOf(sql, offset, node);
      return span === undefined ? [] : [cast(sql, span, type)];
    });
  if (likeOperators.has(name)) return textTypes.has(left) || left === 'unknown' ? [] : castAll(lefts, 'text');
  const isEquality = name === '=' || name === '<>';
  if (textTypes.has(left) && numberTypes.has(right)) {
    return isEquality ? asText(sql, offset, rights, castAll) : castAll(lefts, 'numeric');
  }
  if (numberTypes.has(left) && textTypes.has(right)) {
    return isEquality ? asText(sql, offset, lefts, castAll) : castAll(rights, 'numeric');
  }
  if (left === 'boolean' && numberTypes.has(right)) return castAll(lefts, 'int');
  if (numberTypes.has(left) && right === 'boolean') return castAll(rights, 'int');
  if (textTypes.has(left) && momentTypes.has(right)) return castAll(lefts, right);
  if (momentTypes.has(left) && textTypes.has(right)) return castAll(rights, left);
  return [];
}

/** Numbers that are compared with text: a constant becomes a string, anything else is cast. */
function asText(
  sql: string,
  offset: (byteOffset: number) => number,
  nodes: readonly unknown[],
  castAll: (nodes: readonly unknown[], type: string) => RepairStep[],
): RepairStep[] {
  return nodes.flatMap((node) => {
    const constant = body(node, 'A_Const');
    if (constant === undefined) return castAll([node], 'text');
    const span = spanOf(sql, offset, node);
    return span === undefined || sql[span.start] === "'" ? [] : [insertions('type', span, sql, "'", "'")];
  });
}

/** Where an operand stands, for those whose end can be told: columns, constants, calls, casts of them and subqueries. */
function spanOf(sql: string, offset: (byteOffset: number) => number, node: unknown): Span | undefined {
  const column = body(node, 'ColumnRef');
  if (column !== undefined) {
    const start = offset(locationOf(column));
    const last = readNameChain(sql, start).at(-1);
    return last === undefined ? undefined : { start, end: last.end };
  }
  const constant = body(node, 'A_Const');
  if (constant !== undefined) {
    const start = offset(locationOf(constant));
    const token = /^(?:\d[\d._]*(?:e[+-]?\d+)?|'(?:[^']|'')*')/i.exec(sql.slice(start))?.[0];
    return token === undefined ? undefined : { start, end: start + token.length };
  }
  const call = body(node, 'FuncCall');
  if (call !== undefined && call['over'] === undefined && call['agg_filter'] === undefined) {
    const start = offset(locationOf(call));
    const last = readNameChain(sql, start).at(-1);
    const open = last === undefined ? undefined : skipBlanks(sql, last.end);
    const end = open === undefined || sql[open] !== '(' ? undefined : endOfParentheses(sql, open);
    return end === undefined ? undefined : { start, end };
  }
  const link = body(node, 'SubLink');
  if (link !== undefined && link['subLinkType'] === 'EXPR_SUBLINK') {
    const start = offset(locationOf(link));
    const end = sql[start] === '(' ? endOfParentheses(sql, start) : undefined;
    return end === undefined ? undefined : { start, end };
  }
  return undefined;
}

/** The arguments of a call whose name stands at an offset. */
function argumentsAt(
  sql: string,
  at: number,
): { readonly name: Span; readonly arguments: readonly Span[]; readonly end: number } | undefined {
  const last = readNameChain(sql, at).at(-1);
  const open = last === undefined ? -1 : skipBlanks(sql, last.end);
  const end = sql[open] === '(' ? endOfParentheses(sql, open) : undefined;
  if (last === undefined || end === undefined) return undefined;
  const spans: Span[] = [];
  let start = open + 1;
  const push = (stop: number): void => {
    const text = sql.slice(start, stop);
    const from = start + (text.length - text.trimStart().length);
    if (text.trim() !== '') spans.push({ start: from, end: from + text.trim().length });
  };
  for (let cursor = open + 1; cursor < end - 1; ) {
    const character = sql[cursor];
    if (character === ',') {
      push(cursor);
      start = cursor + 1;
    }
    cursor = character === '(' || character === '[' ? (endOfParentheses(sql, cursor) ?? end) : endOfStep(sql, cursor);
  }
  push(end - 1);
  return { name: { start: at, end: last.end }, arguments: spans, end };
}

function endOfStep(sql: string, at: number): number {
  if (sql[at] === "'") {
    const literal = /^'(?:[^']|'')*'/.exec(sql.slice(at))?.[0];
    return at + (literal?.length ?? 1);
  }
  return readName(sql, at)?.end ?? at + 1;
}

const textFunctions = new Set(
  'lower upper length char_length substr substring left right trim btrim ltrim rtrim replace split_part strpos position initcap lpad rpad regexp_replace concat_ws starts_with reverse'.split(
    ' ',
  ),
);

function repairCall(sql: string, at: number, name: string, types: readonly string[]): readonly RepairStep[] {
  const call = argumentsAt(sql, at);
  if (call === undefined) return [];
  const [first, second] = call.arguments;
  if (first === undefined || types.length === 0) return respellFunction(sql, call, name);
  const isText = (type: string | undefined): boolean =>
    type !== undefined && (textTypes.has(type) || type === 'unknown');
  const argument = withoutDistinct(sql, first);
  if (name === 'round' && types.length === 2) return [cast(sql, first, 'numeric')];
  if (/^(?:sum|avg)$/.test(name) && types[0] === 'boolean') return [cast(sql, argument, 'int')];
  if (/^(?:sum|avg|abs|round|ceil|floor|stddev|variance)$/.test(name) && textTypes.has(types[0] ?? '')) {
    return [cast(sql, argument, 'numeric')];
  }
  if (name === 'extract' && isText(types[1])) {
    const from = /^\w+\s+from\s+/i.exec(sql.slice(first.start, first.end))?.[0];
    return from === undefined ? [] : [cast(sql, { start: first.start + from.length, end: first.end }, 'timestamp')];
  }
  if (/^(?:date_trunc|date_part)$/.test(name) && second !== undefined && textTypes.has(types[1] ?? '')) {
    return [cast(sql, second, 'timestamp')];
  }
  if (name === 'to_char' && textTypes.has(types[0] ?? '')) return [cast(sql, first, 'timestamp')];
  if (textFunctions.has(name) && !isText(types[0])) return [cast(sql, argument, 'text')];
  if (name === 'string_agg' && !isText(types[0])) return [cast(sql, argument, 'text')];
  return respellFunction(sql, call, name);
}

function withoutDistinct(sql: string, span: Span): Span {
  const distinct = /^distinct\s+/i.exec(sql.slice(span.start, span.end))?.[0];
  return distinct === undefined ? span : { start: span.start + distinct.length, end: span.end };
}

/** Servers before 16 want an alias for each subquery of FROM. */
function addAlias(sql: string, at: number): readonly RepairStep[] {
  const end = sql[at] === '(' ? endOfParentheses(sql, at) : undefined;
  if (end === undefined) return [];
  const text = ` AS subquery_${at}`;
  return [{ rule: 'spelling', from: '', to: text.trim(), edits: [{ start: end, end, text }] }];
}
