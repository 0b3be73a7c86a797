import { type Binding, createPools, type DatabaseSettings, identityKeySql, identitySql, type Pools } from '@pgmcp/pool';
import { afterEach, describe, expect, test } from 'vitest';
import { eventually, sleep } from './eventually.ts';
import { AUTHENTICATED, FLIGHT, type LyingServer, READY, said, startLyingServer } from './lying-server.ts';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

interface Opened {
  readonly pools: Pools;
  readonly server: LyingServer;
  /** What was received behind the log-in. */
  readonly received: Buffer[];
}

async function open(settings: Partial<DatabaseSettings> = {}, asksForPassword = false): Promise<Opened> {
  const received: Buffer[] = [];
  const logIn = Buffer.concat([AUTHENTICATED, said('K', 1, 2), READY]);
  const server = await startLyingServer({
    ...(asksForPassword ? { logIn: (socket) => socket.write(said('R', 3)) } : {}),
    answer: (socket, bytes) => {
      received.push(bytes);
      socket.write(asksForPassword && received.length === 1 ? logIn : FLIGHT);
    },
  });
  cleanups.push(server.stop);
  const pools = createPools(
    [{ name: 'main', url: server.url, maxConnections: 1, connectTimeoutMs: 200, borrowTimeoutMs: 400, ...settings }],
    { environment: {} },
  );
  cleanups.push(() => pools.close({ deadlineMs: 100 }));
  return { pools, server, received };
}

const INVALID = expect.objectContaining({ code: 'INVALID_SETTINGS' });

describe('options that are not valid are refused before anything is sent', () => {
  const options: readonly [string, unknown][] = [
    ...[0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31, 2 ** 53, '5', null, 1n].flatMap(
      (value): [string, unknown][] =>
        ['timeoutMs', 'lockTimeoutMs', 'maxRows', 'maxRowBytes'].map((key) => [
          `${key} ${String(value)}`,
          { [key]: value },
        ]),
    ),
    ['a signal that is none', { signal: {} }],
    ['a signal that only says whether it is aborted', { signal: { aborted: false } }],
    ['a signal that nobody can leave', { signal: { aborted: false, addEventListener: () => {} } }],
    ['a controller instead of its signal', { signal: new AbortController() }],
    ['no options', null],
    ['a list', []],
    ['a session that is a text', { session: 'ann' }],
    ['a session that is a list', { session: [] }],
    ['settings that are a list', { session: { settings: ['a'] } }],
    ['claims that are a text', { session: { claims: 'ann' } }],
    ['claims with a number that is none', { session: { claims: { subject: 'a', tenant: 'b', age: Number.NaN } } }],
    ['claims that JSON cannot hold', { session: { claims: { subject: 'a', tenant: 'b', age: 1n } } }],
    ['claims without end', { session: { claims: { subject: 'a', tenant: 'b'.repeat(4_000) } } }],
    ['a position that is no text', { afterPosition: { toString: () => '0/0x' } }],
    ['another prototype', { session: { settings: JSON.parse('{"__proto__": "x"}') } }],
  ];
  test.each(options)('%s', async (_, binding) => {
    const { pools, received } = await open({ identity: { id: 'a', secret: 'x'.repeat(32) } });
    const db = pools.database('main');
    expect(() => db.with(binding as Binding)).toThrow(INVALID);
    expect((await db.table('SELECT 1')).rows).toEqual([['1']]);
    expect(received.length).toBe(1);
    expect(db.stats()).toMatchObject({ lent: 0 });
  });

  test.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31])(
    'close with a deadline of %s',
    async (deadlineMs) => {
      const { pools } = await open();
      await expect(pools.close({ deadlineMs })).rejects.toEqual(INVALID);
      expect((await pools.database('main').table('SELECT 1')).rows).toEqual([['1']]);
    },
  );

  test('options and databases of another shape', async () => {
    expect(() => createPools([], { onEvents: () => {} } as object)).toThrow(/unknown option "onEvents"/);
    expect(() => createPools([], { onEvent: 'log' } as object)).toThrow(INVALID);
    expect(() => createPools({ name: 'main' } as never)).toThrow(INVALID);
    expect(() => createPools([null] as never)).toThrow(INVALID);
    expect(() => createPools(['postgresql://ann@db/shop'] as never)).toThrow(INVALID);
    const { pools } = await open();
    await expect(pools.close({ deadline: 5 } as object)).rejects.toEqual(INVALID);
    expect(() => pools.reload(undefined as never)).toThrow(INVALID);
    expect(pools.names()).toEqual(['main']);
  });

  test('names of roles and ends of keys that PostgreSQL would read otherwise', () => {
    const key = { id: 'a', secret: 'x'.repeat(32) };
    for (const notAfter of [new Date(Number.NaN), new Date(8.64e15)])
      expect(() => identityKeySql(key, { notAfter })).toThrow(INVALID);
    for (const data of ['', 'a\0b', 'a'.repeat(64)]) expect(() => identitySql({ data })).toThrow(INVALID);
  });
});

test('what was checked cannot be changed afterwards', async () => {
  const { pools, received } = await open({ roles: ['reader'] });
  const settings: Record<string, string> = { work_mem: '8MB' };
  const bound = pools.database('main').with({ session: { settings } });
  settings['role'] = 'owner';
  await bound.table('SELECT 1').catch(() => {});
  expect(received[0]?.toString('latin1')).toContain('work_mem');
  expect(received[0]?.toString('latin1')).not.toContain('owner');
});

test('a signal that throws costs its call a connection and nobody else', async () => {
  const { pools } = await open();
  const db = pools.database('main');
  const signal = {
    aborted: false,
    addEventListener: () => {
      throw new Error('no listeners today');
    },
    removeEventListener: () => {},
  } as unknown as AbortSignal;
  for (const _ of ['no connection is open yet', 'one is idle']) {
    await expect(db.with({ signal }).table('SELECT 1')).rejects.toThrow('no listeners today');
    expect((await db.table('SELECT 1')).rows).toEqual([['1']]);
  }
  expect((await db.table('SELECT 1')).rows).toEqual([['1']]);
  expect(db.stats()).toMatchObject({ total: 1, lent: 0 });
});

test('a reload sees a list that was changed in place', async () => {
  const { pools, server } = await open();
  const roles = ['reader'];
  const settings = { name: 'main', url: server.url, roles };
  pools.reload([settings]);
  roles.push('writer');
  expect(pools.reload([settings]).replaced).toEqual(['main']);
  expect(pools.reload([settings]).unchanged).toEqual(['main']);
});

test('a signal that is aborted already sends nothing, whatever is called', async () => {
  const { pools, received, server } = await open();
  const db = pools.database('main').with({ signal: AbortSignal.abort(new Error('gone')) });
  const calls = {
    query: () => db.query('SELECT 1'),
    table: () => db.table('SELECT 1'),
    stream: () => db.stream('SELECT 1')[Symbol.asyncIterator]().next(),
    transaction: () => db.transaction((one) => one.query('SELECT 1')),
    write: () => db.with({ access: 'read-write' }).query('DELETE FROM t'),
    maintain: () => db.maintain('VACUUM'),
  };
  for (const call of Object.values(calls))
    await expect(call()).rejects.toMatchObject({ code: 'CANCELLED', cause: { message: 'gone' } });
  expect(received).toEqual([]);
  expect(server.open()).toBe(0);
});

describe('a password function', () => {
  test('that never settles is left after the time of a log-in, and what it says later is not sent', async () => {
    let say = (_: string) => {};
    const password = () =>
      new Promise<string>((resolve) => {
        say = resolve;
      });
    const { pools, received, server } = await open({ password }, true);
    await expect(pools.database('main').table('SELECT 1')).rejects.toMatchObject({
      code: 'CONNECT_FAILED',
      message: expect.stringContaining('no answer within 200 ms'),
    });
    await eventually(server.open, (count) => count === 0);
    say('too late');
    await sleep(20);
    expect(received).toEqual([]);
  });

  const bad: readonly [string, () => unknown, string][] = [
    [
      'throws',
      () => {
        throw new Error('no token today');
      },
      'no token today',
    ],
    ['rejects', () => Promise.reject(new Error('no token today')), 'no token today'],
    ['rejects with no error', () => Promise.reject('no token today'), 'no token today'],
    ['returns nothing and no file has one', () => undefined, 'none is set'],
    ['returns a number', () => 5, 'returned no text (number)'],
    ['returns bytes', () => Buffer.from('secret'), 'returned no text (object)'],
    ['returns a zero byte', () => 'secret\0more', 'returned a text with a zero byte'],
  ];
  test.each(bad)('that %s: the call says so, and nothing is sent', async (_, password, message) => {
    const { pools, received, server } = await open(
      { password: password as () => string, passwordFile: '/does/not/exist' },
      true,
    );
    const error = await pools
      .database('main')
      .table('SELECT 1')
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'CONNECT_FAILED', message: expect.stringContaining(message) });
    expect(String(error)).not.toContain('secret');
    expect(received).toEqual([]);
    expect(await eventually(server.open, (count) => count === 0)).toBe(0);
  });

  test('is asked once for each connection', async () => {
    let asked = 0;
    const password = async () => {
      asked += 1;
      return `token ${asked}`;
    };
    const { pools, received } = await open({ password }, true);
    expect((await pools.database('main').table('SELECT 1')).rows).toEqual([['1']]);
    expect((await pools.database('main').table('SELECT 1')).rows).toEqual([['1']]);
    expect(asked).toBe(1);
    expect(received[0]?.toString('latin1')).toContain('token 1\0');
  });
});
