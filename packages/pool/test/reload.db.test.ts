import { useDatabase } from '@pgmcp/testing/vitest';
import { expect, test } from 'vitest';
import { eventually } from './eventually.ts';
import { usePools } from './paths.ts';

const database = useDatabase();
const open = usePools(database);

test('a reload adds, replaces, removes and keeps, and says which', async () => {
  const { pools } = open();
  const one = (name: string, more = {}) => ({ name, url: database.url, ...more });
  expect(pools.reload([one('main'), one('second')])).toEqual({
    added: ['second'],
    replaced: [],
    removed: [],
    unchanged: ['main'],
  });
  expect(pools.names()).toEqual(['main', 'second']);
  expect(pools.reload([one('second', { applicationName: 'renamed' })])).toEqual({
    added: [],
    replaced: ['second'],
    removed: ['main'],
    unchanged: [],
  });
  expect(() => pools.database('main')).toThrow(expect.objectContaining({ code: 'UNKNOWN_DATABASE' }));
  expect((await pools.database('second').table("SELECT current_setting('application_name')")).rows).toEqual([
    ['renamed'],
  ]);
});

test('an unchanged database keeps its connections', async () => {
  const { db, pools, events } = open();
  await db.table('SELECT 1');
  pools.reload([{ name: 'main', url: database.url }]);
  await pools.database('main').table('SELECT 1');
  expect(events.filter(({ type }) => type === 'connection-opened')).toHaveLength(1);
});

test('a call under way ends on what it started with, while new calls use the new settings', async () => {
  const { db, pools } = open();
  const running = db.table("SELECT pg_sleep(0.3), current_setting('application_name')");
  await eventually(
    () => db.stats().lent,
    (lent) => lent === 1,
  );
  pools.reload([{ name: 'main', url: database.url, applicationName: 'new' }]);
  expect((await pools.database('main').table("SELECT current_setting('application_name')")).rows).toEqual([['new']]);
  expect((await running).rows).toEqual([['', 'pgmcp']]);
  await expect(db.table('SELECT 1')).rejects.toMatchObject({ code: 'CLOSED' });
  expect(db.stats().total).toBe(0);
});

test.each(['replaced', 'removed'])('a stream goes on to its end when its database is %s under it', async (how) => {
  const { db, pools, events } = open({ maxConnections: 1 });
  let rows = 0;
  for await (const batch of db.stream('SELECT n FROM generate_series(1, 30000) n')) {
    if (rows === 0) pools.reload(how === 'removed' ? [] : [{ name: 'main', url: database.url, maxConnections: 2 }]);
    rows += batch.rows.length;
  }
  expect(rows).toBe(30_000);
  expect(
    await eventually(
      () => db.stats().total,
      (total) => total === 0,
    ),
  ).toBe(0);
  expect(events).toContainEqual(expect.objectContaining({ type: 'connection-closed', reason: 'closed' }));
});

test('one invalid setting changes nothing', async () => {
  const { db, pools } = open();
  expect(() =>
    pools.reload([
      { name: 'new', url: database.url },
      { name: 'broken', url: 'nonsense' },
    ]),
  ).toThrow(expect.objectContaining({ code: 'INVALID_SETTINGS' }));
  expect(pools.names()).toEqual(['main']);
  expect((await db.table('SELECT 1')).rows).toEqual([['1']]);
  await pools.close();
  expect(() => pools.reload([])).toThrow(expect.objectContaining({ code: 'CLOSED' }));
});

test('close waits for what a reload has left behind', async () => {
  const { db, pools } = open();
  const running = db.table('SELECT pg_sleep(0.3)');
  await eventually(
    () => db.stats().lent,
    (lent) => lent === 1,
  );
  pools.reload([]);
  await pools.close();
  await expect(running).resolves.toMatchObject({ command: 'SELECT 1' });
  expect(db.stats().total).toBe(0);
});
