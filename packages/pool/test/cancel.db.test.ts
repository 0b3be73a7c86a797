import { connect, createServer } from 'node:net';
import { useDatabase } from '@pgmcp/testing/vitest';
import { describe, expect, test } from 'vitest';
import { eventually, sleep } from './eventually.ts';
import { PATHS, usePools } from './paths.ts';

const database = useDatabase();
const open = usePools(database);

/** Statements of our pools that run now. */
async function running(marker: string): Promise<number> {
  const client = await database.connect();
  const { rows } = await client.query(
    "SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND pid <> pg_backend_pid() AND query LIKE '%' || $1 || '%'",
    [marker],
  );
  await client.end();
  return rows[0].n;
}

describe.each(PATHS)('an aborted call in $path', (via) => {
  test('ends in CANCELLED and its statement is gone from the server', async () => {
    const { db, events } = open({ ...via, maxConnections: 1 });
    const controller = new AbortController();
    const call = db.with({ signal: controller.signal }).table("SELECT pg_sleep(60), 'marker a'");
    call.catch(() => {});
    expect(
      await eventually(
        () => running('marker a'),
        (count) => count === 1,
      ),
    ).toBe(1);
    controller.abort(new Error('the user left'));
    await expect(call).rejects.toMatchObject({
      code: 'CANCELLED',
      database: 'main',
      cause: { message: 'the user left' },
    });
    expect(await running('marker a')).toBe(0);
    expect(events).toContainEqual(expect.objectContaining({ type: 'cancel-sent', reason: 'signal' }));
    expect(events).toContainEqual(expect.objectContaining({ type: 'connection-closed', reason: 'cancelled' }));
    expect((await db.table('SELECT 1')).rows).toEqual([['1']]);
  });

  test('before it began never reaches the server', async () => {
    const { db, events } = open(via);
    await expect(db.with({ signal: AbortSignal.abort() }).table('SELECT 1')).rejects.toMatchObject({
      code: 'CANCELLED',
    });
    expect(events).toEqual([]);
  });

  test('while it waits for a connection leaves the queue', async () => {
    const { db } = open({ ...via, maxConnections: 1 });
    const holder = db.table('SELECT pg_sleep(0.3)');
    const controller = new AbortController();
    const waiting = db.with({ signal: controller.signal }).table('SELECT 1');
    waiting.catch(() => {});
    await eventually(
      () => db.stats().waiting,
      (count) => count === 1,
    );
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(db.stats().waiting).toBe(0);
    await holder;
  });

  test('in a transaction ends the call even when its work never settles, and the pool of one serves on', async () => {
    const { db } = open({ ...via, maxConnections: 1 });
    const controller = new AbortController();
    const call = db.with({ signal: controller.signal }).transaction(async (transaction) => {
      await transaction.query('SELECT 1');
      await new Promise(() => {});
    });
    setTimeout(() => controller.abort(), 50);
    await expect(call).rejects.toMatchObject({ code: 'CANCELLED' });
    expect((await db.table('SELECT 1')).rows).toEqual([['1']]);
  });

  test('in the middle of a statement of a transaction cancels that statement', async () => {
    const { db } = open({ ...via, maxConnections: 1 });
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 100);
    const call = db.with({ signal: controller.signal }).transaction(async (transaction) => {
      await transaction.query("SELECT pg_sleep(60), 'marker b'").catch(() => {});
      await new Promise(() => {});
    });
    await expect(call).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await running('marker b')).toBe(0);
    expect((await db.table('SELECT 1')).rows).toEqual([['1']]);
  });

  test('never stops the statement of the next borrower: 200 aborts at random moments', {
    timeout: 60_000,
  }, async () => {
    const { db } = open({ ...via, maxConnections: 2 });
    let finished = 0;
    const victims = (async () => {
      while (finished < 200)
        expect((await db.table('SELECT count(*) FROM generate_series(1, 3000)')).rows).toEqual([['3000']]);
    })();
    for (; finished < 200; finished += 1) {
      const controller = new AbortController();
      const call = db.with({ signal: controller.signal }).table('SELECT count(*) FROM generate_series(1, 20000)');
      await sleep(Math.random() * 6);
      controller.abort();
      const outcome = await call.catch((error: unknown) => error);
      expect(outcome).toSatisfy(
        (value: { code?: string; rows?: unknown }) => value.code === 'CANCELLED' || value.rows !== undefined,
      );
    }
    await victims;
  });
});

test('one signal for many calls ends them all, those that run and those that wait', async () => {
  const { db } = open({ maxConnections: 5 });
  const controller = new AbortController();
  const bound = db.with({ signal: controller.signal });
  const calls = Array.from({ length: 20 }, () => bound.table("SELECT pg_sleep(60), 'marker many'"));
  for (const call of calls) call.catch(() => {});
  expect(
    await eventually(
      () => running('marker many'),
      (count) => count === 5,
    ),
  ).toBe(5);
  controller.abort();
  const outcomes = await Promise.allSettled(calls);
  for (const outcome of outcomes) expect(outcome).toMatchObject({ reason: { code: 'CANCELLED' } });
  expect(await running('marker many')).toBe(0);
  expect(db.stats()).toMatchObject({ lent: 0, waiting: 0 });
  expect((await db.table('SELECT 1')).rows).toEqual([['1']]);
});

test('a cancel that overtakes its statement is said again', async () => {
  const { hostname, port } = new URL(database.url);
  let delayMs = 0;
  // The first connection is slow from some moment on; the one of the cancel is not.
  let connections = 0;
  const forwarder = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    const isFirst = connections === 0;
    connections += 1;
    client.on('data', (chunk) => setTimeout(() => upstream.write(chunk), isFirst ? delayMs : 0));
    upstream.pipe(client);
    client.on('close', () => upstream.destroy());
    client.on('error', () => upstream.destroy());
    upstream.on('error', () => client.destroy());
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => forwarder.once('listening', resolve));
  const address = forwarder.address();
  try {
    const { db, events } = open({
      host: '127.0.0.1',
      port: typeof address === 'object' && address !== null ? address.port : 0,
      sslMode: 'disable',
      maxConnections: 1,
    });
    await db.table('SELECT 1');
    delayMs = 200;
    const controller = new AbortController();
    const call = db.with({ signal: controller.signal }).table("SELECT pg_sleep(60), 'marker overtaken'");
    controller.abort();
    await expect(call).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await running('marker overtaken')).toBe(0);
    const cancels = events.filter(({ type }) => type.startsWith('cancel'));
    expect(cancels.length).toBeGreaterThan(1);
    expect(new Set(cancels.map((event) => ('reason' in event ? event.reason : '')))).toEqual(new Set(['signal']));
  } finally {
    forwarder.close();
  }
});

test('a cancel is not sent when the statement has ended meanwhile', async () => {
  const { db, events } = open({ maxConnections: 1 });
  const controller = new AbortController();
  await db.with({ signal: controller.signal }).table('SELECT 1');
  controller.abort();
  await sleep(50);
  expect(events.filter(({ type }) => type.startsWith('cancel'))).toEqual([]);
  expect(events.filter(({ type }) => type === 'connection-closed')).toEqual([]);
});

test('close cancels nothing early: a call under way ends, a new one is refused', async () => {
  const { db, pools } = open();
  const call = db.table('SELECT pg_sleep(0.2)');
  await eventually(
    () => db.stats().lent,
    (count) => count === 1,
  );
  const closed = pools.close();
  await expect(db.table('SELECT 1')).rejects.toMatchObject({ code: 'CLOSED' });
  await expect(call).resolves.toMatchObject({ command: 'SELECT 1' });
  await closed;
  expect(db.stats()).toMatchObject({ total: 0, idle: 0, lent: 0, waiting: 0 });
});

test('close after its deadline ends the calls that are still under way, also on the server', async () => {
  const { db, pools } = open();
  const call = db.table("SELECT pg_sleep(60), 'marker c'");
  call.catch(() => {});
  await eventually(
    () => running('marker c'),
    (count) => count === 1,
  );
  await pools.close({ deadlineMs: 100 });
  await expect(call).rejects.toMatchObject({ code: 'CLOSED' });
  expect(
    await eventually(
      () => running('marker c'),
      (count) => count === 0,
    ),
  ).toBe(0);
});
