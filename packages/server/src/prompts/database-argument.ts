import { completable } from '@modelcontextprotocol/server';
import { z } from 'zod';
import type { Services } from '../services.ts';

/** The `database` argument of prompts, completed from the names that there are. */
export function databaseArgument(services: Services) {
  return completable(z.string(), (typed) =>
    services.databases.names.filter((name) => name.startsWith(typed)),
  ).optional();
}

/**
 * How a prompt names the database.
 * @throws PgmcpError `UNKNOWN_DATABASE`.
 */
export function databaseClause(services: Services, database: string | undefined): string {
  const { names } = services.databases;
  if (database === undefined && names.length > 1) return `one of the databases ${names.join(', ')}`;
  return `the database "${services.databases.resolve(database).name}"`;
}
