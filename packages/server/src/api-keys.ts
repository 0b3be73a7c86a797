import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { type Caller, SCOPES, type Scope } from './call.ts';
import type { Storage } from './storage/index.ts';

/** What a key is given when it is made. */
export interface NewApiKey {
  /** For whom or what it is; shown in lists. */
  readonly label: string;
  readonly scopes: readonly Scope[];
  readonly tenant?: string | undefined;
  /** Database role that statements run as, where the database lets callers choose. */
  readonly role?: string | undefined;
  /** The only databases that the key reaches. Default: all. */
  readonly databases?: readonly string[] | undefined;
  /** How long from now on the key is taken, in milliseconds. */
  readonly expiresInMs: number;
}

/** A key as lists show it: everything but the secret, which nobody has. */
export interface ApiKey extends Omit<NewApiKey, 'expiresInMs'> {
  readonly id: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  /** To the minute. */
  readonly lastUsedAt?: Date | undefined;
}

/** Keys for callers that cannot log in. */
export interface ApiKeys {
  /** @returns the key itself: it is never seen again. */
  create(wanted: NewApiKey): Promise<{ readonly id: string; readonly key: string; readonly expiresAt: Date }>;
  /** Every key that is kept, without its secret. */
  list(): Promise<readonly ApiKey[]>;
  /** Ends a key at once, on every replica. @returns whether there was one. */
  revoke(id: string): Promise<boolean>;
  /** Whom a key stands for; `undefined` for one that is wrong, has expired or was revoked. */
  verify(key: string): Promise<{ readonly caller: Caller; readonly expiresAt: Date } | undefined>;
}

const storedKey = z.strictObject({
  label: z.string(),
  scopes: z.array(z.enum(SCOPES)),
  tenant: z.string().optional(),
  role: z.string().optional(),
  databases: z.array(z.string()).optional(),
  /** SHA-256 of the secret, which is random: a slow hash would only slow down every call. */
  hash: z.string(),
  expiresAt: z.string(),
  lastUsedAt: z.string().optional(),
});

type StoredKey = z.output<typeof storedKey>;

/** Keys belong to the server, not to a caller. */
const SCOPE = 'server';
const KEY = /^pgmcp_([0-9a-f]{16})_([A-Za-z0-9_-]{43})$/;
const LAST_USED_STEP_MS = 60_000;

/** Whether a token has the form of a key; says nothing about its worth. */
export function looksLikeApiKey(token: string): boolean {
  return token.startsWith('pgmcp_');
}

/** Declares the collection of keys. */
export function createApiKeys(storage: Storage, nowMs: () => number = Date.now): ApiKeys {
  const keys = storage.collection<StoredKey>('api_keys', { parse: (data) => storedKey.parse(data) }).within(SCOPE);
  return {
    async create({ label, scopes, tenant, role, databases, expiresInMs }) {
      const id = randomBytes(8).toString('hex');
      const secret = randomBytes(32).toString('base64url');
      const expiresAt = new Date(nowMs() + expiresInMs);
      const given = { ...(tenant !== undefined && { tenant }), ...(role !== undefined && { role }) };
      await keys.save({
        id,
        data: {
          label,
          scopes: [...scopes],
          ...given,
          ...(databases !== undefined && { databases: [...databases] }),
          hash: digest(secret).toString('hex'),
          expiresAt: expiresAt.toISOString(),
        },
      });
      return { id, key: `pgmcp_${id}_${secret}`, expiresAt };
    },
    async list() {
      const found: ApiKey[] = [];
      for await (const { id, data, createdAt } of keys.stream()) {
        const { hash: _, expiresAt, lastUsedAt, ...shown } = data;
        found.push({
          ...shown,
          id,
          createdAt,
          expiresAt: new Date(expiresAt),
          ...(lastUsedAt !== undefined && { lastUsedAt: new Date(lastUsedAt) }),
        });
      }
      return found;
    },
    async revoke(id) {
      return (await keys.remove(id)).outcome === 'removed';
    },
    async verify(key) {
      const [, id, secret] = KEY.exec(key) ?? [];
      if (id === undefined || secret === undefined) return undefined;
      const record = await keys.load(id);
      if (record === undefined || !timingSafeEqual(digest(secret), Buffer.from(record.data.hash, 'hex')))
        return undefined;
      const { data } = record;
      const expiresAt = new Date(data.expiresAt);
      if (expiresAt.getTime() <= nowMs()) return undefined;
      if (nowMs() - (data.lastUsedAt === undefined ? 0 : Date.parse(data.lastUsedAt)) >= LAST_USED_STEP_MS) {
        // That it could not be written down is no reason to turn the caller away.
        void keys.update(id, { lastUsedAt: new Date(nowMs()).toISOString() }).catch(() => undefined);
      }
      return { caller: callerOfKey(id, data), expiresAt };
    },
  };
}

function callerOfKey(id: string, { scopes, tenant, role, databases }: StoredKey): Caller {
  return {
    id: `key:${id}`,
    scopes: new Set(scopes),
    ...(tenant !== undefined && { tenant }),
    ...(databases !== undefined && { databases }),
    ...(role !== undefined && { identity: { role } }),
  };
}

const digest = (secret: string): Buffer => createHash('sha256').update(secret).digest();
