import { connectionConfiguration } from './sections/database-connections.ts';
import { type DatabaseConfiguration, databaseSchema } from './sections/databases.ts';

/** Reads a database that a call has named as one in the file would be read, defaults included. */
export function readDatabase(
  written: { readonly name: string } & Readonly<Record<string, unknown>>,
): DatabaseConfiguration {
  const { url: _url, ...settings } = databaseSchema.parse(written);
  const database = { ...connectionConfiguration(settings), name: written.name };
  return Object.fromEntries(Object.entries(database).filter(([, value]) => value !== undefined)) as never;
}
