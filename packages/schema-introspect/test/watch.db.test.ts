import { useDatabase } from '@pgmcp/testing/vitest';
import type pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  createCatalogCache,
  ddlNotifierSql,
  introspect,
  type Listener,
  readFingerprint,
  watchDdl,
} from '../src/index.ts';

const database = useDatabase();
let client: pg.Client;
let listening: pg.Client;
let heard = 0;
const listener: Listener = {
  listen: async (channel, onNotify) => {
    const hear = (message: pg.Notification): void => {
      heard += 1;
      if (message.channel === channel) onNotify(message.payload ?? '');
    };
    listening.on('notification', hear);
    await listening.query(`listen ${channel}`);
    return async () => {
      await listening.query(`unlisten ${channel}`);
      listening.off('notification', hear);
    };
  },
};
/** Notifications that a statement sends. */
async function notificationsOf(statement: string): Promise<number> {
  const before = heard;
  await client.query(statement);
  // Notifications arrive in order, so the answer to a later statement of the listener comes after them.
  await listening.query('select 1');
  await listening.query('select 1');
  return heard - before;
}

describe('ddlNotifierSql and watchDdl', () => {
  beforeAll(async () => {
    client = await database.connect();
    listening = await database.connect();
    await client.query(ddlNotifierSql());
    await client.query(ddlNotifierSql());
  });

  it('lets a cache follow DDL, and not what is temporary or data', async () => {
    const cache = createCatalogCache({
      load: () => introspect(client),
      fingerprint: () => readFingerprint(client),
      refreshIntervalMs: 0,
    });
    await cache.get();
    const stop = await watchDdl(listener, cache, { quietMs: 5 });
    expect(await notificationsOf('create table followed (id int)')).toBeGreaterThan(0);
    await expect.poll(() => cache.current()?.catalog.tables.map(({ name }) => name)).toEqual(['followed']);
    expect(await notificationsOf('create temporary table scratch (id int)')).toBe(0);
    expect(await notificationsOf('drop table scratch')).toBe(0);
    expect(await notificationsOf('insert into followed values (1)')).toBe(0);
    await client.query('begin; create table undone (id int); rollback');
    expect(await notificationsOf('select 1')).toBe(0);
    expect(await notificationsOf('drop table followed')).toBeGreaterThan(0);
    await expect.poll(() => cache.current()?.catalog.tables).toEqual([]);
    await stop();
    expect(await notificationsOf('create table unheard (id int)')).toBe(0);
    cache.close();
  });

  it('refuses a channel that is no plain name', () => {
    expect(() => ddlNotifierSql({ channel: "x'; drop table y; --" })).toThrow(/channel/);
  });
});
