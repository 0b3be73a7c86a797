import { useDatabase } from '@pgmcp/testing/vitest';
import { expect, test } from 'vitest';
import { eventually, sleep } from './eventually.ts';
import { startChaosProxy } from './faults/chaos-proxy.ts';
import { usePools } from './paths.ts';

const database = useDatabase();
const open = usePools(database);

test('calls in a row use one connection', async () => {
  const { db, events } = open();
  for (let call = 0; call < 20; call += 1) await db.table('SELECT 1');
  expect(events.filter(({ type }) => type === 'connection-opened')).toHaveLength(1);
  expect(db.stats()).toMatchObject({ total: 1, waiting: 0, borrowed: 20, max: 10 });
});

test('each use of a connection is told with its time, also one that ends with the connection', async () => {
  const { db, events } = open({ maxConnections: 1 });
  const uses = () => events.flatMap((event) => (event.type === 'connection-returned' ? [event.usedMs] : []));
  await db.table('SELECT pg_sleep(0.05)');
  await expect(db.with({ signal: AbortSignal.timeout(50) }).table('SELECT pg_sleep(10)')).rejects.toThrow();
  await eventually(
    () => uses().length,
    (count) => count === 2,
  );
  for (const usedMs of uses()) expect(usedMs).toBeGreaterThanOrEqual(40);
});

test('calls at once use as many connections as allowed, and each gets its own answer', async () => {
  const { db } = open({ maxConnections: 4 });
  const answers = await Promise.all(
    Array.from({ length: 16 }, (_, n) => db.table('SELECT $1::int, pg_sleep(0.01)', [n])),
  );
  expect(answers.map(({ rows }) => Number(rows[0]?.[0]))).toEqual(Array.from({ length: 16 }, (_, n) => n));
  expect(db.stats()).toMatchObject({ total: 4, waiting: 0 });
  expect(db.stats().waitMs.max).toBeGreaterThan(0);
});

test('when all connections are in use a call waits for a bounded time, then BUSY says when to come back', async () => {
  // Opened before the first call: on a busy machine that alone may take longer than a call waits here.
  const { db } = open({ minConnections: 1, maxConnections: 1, borrowTimeoutMs: 100 });
  await eventually(
    () => db.stats().idle,
    (count) => count === 1,
  );
  let letGo = () => {};
  const holder = db.transaction(() => new Promise<void>((resolve) => (letGo = resolve)));
  await eventually(
    () => db.stats().lent,
    (count) => count === 1,
  );
  await expect(db.table('SELECT 1')).rejects.toMatchObject({
    code: 'BUSY',
    retryable: true,
    retryAfterMs: expect.any(Number),
    database: 'main',
  });
  letGo();
  await holder;
  expect((await db.table('SELECT 1')).rows).toEqual([['1']]);
});

test('the number that may wait is bounded too', async () => {
  const { db } = open({ maxConnections: 1 });
  const holder = db.table('SELECT pg_sleep(0.3)');
  await eventually(
    () => db.stats().lent,
    (count) => count === 1,
  );
  const calls = Array.from({ length: 5 }, () => db.table('SELECT 1'));
  const outcomes = await Promise.allSettled(calls);
  expect(outcomes.map(({ status }) => status)).toEqual([
    'fulfilled',
    'fulfilled',
    'fulfilled',
    'fulfilled',
    'rejected',
  ]);
  expect(outcomes[4]).toMatchObject({
    reason: { code: 'BUSY', message: expect.stringContaining('4 callers already wait') },
  });
  await holder;
});

test('a transaction whose work never comes back loses its connection, and the pool of one serves on', async () => {
  const { db } = open({ maxConnections: 1, idleInTransactionTimeoutMs: 100 });
  const leaked = db.transaction(() => new Promise<never>(() => {}));
  await expect(leaked).rejects.toMatchObject({ code: 'CONNECTION_LOST', cause: { code: '25P03' } });
  expect((await db.table('SELECT 1')).rows).toEqual([['1']]);
});

test('idle connections whose backends were ended a moment ago cost nobody an error', async () => {
  const { db, events } = open({ maxConnections: 4 });
  const client = await database.connect();
  const writer = db.with({ access: 'read-write' });
  const calls = [
    () => db.table('SELECT 1'),
    () => db.query('SELECT 1'),
    () => db.transaction(async () => 1),
    () => writer.query('SELECT 1'),
  ];
  for (const call of calls) {
    await Promise.all(Array.from({ length: 4 }, () => db.table('SELECT pg_sleep(0.02)')));
    // One that is still being opened would be there afterwards.
    await eventually(
      () => db.stats(),
      ({ idle, connecting }) => idle === 4 && connecting === 0,
    );
    await client.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'pgmcp'",
    );
    await call();
  }
  await client.end();
  expect(
    await eventually(
      () => db.stats().total,
      (total) => total === 1,
    ),
  ).toBe(1);
  const lost = events.filter(
    (event) => event.type === 'connection-closed' && ['lost', 'ping-failed'].includes(event.reason),
  );
  expect(lost.length).toBeGreaterThanOrEqual(12);
});

test("a backend that is ended under a statement is CONNECTION_LOST with the server's reason, and the next call works", async () => {
  const { db } = open({ maxConnections: 1 });
  await expect(db.table('SELECT pg_terminate_backend(pg_backend_pid()), pg_sleep(1)')).rejects.toMatchObject({
    code: 'CONNECTION_LOST',
    retryable: true,
    cause: { code: '57P01' },
  });
  expect((await db.table('SELECT 1')).rows).toEqual([['1']]);
});

test('a backend that is ended between two statements of a transaction ends the transaction', async () => {
  const { db } = open({ maxConnections: 1 });
  const client = await database.connect();
  const call = db.transaction(async (transaction) => {
    const { rows } = await transaction.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    await client.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
    await sleep(5_000);
  });
  await expect(call).rejects.toMatchObject({ code: 'CONNECTION_LOST', cause: { code: '57P01' } });
  await client.end();
  expect((await db.table('SELECT 1')).rows).toEqual([['1']]);
});

test('idle connections are closed, but not below the minimum', async () => {
  const { db } = open({ maxConnections: 4, minConnections: 1, idleTimeoutMs: 100 });
  await Promise.all(Array.from({ length: 4 }, () => db.table('SELECT pg_sleep(0.05)')));
  expect(db.stats().total).toBe(4);
  expect(
    await eventually(
      () => db.stats().total,
      (total) => total === 1,
    ),
  ).toBe(1);
  await sleep(300);
  expect(db.stats().total).toBe(1);
});

test('the minimum is opened before the first call', async () => {
  const { db } = open({ minConnections: 2 });
  expect(
    await eventually(
      () => db.stats().idle,
      (idle) => idle === 2,
    ),
  ).toBe(2);
});

test('a connection is replaced after its lifetime', async () => {
  const { db, events } = open({ maxConnections: 1, maxLifetimeMs: 100 });
  await db.table('SELECT 1');
  await eventually(
    () => events.some((event) => event.type === 'connection-closed' && event.reason === 'lifetime'),
    (closed) => closed,
  );
  expect((await db.table('SELECT 1')).rows).toEqual([['1']]);
  expect(events.filter(({ type }) => type === 'connection-opened')).toHaveLength(2);
});

test('a connection that was idle for a second is pinged and lent again', async () => {
  const { db, events } = open({ maxConnections: 1 });
  await db.table('SELECT 1');
  await sleep(1_100);
  expect((await db.table('SELECT 1')).rows).toEqual([['1']]);
  expect(events.filter(({ type }) => type === 'connection-opened')).toHaveLength(1);
});

test('health says who and what is there, and stays quiet about secrets', async () => {
  const weak = await database.createRole('weak', { settings: { default_transaction_read_only: 'on' } });
  const [strong, limited] = await Promise.all([open().db.health(), open({ url: weak.url }).db.health()]);
  expect(strong).toMatchObject({
    name: 'main',
    status: 'up',
    superuser: true,
    readOnly: false,
    inRecovery: false,
    user: database.user,
  });
  expect(strong.latencyMs).toBeGreaterThan(0);
  expect(strong.serverVersionNum).toBeGreaterThan(130_000);
  expect(limited).toMatchObject({ status: 'up', superuser: false, bypassRls: false, readOnly: true, user: weak.name });
  expect(JSON.stringify(limited)).not.toContain(weak.password);
});

test('a listener that throws breaks nothing', async () => {
  const { createPools } = await import('@pgmcp/pool');
  const pools = createPools([{ name: 'main', url: database.url }], {
    onEvent: () => {
      throw new Error('listener');
    },
  });
  expect((await pools.database('main').table('SELECT 1')).rows).toEqual([['1']]);
  await pools.close();
});

test('a password provider is asked for every new connection', async () => {
  let asked = 0;
  const role = await database.createRole('token');
  const url = new URL(role.url);
  url.password = '';
  const { db } = open({
    url: url.toString(),
    maxConnections: 2,
    password: async () => {
      asked += 1;
      return role.password;
    },
  });
  await Promise.all([db.table('SELECT pg_sleep(0.05)'), db.table('SELECT pg_sleep(0.05)')]);
  // A server that trusts everybody never asks.
  expect([0, 2]).toContain(asked);
});

test('many dead idle connections cost one wait, not one each', async () => {
  const proxy = await startChaosProxy(database);
  const { db, events } = open({ host: '127.0.0.1', port: proxy.port, maxConnections: 6, borrowTimeoutMs: 1_800 });
  await Promise.all(Array.from({ length: 6 }, () => db.table('SELECT pg_sleep(0.05)')));
  await sleep(1_100);
  proxy.strand();
  // Six pings of 500 ms, one after the other, would be more than this call has.
  expect((await db.table('SELECT 1')).rows).toEqual([['1']]);
  await eventually(
    () => events.filter((event) => event.type === 'connection-closed' && event.reason === 'ping-failed').length,
    (count) => count === 6,
  );
  expect(db.stats()).toMatchObject({ total: 1, idle: 1, waiting: 0 });
  await proxy.close();
});

test('a transaction that rests behind a dead network is ended from this side', async () => {
  const proxy = await startChaosProxy(database);
  const { db } = open({ host: '127.0.0.1', port: proxy.port, maxConnections: 1, idleInTransactionTimeoutMs: 100 });
  const leaked = db.transaction(async (transaction) => {
    await transaction.query('SELECT 1');
    proxy.set({ kind: 'silence' });
    await new Promise(() => {});
  });
  await expect(leaked).rejects.toMatchObject({ code: 'TIMEOUT' });
  proxy.set({ kind: 'pass' });
  expect((await db.table('SELECT 1')).rows).toEqual([['1']]);
  await proxy.close();
});

test('a huge notice is refused like a huge row, and the next call works', async () => {
  const { db } = open({ maxConnections: 1 });
  await expect(db.table("DO $$ BEGIN RAISE NOTICE '%', repeat('x', 20000000); END $$")).rejects.toMatchObject({
    code: 'RESULT_TOO_LARGE',
  });
  expect((await db.table('SELECT 1')).rows).toEqual([['1']]);
});

test('an abort while the transaction is being opened ends the call, even if its work never does anything', async () => {
  const proxy = await startChaosProxy(database);
  const { db } = open({ host: '127.0.0.1', port: proxy.port, maxConnections: 1 });
  await db.table('SELECT 1');
  proxy.set({ kind: 'latency', milliseconds: 60 });
  const controller = new AbortController();
  const call = db.with({ signal: controller.signal }).transaction(() => new Promise(() => {}));
  setTimeout(() => controller.abort(), 30);
  await expect(call).rejects.toMatchObject({ code: 'CANCELLED' });
  proxy.set({ kind: 'pass' });
  expect((await db.table('SELECT 1')).rows).toEqual([['1']]);
  await proxy.close();
});
