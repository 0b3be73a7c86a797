/** A replacement of a stretch of SQL, in string offsets; `end` is exclusive. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** One part of a name as it is written: `"Order Date"` or `id`. */
export interface NamePart {
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
  /** The name as PostgreSQL reads it: unquoted and folded to lower case, or what is between the quotes. */
  readonly name: string;
}

/** Turns the UTF-8 byte offsets of a parse tree into offsets of the JavaScript string. */
export function byteOffsets(sql: string): (byteOffset: number) => number {
  // Without other characters than ASCII the two are the same, which is nearly always.
  if (/^[\u0000-\u007f]*$/.test(sql)) return (byteOffset) => byteOffset;
  const stringOffsets: number[] = [];
  let at = 0;
  for (const character of sql) {
    const code = character.codePointAt(0) ?? 0;
    const bytes = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (let byte = 0; byte < bytes; byte++) stringOffsets.push(at);
    at += character.length;
  }
  return (byteOffset) => stringOffsets[byteOffset] ?? sql.length;
}

/** Offset of the string for PostgreSQL's 1-based position in characters. */
export function positionOffset(sql: string, position: number): number {
  let at = 0;
  let count = 1;
  for (const character of sql) {
    if (count === position) return at;
    at += character.length;
    count++;
  }
  return sql.length;
}

/** Applies edits that do not overlap; of two that do, the first stays. */
export function applyEdits(sql: string, edits: readonly Edit[]): string {
  let result = '';
  let at = 0;
  for (const edit of [...edits].sort((left, right) => left.start - right.start || left.end - right.end)) {
    if (edit.start < at) continue;
    result += sql.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + sql.slice(at);
}

const blanks = /(?:\s|--[^\n]*(?:\n|$)|\/\*(?:[^*]|\*(?!\/))*\*\/)*/y;
// PostgreSQL takes every character beyond ASCII for a letter, typographic quotes included.
const plainName = /[A-Za-z_\u0080-\u{10ffff}][\w$\u0080-\u{10ffff}]*/uy;
const quotedName = /"(?:[^"]|"")*"/y;

function matchAt(pattern: RegExp, sql: string, start: number): string | undefined {
  pattern.lastIndex = start;
  return pattern.exec(sql)?.[0];
}

/** The offset after blanks and comments. */
export const skipBlanks = (sql: string, start: number): number => start + (matchAt(blanks, sql, start)?.length ?? 0);

/** The name that begins at an offset, if one does. */
export function readName(sql: string, start: number): NamePart | undefined {
  const quoted = matchAt(quotedName, sql, start);
  if (quoted !== undefined) {
    return { start, end: start + quoted.length, quoted: true, name: quoted.slice(1, -1).replaceAll('""', '"') };
  }
  const plain = matchAt(plainName, sql, start);
  if (plain === undefined) return undefined;
  // PostgreSQL folds only ASCII letters in a database with UTF-8.
  const name = plain.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  return { start, end: start + plain.length, quoted: false, name };
}

/** The parts of a dotted name: `a."B".c`. */
export function readNameChain(sql: string, start: number): NamePart[] {
  const parts: NamePart[] = [];
  for (let at = start; ; ) {
    const part = readName(sql, at);
    if (part === undefined) return parts;
    parts.push(part);
    const dot = skipBlanks(sql, part.end);
    if (sql[dot] !== '.') return parts;
    at = skipBlanks(sql, dot + 1);
  }
}
