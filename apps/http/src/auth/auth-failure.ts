import { bearerAuthChallengeResponse, OAuthError, OAuthErrorCode } from '@modelcontextprotocol/server';
import { VAIN_TRIES_MS } from './invented-keys.ts';

/** Why a request is not served. The reason is for the log; a client learns the kind alone. */
export type AuthFailure =
  | { readonly kind: 'missing'; readonly reason: string }
  | { readonly kind: 'invalid'; readonly reason: string }
  | { readonly kind: 'forbidden'; readonly reason: string }
  | { readonly kind: 'insufficient-scope'; readonly reason: string }
  | { readonly kind: 'too-many'; readonly reason: string }
  | { readonly kind: 'unavailable'; readonly reason: string };

/** After this many seconds a client may try again when the keys of the issuer or of the store cannot be read. */
const RETRY_AFTER_S = 5;

/** The same for an address from which too many invented keys came. */
const RETRY_INVENTED_S = VAIN_TRIES_MS / 1_000;

const DESCRIPTIONS = {
  missing: 'Authentication is needed: send an access token or an API key as a bearer token.',
  invalid: 'The token is not valid here.',
  'insufficient-scope': 'The token lacks a scope that every call needs.',
} as const;

/** The answer to a request that is not served. */
export function authFailureResponse(
  { kind }: AuthFailure,
  challenge: { readonly requiredScopes: string[]; readonly resourceMetadataUrl?: string },
): Response {
  switch (kind) {
    case 'missing':
    case 'invalid':
      return bearerAuthChallengeResponse(new OAuthError(OAuthErrorCode.InvalidToken, DESCRIPTIONS[kind]), challenge);
    case 'insufficient-scope':
      return bearerAuthChallengeResponse(
        new OAuthError(OAuthErrorCode.InsufficientScope, DESCRIPTIONS[kind]),
        challenge,
      );
    case 'forbidden':
      return Response.json(
        { error: 'access_denied', error_description: 'This identity has no place here. Ask the operator.' },
        { status: 403 },
      );
    case 'too-many':
      return Response.json(
        { error: 'too_many_requests', error_description: 'Too many unknown API keys came from this address. Wait.' },
        { status: 429, headers: { 'Retry-After': String(RETRY_INVENTED_S) } },
      );
    case 'unavailable':
      return Response.json(
        { error: 'temporarily_unavailable', error_description: 'Tokens cannot be verified at the moment.' },
        { status: 503, headers: { 'Retry-After': String(RETRY_AFTER_S) } },
      );
  }
}
