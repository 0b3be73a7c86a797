import { describe, expect, it } from 'vitest';
import { ConfigurationError, describeConfiguration, loadConfiguration } from '../src/config/index.ts';

const secret = 'thirty-two bytes of something secret';
const load = (environment: Record<string, string>) =>
  loadConfiguration({ environment: { DATABASE_URL: 'postgresql://reader@localhost/shop', ...environment } });

function problemsOf(environment: Record<string, string>): string {
  try {
    load(environment);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
  }
  throw new Error('The configuration was taken.');
}

describe('who may call', () => {
  it('is nobody in particular unless it is configured', () => {
    expect(load({}).auth).toEqual({ apiKeys: false });
  });

  it('takes an issuer, and asymmetric signatures only', () => {
    const { oauth } = load({ PG_MCP_AUTH_ISSUER: 'https://login.example.com' }).auth;
    expect(oauth).toMatchObject({ issuer: 'https://login.example.com', tenantClaim: 'tenant', claims: [] });
    expect(oauth?.algorithms).toEqual(['RS256', 'PS256', 'ES256', 'EdDSA']);
    for (const algorithm of ['HS256', 'none', 'RS256, HS512']) {
      const text = problemsOf({ PG_MCP_AUTH_ISSUER: 'https://login.example.com', PG_MCP_AUTH_ALGORITHMS: algorithm });
      expect(text).toContain('some of RS256');
    }
  });

  it.each([
    ['an audience without an issuer', { PG_MCP_AUTH_AUDIENCE: 'https://a.example.com' }, /only with an issuer/],
    ['a proxy without a secret', { PG_MCP_AUTH_TRUSTED_PROXY_CIDRS: '10.0.0.0/8' }, /both its networks and its secret/],
    ['a secret without a proxy', { PG_MCP_AUTH_TRUSTED_PROXY_SECRET: secret }, /both its networks and its secret/],
    ['a network that is the whole world', { PG_MCP_AUTH_TRUSTED_PROXY_CIDRS: '0.0.0.0/0' }, /networks such as/],
    ['a network that is none', { PG_MCP_AUTH_TRUSTED_PROXY_CIDRS: '10.0.0.0/33' }, /networks such as/],
    [
      'a short secret',
      { PG_MCP_AUTH_TRUSTED_PROXY_CIDRS: '10.0.0.0/8', PG_MCP_AUTH_TRUSTED_PROXY_SECRET: 'short' },
      /at least 32 bytes/,
    ],
  ])('refuses %s', (_what, environment, message) => {
    expect(problemsOf(environment)).toMatch(message);
  });

  it('never shows a secret', () => {
    const configuration = load({
      PG_MCP_AUTH_TRUSTED_PROXY_CIDRS: '10.0.0.0/8, fd00::/8',
      PG_MCP_AUTH_TRUSTED_PROXY_SECRET: secret,
    });
    expect(configuration.auth.trustedProxy).toMatchObject({ cidrs: ['10.0.0.0/8', 'fd00::/8'], scopes: ['db:read'] });
    expect(describeConfiguration(configuration) + JSON.stringify(configuration)).not.toContain(secret);
  });
});

describe('how a database keeps callers apart', () => {
  it.each([
    ['role without roles', { PG_MCP_DATABASE_ISOLATION: 'role' }, /needs roles/],
    ['login with roles', { PG_MCP_DATABASE_ROLES: 'a' }, /no caller runs as a role/],
    [
      'signed claims without a key',
      { PG_MCP_DATABASE_ISOLATION: 'signed-claims', PG_MCP_DATABASE_ROLES: 'a' },
      /identityKeyId and/,
    ],
    [
      'signed claims with two roles',
      {
        PG_MCP_DATABASE_ISOLATION: 'signed-claims',
        PG_MCP_DATABASE_ROLES: 'a, b',
        PG_MCP_DATABASE_IDENTITY_KEY_ID: 'k',
        PG_MCP_DATABASE_IDENTITY_KEY: secret,
      },
      /exactly one role/,
    ],
    [
      'a short key',
      {
        PG_MCP_DATABASE_ISOLATION: 'signed-claims',
        PG_MCP_DATABASE_ROLES: 'a',
        PG_MCP_DATABASE_IDENTITY_KEY_ID: 'k',
        PG_MCP_DATABASE_IDENTITY_KEY: 'short',
      },
      /at least 32 bytes/,
    ],
    ['a key that nothing uses', { PG_MCP_DATABASE_IDENTITY_KEY: secret }, /Only the isolation "signed-claims" signs/],
  ])('refuses %s', (_what, environment, message) => {
    expect(problemsOf(environment)).toMatch(message);
  });
});
