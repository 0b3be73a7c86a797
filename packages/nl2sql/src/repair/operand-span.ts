import { endOfParentheses } from './read-clause.ts';
import { readNameChain, skipBlanks } from './source-text.ts';
import { body, locationOf } from './tree.ts';

/** A stretch of the statement. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Where an operand stands, for those whose end can be told: columns, constants, calls, casts of them and subqueries. */
export function spanOf(sql: string, offset: (byteOffset: number) => number, node: unknown): Span | undefined {
  const column = body(node, 'ColumnRef');
  if (column !== undefined) {
    const start = offset(locationOf(column));
    const last = readNameChain(sql, start).at(-1);
    return last === undefined ? undefined : { start, end: last.end };
  }
  const constant = body(node, 'A_Const');
  if (constant !== undefined) {
    const start = offset(locationOf(constant));
    const token = /^(?:\d[\d._]*(?:e[+-]?\d+)?|'(?:[^']|'')*'|(?:true|false)\b)/i.exec(sql.slice(start))?.[0];
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
