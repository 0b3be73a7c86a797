import type { Respell, Token } from './respell.ts';

/** Clauses of other databases that are told by one word and what follows it. */
export function respellWord(sql: string, token: Token, before: Token | undefined, respell: Respell): void {
  const { start, end, word } = token;
  const rest = sql.slice(end, end + 256);
  switch (word) {
    case 'limit': {
      const [whole, offset, count] = /^\s+(\d+)\s*,\s*(\d+)/.exec(rest) ?? [];
      if (whole !== undefined) respell(end, end + whole.length, ` ${count} OFFSET ${offset}`);
      return;
    }
    case 'interval': {
      const [whole, count = '', unit = ''] = /^\s+([-+]?\d+)\s+([a-z]+)/i.exec(rest) ?? [];
      if (whole === undefined) return;
      // PostgreSQL has no interval of quarters.
      const length = /^quarters?$/i.test(unit) ? `${Number(count) * 3} months` : `${count} ${unit}`;
      respell(end, end + whole.length, ` '${length}'`);
      return;
    }
    case 'regexp':
    case 'rlike':
      respellMatch(sql, token, before, respell);
      return;
    case 'try_cast':
    case 'safe_cast':
      if (/^\s*\(/.test(rest)) respell(start, end, 'CAST');
      return;
    case 'signed':
    case 'unsigned': {
      const [whole] = /^\s+int(?:eger)?\b/i.exec(rest) ?? [];
      if (whole !== undefined && before?.word === 'as') respell(start, end + whole.length, 'bigint');
      return;
    }
    case 'any':
    case 'all': {
      const [whole, list] = /^\s*\(\s*('[^']*'(?:\s*,\s*'[^']*')+)\s*\)/.exec(rest) ?? [];
      if (whole !== undefined) respell(end, end + whole.length, ` (ARRAY[${list}])`);
      return;
    }
    default:
  }
}

const ignoringCase = {
  rule: 'formula',
  assumption: 'Patterns are matched without regard to case, as MySQL does.',
} as const;

/**
 * `a REGEXP 'b'`. MySQL, where it is most at home, ignores case; others do not: with letters in the pattern the rule chooses. An
 * escape is left alone: MySQL wants its backslash twice.
 */
function respellMatch(sql: string, { start, end }: Token, before: Token | undefined, respell: Respell): void {
  const [whole, binary, pattern] = /^(\s+binary\b)?\s*'((?:[^']|'')*)'/i.exec(sql.slice(end, end + 256)) ?? [];
  if (pattern?.includes('\\') === true) return;
  const hasCase = binary === undefined && (whole === undefined || /\p{L}/u.test(pattern ?? ''));
  const from = before?.word === 'not' ? before.start : start;
  const operator = `${from === start ? '' : '!'}~${hasCase ? '*' : ''}`;
  respell(from, end + (binary?.length ?? 0), operator, hasCase ? ignoringCase : undefined);
}
