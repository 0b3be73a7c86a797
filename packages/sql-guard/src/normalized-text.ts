import { inOrder } from './in-order.ts';
import type { TextToken } from './parser.ts';
import { type Fields, fieldsOf, isFields, listOf, locationOf, textOf } from './tree.ts';

/** What normalising needs of a judged statement. */
export interface NormalizedParts {
  readonly literals: readonly Fields[];
  /** SELECT statements that group or sort. */
  readonly orderedSelects: readonly Fields[];
  readonly parameters: ReadonlySet<number>;
}

/** True when a number or word cannot end before this character: letters, digits, `_`, `$`, `.` and everything beyond ASCII. */
function goesOn(text: string, at: number): boolean {
  if (at >= text.length) return false;
  const code = text.charCodeAt(at);
  return (
    (code >= 48 && code <= 57) ||
    (code >= 65 && code <= 90) ||
    (code >= 97 && code <= 122) ||
    code === 95 ||
    code === 36 ||
    code === 46 ||
    code >= 128
  );
}

const quote = 39;
const ampersand = 38;

/** True where E, N or U& before it belongs to a string. */
const opensString = (text: string, at: number): boolean =>
  text.charCodeAt(at) === quote || text.charCodeAt(at) === ampersand;

/** How a literal is written when nothing special is done; undefined when only the scanner can tell. */
function plainSpelling(literal: Fields): string | undefined {
  const { ival, fval, sval, boolval } = literal;
  if (isFields(sval)) {
    const value = textOf(sval['sval']) ?? '';
    return `'${value.includes("'") ? value.replaceAll("'", "''") : value}'`;
  }
  if (isFields(ival)) return String(ival['ival'] ?? 0);
  if (isFields(fval)) return textOf(fval['fval']);
  if (isFields(boolval)) return boolval['boolval'] === true ? 'true' : 'false';
  return literal['isnull'] === true ? 'null' : undefined;
}

/** Where a literal ends, when the text holds it as it is usually written. The value must be found there: nothing is lexed. */
function plainEnd(text: string, at: number, literal: Fields, toBytes: (text: string) => string): number | undefined {
  const written = plainSpelling(literal);
  if (written === undefined || written === '') return undefined;
  const spelling = toBytes(written);
  const end = at + spelling.length;
  if (spelling.charCodeAt(0) === quote) {
    if (text.startsWith(spelling, at)) return text.charCodeAt(end) === quote ? undefined : end;
    // The grammar makes strings out of words: EXTRACT(year FROM …).
    const word = spelling.slice(1, -1);
    const wordEnd = at + word.length;
    return word !== '' &&
      text.slice(at, wordEnd).toLowerCase() === word &&
      !goesOn(text, wordEnd) &&
      !opensString(text, wordEnd)
      ? wordEnd
      : undefined;
  }
  return (text.startsWith(spelling, at) || text.slice(at, end).toLowerCase() === spelling) && !goesOn(text, end)
    ? end
    : undefined;
}

/** Every item of GROUP BY may be compared with every column: enough for what people write, and soon over for what only fills the text. */
const maxComparisons = 50_000;

/** How many more comparisons a text may take. */
interface Budget {
  left: number;
}

/** Two expressions that are the same but for their literals and places; false when the budget is spent. */
function sameShape(left: unknown, right: unknown, budget: Budget): boolean {
  const stack: unknown[] = [left, right];
  while (stack.length > 0) {
    const other = stack.pop();
    const one = stack.pop();
    budget.left -= 1;
    if (budget.left < 0) return false;
    if (!isObject(one) || !isObject(other)) {
      if (one !== other) return false;
      continue;
    }
    if (one['A_Const'] !== undefined && other['A_Const'] !== undefined) continue;
    let keys = 0;
    for (const key in one) {
      if (key === 'location') continue;
      keys += 1;
      stack.push(one[key], other[key]);
    }
    for (const key in other) if (key !== 'location') keys -= 1;
    if (keys !== 0) return false;
  }
  return true;
}

/** Whether two nodes are of one kind, which most that are compared are not. */
function sameTag(left: unknown, right: unknown): boolean {
  if (!isObject(left) || !isObject(right)) return false;
  for (const tag in left) return right[tag] !== undefined;
  return false;
}

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

const noLiterals: readonly Fields[] = [];

/** The literals of an expression, in an order that is the same for each expression of its shape. */
function literalsOf(expression: unknown): readonly Fields[] {
  // Most of what is grouped by.
  if (!isObject(expression) || expression['ColumnRef'] !== undefined) return noLiterals;
  let found: Fields[] | undefined;
  const stack: Fields[] = [expression];
  for (let value = stack.pop(); value !== undefined; value = stack.pop()) {
    const literal = fieldsOf(value, 'A_Const');
    if (literal) {
      if (found) found.push(literal);
      else found = [literal];
    } else if (Array.isArray(value)) {
      for (const part of value as readonly unknown[]) if (isObject(part)) stack.push(part);
    } else {
      for (const key in value) {
        const part = value[key];
        if (isObject(part)) stack.push(part);
      }
    }
  }
  return found ?? noLiterals;
}

/** No SELECT has more columns, so that a larger number is no position. */
const maxColumns = 1_664;

function isPosition(expression: unknown): boolean {
  const number = fieldsOf(expression, 'A_Const')?.['ival'];
  if (!isFields(number)) return false;
  const position = Number(number['ival'] ?? 0);
  return position > 0 && position <= maxColumns;
}

/** A part of the text that is replaced: a literal, or a comment, which may hold literals of its own. */
interface Span {
  readonly start: number;
  readonly end: number;
  readonly literal: Fields | undefined;
}

const mayHoldComments = (sql: string): boolean => sql.includes('--') || sql.includes('/*');

/**
 * Writes a statement without comments and with `$n` in place of its literals, numbered through the text. Positions in GROUP BY and ORDER BY stay, and an
 * expression that is grouped by takes the numbers of the same expression in the select list, so that the result is still SQL.
 *
 * The places come from the judged tree. libpg-query has a function for this, which parses the text once more and costs half a verdict.
 *
 * @param scan tokens of the text; asked only for comments, and when a literal is written in an unusual way.
 */
export function normalizeText(
  sql: string,
  byteLength: number,
  parts: NormalizedParts,
  scan: (sql: string) => readonly TextToken[],
): string {
  const commented = mayHoldComments(sql);
  if (parts.literals.length === 0 && !commented) return sql;
  const ordered = parts.orderedSelects.length === 0 ? undefined : pairLiterals(parts.orderedSelects);

  // Places count bytes: in this form each byte is one character.
  const wide = byteLength !== sql.length;
  const toBytes = (text: string) => (wide ? Buffer.from(text, 'utf8').toString('latin1') : text);
  const text = toBytes(sql);
  let tokens = commented ? placesOf(scan(sql)) : undefined;
  const spans: Span[] = tokens === undefined ? [] : commentsOf(tokens.order);
  for (const literal of parts.literals) {
    if (ordered?.kept.has(literal)) continue;
    const start = locationOf(literal);
    if (start < 0) continue;
    let end = plainEnd(text, start, literal, toBytes);
    if (end === undefined) {
      tokens ??= placesOf(scan(sql));
      end = tokenEnd(tokens, text, start);
    }
    if (end !== undefined) spans.push({ start, end, literal });
  }
  const inPlace = inOrder(spans, (span) => span.start);
  const numbers = ordered && ordered.twins.size > 0 ? new Map<Fields, number>() : undefined;
  let next = parts.parameters.size === 0 ? 0 : Math.max(...parts.parameters);
  let result = '';
  let from = 0;
  for (const { start, end, literal } of inPlace) {
    if (start < from) continue;
    if (literal === undefined) {
      result += text.slice(from, start) + blankFor(text, start, end);
      from = end;
      continue;
    }
    const twin = ordered?.twins.get(literal);
    const number = (twin && numbers?.get(twin)) ?? ++next;
    numbers?.set(literal, number);
    result += `${text.slice(from, start)}$${number}`;
    from = end;
  }
  result += text.slice(from);
  if (commented) result = result.trim();
  return wide ? Buffer.from(result, 'latin1').toString('utf8') : result;
}

/** Token types of the pinned scanner that carry a value: FCONST, SCONST, USCONST, BCONST, XCONST, ICONST. */
const valueTokens: ReadonlySet<number> = new Set([260, 261, 262, 263, 264, 266]);

/** SQL_COMMENT, C_COMMENT. */
const commentTokens: ReadonlySet<number> = new Set([275, 276]);

const commentsOf = (tokens: readonly TextToken[]): Span[] =>
  tokens
    .filter(({ tokenType }) => commentTokens.has(tokenType))
    .map(({ start, end }) => ({ start, end, literal: undefined }));

/** What stands for a comment: nothing, where a blank beside it still parts the words. */
function blankFor(text: string, start: number, end: number): string {
  const parted = start === 0 || end >= text.length || isBlank(text, start - 1) || isBlank(text, end);
  return parted ? '' : ' ';
}

const isBlank = (text: string, at: number): boolean => text.charCodeAt(at) <= 32;

/** Replaces every value that the scanner finds, and takes comments out, for statements that keep texts beside the nodes of their tree. */
export function normalizeEveryToken(sql: string, scan: (sql: string) => readonly TextToken[]): string {
  const text = Buffer.from(sql, 'utf8').toString('latin1');
  let result = '';
  let from = 0;
  let number = 0;
  for (const { start, end, tokenType } of scan(sql)) {
    const isComment = commentTokens.has(tokenType);
    if (!isComment && !valueTokens.has(tokenType)) continue;
    if (!isComment) number += 1;
    result += text.slice(from, start) + (isComment ? blankFor(text, start, end) : `$${number}`);
    from = end;
  }
  return Buffer.from((result + text.slice(from)).trim(), 'latin1').toString('utf8');
}

/** The tokens of a text, and which of them begins where. */
interface TokenPlaces {
  readonly order: readonly TextToken[];
  readonly indexAt: ReadonlyMap<number, number>;
}

const placesOf = (order: readonly TextToken[]): TokenPlaces => ({
  order,
  indexAt: new Map(order.map(({ start }, index) => [start, index])),
});

function tokenEnd({ order, indexAt }: TokenPlaces, text: string, start: number): number | undefined {
  const first = indexAt.get(start);
  if (first === undefined) return undefined;
  if (text[start] !== '-') return order[first]?.end;
  // A negative number is several tokens: its signs, brackets around it, and comments between them.
  let brackets = 0;
  let found = false;
  for (let index = first; index < order.length; index += 1) {
    const token = order[index];
    if (token === undefined) break;
    const written = text.slice(token.start, token.end);
    if (written === '(') brackets += 1;
    else if (written === ')') brackets -= 1;
    else if (valueTokens.has(token.tokenType)) found = true;
    if (found && brackets <= 0) return token.end;
  }
  return undefined;
}

/** Literals of sorted and grouped queries that are not numbered like the others. */
interface OrderedLiterals {
  /** Positions, which stay. */
  readonly kept: Set<Fields>;
  /** Those of GROUP BY, with the same ones in the select list. */
  readonly twins: Map<Fields, Fields>;
}

function pairLiterals(selects: readonly Fields[]): OrderedLiterals {
  const ordered: OrderedLiterals = { kept: new Set(), twins: new Map() };
  const budget = { left: maxComparisons };
  for (const select of selects) pairWithTargets(select, ordered, budget);
  return ordered;
}

function pairWithTargets(select: Fields, { kept, twins }: OrderedLiterals, budget: Budget): void {
  for (const item of listOf(select['sortClause'])) {
    const node = fieldsOf(item, 'SortBy')?.['node'];
    if (isPosition(node)) kept.add(fieldsOf(node, 'A_Const') as Fields);
  }
  for (const item of listOf(select['groupClause'])) {
    if (isPosition(item)) {
      kept.add(fieldsOf(item, 'A_Const') as Fields);
      continue;
    }
    if (budget.left < 0) continue;
    const literals = literalsOf(item);
    if (literals.length === 0) continue;
    const target = listOf(select['targetList']).find((candidate) => {
      const value = fieldsOf(candidate, 'ResTarget')?.['val'];
      return sameTag(value, item) && sameShape(value, item, budget);
    });
    if (!target) continue;
    const originals = literalsOf(fieldsOf(target, 'ResTarget')?.['val']);
    for (const [index, literal] of literals.entries()) {
      const original = originals[index];
      if (original) twins.set(literal, original);
    }
  }
}
