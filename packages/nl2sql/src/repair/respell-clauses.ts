import type { Respell, Token } from './respell.ts';

/** What stands between two parentheses, or the statement itself. */
interface Frame {
  readonly open: number;
  /** The word before the parenthesis. */
  readonly caller: Token | undefined;
  select?: Token;
  where?: Token;
  order?: Token;
  separator?: Token;
  top?: Top | undefined;
  commas: number;
  isCompound: boolean;
}

interface Top {
  readonly start: number;
  readonly end: number;
  readonly distinct: string;
  readonly clause: string;
}

const aggregates = new Set(['count', 'sum', 'avg', 'min', 'max']);

/** Clauses of other databases whose parts stand apart within a pair of parentheses. */
export function respellClauses(sql: string, tokens: readonly Token[], respell: Respell): void {
  const frames = [createFrame(-1, undefined)];
  for (const [position, token] of tokens.entries()) {
    const frame = frames.at(-1);
    if (frame === undefined) break;
    if (token.word === '(') {
      frames.push(createFrame(token.start, tokens[position - 1]));
    } else if (token.word !== ')') {
      note(sql, frame, token);
    } else if (frames.length > 1) {
      frames.pop();
      respellFilter(sql, frame, respell);
      respellGroupConcat(sql, frame, token.start, respell);
      respellTop(sql, frame, token.start, respell);
    }
  }
  const [statement] = frames;
  const end = sql.length - (/[;\s]*$/.exec(sql.slice(-64))?.[0].length ?? 0);
  if (statement !== undefined) respellTop(sql, statement, end, respell);
}

const createFrame = (open: number, caller: Token | undefined): Frame => ({
  open,
  caller,
  commas: 0,
  isCompound: false,
});

function note(sql: string, frame: Frame, token: Token): void {
  switch (token.word) {
    case 'select':
      frame.select ??= token;
      frame.top ??= readTop(sql, token.end);
      return;
    case 'where':
    case 'order':
    case 'separator':
      frame[token.word] ??= token;
      return;
    case 'union':
    case 'intersect':
    case 'except':
      frame.isCompound = true;
      return;
    case ',':
      if (frame.order === undefined) frame.commas++;
      return;
    default:
  }
}

/** `count(x WHERE condition)`, as models write what PostgreSQL calls FILTER. */
function respellFilter(sql: string, { open, caller, where, select }: Frame, respell: Respell): void {
  if (where === undefined || caller === undefined || !aggregates.has(caller.word)) return;
  if (sql.slice(caller.end, open).trim() !== '' || (select !== undefined && select.start < where.start)) return;
  const argument = sql.slice(open + 1, where.start).trimEnd();
  respell(open + 1 + argument.length, where.end, `${argument === '' ? '*' : ''}) FILTER (WHERE`);
}

/** `GROUP_CONCAT([DISTINCT] x [ORDER BY y] SEPARATOR ', ')` of MySQL. */
function respellGroupConcat(
  sql: string,
  { open, caller, separator, order, commas }: Frame,
  close: number,
  respell: Respell,
): void {
  if (separator === undefined || caller?.word !== 'group_concat' || commas > 0) return;
  const glue = sql.slice(separator.end, close).trim();
  if (!/^'(?:[^']|'')*'$/.test(glue)) return;
  const value = sql.slice(open + 1, (order ?? separator).start).trimEnd();
  const sorted = order === undefined ? '' : ` ${sql.slice(order.start, separator.start).trimEnd()}`;
  respell(caller.start, caller.end, 'string_agg');
  respell(open + 1 + value.length, close, `, ${glue}${sorted}`);
}

/** `TOP n` behind SELECT, as SQL Server has it. A share of the rows (PERCENT) is something else. */
function readTop(sql: string, end: number): Top | undefined {
  const [whole, distinct = '', inner, count = inner, percent, ties] =
    /^(\s+(?:distinct|all))?\s+top(?:\s*\(\s*(\d+)\s*\)|\s+(\d+))(?![\w.])(\s+percent\b)?(\s+with\s+ties\b)?/i.exec(
      sql.slice(end, end + 128),
    ) ?? [];
  if (whole === undefined || percent !== undefined) return undefined;
  const clause = ties === undefined ? `LIMIT ${count}` : `FETCH FIRST ${count} ROWS WITH TIES`;
  return { start: end, end: end + whole.length, distinct, clause };
}

/** LIMIT goes behind the whole query. In a set operation TOP belongs to one arm, LIMIT would belong to all of them. */
function respellTop(sql: string, { top, isCompound }: Frame, end: number, respell: Respell): void {
  if (top === undefined || isCompound) return;
  respell(top.start, top.end, top.distinct);
  // On a line of its own: the query may end in a comment.
  respell(end, end, `${sql.includes('--') ? '\n' : ' '}${top.clause}`);
}
