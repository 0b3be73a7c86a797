import { type Call, callerKey } from '../call.ts';
import { type DatabaseConfiguration, readDatabase } from '../config/index.ts';
import { connectionCure } from '../connection-cure.ts';
import { databaseText } from '../database-text.ts';
import type { ConnectedDatabase } from '../databases.ts';
import { PgmcpError } from '../errors.ts';
import { redact, withoutSecret } from '../observe/index.ts';
import type { Services } from '../services.ts';
import { checkTarget } from './check-target.ts';

/** What a caller says of a connection. */
export interface NewConnection {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  readonly sslMode: NonNullable<DatabaseConfiguration['sslMode']>;
}

/** What may be shown of a connection: where it goes and as whom, never a secret. */
export interface ShownConnection {
  readonly name: string;
  readonly server: string;
  readonly database: string;
  readonly user: string;
  readonly ssl_mode: string;
}

/** Connections of one caller at once, of which each keeps few sockets. */
const MAX_POOL_SIZE = 2;

type Own = Pick<Services, 'databases' | 'configuration' | 'addDatabase' | 'removeDatabase'>;

/** The connections that this caller has added. */
export function listOwn({ databases }: Own, { caller }: Call): readonly ConnectedDatabase[] {
  const key = callerKey(caller);
  return databases.all.filter(({ owner }) => owner === key);
}

/** Shows a connection. */
export function show({ name, connections: { settings } }: ConnectedDatabase): ShownConnection {
  const { targets, database, user, sslMode } = settings;
  return { name, server: targets.join(','), database, user, ssl_mode: sslMode };
}

/**
 * Finds a connection of this caller.
 * @throws PgmcpError `CONNECTION_NOT_FOUND` with those there are
 */
export function findOwn(services: Own, call: Call, name: string): ConnectedDatabase {
  const own = listOwn(services, call);
  const found = own.find((connection) => connection.name === name);
  if (found) return found;
  const names = own.map((connection) => connection.name);
  const there = names.length === 0 ? 'There is none: add one with add_connection.' : `There are: ${names.join(', ')}.`;
  throw new PgmcpError('CONNECTION_NOT_FOUND', `You have added no connection ${JSON.stringify(name)}. ${there}`, {
    details: { available_connections: names },
  });
}

/**
 * Adds a connection that answers. It only reads, whatever mode the other databases have, and takes nothing from the environment or
 * the files of this machine.
 */
export async function addOwn(services: Own, call: Call, wanted: NewConnection): Promise<ConnectedDatabase> {
  const { connections: limits } = services.configuration;
  if (limits.requireTls && wanted.sslMode !== 'verify-full') {
    throw new PgmcpError(
      'VALIDATION_ERROR',
      'ssl_mode must be verify-full here: the operator requires that servers are verified by their certificate.',
    );
  }
  await checkTarget(wanted, limits.allowedHosts);
  if (listOwn(services, call).length >= limits.maxPerCaller) {
    throw new PgmcpError(
      'VALIDATION_ERROR',
      `You have added ${limits.maxPerCaller} connections, as many as one caller may have. Remove one with remove_connection.`,
    );
  }
  const { name, host, port, database: dbname, user, password, sslMode } = wanted;
  const verifies = sslMode === 'verify-full' || sslMode === 'verify-ca';
  const configuration = readDatabase({
    ...{ name, host, port, dbname, user, password, sslMode },
    ...(verifies && { sslRootCert: 'system' }),
    minPoolSize: 0,
    maxPoolSize: MAX_POOL_SIZE,
    security: { mode: 'read-only' },
  });
  const added = services.addDatabase(configuration, callerKey(call.caller));
  try {
    await added.connections.with({ signal: call.signal }).query('SELECT 1');
    return added;
  } catch (error) {
    services.removeDatabase(name, callerKey(call.caller));
    throw notConnected(name, error, password);
  }
}

/** A failure to connect, for a caller who cannot change the settings of this server. What the server said may repeat the password. */
function notConnected(name: string, error: unknown, password: string): PgmcpError {
  const said = error instanceof Error ? error.message : String(error);
  const reason = databaseText(redact(withoutSecret(said, password)));
  const cure = (connectionCure(error) ?? '').replaceAll(/ ?\([^)]*PG_MCP_[^)]*\)|[^.:]*PG_MCP_[^.:]*[.:]/g, '').trim();
  // Without the cause, which would be logged as the server wrote it.
  return new PgmcpError(
    'CONNECTION_ERROR',
    `The connection ${name} does not work, and is not there: ${reason} ${cure}`.trim(),
  );
}
