import { endOfElement } from '../split-statements.ts';
import { isReserved } from './quote-name.ts';
import { type NamePart, readName, readNameChain, skipBlanks } from './source-text.ts';

/** Words that may follow a table without being its alias, though the grammar does not reserve them. */
const notAliases = new Set(['tablesample']);

/** Where a table of a FROM clause ends, its alias included. */
export function endOfTableReference(sql: string, start: number): number | undefined {
  const last = readNameChain(sql, start).at(-1);
  if (last === undefined) return undefined;
  let at = skipBlanks(sql, last.end);
  const word = readName(sql, at);
  if (word === undefined) return last.end;
  const hasAs = !word.quoted && word.name === 'as';
  if (hasAs) at = skipBlanks(sql, word.end);
  const alias = hasAs ? readName(sql, at) : word;
  if (alias === undefined) return undefined;
  if (!hasAs && !alias.quoted && (isReserved(alias.name) || notAliases.has(alias.name))) return last.end;
  const open = skipBlanks(sql, alias.end);
  return sql[open] === '(' ? endOfParentheses(sql, open) : alias.end;
}

/** The offset behind the parenthesis that closes the one at `open`. */
export function endOfParentheses(sql: string, open: number): number | undefined {
  let depth = 0;
  for (let at = open; at < sql.length; ) {
    if (sql[at] === '(' || sql[at] === '[') depth++;
    if (sql[at] === ')' || sql[at] === ']') {
      depth--;
      if (depth === 0) return at + 1;
    }
    at = endOfElement(sql, at);
  }
  return undefined;
}

/** The columns of a USING clause that stands behind a table. */
export function readUsing(sql: string, after: number): NamePart[] {
  const word = readName(sql, skipBlanks(sql, after));
  if (word?.name !== 'using' || word.quoted) return [];
  const parts: NamePart[] = [];
  let at = skipBlanks(sql, word.end);
  while (sql[at] === '(' || sql[at] === ',') {
    const part = readName(sql, skipBlanks(sql, at + 1));
    if (part === undefined) break;
    parts.push(part);
    at = skipBlanks(sql, part.end);
  }
  return parts;
}

/** Where the expression of a SELECT list's item ends that has an alias, after AS or bare; `undefined` when that is not clear. */
export function endOfOutput(sql: string, start: number): number | undefined {
  let as: number | undefined;
  let last: NamePart | undefined;
  let end = start;
  // Without AS the alias is the name with which the item ends.
  const alias = (): number | undefined => as ?? (last?.end === end && last.start > start ? last.start : undefined);
  for (let at = start; at < sql.length; ) {
    const character = sql[at] ?? '';
    if (character === '(' || character === '[') {
      const close = endOfParentheses(sql, at);
      if (close === undefined) return undefined;
      at = close;
      end = close;
      continue;
    }
    if (character === ',' || character === ')' || character === ';') return alias();
    const name = readName(sql, at);
    if (name === undefined) {
      const next = skipBlanks(sql, at);
      at = next > at ? next : endOfElement(sql, at);
      if (next < at) end = at;
      continue;
    }
    if (!name.quoted && name.name === 'from') return alias();
    if (!name.quoted && name.name === 'as') as = name.start;
    last = name;
    at = name.end;
    end = at;
  }
  return alias();
}
