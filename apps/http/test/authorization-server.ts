import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import Provider from 'oidc-provider';

/** A real authorization server on loopback. */
export interface AuthorizationServer {
  readonly issuer: string;
  /** The public key that signs now, as anybody can read it. */
  publicKey(): JWK;
  /** Gets a token as a client does: client credentials, with the resource it is for (RFC 8707). */
  token(options?: {
    readonly scope?: string;
    readonly resource?: string | null;
    readonly client?: string;
    /** Further claims of the token; `undefined` leaves one out. */
    readonly claims?: Readonly<Record<string, unknown>>;
    /** How long it is good for, in seconds. Default: 600. */
    readonly lifeSeconds?: number;
  }): Promise<string>;
  /** Signs with another key from now on; the old one is forgotten. */
  rotateKey(): Promise<void>;
  /** Lets nothing be read any more. */
  setDown(down: boolean): void;
  close(): Promise<void>;
}

const SCOPES = 'db:read db:write db:admin other';

/** Starts one. Tokens for any resource are given out: whether one is meant for us is ours to check. */
export async function startAuthorizationServer(): Promise<AuthorizationServer> {
  let down = false;
  let handle: ReturnType<Provider['callback']> = () => undefined;
  const server = createServer((request, response) => {
    if (down) return void response.writeHead(503).end();
    return handle(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let current: JWK = {};
  let furtherClaims: Readonly<Record<string, unknown>> = {};
  let accessTokenTTL = 600;

  async function rotateKey(): Promise<void> {
    const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
    const kid = `key-${Date.now()}-${Math.random()}`;
    current = { ...(await exportJWK(publicKey)), kid };
    const signing = { ...(await exportJWK(privateKey)), kid, use: 'sig', alg: 'RS256' };
    handle = new Provider(issuer, {
      jwks: { keys: [signing] },
      clients: ['acme', 'globex'].map((id) => ({
        client_id: id,
        client_secret: 'secret',
        grant_types: ['client_credentials'],
        redirect_uris: [],
        response_types: [],
        scope: SCOPES,
      })),
      scopes: SCOPES.split(' '),
      extraTokenClaims: (_context: unknown, { clientId }: { clientId: string }) => ({
        tenant: clientId,
        ...furtherClaims,
      }),
      features: {
        devInteractions: { enabled: false },
        clientCredentials: { enabled: true },
        resourceIndicators: {
          enabled: true,
          defaultResource: () => undefined,
          getResourceServerInfo: (_context: unknown, resource: string) => ({
            scope: SCOPES,
            audience: resource,
            accessTokenFormat: 'jwt',
            accessTokenTTL,
            jwt: { sign: { alg: 'RS256' } },
          }),
        },
      },
    }).callback();
  }
  await rotateKey();
  return {
    issuer,
    publicKey: () => current,
    async token({
      scope = 'db:read',
      resource = 'https://pgmcp.example.com/mcp',
      client = 'acme',
      claims = {},
      lifeSeconds = 600,
    } = {}) {
      furtherClaims = claims;
      accessTokenTTL = lifeSeconds;
      const response = await fetch(`${issuer}/token`, {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from(`${client}:secret`).toString('base64')}` },
        body: new URLSearchParams({ grant_type: 'client_credentials', scope, ...(resource !== null && { resource }) }),
      });
      const { access_token: token } = (await response.json()) as { access_token?: string };
      if (token === undefined) throw new Error(`The authorization server gave no token: ${response.status}`);
      return token;
    },
    rotateKey,
    setDown: (isDown) => {
      down = isDown;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
