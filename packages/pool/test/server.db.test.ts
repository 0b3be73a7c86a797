import { connect, createServer } from 'node:net';
import { createPools, type PoolEvent } from '@pgmcp/pool';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@pgmcp/testing/embedded-postgres';
import { findFreePort } from '@pgmcp/testing/programs';
import { afterEach, describe, expect, test } from 'vitest';
import { eventually, sleep } from './eventually.ts';
import { PATHS } from './paths.ts';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function start(settings: Record<string, string> = {}, password?: string): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ settings, ...(password === undefined ? {} : { password }) });
  cleanups.push(() => server.stop());
  return server;
}

function open(url: string, more: object = {}) {
  const events: PoolEvent[] = [];
  const pools = createPools([{ name: 'main', url, ...more }], { onEvent: (event) => events.push(event) });
  cleanups.push(() => pools.close({ deadlineMs: 500 }));
  return { db: pools.database('main'), pools, events };
}

describe('a server that is not there', () => {
  test('does not stop the pools from starting; a call says what was tried', async () => {
    const port = await findFreePort();
    const { db, events } = open(`postgresql://ann:hunter2@127.0.0.1:${port}/shop`, { borrowTimeoutMs: 300 });
    const error = await db.table('SELECT 1').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: 'CONNECT_FAILED',
      retryable: true,
      database: 'main',
      cause: { code: 'ECONNREFUSED' },
    });
    expect(String(error)).toContain(`127.0.0.1:${port} (sslMode prefer, with TLS)`);
    expect(events.filter(({ type }) => type === 'connect-failed').length).toBeGreaterThan(1);
    expect(await db.health()).toMatchObject({ name: 'main', status: 'down', error: { code: 'CONNECT_FAILED' } });
    expect(JSON.stringify([events, await db.health()])).not.toContain('hunter2');
    expect(db.stats()).toMatchObject({ total: 0, waiting: 0 });
  });

  test('is found as soon as it comes, by the call that waits', async () => {
    const server = await start();
    await server.crash();
    const { db, events } = open(server.url(), { borrowTimeoutMs: 15_000 });
    const call = db.table('SELECT 1');
    await eventually(
      () => events.length,
      (count) => count > 0,
    );
    await server.resume();
    expect((await call).rows).toEqual([['1']]);
  });

  test('is known to be down after one caller has waited in vain: the next ones share one attempt, until it is back', async () => {
    const server = await start();
    const { db, events } = open(server.url(), { borrowTimeoutMs: 1_500 });
    await db.table('SELECT 1');
    await server.crash();
    await expect(db.table('SELECT 1')).rejects.toMatchObject({ code: 'CONNECT_FAILED' });
    await expect(db.table('SELECT 1')).rejects.toMatchObject({ code: 'CONNECT_FAILED' });
    expect(db.stats().breaker).toBe('open');
    const attempts = () => events.filter(({ type }) => type === 'connect-failed').length;
    const before = attempts();
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => db.table('SELECT 1')));
    for (const outcome of outcomes)
      expect(outcome).toMatchObject({
        reason: { code: 'CONNECT_FAILED', retryable: true, retryAfterMs: expect.any(Number) },
      });
    expect(attempts() - before).toBeLessThanOrEqual(1);
    await server.resume();
    const answer = await eventually(
      () => db.table('SELECT 1').catch(() => undefined),
      (table) => table !== undefined,
    );
    expect(answer?.rows).toEqual([['1']]);
    expect(db.stats().breaker).toBe('closed');
    expect(events.map(({ type }) => type)).toEqual(expect.arrayContaining(['breaker-opened', 'breaker-closed']));
  });

  test('with a name that does not resolve is a failure at once, not after the whole wait', async () => {
    const { db } = open('postgresql://ann@no-such-host.invalid/shop', { borrowTimeoutMs: 60_000 });
    await expect(db.table('SELECT 1')).rejects.toMatchObject({ code: 'CONNECT_FAILED', retryable: false });
  });

  test('but something else that never answers is left after the connect timeout', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => silent.once('listening', resolve));
    cleanups.push(async () => silent.close());
    const address = silent.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { db } = open(`postgresql://ann@127.0.0.1:${port}/shop`, { connectTimeoutMs: 100, borrowTimeoutMs: 300 });
    await expect(db.table('SELECT 1')).rejects.toMatchObject({
      code: 'CONNECT_FAILED',
      message: expect.stringContaining('no answer within 100 ms'),
    });
  });

  test.each([
    'hello\r\n',
    'HTTP/1.1 400 Bad Request\r\n\r\n',
    'S',
    'N',
    'E',
    '\0\0\0\0\0\0\0\0',
    'R\0\0\0\x02',
    'D\xff\xff\xff\xff',
    'T\0\0\0\x06\0\x01',
    'S\0\0\0\x08abcd',
  ])('and one that speaks another protocol (%j) breaks nothing', async (greeting) => {
    const other = createServer((socket) => {
      socket.on('error', () => {});
      socket.on('data', () => socket.write(Buffer.from(greeting, 'latin1')));
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    cleanups.push(async () => other.close());
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    for (const sslMode of ['disable', 'prefer'] as const) {
      const { db } = open(`postgresql://ann@127.0.0.1:${port}/shop`, {
        connectTimeoutMs: 100,
        borrowTimeoutMs: 250,
        sslMode,
      });
      await expect(db.table('SELECT 1')).rejects.toMatchObject({ code: 'CONNECT_FAILED' });
    }
  });
});

test.each(['HTTP/1.1 400 Bad Request\r\n\r\n', 'SSH-2.0-OpenSSH_9.2\r\n', '220 mail ready\r\n'])(
  'a server that is no PostgreSQL (%j) is called that',
  async (greeting) => {
    const other = createServer((socket) => {
      socket.on('error', () => {});
      socket.on('data', () => socket.write(greeting));
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    cleanups.push(async () => other.close());
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { db } = open(`postgresql://ann@127.0.0.1:${port}/shop?sslmode=disable`, {
      borrowTimeoutMs: 6_000,
      connectTimeoutMs: 5_000,
    });
    const error = await db.table('SELECT 1').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: 'CONNECT_FAILED',
      retryable: false,
      message: expect.stringContaining("does not speak PostgreSQL's protocol"),
    });
    expect(String(error)).not.toContain('..');
    expect(await db.health()).toMatchObject({ status: 'down', error: { code: 'CONNECT_FAILED', retryable: false } });
  },
);

describe.each(PATHS)('a server that goes away ($path)', ({ pooler }) => {
  test('and comes back serves the next call', async () => {
    const server = await start();
    const { db } = open(server.url(), { pooler, borrowTimeoutMs: 500 });
    const running = db.table('SELECT pg_sleep(30)');
    running.catch(() => {});
    await eventually(
      () => db.stats().idle + db.stats().lent,
      (count) => count === 1,
    );
    await server.crash();
    // Repeated once, and by then nobody answers.
    await expect(running).rejects.toMatchObject({ code: 'CONNECT_FAILED', retryable: true });
    await expect(db.table('SELECT 1')).rejects.toMatchObject({ code: 'CONNECT_FAILED' });
    await server.resume();
    expect((await db.table('SELECT 1')).rows).toEqual([['1']]);
    expect(db.stats()).toMatchObject({ total: 1, waiting: 0 });
  });
});

describe('logging in', () => {
  test('with a password works, the wrong one fails at once, none says which settings would help', async () => {
    const server = await start({}, 's3cret/ü@:');
    const url = `postgresql://postgres@127.0.0.1:${server.port}/postgres`;
    expect((await open(url, { password: 's3cret/ü@:' }).db.table('SELECT 1')).rows).toEqual([['1']]);
    expect((await open(url, { password: async () => 's3cret/ü@:' }).db.table('SELECT 1')).rows).toEqual([['1']]);
    const wrong = open(url, { password: 'hunter2', borrowTimeoutMs: 60_000 });
    const error = await wrong.db.table('SELECT 1').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'CONNECT_FAILED', retryable: false, cause: { code: '28P01' } });
    expect(JSON.stringify([error, wrong.events]) + String(error)).not.toContain('hunter2');
    const none = open(url, { borrowTimeoutMs: 60_000 });
    await expect(none.db.table('SELECT 1')).rejects.toMatchObject({
      code: 'CONNECT_FAILED',
      message: expect.stringContaining('PGPASSWORD'),
    });
    const failing = open(url, {
      password: () => {
        throw new Error('the token service is down');
      },
    });
    await expect(failing.db.table('SELECT 1')).rejects.toMatchObject({
      code: 'CONNECT_FAILED',
      message: expect.stringContaining('token service is down'),
    });
  });

  test('wrongly again and again stays a plain failure: the server is there, no breaker opens', async () => {
    const server = await start({}, 'right');
    const { db } = open(`postgresql://postgres@127.0.0.1:${server.port}/postgres`, {
      password: 'wrong',
      borrowTimeoutMs: 1_000,
    });
    for (let call = 0; call < 4; call += 1) {
      const error = await db.table('SELECT 1').catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'CONNECT_FAILED', retryable: false, cause: { code: '28P01' } });
      expect(error).not.toHaveProperty('retryAfterMs');
      await sleep(400);
    }
    expect(db.stats().breaker).toBe('closed');
  });

  test('to a database that does not exist fails at once with the name', async () => {
    const server = await start();
    const { db } = open(server.url('no_such'), { borrowTimeoutMs: 60_000 });
    await expect(db.table('SELECT 1')).rejects.toMatchObject({
      code: 'CONNECT_FAILED',
      retryable: false,
      cause: { code: '3D000' },
    });
  });

  test('works through a unix socket', async () => {
    const server = await start();
    const { db } = open(`postgresql:///postgres?user=postgres&port=${server.port}`, {
      host: server.socketDirectory,
      sslMode: 'verify-full',
    });
    expect((await db.table('SELECT inet_client_addr()')).rows).toEqual([[null]]);
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 50);
    await expect(db.with({ signal: controller.signal }).table('SELECT pg_sleep(30)')).rejects.toMatchObject({
      code: 'CANCELLED',
    });
  });

  test('to a full server waits, then says so; a pool that has connections keeps using them', async () => {
    const server = await start({
      max_connections: '6',
      superuser_reserved_connections: '0',
      reserved_connections: '0',
    });
    const { db } = open(server.url(), { maxConnections: 10, borrowTimeoutMs: 1_000 });
    const outcomes = await Promise.allSettled(Array.from({ length: 10 }, () => db.table('SELECT pg_sleep(1.5)')));
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected').map(({ reason }) => reason);
    expect(refused.length).toBeGreaterThanOrEqual(3);
    for (const reason of refused) expect(reason).toMatchObject({ code: 'BUSY', retryable: true });
    expect((await db.table('SELECT 1')).rows).toEqual([['1']]);
  });
});

describe('something in between that drops start-up parameters', () => {
  /** Passes everything on but the start-up message, of which it keeps user and database. */
  async function startDroppingProxy(target: number): Promise<number> {
    const proxy = createServer((client) => {
      const server = connect(target, '127.0.0.1');
      client.on('error', () => server.destroy());
      server.on('error', () => client.destroy());
      server.pipe(client);
      client.once('data', (startup: Buffer) => {
        const words = startup.subarray(8).toString().split('\0');
        const kept = ['user', 'database'].flatMap((name) => [name, words[words.indexOf(name) + 1] ?? '']);
        const body = Buffer.from(`${kept.join('\0')}\0\0`);
        const header = Buffer.alloc(8);
        header.writeInt32BE(body.length + 8, 0);
        startup.copy(header, 4, 4, 8);
        server.write(Buffer.concat([header, body]));
        client.pipe(server);
      });
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => proxy.once('listening', resolve));
    cleanups.push(async () => proxy.close());
    const address = proxy.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  test('is said once, with the parameter and what to do, and not tried without end', async () => {
    const server = await start();
    const port = await startDroppingProxy(server.port);
    const { db, events } = open(`postgresql://${server.user}@127.0.0.1:${port}/postgres?sslmode=disable`);
    await expect(db.table('SELECT 1')).rejects.toMatchObject({
      code: 'CONNECT_FAILED',
      retryable: false,
      message: expect.stringMatching(/default_transaction_read_only = off.*set pooler to "transaction"/),
    });
    expect(events.map(({ type }) => type)).toEqual(['connect-failed']);
    const through = open(`postgresql://${server.user}@127.0.0.1:${port}/postgres?sslmode=disable`, {
      pooler: 'transaction',
    });
    expect((await through.db.table('SHOW transaction_read_only')).rows).toEqual([['on']]);
  });
});
