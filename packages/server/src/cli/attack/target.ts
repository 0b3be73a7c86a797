import { PgmcpError } from '../../errors.ts';

/** The MCP server that is attacked: a program that is started, or an address. */
export type AttackTarget = { readonly command: string; readonly arguments: readonly string[] } | { readonly url: URL };

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * Reads what stands behind `attack`: one address, or a program with its arguments.
 *
 * @param owned `--i-own-this-server`: without it only this machine is attacked.
 * @throws PgmcpError `VALIDATION_ERROR`
 */
export function readTarget(words: readonly string[], owned: boolean): AttackTarget {
  const [first = '', ...rest] = words;
  if (!/^https?:\/\//i.test(first)) return { command: first, arguments: rest };
  if (!URL.canParse(first)) throw new PgmcpError('VALIDATION_ERROR', `${first} is not an address.`);
  const url = new URL(first);
  if (!owned && !LOOPBACK.test(url.hostname)) {
    throw new PgmcpError(
      'VALIDATION_ERROR',
      `${url.hostname} is not this machine. Attack only what is yours, and say so with --i-own-this-server.`,
    );
  }
  return { url };
}
