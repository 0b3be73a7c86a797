import type { OAuthConfiguration } from '@pgmcp/server';
import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { AuthFailure } from './auth-failure.ts';
import { IssuerUnavailable } from './issuer-keys.ts';

/** How far the clocks of issuer and server may differ, in seconds. */
const CLOCK_TOLERANCE_S = 5;

/** Codes of jose that say that the keys could not be read, not that the token is wrong. */
const UNAVAILABLE = new Set(['ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID', 'ERR_JOSE_GENERIC']);

/**
 * Verifies an access token: signature by a key of the issuer, an asymmetric algorithm, issuer, audience, type, times.
 *
 * @param audience this server's own address: a token for another resource is refused
 * @see https://www.rfc-editor.org/rfc/rfc9068
 */
export async function verifyAccessToken(
  token: string,
  { issuer, algorithms, tokenType }: OAuthConfiguration,
  { keys, audience }: { readonly keys: JWTVerifyGetKey; readonly audience: string },
): Promise<{ readonly claims: JWTPayload & { readonly exp: number } } | { readonly failure: AuthFailure }> {
  try {
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      audience,
      typ: tokenType,
      algorithms: [...algorithms],
      requiredClaims: ['exp', 'sub'],
      clockTolerance: CLOCK_TOLERANCE_S,
    });
    const { exp } = payload;
    if (exp === undefined) return { failure: { kind: 'invalid', reason: 'no exp' } };
    return { claims: { ...payload, exp } };
  } catch (error) {
    return { failure: failureOf(error) };
  }
}

function failureOf(error: unknown): AuthFailure {
  if (error instanceof errors.JOSEError && !UNAVAILABLE.has(error.code)) return { kind: 'invalid', reason: error.code };
  if (error instanceof errors.JOSEError) return { kind: 'unavailable', reason: error.code };
  // What fetch throws, and nothing else that is foreseen: not knowing is no reason to let anybody in.
  return { kind: 'unavailable', reason: error instanceof IssuerUnavailable ? 'metadata' : 'keys' };
}
