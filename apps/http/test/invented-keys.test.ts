import { randomBytes } from 'node:crypto';
import { createLogger, createServices, loadConfiguration } from '@pgmcp/server';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { authFailureResponse } from '../src/auth/auth-failure.ts';
import { createAuthenticator } from '../src/auth/authenticate.ts';
import { MAX_VAIN_TRIES, VAIN_TRIES_MS } from '../src/auth/invented-keys.ts';
import { createProxyIdentity } from '../src/auth/trusted-proxy.ts';

const invented = () => `pgmcp_${randomBytes(8).toString('hex')}_${randomBytes(32).toString('base64url')}`;
const wanted = { label: 'reports', scopes: ['db:read'], expiresInMs: 24 * 3_600_000 } as const;

describe('a stranger who invents API keys', () => {
  let services: Awaited<ReturnType<typeof createServices>>;
  let authenticate: ReturnType<typeof createAuthenticator>;
  /** Keys about which the store was asked. */
  let asked: string[];
  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const environment = { DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none', PG_MCP_AUTH_API_KEYS: 'true' };
    services = await createServices(loadConfiguration({ environment }), { logger: createLogger({ level: 'silent' }) });
    asked = [];
    authenticate = createAuthenticator({
      configuration: services.configuration.auth,
      proxyIdentity: createProxyIdentity(undefined),
      apiKeys: {
        ...services.apiKeys,
        verify: (key) => {
          asked.push(key);
          return services.apiKeys.verify(key);
        },
      },
    });
  });
  afterEach(async () => {
    vi.useRealTimers();
    await services.close();
  });
  const outcomeOf = async (key: string, peer: string) => {
    const outcome = await authenticate(new Headers({ authorization: `Bearer ${key}` }), peer);
    return 'failure' in outcome ? outcome.failure.kind : outcome.authInfo?.clientId;
  };
  const tryInVain = async (peer: string) => {
    for (let count = 0; count < MAX_VAIN_TRIES; count += 1) expect(await outcomeOf(invented(), peer)).toBe('invalid');
  };

  it('costs the store no more than a bounded number of look-ups a minute', async () => {
    await tryInVain('192.0.2.1');
    for (let count = 0; count < 50; count += 1) expect(await outcomeOf(invented(), '192.0.2.1')).toBe('too-many');
    expect(asked).toHaveLength(MAX_VAIN_TRIES);
    vi.advanceTimersByTime(VAIN_TRIES_MS + 1_000);
    expect(await outcomeOf(invented(), '192.0.2.1')).toBe('invalid');
  });

  it('keeps nobody out who came from the same address before, nor anybody from another', async () => {
    const before = await services.apiKeys.create(wanted);
    const later = await services.apiKeys.create(wanted);
    expect(await outcomeOf(before.key, '192.0.2.1')).toBe(`key:${before.id}`);
    await tryInVain('192.0.2.1');
    expect(await outcomeOf(before.key, '192.0.2.1')).toBe(`key:${before.id}`);
    expect(await outcomeOf(later.key, '192.0.2.1')).toBe('too-many');
    expect(await outcomeOf(later.key, '192.0.2.2')).toBe(`key:${later.id}`);
  });

  it('does not bring a revoked key back to life', async () => {
    const { id, key } = await services.apiKeys.create(wanted);
    expect(await outcomeOf(key, '192.0.2.1')).toBe(`key:${id}`);
    await tryInVain('192.0.2.1');
    await services.apiKeys.revoke(id);
    expect(await outcomeOf(key, '192.0.2.1')).toBe('invalid');
    expect(await outcomeOf(key, '192.0.2.1')).toBe('too-many');
  });

  it('is told to wait', async () => {
    const answer = authFailureResponse({ kind: 'too-many', reason: 'not told' }, { requiredScopes: ['db:read'] });
    expect(answer.status).toBe(429);
    expect(answer.headers.get('retry-after')).toBe('60');
    expect(await answer.json()).toEqual({
      error: 'too_many_requests',
      error_description: 'Too many unknown API keys came from this address. Wait.',
    });
  });
});
