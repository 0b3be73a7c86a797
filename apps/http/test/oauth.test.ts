import { createHmac } from 'node:crypto';
import { exportSPKI, generateKeyPair, importJWK, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { issuerKeys } from '../src/auth/issuer-keys.ts';
import { verifyAccessToken } from '../src/auth/verify-access-token.ts';
import { type AuthorizationServer, startAuthorizationServer } from './authorization-server.ts';
import { startStack } from './http-stack.ts';

const RESOURCE = 'https://pgmcp.example.com/mcp';
const METADATA = 'https://pgmcp.example.com/.well-known/oauth-protected-resource/mcp';
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a resource server in front of a real authorization server', () => {
  let issuer: AuthorizationServer;
  let server: Awaited<ReturnType<typeof startStack>>;
  beforeAll(async () => {
    issuer = await startAuthorizationServer();
    server = await startStack({
      PG_MCP_AUTH_ISSUER: issuer.issuer,
      PG_MCP_HTTP_PUBLIC_URL: 'https://pgmcp.example.com',
    });
  });
  afterAll(async () => {
    await server?.close();
    await issuer?.close();
  });
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

  it('asks for a token and says where to get one', async () => {
    const { status, headers, body } = await server.call('whoami');
    expect(status).toBe(401);
    expect(headers.get('www-authenticate')).toContain('scope="db:read"');
    expect(headers.get('www-authenticate')).toContain(`resource_metadata="${METADATA}"`);
    expect(body).not.toContain('ERR_');
    const metadata = await server.stack.app.fetch(
      new Request('http://127.0.0.1/.well-known/oauth-protected-resource/mcp', { headers: { host: '127.0.0.1' } }),
    );
    expect(await metadata.json()).toMatchObject({
      resource: RESOURCE,
      authorization_servers: [issuer.issuer],
      scopes_supported: ['db:read', 'db:write', 'db:admin'],
    });
  });

  it('knows the caller of a good token: subject, tenant, scopes', async () => {
    const { status, caller } = await server.call('whoami', bearer(await issuer.token()));
    expect(status).toBe(200);
    expect(caller).toEqual({ id: 'oauth:acme', tenant: 'acme', scopes: ['db:read'] });
  });

  it('lets no header stand beside a token', async () => {
    const { caller } = await server.call('whoami', {
      ...bearer(await issuer.token()),
      'x-rls-user-id': 'admin',
      'x-rls-tenant-id': 'globex',
    });
    expect(caller).toMatchObject({ id: 'oauth:acme', tenant: 'acme' });
  });

  it('asks for the scope that a tool needs beyond the token, and takes the token that has it', async () => {
    const refused = await server.call('change', bearer(await issuer.token()));
    expect(refused.status).toBe(403);
    expect(refused.headers.get('www-authenticate')).toMatch(/insufficient_scope.*scope="db:write"/);
    expect(refused.headers.get('www-authenticate')).toContain(METADATA);
    expect((await server.call('change', bearer(await issuer.token({ scope: 'db:read db:write' })))).status).toBe(200);
  });

  it('asks for a scope when the token has none of ours', async () => {
    const { status, headers } = await server.call('whoami', bearer(await issuer.token({ scope: 'other' })));
    expect(status).toBe(403);
    expect(headers.get('www-authenticate')).toContain('insufficient_scope');
  });

  /** Tokens that must be refused; each is as near to a good one as its forger can get. */
  const forged: readonly (readonly [string, () => Promise<string> | string])[] = [
    ['meant for another resource', () => issuer.token({ resource: 'https://other.example.com/mcp' })],
    ['opaque, because no resource was asked for', () => issuer.token({ resource: null })],
    [
      'unsigned (alg none)',
      async () => `${encode({ alg: 'none', typ: 'at+jwt' })}.${(await issuer.token()).split('.')[1]}.`,
    ],
    [
      'signed as HS256 with the public key',
      async () => {
        const key = await importJWK(issuer.publicKey(), 'RS256', { extractable: true });
        const spki = await exportSPKI(key as Parameters<typeof exportSPKI>[0]);
        const signed = `${encode({ alg: 'HS256', typ: 'at+jwt', kid: issuer.publicKey().kid })}.${(await issuer.token()).split('.')[1]}`;
        return `${signed}.${createHmac('sha256', spki).update(signed).digest('base64url')}`;
      },
    ],
    ['signed by another key with the right id', async () => sign({}, { kid: issuer.publicKey().kid })],
    ['signed by a key that comes with the token', async () => sign({}, { jwk: issuer.publicKey() })],
    [
      'changed after it was signed',
      async () => {
        const [header, , signature] = (await issuer.token()).split('.');
        return `${header}.${encode({ ...claims(), tenant: 'globex' })}.${signature}`;
      },
    ],
    ['no token at all', () => 'hello'],
  ];

  const claims = () => ({ iss: issuer.issuer, aud: RESOURCE, sub: 'acme', scope: 'db:read', tenant: 'acme' });
  async function sign(more: object, header: object): Promise<string> {
    const { privateKey } = await generateKeyPair('RS256');
    return new SignJWT({ ...claims(), ...more })
      .setProtectedHeader({ alg: 'RS256', typ: 'at+jwt', ...header })
      .setExpirationTime('5m')
      .sign(privateKey);
  }

  it.each(forged)('refuses a token that is %s', async (_what, make) => {
    const { status, headers, body } = await server.call('whoami', bearer(await make()));
    expect(status).toBe(401);
    expect(headers.get('www-authenticate')).toContain('invalid_token');
    expect(body).toBe(JSON.stringify({ error: 'invalid_token', error_description: 'The token is not valid here.' }));
  });

  it.each(['Basic abc', 'Bearer', 'Bearer a b', 'bearer  ', 'Bearer ä'])(
    'refuses the header %s',
    async (authorization) => {
      const { status } = await server.call('whoami', { authorization: Buffer.from(authorization).toString('latin1') });
      expect(status).toBe(401);
    },
  );

  it('answers 503, and lets nobody in, while the keys of the issuer cannot be read', async () => {
    const token = await issuer.token();
    const unread = await startStack({
      PG_MCP_AUTH_ISSUER: issuer.issuer,
      PG_MCP_HTTP_PUBLIC_URL: 'https://pgmcp.example.com',
    });
    issuer.setDown(true);
    try {
      const { status, headers } = await unread.call('whoami', bearer(token));
      expect([status, headers.get('retry-after')]).toEqual([503, '5']);
      // Whoever has read the keys goes on with them.
      expect((await server.call('whoami', bearer(token))).status).toBe(200);
    } finally {
      issuer.setDown(false);
    }
    expect((await unread.call('whoami', bearer(token))).status).toBe(200);
    await unread.close();
  });
});

describe('times, types and keys of a token', () => {
  let issuer: AuthorizationServer;
  beforeAll(async () => {
    issuer = await startAuthorizationServer();
  });
  afterAll(() => issuer?.close());

  const configuration = (tokenType: 'at+jwt' | 'jwt' = 'at+jwt') =>
    ({ issuer: issuer.issuer, algorithms: ['RS256', 'ES256'], tokenType, tenantClaim: 'tenant', claims: [] }) as const;
  const verify = async (token: string, key: Awaited<ReturnType<typeof generateKeyPair>>['publicKey'], type?: 'jwt') =>
    verifyAccessToken(token, configuration(type), { keys: async () => key, audience: RESOURCE });

  async function make(header: object, change: (token: SignJWT) => SignJWT) {
    const { privateKey, publicKey } = await generateKeyPair('ES256');
    const token = new SignJWT({}).setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', ...header });
    token.setIssuer(issuer.issuer).setAudience(RESOURCE).setSubject('acme').setExpirationTime('5m');
    return { token: await change(token).sign(privateKey), publicKey };
  }

  const now = () => Math.floor(Date.now() / 1_000);
  it.each([
    [
      'expired longer ago than clocks differ',
      {},
      (token: SignJWT) => token.setExpirationTime(now() - 7),
      'ERR_JWT_EXPIRED',
    ],
    [
      'not yet valid by more than clocks differ',
      {},
      (token: SignJWT) => token.setNotBefore(now() + 7),
      'ERR_JWT_CLAIM_VALIDATION_FAILED',
    ],
    [
      'of another issuer',
      {},
      (token: SignJWT) => token.setIssuer('https://evil.example.com'),
      'ERR_JWT_CLAIM_VALIDATION_FAILED',
    ],
    ['of another type', { typ: 'JWT' }, (token: SignJWT) => token, 'ERR_JWT_CLAIM_VALIDATION_FAILED'],
  ])('refuses one that is %s', async (_what, header, change, reason) => {
    const { token, publicKey } = await make(header, change);
    expect(await verify(token, publicKey)).toEqual({ failure: { kind: 'invalid', reason } });
  });

  it.each([
    ['expired within what clocks differ', (token: SignJWT) => token.setExpirationTime(now() - 3)],
    ['valid from a moment ahead', (token: SignJWT) => token.setNotBefore(now() + 3)],
  ])('takes one that is %s', async (_what, change) => {
    const { token, publicKey } = await make({}, change);
    expect(await verify(token, publicKey)).toMatchObject({ claims: { sub: 'acme' } });
  });

  it('takes the type JWT where the operator says that the issuer sends it', async () => {
    const { token, publicKey } = await make({ typ: 'JWT' }, (unchanged) => unchanged);
    expect(await verify(token, publicKey, 'jwt')).toMatchObject({ claims: { sub: 'acme' } });
  });

  it('follows the keys of the issuer as they change', async () => {
    const keys = issuerKeys(issuer.issuer, undefined, 0);
    const before = await issuer.token();
    expect(await verifyAccessToken(before, configuration(), { keys, audience: RESOURCE })).toHaveProperty('claims');
    await issuer.rotateKey();
    expect(await verifyAccessToken(await issuer.token(), configuration(), { keys, audience: RESOURCE })).toHaveProperty(
      'claims',
    );
    expect(await verifyAccessToken(before, configuration(), { keys, audience: RESOURCE })).toEqual({
      failure: { kind: 'invalid', reason: 'ERR_JWKS_NO_MATCHING_KEY' },
    });
  });

  it('does not believe metadata that speaks for another issuer', async () => {
    const keys = issuerKeys(issuer.issuer.replace('127.0.0.1', 'localhost'), undefined);
    const token = await issuer.token();
    expect(await verifyAccessToken(token, configuration(), { keys, audience: RESOURCE })).toEqual({
      failure: { kind: 'unavailable', reason: 'metadata' },
    });
  });
});
