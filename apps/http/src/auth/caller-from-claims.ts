import { type Caller, type OAuthConfiguration, SCOPES, type Scope } from '@pgmcp/server';
import type { JWTPayload } from 'jose';
import { isIdentityText } from './identity-text.ts';

/** What a token says about its caller, or why it says too little. */
export type ClaimedCaller =
  | { readonly caller: Caller; readonly scopes: readonly Scope[] }
  | { readonly problem: string };

/** Reads the caller of a verified token. What is claimed in a form that cannot be used is refused, never left out. */
export function callerFromClaims(claims: JWTPayload, configuration: OAuthConfiguration): ClaimedCaller {
  const { tenantClaim, roleClaim, databasesClaim, claims: further } = configuration;
  const { sub } = claims;
  if (!isIdentityText(sub)) return { problem: 'sub cannot name a caller' };
  const tenant = claims[tenantClaim];
  if (tenant !== undefined && !isIdentityText(tenant)) return { problem: `${tenantClaim} cannot name a tenant` };
  const role = roleClaim === undefined ? undefined : claims[roleClaim];
  if (role !== undefined && !isIdentityText(role)) return { problem: `${roleClaim} cannot name a role` };
  const databases = databasesClaim === undefined ? undefined : (wordsOf(claims[databasesClaim] ?? []) ?? 'unusable');
  if (databases === 'unusable') return { problem: `${databasesClaim} is no list of names` };
  const known = SCOPES.filter((scope) => wordsOf(claims['scope'] ?? claims['scp'] ?? [])?.includes(scope));
  const extra = furtherClaims(claims, further);
  return {
    scopes: known,
    caller: {
      id: `oauth:${sub}`,
      scopes: new Set(known),
      ...(tenant !== undefined && { tenant }),
      ...(databases !== undefined && { databases }),
      ...((role !== undefined || extra !== undefined) && {
        identity: { ...(role !== undefined && { role }), ...(extra !== undefined && { claims: extra }) },
      }),
    },
  };
}

/** `scope` and `scp` are words in one text with most issuers, a list with some. */
function wordsOf(value: unknown): readonly string[] | undefined {
  const words = typeof value === 'string' ? value.split(' ').filter((word) => word !== '') : value;
  return Array.isArray(words) && words.every((word) => typeof word === 'string') ? words : undefined;
}

function furtherClaims(claims: JWTPayload, names: readonly string[]) {
  const kept: Record<string, string | number | boolean> = {};
  for (const name of names) {
    const value = claims[name];
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') kept[name] = value;
  }
  return names.length === 0 ? undefined : kept;
}
