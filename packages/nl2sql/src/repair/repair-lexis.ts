import { endOfElement } from '../split-statements.ts';
import { isReserved, quoteName } from './quote-name.ts';
import { endOfParentheses } from './read-clause.ts';
import type { RepairStep } from './repair-step.ts';
import { readName, skipBlanks } from './source-text.ts';

/**
 * Respells what PostgreSQL's grammar cannot read: the quotes, escapes and clauses of other databases and of Markdown.
 * It is only ever given text that does not parse, so nothing that PostgreSQL would read otherwise is touched.
 */
export function repairLexis(sql: string): readonly RepairStep[] {
  const steps: RepairStep[] = [];
  const respell = (start: number, end: number, text: string): void => {
    const from = sql.slice(start, end);
    if (from !== text) steps.push({ rule: 'spelling', from, to: text, edits: [{ start, end, text }] });
  };
  for (let at = 0; at < sql.length; ) at = respellElement(sql, at, respell);
  respellTop(sql, respell);
  return steps;
}

type Respell = (start: number, end: number, text: string) => void;

const typographicQuotes: Readonly<Record<string, string>> = {
  '‘': "'",
  '’': "'",
  '‚': "'",
  '“': '"',
  '”': '"',
  '„': '"',
};

/** Respells what begins at an offset and gives the offset behind it. */
function respellElement(sql: string, at: number, respell: Respell): number {
  const character = sql[at] ?? '';
  switch (character) {
    case '`':
      return respellQuotedName(sql, at, '`', respell);
    case '[':
      return isSubscript(sql, at) ? at + 1 : respellQuotedName(sql, at, ']', respell);
    case "'":
      return respellString(sql, at, respell);
    case '\\':
      if (/[_*#%[\]()<>=.-]/.test(sql[at + 1] ?? '')) respell(at, at + 1, '');
      return at + 1;
    case '=':
      if (sql[at + 1] === '=') respell(at, at + 2, '=');
      return at + (sql[at + 1] === '=' ? 2 : 1);
    case '(':
      respellFilter(sql, at, respell);
      return at + 1;
    default: {
      const quote = typographicQuotes[character];
      if (quote !== undefined) {
        respell(at, at + 1, quote);
        return at + 1;
      }
      const name = readName(sql, at);
      if (name !== undefined) return respellWord(sql, name.name, { start: at, end: name.end }, respell);
      const number = /^\d+[_a-z]\w*/i.exec(sql.slice(at, at + 64))?.[0];
      if (number === undefined || /[\w.]/.test(sql[at - 1] ?? '')) return endOfElement(sql, at);
      if (!/^\d+(?:e[+-]?\d+|(?:_\d+)+)$/i.test(number)) respell(at, at + number.length, `"${number}"`);
      return at + number.length;
    }
  }
}

/** A bracket behind a value or ARRAY is PostgreSQL's own; behind a keyword or an operator it opens a name. */
function isSubscript(sql: string, at: number): boolean {
  const before = sql.slice(Math.max(0, at - 64), at).trimEnd();
  const word = /[\p{L}_][\p{L}\p{N}_]*$/u.exec(before)?.[0];
  return word === undefined ? /[\p{N}"\])]$/u.test(before) : !isReserved(word) || word.toLowerCase() === 'array';
}

/** Names of MySQL and of SQL Server. They ignore case there, so a plain name is left to fold. */
function respellQuotedName(sql: string, at: number, close: string, respell: Respell): number {
  const end = sql.indexOf(close, at + 1);
  if (end === -1) return at + 1;
  // Markdown may have escaped an underscore inside.
  const name = sql.slice(at + 1, end).replaceAll('\\_', '_');
  const isPlain = /^[A-Za-z_][A-Za-z0-9_]*$/.test(name);
  respell(at, end + 1, isPlain && !isReserved(name) ? name : quoteName(isPlain ? name.toLowerCase() : name));
  return end + 1;
}

/** Backslash escapes of quotes, which standard strings do not know. */
function respellString(sql: string, start: number, respell: Respell): number {
  for (let at = start + 1; at < sql.length; at++) {
    if (sql[at] === '\\' && sql[at + 1] === "'") {
      respell(at, at + 2, "''");
      at++;
    } else if (sql[at] === "'") {
      if (sql[at + 1] !== "'") return at + 1;
      at++;
    }
  }
  return sql.length;
}

function respellWord(
  sql: string,
  word: string,
  { start, end }: { readonly start: number; readonly end: number },
  respell: Respell,
): number {
  const rest = sql.slice(end, end + 64);
  if (word === 'limit') {
    const [whole, offset, count] = /^\s+(\d+)\s*,\s*(\d+)/.exec(rest) ?? [];
    if (whole !== undefined) respell(end, end + whole.length, ` ${count} OFFSET ${offset}`);
  } else if (word === 'interval') {
    const [whole, count, unit] = /^\s+(\d+)\s+([a-z]+)/i.exec(rest) ?? [];
    if (whole !== undefined) respell(end, end + whole.length, ` '${count} ${unit}'`);
  } else if (word === 'regexp' || word === 'rlike') {
    respell(start, end, '~');
  }
  return end;
}

const aggregates = new Set(['count', 'sum', 'avg', 'min', 'max']);

/** `count(x WHERE condition)`, as models write what PostgreSQL calls FILTER. */
function respellFilter(sql: string, open: number, respell: Respell): void {
  const before = /([a-z]+)\s*$/i.exec(sql.slice(Math.max(0, open - 16), open))?.[1];
  if (before === undefined || !aggregates.has(before.toLowerCase())) return;
  const end = endOfParentheses(sql, open);
  if (end === undefined) return;
  for (let at = open + 1; at < end - 1; ) {
    if (sql[at] === '(') {
      at = endOfParentheses(sql, at) ?? end;
      continue;
    }
    const name = readName(sql, at);
    if (name?.name === 'select') return;
    if (name?.name === 'where' && !name.quoted) {
      const argument = sql.slice(open + 1, at).trim();
      respell(open, end, `(${argument === '' ? '*' : argument}) FILTER (${sql.slice(at, end - 1).trim()})`);
      return;
    }
    at = name?.end ?? endOfElement(sql, at);
  }
}

/** `SELECT TOP n`, as SQL Server has it, at the beginning of the statement. */
function respellTop(sql: string, respell: Respell): void {
  const select = readName(sql, skipBlanks(sql, 0));
  if (select?.name !== 'select') return;
  const [whole, distinct = '', inner, count = inner] =
    /^(\s+distinct)?\s+top\s*(?:\(\s*(\d+)\s*\)|(\d+))/i.exec(sql.slice(select.end)) ?? [];
  if (whole === undefined) return;
  respell(select.end, select.end + whole.length, distinct);
  // On a line of its own: the statement may end in a comment.
  respell(sql.length, sql.length, `${sql.includes('--') ? '\n' : ' '}LIMIT ${count}`);
}
