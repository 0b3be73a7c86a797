import type { Span } from './operand-span.ts';
import { endOfParentheses } from './read-clause.ts';
import { readName, readNameChain, skipBlanks } from './source-text.ts';

/** A call in the text: its name, its arguments and the offset behind its closing parenthesis. */
export interface CallSpan {
  readonly name: Span;
  readonly arguments: readonly Span[];
  readonly end: number;
}

/** The arguments of a call whose name stands at an offset. */
export function callAt(sql: string, at: number): CallSpan | undefined {
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
