/**
 * Where the lexical element that begins at `start` ends, by PostgreSQL's lexical rules
 * (https://www.postgresql.org/docs/current/sql-syntax-lexical.html). Anything else is one character long; an element
 * that is not closed reaches to the end.
 */
export function endOfElement(sql: string, start: number): number {
  const rest = sql.length;
  const next = sql[start + 1];
  switch (sql[start]) {
    case "'":
      return endOfQuoted(sql, start, "'", /[eE]/.test(sql[start - 1] ?? '') && !/[\w$]/.test(sql[start - 2] ?? ''));
    case '"':
      return endOfQuoted(sql, start, '"', false);
    case '$': {
      const tag = /^\$(?:[\p{L}_][\p{L}\p{N}_]*)?\$/u.exec(sql.slice(start, start + 66))?.[0];
      if (tag === undefined || /[\p{L}\p{N}_$]/u.test(sql[start - 1] ?? '')) return start + 1;
      const close = sql.indexOf(tag, start + tag.length);
      return close === -1 ? rest : close + tag.length;
    }
    case '-': {
      if (next !== '-') return start + 1;
      const end = sql.slice(start).search(/[\r\n]/);
      return end === -1 ? rest : start + end;
    }
    case '/':
      return next === '*' ? endOfComment(sql, start) : start + 1;
    default:
      return start + 1;
  }
}

function endOfQuoted(sql: string, start: number, quote: string, backslashes: boolean): number {
  for (let at = start + 1; at < sql.length; at++) {
    if (backslashes && sql[at] === '\\') at++;
    else if (sql[at] === quote) {
      if (sql[at + 1] !== quote) return at + 1;
      at++;
    }
  }
  return sql.length;
}

// Block comments nest in PostgreSQL, unlike in the SQL standard's older readers.
function endOfComment(sql: string, start: number): number {
  let depth = 1;
  for (let at = start + 2; at < sql.length; at++) {
    if (sql[at] === '/' && sql[at + 1] === '*') {
      depth++;
      at++;
    } else if (sql[at] === '*' && sql[at + 1] === '/') {
      depth--;
      at++;
      if (depth === 0) return at + 1;
    }
  }
  return sql.length;
}

const isComment = (element: string): boolean => element.startsWith('--') || element.startsWith('/*');

/**
 * Splits a text at the semicolons that end statements, not at those inside strings, quoted names, dollar quotes and
 * comments. Pieces without anything but blanks and comments are left out; the semicolons are not part of the pieces.
 *
 * It decides nothing about safety: the check judges the text that is run. It only tells one statement from several.
 */
export function splitStatements(sql: string): string[] {
  const statements: string[] = [];
  let begin = 0;
  let meaningful = false;
  const close = (end: number): void => {
    if (meaningful) statements.push(sql.slice(begin, end).trim());
    begin = end + 1;
    meaningful = false;
  };
  for (let at = 0; at < sql.length; ) {
    if (sql[at] === ';') {
      close(at);
      at++;
      continue;
    }
    const end = endOfElement(sql, at);
    const element = sql.slice(at, end);
    if (!isComment(element) && element.trim() !== '') meaningful = true;
    at = end;
  }
  close(sql.length);
  return statements;
}

/** The text with comments gone and blanks outside of quotes folded to one: equal for statements that differ in layout only. */
export function foldLayout(sql: string): string {
  let folded = '';
  for (let at = 0; at < sql.length; ) {
    const end = endOfElement(sql, at);
    const element = sql.slice(at, end);
    folded += isComment(element) || /^\s$/.test(element) ? (folded.endsWith(' ') ? '' : ' ') : element;
    at = end;
  }
  // Not by a pattern, which takes quadratic time on a string of thousands of semicolons inside quotes.
  let length = folded.length;
  while (length > 0 && /[\s;]/.test(folded[length - 1] ?? '')) length--;
  return folded.slice(0, length).trim();
}
