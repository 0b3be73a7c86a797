import type { AuthInfo } from '@modelcontextprotocol/server';
import {
  type ApiKeys,
  type AuthConfiguration,
  CALLER_KEY,
  type Caller,
  FIXED_SCOPES_KEY,
  looksLikeApiKey,
  SCOPES,
} from '@pgmcp/server';
import type { AuthFailure } from './auth-failure.ts';
import { callerFromClaims } from './caller-from-claims.ts';
import { createInventedKeys } from './invented-keys.ts';
import type { OAuthResource } from './oauth-resource.ts';
import type { ReadProxyIdentity } from './trusted-proxy.ts';
import { verifyAccessToken } from './verify-access-token.ts';

/** What authentication stands on. */
export interface AuthenticatorParts {
  readonly configuration: AuthConfiguration;
  readonly proxyIdentity: ReadProxyIdentity;
  readonly apiKeys: ApiKeys;
  /** Present with an issuer. */
  readonly oauth?: Pick<OAuthResource, 'keys' | 'audience' | 'resource'>;
}

/** Who a request comes from. Without `authInfo` it is whoever reaches a server on which nobody logs in. */
export type Authenticated = { readonly authInfo: AuthInfo | undefined } | { readonly failure: AuthFailure };

/** The SDK wants an end of everything; an identity that a proxy states holds for the one request. */
const PROXY_LIFE_S = 3_600;

/** Makes the check of every request to `/mcp`: token, else API key, else trusted proxy, else nobody. */
export function createAuthenticator(parts: AuthenticatorParts) {
  const { configuration, proxyIdentity, apiKeys, oauth } = parts;
  const nobodyLogsIn =
    !configuration.apiKeys && configuration.oauth === undefined && configuration.trustedProxy === undefined;

  const inventedKeys = createInventedKeys();

  async function fromToken(token: string, peerAddress: string | undefined): Promise<Authenticated> {
    if (configuration.apiKeys && looksLikeApiKey(token)) return fromApiKey(token, peerAddress);
    if (configuration.oauth === undefined || oauth === undefined) return invalid('no issuer is configured');
    const verified = await verifyAccessToken(token, configuration.oauth, oauth);
    if ('failure' in verified) return verified;
    const claimed = callerFromClaims(verified.claims, configuration.oauth);
    if ('problem' in claimed) return { failure: { kind: 'forbidden', reason: claimed.problem } };
    return admitted(claimed.caller, verified.claims.exp, oauth.resource);
  }

  async function fromApiKey(token: string, peerAddress: string | undefined): Promise<Authenticated> {
    if (!inventedKeys.mayAsk(token, peerAddress))
      return { failure: { kind: 'too-many', reason: 'too many unknown API keys' } };
    try {
      const found = await apiKeys.verify(token);
      inventedKeys.answered(token, peerAddress, found !== undefined);
      return found ? admitted(found.caller, Math.floor(found.expiresAt.getTime() / 1_000)) : invalid('unknown API key');
    } catch {
      return { failure: { kind: 'unavailable', reason: 'the store of the API keys does not answer' } };
    }
  }

  return async (headers: Headers, peerAddress: string | undefined): Promise<Authenticated> => {
    // Read in any case: what nobody believes is counted and told.
    const stated = proxyIdentity(headers, peerAddress);
    if (nobodyLogsIn) return { authInfo: undefined };
    const authorization = headers.get('authorization');
    if (authorization !== null) {
      const token = /^bearer +([\w.~+/=-]+)$/i.exec(authorization)?.[1];
      return token === undefined ? invalid('no bearer token') : fromToken(token, peerAddress);
    }
    if (stated.kind === 'refused') return { failure: stated.failure };
    if (stated.kind === 'caller') return admitted(stated.caller, Math.floor(Date.now() / 1_000) + PROXY_LIFE_S);
    return { failure: { kind: 'missing', reason: 'no token' } };
  };
}

const invalid = (reason: string): Authenticated => ({ failure: { kind: 'invalid', reason } });

function admitted(caller: Caller, expiresAt: number, resource?: URL): Authenticated {
  const scopes = SCOPES.filter((scope) => caller.scopes === 'all' || caller.scopes.has(scope));
  if (scopes.length === 0) return { failure: { kind: 'insufficient-scope', reason: 'no scope' } };
  return {
    authInfo: {
      // The token itself goes no further than this.
      token: '',
      clientId: caller.id,
      scopes,
      expiresAt,
      ...(resource && { resource }),
      // Only an issuer can give a client more scopes than it has.
      extra: { [CALLER_KEY]: caller, [FIXED_SCOPES_KEY]: resource === undefined },
    },
  };
}
