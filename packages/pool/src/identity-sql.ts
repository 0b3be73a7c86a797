import { createHash } from 'node:crypto';
import { PoolError } from './errors.ts';

/** SHA-256 works on blocks of this size. */
const BLOCK_BYTES = 64;
const MIN_SECRET_BYTES = 32;
/** PostgreSQL cuts longer names off. */
const MAX_ROLE_BYTES = 63;
/** From here on a Date is written in a way that PostgreSQL does not read. */
const LATEST_TIME_MS = Date.UTC(10_000, 0);
const KEY_ID = /^[A-Za-z0-9_-]{1,32}$/;

/** A key that signs claims. The same one is known to every process that signs and, as pads, to the database. */
export interface IdentityKey {
  /** 1 to 32 letters, digits, `_`, `-`. */
  readonly id: string;
  /** At least 32 random bytes, from a file or a secret store. */
  readonly secret: string | Uint8Array;
}

/** The setting that carries the signed claims of a transaction. */
export const IDENTITY_SETTING = 'app.identity';

function quote(identifier: string): string {
  if (identifier === '' || identifier.includes('\0') || Buffer.byteLength(identifier) > MAX_ROLE_BYTES)
    throw new PoolError(
      'INVALID_SETTINGS',
      `The name of a role must have 1 to ${MAX_ROLE_BYTES} bytes and no zero byte.`,
    );
  return `"${identifier.replaceAll('"', '""')}"`;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Checks a key. @throws PoolError `INVALID_SETTINGS`; the message never holds the secret. */
export function checkIdentityKey({ id, secret }: IdentityKey): void {
  if (typeof id !== 'string' || !KEY_ID.test(id))
    throw new PoolError('INVALID_SETTINGS', 'The id of an identity key must have 1 to 32 letters, digits, "_" or "-".');
  if (Buffer.from(secret).length < MIN_SECRET_BYTES)
    throw new PoolError(
      'INVALID_SETTINGS',
      `The secret of an identity key must have at least ${MIN_SECRET_BYTES} bytes.`,
    );
}

/** The two blocks that HMAC makes of a key. With them the built-in `sha256` is enough; no extension is needed. */
function padsOf(secret: IdentityKey['secret']): { readonly inner: Buffer; readonly outer: Buffer } {
  const given = Buffer.from(secret);
  const block = Buffer.alloc(BLOCK_BYTES);
  (given.length > BLOCK_BYTES ? createHash('sha256').update(given).digest() : given).copy(block);
  return { inner: block.map((byte) => byte ^ 0x36) as Buffer, outer: block.map((byte) => byte ^ 0x5c) as Buffer };
}

/**
 * The SQL that lets a database verify signed claims: schema `pgmcp_identity` with the keys, closed to everybody, the function
 * `claims()` for policies, and a canary table for the self-test. For a migration, or for the DBA to read and run as superuser. It can be
 * run again.
 *
 * Policies read the claims once per statement:
 * `USING (tenant = (SELECT pgmcp_identity.claims() ->> 'tenant'))`
 *
 * @param roles `owner`: NOLOGIN role that owns it all, created when it is missing; `data`: the one role that callers' statements run as.
 * @see https://www.postgresql.org/docs/current/ddl-rowsecurity.html
 * @see https://www.rfc-editor.org/rfc/rfc2104 (HMAC)
 */
export function identitySql({
  data,
  owner = 'pgmcp_identity',
}: {
  readonly data: string;
  readonly owner?: string;
}): string {
  return `
DO $pgmcp_owner$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = ${literal(owner)}) THEN
    CREATE ROLE ${quote(owner)} NOLOGIN;
  END IF;
END $pgmcp_owner$;
CREATE SCHEMA IF NOT EXISTS pgmcp_identity AUTHORIZATION ${quote(owner)};
REVOKE ALL ON SCHEMA pgmcp_identity FROM PUBLIC;

CREATE TABLE IF NOT EXISTS pgmcp_identity.key (
  id text PRIMARY KEY CHECK (id ~ '^[A-Za-z0-9_-]{1,32}$'),
  inner_pad bytea NOT NULL CHECK (length(inner_pad) = ${BLOCK_BYTES}),
  outer_pad bytea NOT NULL CHECK (length(outer_pad) = ${BLOCK_BYTES}),
  not_after timestamptz NOT NULL DEFAULT 'infinity'
);
ALTER TABLE pgmcp_identity.key OWNER TO ${quote(owner)};
REVOKE ALL ON pgmcp_identity.key FROM PUBLIC;

CREATE OR REPLACE FUNCTION pgmcp_identity.claims() RETURNS jsonb
  LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED SET search_path = pg_catalog, pg_temp
AS $function$
DECLARE
  token text := nullif(current_setting('${IDENTITY_SETTING}', true), '');
  parts text[];
  inner_pad bytea;
  outer_pad bytea;
  claims jsonb;
BEGIN
  IF token IS NULL THEN
    RETURN NULL;
  END IF;
  -- The shape first: a cast of garbage would answer with another error than a wrong signature.
  IF length(token) > 8192 OR token !~ '^[A-Za-z0-9_-]{1,32}[.]([0-9a-f]{2})+[.][0-9a-f]{64}$' THEN
    RAISE EXCEPTION USING ERRCODE = '28000', MESSAGE = 'the identity is malformed';
  END IF;
  parts := string_to_array(token, '.');
  SELECT k.inner_pad, k.outer_pad INTO inner_pad, outer_pad FROM pgmcp_identity.key k WHERE k.id = parts[1] AND k.not_after > clock_timestamp();
  -- Hashes are compared, so that the time it takes says nothing about the right signature.
  IF NOT FOUND OR sha256(sha256(outer_pad || sha256(inner_pad || convert_to(parts[1] || '.' || parts[2], 'UTF8')))) <> sha256(decode(parts[3], 'hex')) THEN
    RAISE EXCEPTION USING ERRCODE = '28000', MESSAGE = 'the identity is not signed by a key that is valid now';
  END IF;
  claims := convert_from(decode(parts[2], 'hex'), 'UTF8')::jsonb;
  IF coalesce((claims ->> 'exp')::float8, 0) < extract(epoch FROM clock_timestamp()) THEN
    RAISE EXCEPTION USING ERRCODE = '28000', MESSAGE = 'the identity has expired';
  END IF;
  IF claims ? 'pid' AND (claims ->> 'pid')::int <> pg_backend_pid() THEN
    RAISE EXCEPTION USING ERRCODE = '28000', MESSAGE = 'the identity belongs to another session';
  END IF;
  RETURN claims;
END $function$;
ALTER FUNCTION pgmcp_identity.claims() OWNER TO ${quote(owner)};
REVOKE ALL ON FUNCTION pgmcp_identity.claims() FROM PUBLIC;

CREATE TABLE IF NOT EXISTS pgmcp_identity.canary (tenant text PRIMARY KEY);
ALTER TABLE pgmcp_identity.canary OWNER TO ${quote(owner)};
INSERT INTO pgmcp_identity.canary VALUES ('canary-a'), ('canary-b') ON CONFLICT DO NOTHING;
ALTER TABLE pgmcp_identity.canary ENABLE ROW LEVEL SECURITY;
ALTER TABLE pgmcp_identity.canary FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS own ON pgmcp_identity.canary;
CREATE POLICY own ON pgmcp_identity.canary FOR SELECT USING (tenant = (SELECT pgmcp_identity.claims() ->> 'tenant'));
REVOKE ALL ON pgmcp_identity.canary FROM PUBLIC;

GRANT USAGE ON SCHEMA pgmcp_identity TO ${quote(data)};
GRANT EXECUTE ON FUNCTION pgmcp_identity.claims() TO ${quote(data)};
GRANT SELECT ON pgmcp_identity.canary TO ${quote(data)};
`;
}

/**
 * The SQL that makes a key known to the database, or sets when it ends. It holds what signs for everybody: run it, do not keep it. To
 * rotate, add the new key, let every process sign with it, then end the old one with `notAfter`.
 *
 * @throws PoolError `INVALID_SETTINGS`.
 */
export function identityKeySql(key: IdentityKey, options: { readonly notAfter?: Date } = {}): string {
  checkIdentityKey(key);
  if (options.notAfter !== undefined && !(options.notAfter.getTime() < LATEST_TIME_MS))
    throw new PoolError('INVALID_SETTINGS', 'notAfter must be a valid Date before the year 10000.');
  const { inner, outer } = padsOf(key.secret);
  const notAfter = options.notAfter === undefined ? 'infinity' : options.notAfter.toISOString();
  return `
INSERT INTO pgmcp_identity.key (id, inner_pad, outer_pad, not_after)
VALUES (${literal(key.id)}, '\\x${inner.toString('hex')}', '\\x${outer.toString('hex')}', '${notAfter}')
ON CONFLICT (id) DO UPDATE SET inner_pad = excluded.inner_pad, outer_pad = excluded.outer_pad, not_after = excluded.not_after;
`;
}
