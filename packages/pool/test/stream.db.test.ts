import { getEventListeners } from 'node:events';
import type { TextBatch } from '@pgmcp/pool';
import { useDatabase } from '@pgmcp/testing/vitest';
import { describe, expect, test } from 'vitest';
import { eventually, sleep } from './eventually.ts';
import { PATHS, usePools } from './paths.ts';

const database = useDatabase();
const open = usePools(database);

async function collect(stream: AsyncIterable<TextBatch>): Promise<TextBatch[]> {
  const batches: TextBatch[] = [];
  for await (const batch of stream) batches.push(batch);
  return batches;
}

describe.each(PATHS)('a stream, $path', (via) => {
  test('gives every row once and in order, in batches', async () => {
    const { db, events } = open({ ...via, maxConnections: 1 });
    const rows: (string | null)[] = [];
    let batches = 0;
    for await (const batch of db.stream('SELECT n FROM generate_series(1, $1::int) n', [30_000])) {
      batches += 1;
      expect(batch.fields.map(({ name, typeOid }) => [name, typeOid])).toEqual([['n', 23]]);
      for (const [value] of batch.rows) rows.push(value ?? null);
    }
    expect(rows).toEqual(Array.from({ length: 30_000 }, (_, n) => String(n + 1)));
    expect(batches).toBeGreaterThan(3);
    expect((await db.table('SELECT 1')).rows).toEqual([['1']]);
    expect(events.filter(({ type }) => type === 'connection-opened')).toHaveLength(1);
  });

  test('of no rows gives one batch with the columns', async () => {
    const { db } = open(via);
    expect(await collect(db.stream('SELECT 1 AS one WHERE false'))).toEqual([
      { fields: [expect.objectContaining({ name: 'one' })], rows: [], truncated: false },
    ]);
  });

  test('ends when the loop is left, and the connection serves on', async () => {
    const { db, events } = open({ ...via, maxConnections: 1 });
    for await (const { rows } of db.stream(
      'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n',
    )) {
      expect(rows[0]).toEqual(['1']);
      break;
    }
    expect((await db.table('SELECT 1')).rows).toEqual([['1']]);
    expect(events.filter(({ type }) => type === 'connection-opened')).toHaveLength(1);
  });

  test('ends at bound limits and says so', async () => {
    const { db } = open(via);
    const byRows = await collect(db.with({ maxRows: 100 }).stream('SELECT n FROM generate_series(1, 1000) n'));
    expect(byRows.flatMap(({ rows }) => rows)).toHaveLength(100);
    expect(byRows.map(({ truncated }) => truncated)).toEqual([false, 'rows']);
    const exactly = await collect(db.with({ maxRows: 100 }).stream('SELECT n FROM generate_series(1, 100) n'));
    expect(exactly.at(-1)).toMatchObject({ truncated: false });
    const byBytes = await collect(
      db.with({ maxBytes: 100_000 }).stream("SELECT repeat('x', 1000) FROM generate_series(1, 1000) n"),
    );
    expect(byBytes.at(-1)).toMatchObject({ truncated: 'bytes' });
  });

  test("does not write, and its error is PostgreSQL's", async () => {
    const { db } = open({ ...via, maxConnections: 1 });
    await expect(collect(db.with({ access: 'read-write' }).stream('CREATE TABLE t ()'))).rejects.toMatchObject({
      code: '25006',
    });
    await expect(collect(db.stream('SELECT 100 / (900 - n) FROM generate_series(1, 1000) n'))).rejects.toMatchObject({
      code: '22012',
    });
    await expect(collect(db.stream('COMMIT'))).rejects.toMatchObject({ code: 'TRANSACTION_LOST' });
    expect((await db.table('SELECT 1')).rows).toEqual([['1']]);
  });

  test('can be aborted in the middle of a batch', async () => {
    const { db } = open({ ...via, maxConnections: 1 });
    const controller = new AbortController();
    const reading = (async () => {
      for await (const { rows } of db
        .with({ signal: controller.signal })
        .stream('SELECT n, CASE WHEN n > 500 THEN pg_sleep(60) END FROM generate_series(1, 1000) n')) {
        if (rows.length > 0) setTimeout(() => controller.abort(), 50);
      }
    })();
    await expect(reading).rejects.toMatchObject({ code: 'CANCELLED' });
    expect((await db.table('SELECT 1')).rows).toEqual([['1']]);
    await eventually(
      () => db.stats().idle,
      (idle) => idle === 1,
    );
  });
});

const SUDDENLY_WIDE =
  "SELECT n, CASE WHEN n > 64 THEN repeat('x', 1000000) ELSE 'x' END FROM generate_series(1, $1::int) n";
const bytesOf = ({ rows }: TextBatch) => rows.flat().reduce((sum, value) => sum + (value?.length ?? 0), 0);

describe.each(PATHS)('a stream whose rows suddenly are a million times wider, $path', (via) => {
  test('gives every row once, in batches that fit into memory, at the pace of its reader', async () => {
    const { db, events } = open({ ...via, maxConnections: 1 });
    const numbers: (string | null | undefined)[] = [];
    const sizes: number[] = [];
    for await (const batch of db.stream(SUDDENLY_WIDE, [100])) {
      numbers.push(...batch.rows.map(([n]) => n));
      sizes.push(bytesOf(batch));
      await sleep(5);
    }
    expect(numbers).toEqual(Array.from({ length: 100 }, (_, n) => String(n + 1)));
    expect(Math.max(...sizes)).toBeLessThan(8_000_000);
    expect((await db.table('SELECT 1')).rows).toEqual([['1']]);
    expect(events.filter(({ type }) => type === 'connection-opened')).toHaveLength(1);
  });

  test('can be left: the statement ends on the server, and the pool of one serves on', async () => {
    const { db, events } = open({ ...via, maxConnections: 1 });
    for await (const batch of db.stream(SUDDENLY_WIDE, [100_000])) if (bytesOf(batch) > 1_000_000) break;
    expect((await db.table('SELECT 1')).rows).toEqual([['1']]);
    expect(events).toContainEqual(expect.objectContaining({ type: 'connection-closed', reason: 'cancelled' }));
    const running =
      "SELECT FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%repeat(%' AND state = 'active' AND pid <> pg_backend_pid()";
    const left = await eventually(
      () => db.table(running),
      ({ rows }) => rows.length === 0,
    );
    expect(left.rows).toEqual([]);
  });

  test('can be aborted while its reader rests, and ends when the reader rests for too long', async () => {
    const { db } = open({ ...via, maxConnections: 1, idleInTransactionTimeoutMs: 300 });
    const controller = new AbortController();
    const reader = db.with({ signal: controller.signal }).stream(SUDDENLY_WIDE, [100_000])[Symbol.asyncIterator]();
    for (let wide = false; !wide; ) wide = bytesOf((await reader.next()).value ?? { rows: [] }) > 1_000_000;
    controller.abort();
    expect((await db.table('SELECT 1')).rows).toEqual([['1']]);
    await expect(reader.next()).rejects.toMatchObject({ code: 'CANCELLED' });

    const resting = db.stream(SUDDENLY_WIDE, [100_000])[Symbol.asyncIterator]();
    for (let wide = false; !wide; ) wide = bytesOf((await resting.next()).value ?? { rows: [] }) > 1_000_000;
    const stats = await eventually(
      () => db.stats(),
      ({ lent }) => lent === 0,
    );
    expect(stats.lent).toBe(0);
    await expect(resting.next()).rejects.toMatchObject({ code: 'TIMEOUT' });
  });
});

test.each(PATHS)('an error right behind rows that filled a batch is told as it was, $path', async (via) => {
  const { db } = open({ ...via, maxConnections: 1 });
  const numbers: (string | null | undefined)[] = [];
  const reading = (async () => {
    for await (const { rows } of db.stream(
      "SELECT n, repeat('x', 1000000), 1 / (6 - n) FROM generate_series(1, 10) n",
    )) {
      numbers.push(...rows.map(([n]) => n));
      await sleep(50);
    }
  })();
  await expect(reading).rejects.toMatchObject({ code: '22012' });
  expect(numbers).toEqual(['1', '2', '3', '4', '5']);
  expect((await db.table('SELECT 1')).rows).toEqual([['1']]);
});

test('an abort while the reader rests frees the connection at once, even if the reader never comes back', async () => {
  const { db } = open({ maxConnections: 1 });
  const controller = new AbortController();
  const reader = db
    .with({ signal: controller.signal })
    .stream('SELECT n FROM generate_series(1, 1000) n')
    [Symbol.asyncIterator]();
  expect((await reader.next()).value?.rows.length).toBeGreaterThan(0);
  controller.abort();
  expect((await db.table('SELECT 1')).rows).toEqual([['1']]);
  await expect(reader.next()).rejects.toMatchObject({ code: 'CANCELLED' });
});

test('a reader that never comes back loses its connection, and leaves nothing on the signal', async () => {
  const { db } = open({ maxConnections: 1, idleInTransactionTimeoutMs: 100 });
  const { signal } = new AbortController();
  const reader = db.with({ signal }).stream('SELECT n FROM generate_series(1, 1000) n')[Symbol.asyncIterator]();
  expect((await reader.next()).value?.rows).not.toEqual([]);
  expect(getEventListeners(signal, 'abort')).not.toEqual([]);
  expect((await db.table('SELECT 1')).rows).toEqual([['1']]);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

test('300,000 rows of 1 kB are read in flat memory', { timeout: 60_000 }, async () => {
  const { db } = open();
  await db.table('SELECT 1');
  const before = process.memoryUsage().rss;
  let rows = 0;
  let peak = 0;
  for await (const batch of db.stream("SELECT n, repeat('x', 1000) FROM generate_series(1, 300000) n")) {
    rows += batch.rows.length;
    peak = Math.max(peak, process.memoryUsage().rss - before);
  }
  expect(rows).toBe(300_000);
  expect(peak).toBeLessThan(100 * 1024 * 1024);
});
