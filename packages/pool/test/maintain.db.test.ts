import { useDatabase } from '@pgmcp/testing/vitest';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { createPools } from '../src/index.ts';

const database = useDatabase();

beforeAll(async () => {
  const client = await database.connect();
  await client.query('CREATE TABLE notes AS SELECT n FROM generate_series(1, 100) n');
});

function open(more: object = {}) {
  const pools = createPools([{ name: 'd', url: database.url, maxConnections: 1, ...more }]);
  onTestFinished(() => pools.close());
  return pools.database('d');
}

it('runs what cannot stand in a transaction, and leaves the session as it was', async () => {
  const bound = open();
  await bound.with({ timeoutMs: 77_000 }).maintain('VACUUM (ANALYZE) notes');
  const { rows } = await bound.query<{ vacuumed: boolean; timeout: string; readonly: string }>(
    `SELECT (SELECT reltuples = 100 FROM pg_class WHERE relname = 'notes') AS vacuumed,
      current_setting('statement_timeout') AS timeout, current_setting('default_transaction_read_only') AS readonly`,
  );
  expect(rows).toEqual([{ vacuumed: true, timeout: '30s', readonly: 'on' }]);
  expect(bound.stats()).toMatchObject({ total: 1 });
});

it('passes the errors of the server on, and keeps the connection', async () => {
  const bound = open();
  await expect(bound.maintain('VACUUM nothing')).rejects.toMatchObject({ code: '42P01' });
  expect((await bound.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
});

it('is cancelled on the server with its signal, and by its timeout', async () => {
  const bound = open();
  const stopping = new AbortController();
  const running = bound.with({ signal: stopping.signal }).maintain('SELECT pg_sleep(60)');
  const admin = await database.connect();
  const active = async () =>
    (
      await admin.query(
        "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND query = 'SELECT pg_sleep(60)'",
      )
    ).rowCount;
  await expect.poll(active).toBe(1);
  stopping.abort();
  await expect(running).rejects.toMatchObject({ code: 'CANCELLED' });
  await expect.poll(active).toBe(0);
  await expect(bound.with({ timeoutMs: 50 }).maintain('SELECT pg_sleep(60)')).rejects.toMatchObject({ code: '57014' });
});

it('waits for a lock no longer than it is bound to', async () => {
  const bound = open();
  const holder = await database.connect();
  await holder.query('BEGIN');
  await holder.query('LOCK TABLE notes IN ACCESS EXCLUSIVE MODE');
  await expect(bound.with({ lockTimeoutMs: 50 }).maintain('VACUUM notes')).rejects.toMatchObject({ code: '55P03' });
  await holder.query('ROLLBACK');
  expect((await bound.query('SHOW lock_timeout')).rows).toEqual([{ lock_timeout: '5s' }]);
});

it('waits for a lock as long as its timeout allows when nothing is bound', async () => {
  const bound = open({ lockTimeoutMs: 50, maxConnections: 2 });
  const holder = await database.connect();
  await holder.query('BEGIN');
  await holder.query('LOCK TABLE notes IN ACCESS EXCLUSIVE MODE');
  const waiting = bound.maintain('VACUUM notes');
  await expect(bound.query('SELECT FROM notes')).rejects.toMatchObject({ code: '55P03' });
  await holder.query('ROLLBACK');
  await expect(waiting).resolves.toBeUndefined();
  expect((await bound.query('SHOW lock_timeout')).rows).toEqual([{ lock_timeout: '50ms' }]);
});

it('takes no limit over from the call before', async () => {
  const bound = open();
  await bound.with({ maxRowBytes: 16 * 1024 * 1024 }).query('SELECT 1');
  await expect(bound.maintain("SELECT repeat('x', 9000000)")).rejects.toMatchObject({ code: 'RESULT_TOO_LARGE' });
});

it('needs a direct connection and no session', async () => {
  await expect(open({ pooler: 'transaction' }).maintain('VACUUM')).rejects.toMatchObject({ code: 'INVALID_SETTINGS' });
  const bound = open().with({ session: { settings: { search_path: 'public' } } });
  await expect(bound.maintain('VACUUM')).rejects.toMatchObject({ code: 'INVALID_SETTINGS' });
});
