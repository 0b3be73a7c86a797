import { createRemoteJWKSet, type JWTVerifyGetKey } from 'jose';

/** For one request to the issuer, in milliseconds. */
const TIMEOUT_MS = 5_000;
/** Keys are believed this long without asking again, also while the issuer is down. */
const CACHE_MAX_AGE_MS = 10 * 60_000;
/** A token with an unknown key id makes the keys be read again at most this often. */
const COOLDOWN_MS = 30_000;

/** The issuer's metadata or keys cannot be read. */
export class IssuerUnavailable extends Error {
  override readonly name = 'IssuerUnavailable';
}

/**
 * The keys of an issuer. Without a URL of the keys they are found by the issuer's own metadata, read with the first token.
 *
 * @param cooldownMs for tests, which rotate keys faster than an issuer does
 * @see https://www.rfc-editor.org/rfc/rfc8414 (authorization server metadata)
 */
export function issuerKeys(issuer: string, jwksUrl: string | undefined, cooldownMs = COOLDOWN_MS): JWTVerifyGetKey {
  const open = (url: string) =>
    createRemoteJWKSet(new URL(url), {
      timeoutDuration: TIMEOUT_MS,
      cacheMaxAge: CACHE_MAX_AGE_MS,
      cooldownDuration: cooldownMs,
    });
  let keys: Promise<JWTVerifyGetKey> | undefined = jwksUrl === undefined ? undefined : Promise.resolve(open(jwksUrl));
  return async (header, token) => {
    keys ??= discover(issuer).then(open);
    const found = await keys.catch((error: unknown) => {
      keys = undefined;
      throw error;
    });
    return found(header, token);
  };
}

/** The parts of the metadata that count. */
interface Metadata {
  readonly issuer?: unknown;
  readonly jwks_uri?: unknown;
}

async function discover(issuer: string): Promise<string> {
  const base = new URL(issuer);
  const path = base.pathname === '/' ? '' : base.pathname.replace(/\/$/, '');
  const addresses = [
    new URL(`/.well-known/oauth-authorization-server${path}`, base),
    new URL(`${path}/.well-known/openid-configuration`, base),
  ];
  for (const address of addresses) {
    const metadata = await fetch(address, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'error' })
      .then((response) => (response.ok ? (response.json() as Promise<Metadata>) : undefined))
      .catch(() => undefined);
    // Metadata that speaks for somebody else would put its keys in the place of the issuer's.
    if (metadata?.issuer === issuer && typeof metadata.jwks_uri === 'string') return metadata.jwks_uri;
  }
  throw new IssuerUnavailable('The metadata of the issuer cannot be read.');
}
