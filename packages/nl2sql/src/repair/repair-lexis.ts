import { endOfElement } from '../split-statements.ts';
import { isReserved, quoteName } from './quote-name.ts';
import type { RepairStep } from './repair-step.ts';
import type { Respell, Token } from './respell.ts';
import { respellClauses } from './respell-clauses.ts';
import { respellWord } from './respell-word.ts';
import { readName } from './source-text.ts';

interface Walk {
  readonly sql: string;
  readonly respell: Respell;
  readonly tokens: Token[];
}

/**
 * Respells what PostgreSQL's grammar cannot read: the quotes, escapes and clauses of other databases and of Markdown.
 * It is only ever given text that does not parse, so nothing that PostgreSQL would read otherwise is touched.
 *
 * One pass over the text and one over its words: a model may write a text of nothing but openings.
 */
export function repairLexis(sql: string): readonly RepairStep[] {
  const { steps, respell } = createSteps(sql);
  respellClauses(sql, readTokens(sql, respell), respell);
  if (steps.length === 0) respellConjunctions(sql, respell);
  return steps;
}

/** Respells `SELECT TOP (n) name`, which PostgreSQL reads as a call of a function with an alias. */
export function repairTop(sql: string): readonly RepairStep[] {
  const { steps, respell } = createSteps(sql);
  respellClauses(
    sql,
    readTokens(sql, () => {}),
    respell,
  );
  return steps;
}

function createSteps(sql: string): { readonly steps: readonly RepairStep[]; readonly respell: Respell } {
  const steps: RepairStep[] = [];
  const respell: Respell = (start, end, text, choice = { rule: 'spelling' }) => {
    const from = sql.slice(start, end);
    if (from !== text) steps.push({ ...choice, from, to: text, edits: [{ start, end, text }] });
  };
  return { steps, respell };
}

function readTokens(sql: string, respell: Respell): readonly Token[] {
  const walk: Walk = { sql, respell, tokens: [] };
  for (let at = 0; at < sql.length; ) at = respellElement(walk, at);
  return walk.tokens;
}

const typographicQuotes: Readonly<Record<string, string>> = {
  '‘': "'",
  '’': "'",
  '‚': "'",
  '“': '"',
  '”': '"',
  '„': '"',
};

/** Respells what begins at an offset and gives the offset behind it. */
function respellElement(walk: Walk, at: number): number {
  const { sql, respell, tokens } = walk;
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
    case ')':
    case ',':
      tokens.push({ start: at, end: at + 1, word: character });
      return at + 1;
    default: {
      const quote = typographicQuotes[character];
      if (quote !== undefined) {
        respell(at, at + 1, quote);
        return at + 1;
      }
      const name = readName(sql, at);
      if (name !== undefined) {
        if (name.quoted) return name.end;
        const token = { start: at, end: name.end, word: name.name };
        respellWord(sql, token, tokens.at(-1), respell);
        tokens.push(token);
        return name.end;
      }
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
  if (word === undefined) return /[\p{N}"\])]$/u.test(before);
  // BY, which is no reserved word, stands before names only.
  return /^(?:array|by)$/i.test(word) ? word.length > 2 : !isReserved(word);
}

/** Longer names are none: PostgreSQL cuts them at 63 bytes. */
const longestName = 256;

/** Names of MySQL and of SQL Server. They ignore case there, so a plain name is left to fold. */
function respellQuotedName(sql: string, at: number, close: string, respell: Respell): number {
  const length = sql.slice(at + 1, at + 1 + longestName).indexOf(close);
  if (length === -1) return at + 1;
  const end = at + 1 + length;
  // Markdown may have escaped an underscore inside.
  const name = sql.slice(at + 1, end).replaceAll('\\_', '_');
  // BigQuery quotes a whole path at once.
  const parts = /^[\w-]+(?:\.[\w-]+)+$/.test(name) ? name.split('.') : [name];
  respell(at, end + 1, parts.map(writeName).join('.'));
  return end + 1;
}

function writeName(name: string): string {
  const isPlain = /^[A-Za-z_][A-Za-z0-9_]*$/.test(name);
  return isPlain && !isReserved(name) ? name : quoteName(isPlain ? name.toLowerCase() : name);
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

/**
 * `a = 1 && b = 2` as MySQL has it. Only where nothing else can be wrong: between arrays and ranges `&&` is PostgreSQL's own.
 */
function respellConjunctions(sql: string, respell: Respell): void {
  for (let at = 0; at < sql.length; ) {
    if (sql.startsWith('&&', at)) {
      respell(at, at + 2, 'AND');
      at += 2;
    } else at = endOfElement(sql, at);
  }
}
