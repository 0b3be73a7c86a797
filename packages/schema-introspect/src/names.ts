import { QUOTED_KEYWORDS } from './keywords.ts';
import type { TableName } from './schema.ts';

const PLAIN_IDENTIFIER = /^[a-z_][a-z0-9_]*$/;

/**
 * Writes a name as SQL must spell it: in quotes exactly where PostgreSQL's own `quote_ident` puts them (upper case,
 * other characters, key words), else as it is.
 *
 * @example quoteIdentifier('Order') // '"Order"'
 * @see https://www.postgresql.org/docs/18/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS
 */
export function quoteIdentifier(name: string): string {
  if (PLAIN_IDENTIFIER.test(name) && !QUOTED_KEYWORDS.has(name)) return name;
  return `"${name.replaceAll('"', '""')}"`;
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
  const part = /\s*(?:"((?:[^"]|"")+)"|([^".\s]+))\s*(\.|$)/y;
  let end = false;
  while (!end) {
    const match = part.exec(written);
    if (!match) return undefined;
    parts.push(match[1] === undefined ? (match[2] ?? '').toLowerCase() : match[1].replaceAll('""', '"'));
    end = match[3] === '';
  }
  return parts;
}
