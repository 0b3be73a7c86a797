import type { FoundTables } from '@pgmcp/schema-introspect';
import { PgmcpError } from './errors.ts';

/**
 * The error of tables that were asked for by name and are not there, with the names that were probably meant.
 *
 * @param missing what `findTables` did not find in the catalog that the caller may see: no hidden name is given away
 * @param whereToLook what shows the tables that are there
 */
export function noSuchTable(databaseName: string, missing: FoundTables['missing'], whereToLook?: string): PgmcpError {
  const names = missing.map(({ name }) => name).join(', ');
  const message = `No such table in ${databaseName}: ${names}. ${tableCure(
    missing.flatMap(({ nearest }) => nearest),
    whereToLook,
  )}`;
  return new PgmcpError('VALIDATION_ERROR', message, {
    details: { missing: missing.map(({ name, nearest }) => ({ name, nearest: [...nearest] })) },
  });
}

/** What to do about a table that is not there. */
export function tableCure(nearest: readonly string[], whereToLook = 'Use list_tables to see what there is.'): string {
  return nearest.length > 0 ? `Did you mean ${nearest.join(' or ')}?` : whereToLook;
}
