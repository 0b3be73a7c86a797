import { readFile } from 'node:fs/promises';
import type { ConnectionOptions } from 'node:tls';
import { errorMessage, PoolError } from './errors.ts';
import type { ResolvedSettings } from './settings.ts';

/** One way to try a connection: `false` is without TLS. */
export type TlsAttempt = false | ConnectionOptions;

async function readPem(settings: ResolvedSettings, path: string, setting: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new PoolError(
      'CONNECT_FAILED',
      `Database "${settings.name}": the file of ${setting} cannot be read: ${errorMessage(error)}`,
      {
        database: settings.name,
        cause: error,
      },
    );
  }
}

async function tlsOptions(settings: ResolvedSettings): Promise<ConnectionOptions> {
  const { sslMode, sslRootCert, sslCert, sslKey } = settings;
  const ownRoots = sslRootCert !== undefined && sslRootCert !== 'system';
  // libpq: with a root certificate at hand, `require` checks the chain as `verify-ca` does.
  const checksChain =
    sslMode === 'verify-full' || sslMode === 'verify-ca' || (sslMode === 'require' && sslRootCert !== undefined);
  return {
    rejectUnauthorized: checksChain,
    ...(checksChain && sslMode !== 'verify-full' ? { checkServerIdentity: () => undefined } : {}),
    ...(ownRoots && checksChain ? { ca: await readPem(settings, sslRootCert, 'sslRootCert') } : {}),
    ...(sslCert === undefined ? {} : { cert: await readPem(settings, sslCert, 'sslCert') }),
    ...(sslKey === undefined ? {} : { key: await readPem(settings, sslKey, 'sslKey') }),
  };
}

/**
 * The ways to try one host, in libpq's order for the mode. Files are read for every connection, so that a renewed certificate
 * is used without a restart. A unix socket is never encrypted, whatever the mode says, as in libpq.
 *
 * @see https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNECT-SSLMODE
 */
export async function tlsAttempts(settings: ResolvedSettings, host: string): Promise<readonly TlsAttempt[]> {
  if (host.startsWith('/')) return [false];
  switch (settings.sslMode) {
    case 'disable':
      return [false];
    case 'allow':
      return [false, await tlsOptions(settings)];
    case 'prefer':
      return [await tlsOptions(settings), false];
    default:
      return [await tlsOptions(settings)];
  }
}
