import { useDatabase } from '@pgmcp/testing/vitest';
import type pg from 'pg';
import { beforeAll, describe, expect, test } from 'vitest';
import { eventually, sleep } from './eventually.ts';
import { usePools } from './paths.ts';

const database = useDatabase();
const open = usePools(database);
let admin: pg.Client;
beforeAll(async () => {
  admin = await database.connect();
});

const DIRECT = [
  { path: 'one flight', pooler: 'none' },
  { path: 'step by step', pooler: 'transaction' },
] as const;

/** The backend that runs a statement with this marker. */
async function backendOf(marker: string, others: readonly number[] = []): Promise<number> {
  const ask = async () =>
    (
      await admin.query<{ pid: number }>(
        "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND query LIKE $1 AND pid <> pg_backend_pid() AND pid <> ALL ($2)",
        [`%${marker}%`, others],
      )
    ).rows[0]?.pid;
  return (await eventually(ask, (pid) => pid !== undefined)) ?? 0;
}

async function terminate(marker: string, ...others: readonly number[]): Promise<number> {
  const pid = await backendOf(marker, others);
  await admin.query('SELECT pg_terminate_backend($1)', [pid]);
  return pid;
}

describe.each(DIRECT)('a read that loses its connection ($path)', ({ pooler }) => {
  test('is repeated until it has had a connection opened after the loss: one event may cost every older one', async () => {
    const { db, events } = open({ pooler, maxConnections: 3 });
    await Promise.all([1, 2, 3].map(() => db.table('SELECT pg_sleep(0.05)')));
    await eventually(
      () => db.stats(),
      ({ idle }) => idle === 3,
    );
    const answer = db.table("SELECT 'three', pg_sleep(0.4)");
    const first = await terminate('three');
    const second = await terminate('three', first);
    await terminate('three', first, second);
    expect((await answer).rows).toEqual([['three', '']]);
    expect(events.filter(({ type }) => type === 'connection-opened')).toHaveLength(4);
  });

  test('is not repeated a second time when the connection was opened for the repetition', async () => {
    const { db, events } = open({ pooler });
    const suicide = "SELECT 'suicide', pg_terminate_backend(pg_backend_pid()), pg_sleep(5)";
    await expect(db.table(suicide)).rejects.toMatchObject({ code: 'CONNECTION_LOST', retryable: true });
    expect(events.filter(({ type }) => type === 'connection-opened')).toHaveLength(2);
  });

  test('is not repeated a second time when the other loss is another event', async () => {
    const { db } = open({ pooler, maxConnections: 2 });
    await Promise.all([1, 2].map(() => db.table('SELECT pg_sleep(0.05)')));
    await eventually(
      () => db.stats(),
      ({ idle }) => idle === 2,
    );
    const answer = db.table("SELECT 'later', pg_sleep(10)");
    const failed = expect(answer).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
    const first = await terminate('later');
    await backendOf('later', [first]);
    await sleep(2_100);
    await terminate('later', first);
    await failed;
  });

  test('after its first row is not repeated', async () => {
    const { db } = open({ pooler });
    const answer = db.table(
      "SELECT 'halfway' || repeat('x', 9000), pg_sleep(CASE WHEN n > 2 THEN 10 END) FROM generate_series(1, 9) n",
    );
    const failed = expect(answer).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
    // It sleeps: two rows of more than a packet have been written, and they arrive before the end does.
    const sleeping =
      "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep' AND query LIKE '%halfway%'";
    await eventually(
      () => admin.query(sleeping),
      ({ rowCount }) => rowCount === 1,
    );
    await terminate('halfway');
    await failed;
  });

  test('is repeated as a stream until its first batch, not later', async () => {
    const { db } = open({ pooler });
    const batches = db.stream(
      "SELECT 'streamed' || repeat('x', 9000), pg_sleep(CASE WHEN n > 64 THEN 10 WHEN n = 1 THEN 0.5 END) FROM generate_series(1, 99) n",
    );
    const reader = batches[Symbol.asyncIterator]();
    const first = reader.next();
    await terminate('streamed');
    expect((await first).value?.rows).toHaveLength(64);
    const second = expect(reader.next()).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
    await terminate('streamed');
    await second;
  });

  test('is repeated when PostgreSQL ends it to resolve a deadlock', async () => {
    const { db } = open({ pooler, maxConnections: 2 });
    const inOrder = (first: number, second: number) =>
      db.table(`SELECT pg_advisory_xact_lock(${first}), pg_sleep(0.3), pg_advisory_xact_lock(${second}), ${first}`);
    const before = (await admin.query('SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()'))
      .rows;
    const [one, two] = await Promise.all([inOrder(1, 2), inOrder(2, 1)]);
    expect([one.rows[0]?.[3], two.rows[0]?.[3]]).toEqual(['1', '2']);
    const after = await eventually(
      () => admin.query('SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()'),
      ({ rows }) => rows[0]?.deadlocks !== before[0]?.deadlocks,
    );
    expect(Number(after.rows[0]?.deadlocks)).toBeGreaterThan(Number(before[0]?.deadlocks));
  });
});
