import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { PgmcpError } from '../errors.ts';

/** Addresses that a name may not stand for: this machine, its link, its cloud's metadata, everybody. */
const NEVER_BY_NAME = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['224.0.0.0', 3],
] as const) {
  NEVER_BY_NAME.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [
  ['::', 127],
  ['fe80::', 10],
  ['ff00::', 8],
] as const) {
  NEVER_BY_NAME.addSubnet(network, prefix, 'ipv6');
}

/** Looks a name up; the system's way by default. */
export type LookUp = (host: string) => Promise<readonly { readonly address: string; readonly family: number }[]>;

const systemLookUp: LookUp = (host) => lookup(host, { all: true, verbatim: true });

/**
 * Refuses a server that is not on the operator's list. Host and port are compared as they are written, so that another spelling of an
 * address is no way around the list; a name must not stand for an address of this machine or its link, unless that address itself is
 * what the list names.
 *
 * @throws PgmcpError `ACCESS_DENIED`; `CONNECTION_ERROR` when the name cannot be looked up
 */
export async function checkTarget(
  { host, port }: { readonly host: string; readonly port: number },
  allowedHosts: readonly string[],
  lookUp: LookUp = systemLookUp,
): Promise<void> {
  const written = isIP(host) === 6 ? `[${host}]` : host;
  if (!allowedHosts.includes(`${written}:${port}`)) {
    throw new PgmcpError(
      'ACCESS_DENIED',
      `The server ${written}:${port} is not one that connections may be added to. Ask the operator for it (PG_MCP_CONNECTIONS_ALLOWED_HOSTS).`,
    );
  }
  // An address, or the name of this machine, that stands on the list is meant as it is.
  if (isIP(host) !== 0 || host === 'localhost') return;
  const addresses = await lookUp(host).catch((cause: unknown) => {
    throw new PgmcpError('CONNECTION_ERROR', `The name ${host} cannot be looked up.`, { cause, retryable: true });
  });
  for (const { address, family } of addresses) {
    const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
    if (NEVER_BY_NAME.check(plain, isIP(plain) === 4 || family === 4 ? 'ipv4' : 'ipv6')) {
      throw new PgmcpError(
        'ACCESS_DENIED',
        `The name ${host} stands for an address of this machine or of its network link, which may not be connected to by a name.`,
      );
    }
  }
}
