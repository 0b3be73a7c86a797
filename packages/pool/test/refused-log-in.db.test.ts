import { createPools, type DatabaseSettings, type PoolEvent, type Pools } from '@pgmcp/pool';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@pgmcp/testing/embedded-postgres';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

/** One server that wants a password, and one that lets anybody in. */
let strict: EmbeddedPostgres;
let trusting: EmbeddedPostgres;
const opened: Pools[] = [];

beforeAll(async () => {
  [strict, trusting] = await Promise.all([startEmbeddedPostgres({ password: 'right' }), startEmbeddedPostgres()]);
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((pools) => pools.close()));
});
afterAll(async () => {
  await strict.stop();
  await trusting.stop();
});

function open(ports: readonly number[], settings: Partial<DatabaseSettings>) {
  const events: PoolEvent[] = [];
  const hosts = ports.map((port) => `127.0.0.1:${port}`).join(',');
  const pools = createPools([{ name: 'main', url: `postgresql://postgres@${hosts}/postgres`, ...settings }], {
    environment: {},
    onEvent: (event) => events.push(event),
  });
  opened.push(pools);
  return { db: pools.database('main'), events };
}

const UNUSED = 1;

test.each([
  ['a wrong password', { password: 'wrong' }, '28P01'],
  ['a user that is not there', { user: 'nobody', password: 'right' }, '28P01'],
  [
    'a wrong password, whatever kind of server is wanted',
    { password: 'wrong', targetSessionAttrs: 'prefer-standby' },
    '28P01',
  ],
] as const)('%s ends the search, as in libpq: no other host of the list is tried', async (_, settings, sqlstate) => {
  const { db, events } = open([strict.port, trusting.port], settings);
  const error = await db.table('SELECT 1').catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'CONNECT_FAILED', retryable: false, cause: { code: sqlstate } });
  expect(String(error)).toContain(`127.0.0.1:${strict.port}`);
  expect(String(error)).not.toContain(String(trusting.port));
  expect(events.map(({ type }) => type)).toEqual(['connect-failed']);
});

test('a role that the first server does not know, without a password asked for, ends the search too', async () => {
  const { db } = open([trusting.port, strict.port], { user: 'nobody', password: 'right' });
  await expect(db.table('SELECT 1')).rejects.toMatchObject({
    cause: { code: '28000' },
    message: expect.not.stringContaining(String(strict.port)),
  });
});

test('a host that is not there is passed over, and is named beside the one that refused', async () => {
  const { db, events } = open([UNUSED, strict.port, trusting.port], { password: 'wrong' });
  const error = await db.table('SELECT 1').catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'CONNECT_FAILED', retryable: false, cause: { code: '28P01' } });
  expect(String(error)).toContain('127.0.0.1:1 ');
  expect(String(error)).toContain(`127.0.0.1:${strict.port} `);
  expect(events.map(({ type }) => type)).toEqual(['connect-failed']);
  const { db: right } = open([UNUSED, strict.port, trusting.port], { password: 'right' });
  expect((await right.table('SELECT inet_server_port()')).rows).toEqual([[String(strict.port)]]);
});
