import { QUOTED_KEYWORDS } from './keywords.ts';
import type { TableName } from './schema.ts';

const PLAIN_IDENTIFIER = /^[a-z_][a-z0-9_]*$/;

/**
 * Writes a name as SQL must spell it: in quotes exactly where PostgreSQL's own `quote_ident` puts them (upper case,
 * other characters, key words), else as it is. Names with control or invisible characters are written with escapes
 * (`U&"…\000A…"`), so that no name can break a line.
 *
 * @example quoteIdentifier('Order') // '"Order"'
 * @see https://www.postgresql.org/docs/18/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS
 */
export function quoteIdentifier(name: string): string {
  if (PLAIN_IDENTIFIER.test(name) && !QUOTED_KEYWORDS.has(name)) return name;
  const quoted = name.replaceAll('"', '""');
  if (!UNPRINTABLE.test(name)) return `"${quoted}"`;
  return `U&"${quoted.replaceAll('\\', '\\\\').replace(UNPRINTABLE_ALL, escapeCharacter)}"`;
}

/** Control and invisible formatting characters: raw, a name could look like a line of its own. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
const UNPRINTABLE_ALL = new RegExp(UNPRINTABLE, 'gu');

function escapeCharacter(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
  return code.length <= 4 ? `\\${code.padStart(4, '0')}` : `\\+${code.padStart(6, '0')}`;
}

/** The largest code point of Unicode. */
const LAST_CHARACTER = 0x10ffff;

function unescapeCharacters(text: string): string {
  return text.replace(/\\(?:(\\)|\+([0-9a-fA-F]{6})|([0-9a-fA-F]{4}))/g, (written, backslash, long, short) => {
    if (backslash !== undefined) return '\\';
    const code = Number.parseInt(long ?? short, 16);
    // No character has this number, so no name: it stays as it was written, and is not found.
    return code > LAST_CHARACTER ? written : String.fromCodePoint(code);
  });
}

/** `schema.name`, each part quoted where needed. */
export function qualifiedName(schema: string, name: string): string {
  return `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;
}

/** The shortest spelling that finds a relation: bare where the search path finds it, else with its schema. */
export function referenceTo(table: TableName & { readonly inSearchPath: boolean }): string {
  return table.inSearchPath ? quoteIdentifier(table.name) : qualifiedName(table.schema, table.name);
}

/**
 * Splits a written name at its dots into its parts as PostgreSQL stores them: unquoted parts in lower case, quoted
 * ones exactly, `""` as one quote.
 *
 * @returns undefined when the text is no name (an open quote, an empty part)
 */
export function splitName(written: string): readonly string[] | undefined {
  const parts: string[] = [];
  const part = /\s*(?:([Uu]&)?"((?:[^"]|"")+)"|([^".\s]+))\s*(\.|$)/y;
  let end = false;
  while (!end) {
    const match = part.exec(written);
    if (!match) return undefined;
    const [, escaped, quoted, bare = '', dot] = match;
    const name = quoted?.replaceAll('""', '"');
    if (name === undefined) parts.push(bare.toLowerCase());
    else parts.push(escaped === undefined ? name : unescapeCharacters(name));
    end = dot === '';
  }
  return parts;
}
