import { createHash, timingSafeEqual } from 'node:crypto';
import { BlockList, isIPv6 } from 'node:net';
import type { Caller, TrustedProxyConfiguration } from '@pgmcp/server';
import type { AuthFailure } from './auth-failure.ts';
import { isIdentityText } from './identity-text.ts';

/** The header in which a proxy proves that it is the trusted one. */
export const PROXY_SECRET_HEADER = 'x-pgmcp-proxy-secret';

/** What the headers of a request are worth. `untrusted`: there were identity headers, and they count for nothing. */
export type ProxyVerdict =
  | { readonly kind: 'none' | 'untrusted' }
  | { readonly kind: 'caller'; readonly caller: Caller }
  | { readonly kind: 'refused'; readonly failure: AuthFailure };

/** Reads the identity that a trusted proxy states. */
export type ReadProxyIdentity = (headers: Headers, peerAddress: string | undefined) => ProxyVerdict;

/** Whether a header states an identity, to whomever it may be addressed. */
export const isIdentityHeader = (name: string): boolean => name.startsWith('x-rls-') || name === PROXY_SECRET_HEADER;

/**
 * Makes the reader of identity headers. They count when the connection comes from a configured network and the shared secret is
 * there; otherwise they are as good as absent. The address is the peer's of the socket: X-Forwarded-For is whatever a client writes.
 */
export function createProxyIdentity(configuration: TrustedProxyConfiguration | undefined): ReadProxyIdentity {
  if (configuration === undefined) {
    return (headers) => ({ kind: [...headers.keys()].some(isIdentityHeader) ? 'untrusted' : 'none' });
  }
  const { cidrs, secret, userHeader, tenantHeader, roleHeader, scopes } = configuration;
  const named = [userHeader, tenantHeader, roleHeader];
  const networks = new BlockList();
  for (const cidr of cidrs) {
    const [address = '', bits] = cidr.split('/');
    networks.addSubnet(address, Number(bits), isIPv6(address) ? 'ipv6' : 'ipv4');
  }
  const expected = digest(secret.reveal());

  function isTrusted(headers: Headers, peerAddress: string | undefined): boolean {
    if (peerAddress === undefined) return false;
    const address = peerAddress.replace(/^::ffff:(?=\d+\.)/, '');
    if (!networks.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')) return false;
    return timingSafeEqual(digest(headers.get(PROXY_SECRET_HEADER) ?? ''), expected);
  }

  return (headers, peerAddress) => {
    const stated = [...headers.keys()].filter((name) => isIdentityHeader(name) || named.includes(name));
    if (stated.length === 0) return { kind: 'none' };
    if (!isTrusted(headers, peerAddress)) return { kind: 'untrusted' };
    const values = named.map((name) => headers.get(name) ?? undefined);
    // Node joins a header that came twice with a comma and a space: which of the two the proxy meant nobody can tell.
    if (values.some((value) => value !== undefined && (!isIdentityText(value) || value.includes(',')))) {
      return { kind: 'refused', failure: { kind: 'forbidden', reason: 'an identity header is not one usable value' } };
    }
    const [user, tenant, role] = values;
    if (user === undefined) {
      return { kind: 'refused', failure: { kind: 'forbidden', reason: `a trusted proxy sent no ${userHeader}` } };
    }
    return {
      kind: 'caller',
      caller: {
        id: `proxy:${user}`,
        scopes: new Set(scopes),
        ...(tenant !== undefined && { tenant }),
        ...(role !== undefined && { identity: { role } }),
      },
    };
  };
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
