import { databaseOf, readConnectionUrl } from './connection-url.ts';
import type { DatabaseConfiguration } from './sections/databases.ts';
import type { Environment } from './source.ts';

/** Where the server keeps its own records. */
export interface StoreConfiguration {
  readonly place:
    | { readonly kind: 'memory'; readonly maxRecords: number }
    /** PGlite in a folder: one process at a time. */
    | { readonly kind: 'directory'; readonly path: string }
    | { readonly kind: 'postgresql'; readonly connection: DatabaseConfiguration };
  readonly schema: string;
  readonly autoMigrate: boolean;
  readonly sweepIntervalMs: number;
  readonly backup?: { readonly directory: string; readonly intervalMs: number; readonly keep: number };
}

/** How long one statement of the store may run, in milliseconds; a migration of a large table is an operator's work. */
export const STORE_STATEMENT_TIMEOUT_MS = 30_000;

/**
 * Which database of the assistants is queried by the role that keeps the records, in the same database.
 *
 * @returns cause and cure, when there is one
 */
export function sharedRoleProblem(
  { place }: StoreConfiguration,
  databases: readonly DatabaseConfiguration[],
  environment: Environment,
): string | undefined {
  if (place.kind !== 'postgresql') return undefined;
  const shared = databases.find((database) => isSameRole(place.connection, database, environment));
  if (shared === undefined) return undefined;
  return `It is the role and the database of "${shared.name}", whose statements come from assistants: they could read and change these records. Use another role, or another database.`;
}

/** One role in one database. Hosts are compared as they are written: another name of the same host is not found out. */
function isSameRole(store: DatabaseConfiguration, other: DatabaseConfiguration, environment: Environment): boolean {
  const [left, right] = [placeOf(store, environment), placeOf(other, environment)];
  return (
    left.user === right.user &&
    left.database === right.database &&
    left.hosts.some((host) => right.hosts.includes(host))
  );
}

function placeOf(database: DatabaseConfiguration, environment: Environment) {
  const read = database.url === undefined ? undefined : readConnectionUrl(database.url.reveal());
  const url = read !== undefined && 'url' in read ? read.url : undefined;
  const defaultPort = Number(environment['PGPORT'] ?? 5432);
  const hosts = url?.hosts.length
    ? url.hosts
    : [{ host: database.host ?? environment['PGHOST'] ?? 'localhost', port: database.port }];
  return {
    user: url?.parameters.get('user') ?? url?.user ?? database.user ?? environment['PGUSER'],
    database: (url && databaseOf(url)) ?? database.dbname ?? environment['PGDATABASE'],
    hosts: hosts.map(
      ({ host, port }) => `${host.toLowerCase().replace('127.0.0.1', 'localhost')}:${port ?? defaultPort}`,
    ),
  };
}
