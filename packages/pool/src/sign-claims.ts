import { createHmac } from 'node:crypto';
import type { IdentityKey } from './identity-sql.ts';

/**
 * Who a transaction runs for. The caller's SQL can read its own claims, so they must hold no secret. At most 3,900 bytes as JSON; the names
 * `sub`, `exp` and `pid` belong to the signature.
 */
export interface Claims {
  /** The principal. */
  readonly subject: string;
  /** What policies compare. */
  readonly tenant: string;
  /** Anything else that policies look at. */
  readonly [claim: string]: string | number | boolean | undefined;
}

/** A statement may take its whole timeout before it touches the first protected table. */
const GRACE_MS = 5_000;
const MAX_LIFE_MS = 60_000;

/** Names that the signature itself uses. */
export const RESERVED_CLAIMS: readonly string[] = ['sub', 'exp', 'pid'];

/**
 * Signs claims for one transaction: `<key id>.<hex of JSON>.<HMAC-SHA-256>`.
 *
 * @param limits `timeoutMs` of the statement; `processId` of the backend binds the token to this session, which is possible only
 * where no pooler stands in between.
 */
export function signClaims(
  key: IdentityKey,
  { subject, ...claims }: Claims,
  limits: { readonly timeoutMs: number; readonly processId: number | undefined },
): string {
  const expiresAt = Date.now() + Math.min(limits.timeoutMs + GRACE_MS, MAX_LIFE_MS);
  const body = {
    ...claims,
    sub: subject,
    exp: Math.ceil(expiresAt / 1_000),
    ...(limits.processId === undefined ? {} : { pid: limits.processId }),
  };
  const signed = `${key.id}.${Buffer.from(JSON.stringify(body)).toString('hex')}`;
  return `${signed}.${createHmac('sha256', key.secret).update(signed).digest('hex')}`;
}
