import { PgmcpError } from '@pgmcp/server';

/** What to do about an address that cannot be had, by the code of the operating system. */
const CURES: Readonly<Record<string, (setting: string) => string>> = {
  EADDRINUSE: (setting) => `Another program listens there: end it, or choose another port (${setting}).`,
  EACCES: (setting) => `Ports below 1024 need a privilege: choose another one (${setting}) behind a proxy.`,
  EADDRNOTAVAIL: () => 'No interface of this machine has that address: use 127.0.0.1, or one that it has.',
  ENOTFOUND: () => 'That name has no address: use one that this machine has.',
};

/**
 * The error of a socket that could not be opened, with its cure.
 *
 * @param setting where the port is chosen
 * @returns anything else as it is
 */
export function cannotListen(error: unknown, host: string, port: number, setting: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const cure = Object.hasOwn(CURES, code) ? CURES[code] : undefined;
  if (cure === undefined) return error;
  return new PgmcpError('VALIDATION_ERROR', `Cannot listen on ${host}:${port} (${code}). ${cure(setting)}`, {
    cause: error,
  });
}
