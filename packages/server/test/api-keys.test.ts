import pino from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApiKeys } from '../src/api-keys.ts';
import { loadConfiguration } from '../src/config/index.ts';
import { createStorage, type Storage } from '../src/storage/index.ts';

const HOUR_MS = 3_600_000;

describe('API keys', () => {
  let storage: Storage;
  let nowMs: number;
  beforeEach(() => {
    const { store } = loadConfiguration({ environment: { DATABASE_URL: 'postgresql://localhost/shop' } });
    storage = createStorage(store, pino({ level: 'silent' }));
    nowMs = Date.now();
  });
  afterEach(() => storage.close());
  const keysOf = () => createApiKeys(storage, () => nowMs);
  const wanted = {
    label: 'reports',
    scopes: ['db:read'],
    tenant: 'acme',
    databases: ['shop'],
    expiresInMs: HOUR_MS,
  } as const;

  it('stand for what they were given', async () => {
    const keys = keysOf();
    const { key, id } = await keys.create(wanted);
    expect(key).toMatch(/^pgmcp_[0-9a-f]{16}_[\w-]{43}$/);
    expect(await keys.verify(key)).toMatchObject({
      caller: { id: `key:${id}`, tenant: 'acme', databases: ['shop'], scopes: new Set(['db:read']) },
    });
  });

  it('are nowhere to be found once they are made', async () => {
    const keys = keysOf();
    const { key } = await keys.create(wanted);
    const secret = key.split('_').slice(2).join('_');
    expect(JSON.stringify(await keys.list())).not.toContain(secret);
    const backup: string[] = [];
    for await (const line of storage.store.backup()) backup.push(line);
    expect(backup.join('\n')).toContain('reports');
    expect(backup.join('\n')).not.toContain(secret);
  });

  it('end when they expire, and when they are revoked', async () => {
    const keys = keysOf();
    const first = await keys.create(wanted);
    const second = await keys.create(wanted);
    expect(await keys.revoke(first.id)).toBe(true);
    expect(await keys.verify(first.key)).toBeUndefined();
    expect(await keys.revoke(first.id)).toBe(false);
    nowMs += HOUR_MS;
    expect(await keys.verify(second.key)).toBeUndefined();
  });

  it('are refused when anything of them is different', async () => {
    const keys = keysOf();
    const { key } = await keys.create(wanted);
    const other = await keys.create(wanted);
    const mixed = `${key.slice(0, 'pgmcp_'.length + 16)}_${other.key.split('_').slice(2).join('_')}`;
    const flipped = key.slice(0, -2) + (key.at(-2) === 'A' ? 'B' : 'A') + key.at(-1);
    for (const wrong of [mixed, flipped, `${key}x`, key.slice(0, -1), ` ${key}`, 'pgmcp_', key.toUpperCase()]) {
      expect(await keys.verify(wrong), wrong).toBeUndefined();
    }
  });

  it('say when they were used last, to the minute', async () => {
    const keys = keysOf();
    const { key } = await keys.create(wanted);
    expect((await keys.list())[0]?.lastUsedAt).toBeUndefined();
    await keys.verify(key);
    const firstUse = nowMs;
    nowMs += 30_000;
    await keys.verify(key);
    await new Promise((resolve) => setImmediate(resolve));
    expect((await keys.list())[0]?.lastUsedAt).toEqual(new Date(firstUse));
  });
});
