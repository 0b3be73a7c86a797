import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProxyIdentity } from '../src/auth/trusted-proxy.ts';
import { startStack } from './http-stack.ts';

const secret = 'a secret between proxy and server, long enough';
const identity = { 'x-rls-user-id': 'alice', 'x-rls-tenant-id': 'acme' };
const proven = { ...identity, 'x-pgmcp-proxy-secret': secret };

describe('identity headers', () => {
  let open: Awaited<ReturnType<typeof startStack>>;
  let guarded: Awaited<ReturnType<typeof startStack>>;
  beforeAll(async () => {
    open = await startStack({});
    guarded = await startStack({
      PG_MCP_AUTH_TRUSTED_PROXY_CIDRS: '10.1.0.0/16, fd00::/8',
      PG_MCP_AUTH_TRUSTED_PROXY_SECRET: secret,
    });
  });
  afterAll(async () => {
    await open?.close();
    await guarded?.close();
  });

  it('mean nothing where no proxy is trusted', async () => {
    expect((await open.call('whoami', proven)).caller).toEqual({ id: 'local', scopes: 'all' });
  });

  it.each([
    ['the right network and secret', '10.1.2.3'],
    ['the same over IPv6', 'fd00::17'],
    ['the same as Node writes IPv4 on a socket for both', '::ffff:10.1.2.3'],
  ])('count with %s', async (_what, peer) => {
    const { status, caller } = await guarded.call('whoami', proven, peer);
    expect([status, caller]).toEqual([200, { id: 'proxy:alice', tenant: 'acme', scopes: ['db:read'] }]);
  });

  it.each([
    ['from another network', proven, '10.2.0.1'],
    ['from another network that forges X-Forwarded-For', { ...proven, 'x-forwarded-for': '10.1.2.3' }, '192.0.2.1'],
    ['with a wrong secret', { ...identity, 'x-pgmcp-proxy-secret': `${secret}!` }, '10.1.2.3'],
    ['without a secret', identity, '10.1.2.3'],
    ['beside a token', { ...proven, authorization: 'Bearer something' }, '10.1.2.3'],
    ['from an address one beyond the network', proven, '10.2.0.0'],
    ['from another network over IPv6', proven, 'fe80::17'],
    ['from another network as Node writes IPv4 on a socket for both', proven, '::ffff:10.2.0.1'],
    [
      'from the network with the secret twice',
      { ...identity, 'x-pgmcp-proxy-secret': `${secret}, ${secret}` },
      '10.1.2.3',
    ],
    [
      'from the network with the beginning of the secret',
      { ...identity, 'x-pgmcp-proxy-secret': secret.slice(0, -1) },
      '10.1.2.3',
    ],
    ['from the network with an empty secret', { ...identity, 'x-pgmcp-proxy-secret': '' }, '10.1.2.3'],
    ['with the secret alone from elsewhere', { 'x-pgmcp-proxy-secret': secret }, '127.0.0.1'],
  ])('are refused %s', async (_what, headers, peer) => {
    expect((await guarded.call('whoami', headers, peer)).status).toBe(401);
  });

  it.each([
    ['came twice', { ...proven, 'x-rls-user-id': 'alice, bob' }],
    ['is empty', { ...proven, 'x-rls-user-id': '' }],
    ['has a control character', { ...proven, 'x-rls-role': 'a\tb' }],
    ['is a tenant that came twice', { ...proven, 'x-rls-tenant-id': 'acme, globex' }],
    ['is too long once it is encoded', { ...proven, 'x-rls-user-id': '%'.repeat(90) }],
    ['is too long', { ...proven, 'x-rls-user-id': 'a'.repeat(300) }],
    ['names no user', { 'x-rls-tenant-id': 'acme', 'x-pgmcp-proxy-secret': secret }],
  ])('of a trusted proxy are refused when one %s', async (_what, headers) => {
    expect((await guarded.call('whoami', headers, '10.1.2.3')).status).toBe(403);
  });

  it('count for nothing where the peer is not known', () => {
    const read = createProxyIdentity(guarded.services.configuration.auth.trustedProxy);
    expect(read(new Headers(proven), undefined)).toEqual({ kind: 'untrusted' });
    expect(read(new Headers(proven), '10.1.2.3')).toMatchObject({ kind: 'caller' });
  });

  it('give no more than the configured scopes', async () => {
    expect((await guarded.call('change', proven, '10.1.2.3')).status).toBe(403);
  });
});
