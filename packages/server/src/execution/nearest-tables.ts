import { type DatabaseCatalog, findTables, qualifiedName } from '@pgmcp/schema-introspect';
import type { PostgresError } from '../postgres-error.ts';

/** Where PostgreSQL says that a relation named in FROM does not exist; the same SQLSTATE also stands for an alias that FROM lacks. */
const RELATION_LOOKUP = 'parserOpenTable';

/** A name at the beginning of a text, with a schema or without, quoted or not. */
const QUALIFIED_NAME =
  /^(?:"(?:[^"]|"")+"|[\p{L}_][\p{L}\p{N}_$]*)(?:\s*\.\s*(?:"(?:[^"]|"")+"|[\p{L}_][\p{L}\p{N}_$]*)){0,2}/u;

/** Names in an error message; more are no help. */
const MAX_NAMES = 3;

/**
 * The tables that were probably meant by a name that PostgreSQL did not find. The name is read at the place of the error: the
 * message of the error is in the language of the server.
 *
 * @param readCatalog the structure as the caller may see it; when it cannot be read there are no names
 */
export async function nearestTables(
  { code, position, routine }: PostgresError,
  sql: string,
  readCatalog: () => Promise<DatabaseCatalog>,
): Promise<readonly string[]> {
  if (code !== '42P01' || routine !== RELATION_LOOKUP || position === undefined) return [];
  const text = [...sql].slice(Number(position) - 1).join('');
  const [name] = QUALIFIED_NAME.exec(text) ?? [];
  if (name === undefined) return [];
  const catalog = await readCatalog().catch(() => undefined);
  if (catalog === undefined) return [];
  const { found, missing } = findTables(catalog, [name]);
  // A table that is there was not found because its schema is not on the search path: the whole name finds it.
  const names = [
    ...found.map((table) => qualifiedName(table.schema, table.name)),
    ...missing.flatMap(({ nearest }) => nearest),
  ];
  return names.slice(0, MAX_NAMES);
}
