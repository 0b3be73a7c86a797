import { z } from 'zod';
import { SCOPES, type Scope } from '../../call.ts';
import { parseDurationMs } from '../../config/quantities.ts';
import { PgmcpError } from '../../errors.ts';
import { renderTable } from '../../render-table.ts';
import type { Services } from '../../services.ts';
import { defineCommand } from '../command.ts';

const MIN_LIFE_MS = 60_000;
const MAX_LIFE_MS = 366 * 24 * 60 * 60_000;

const words = z.string().transform((text) =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== ''),
);

const scopeList = words.refine(
  (given): given is Scope[] => given.length > 0 && given.every((word) => (SCOPES as readonly string[]).includes(word)),
  { error: `must be some of ${SCOPES.join(', ')}, separated by commas` },
);

const life = z.string().transform((text, context) => {
  const days = /^(\d{1,3})d$/.exec(text)?.[1];
  const milliseconds = days === undefined ? parseDurationMs(text) : Number(days) * 24 * 60 * 60_000;
  if (milliseconds !== undefined && milliseconds >= MIN_LIFE_MS && milliseconds <= MAX_LIFE_MS) return milliseconds;
  context.addIssue({ code: 'custom', message: 'must be from 1m to 366d, such as 90d or 12h' });
  return z.NEVER;
});

const name = z
  .string()
  .regex(/^[^\p{Cc}]{1,100}$/u, { error: 'must have 1 to 100 characters without control characters' });

/** `keys create`: makes a key and prints it, once. */
export const keysCreateCommand = defineCommand({
  name: 'keys create',
  argument: 'LABEL',
  words: { least: 1, most: 1 },
  summary: 'Make an API key and print it. It is shown once.',
  needs: 'services',
  flags: {
    scopes: {
      value: 'LIST',
      description: 'Some of db:read, db:write, db:admin. Default db:read.',
      schema: scopeList.prefault('db:read'),
    },
    tenant: { value: 'TENANT', description: 'The tenant whose rows the key sees.', schema: name.optional() },
    role: { value: 'ROLE', description: 'The database role that its statements run as.', schema: name.optional() },
    databases: { value: 'LIST', description: 'The only databases it reaches. Default: all.', schema: words.optional() },
    expires: { value: 'TIME', description: 'How long it lives: 90d, 12h. Default 90d.', schema: life.prefault('90d') },
  },
  async run({ words: [label = ''], flags, services, print, progress }) {
    refuseWithoutStore(services);
    const { databases } = flags;
    for (const database of databases ?? []) services.databases.resolve(database);
    if (!/^[^\p{Cc}]{1,100}$/u.test(label)) {
      throw new PgmcpError('VALIDATION_ERROR', 'LABEL must have 1 to 100 characters without control characters.');
    }
    const { scopes, tenant, role, expires: expiresInMs } = flags;
    const made = await services.apiKeys.create({ label, scopes, tenant, role, databases, expiresInMs });
    progress(`Key ${made.id}, valid until ${made.expiresAt.toISOString()}. It is not shown again.`);
    print(`${made.key}\n`);
    return 0;
  },
});

/** `keys list`: everything about the keys but the keys. */
export const keysListCommand = defineCommand({
  name: 'keys list',
  argument: '',
  words: { least: 0, most: 0 },
  summary: 'List the API keys, without their secrets.',
  needs: 'services',
  flags: {},
  async run({ services, print }) {
    refuseWithoutStore(services);
    const keys = await services.apiKeys.list();
    const rows = keys.map(({ id, label, scopes, tenant, role, databases, expiresAt, lastUsedAt }) => [
      id,
      label,
      scopes.join(' '),
      tenant ?? null,
      role ?? null,
      databases?.join(' ') ?? 'all',
      expiresAt.toISOString(),
      lastUsedAt?.toISOString() ?? 'never',
    ]);
    print(`${renderTable(['id', 'label', 'scopes', 'tenant', 'role', 'databases', 'expires', 'last used'], rows)}\n`);
    return 0;
  },
});

/** `keys revoke`: ends a key. */
export const keysRevokeCommand = defineCommand({
  name: 'keys revoke',
  argument: 'ID',
  words: { least: 1, most: 1 },
  summary: 'End an API key at once.',
  needs: 'services',
  flags: {},
  async run({ words: [id = ''], services, print }) {
    refuseWithoutStore(services);
    if (!(await services.apiKeys.revoke(id))) {
      throw new PgmcpError('VALIDATION_ERROR', `There is no key ${JSON.stringify(id)}. "keys list" shows the ids.`);
    }
    print(`Key ${id} has ended.\n`);
    return 0;
  },
});

/** A key in the memory of this process would be gone with it. */
function refuseWithoutStore({ storage }: Services): void {
  if (storage.kind !== 'memory') return;
  throw new PgmcpError(
    'VALIDATION_ERROR',
    'API keys need a store that outlives this process: set PG_MCP_STORE_URL or PG_MCP_STORE_DIRECTORY.',
  );
}
