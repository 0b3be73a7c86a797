import { useDatabase } from '@pgmcp/testing/vitest';
import { expect, test } from 'vitest';
import { createListener } from '../src/listen.ts';
import { resolveSettings } from '../src/resolve-settings.ts';
import { createOpener } from '../src/retry.ts';
import { eventually, sleep } from './eventually.ts';
import { startChaosProxy } from './faults/chaos-proxy.ts';
import { usePools } from './paths.ts';

const database = useDatabase();
const open = usePools(database);

async function notify(channel: string, payload: string): Promise<void> {
  const client = await database.connect();
  await client.query('SELECT pg_notify($1, $2)', [channel, payload]);
  await client.end();
}

const listeners = async () => {
  const client = await database.connect();
  const { rows } = await client.query(
    "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'pgmcp' AND query LIKE 'LISTEN%'",
  );
  await client.end();
  return rows.map(({ pid }) => Number(pid));
};

const connections = async () => {
  const client = await database.connect();
  const { rows } = await client.query(
    "SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'pgmcp'",
  );
  await client.end();
  return rows[0].n as number;
};

test('a notification reaches every subscriber of its channel, and nobody else', async () => {
  const { db } = open();
  const heard: string[] = [];
  const [stop] = await Promise.all([
    db.listen('Orders "new"', (payload) => heard.push(`first ${payload}`)),
    db.listen('Orders "new"', (payload) => heard.push(`second ${payload}`)),
    db.listen('other', (payload) => heard.push(`other ${payload}`)),
  ]);
  await notify('Orders "new"', '1');
  await eventually(
    () => heard.length,
    (count) => count === 2,
  );
  await stop();
  await notify('Orders "new"', '2');
  await eventually(
    () => heard.length,
    (count) => count === 3,
  );
  expect(heard.sort()).toEqual(['first 1', 'second 1', 'second 2']);
  expect(db.stats().total).toBe(0);
});

test('the last subscriber that leaves closes the connection', async () => {
  const { db } = open();
  const stop = await db.listen('a', () => {});
  expect(await listeners()).toHaveLength(1);
  await stop();
  expect(await eventually(listeners, (pids) => pids.length === 0)).toEqual([]);
});

test('a lost connection is replaced, every channel is listened to again, and events say so', async () => {
  const { db, events } = open();
  const heard: string[] = [];
  await db.listen('a', (payload) => heard.push(payload));
  await db.listen('b', (payload) => heard.push(payload));
  const [pid] = await listeners();
  await db.query('SELECT pg_terminate_backend($1)', [pid]);
  await eventually(
    () => events.some(({ type }) => type === 'listen-restored'),
    (restored) => restored,
  );
  expect(events).toContainEqual(expect.objectContaining({ type: 'listen-lost' }));
  await notify('a', 'again a');
  await notify('b', 'again b');
  await eventually(
    () => heard.length,
    (count) => count === 2,
  );
  expect(heard).toEqual(['again a', 'again b']);
});

test('a server that takes nobody for longer than a caller waits is listened to again, whatever the reason was', async () => {
  const owner = await database.connect();
  const role = await database.createRole('listens');
  const settings = resolveSettings({ name: 'main', url: role.url, borrowTimeoutMs: 100 });
  const events: string[] = [];
  const emit = ({ type }: { type: string }) => events.push(type);
  const listener = createListener(settings, createOpener(settings, emit).open, emit, 100);
  const heard: string[] = [];
  await listener.listen('a', (payload) => heard.push(payload));
  // Full, which repeating cures; not allowed in, which it does not.
  for (const [away, back] of [
    ['CONNECTION LIMIT 0', 'CONNECTION LIMIT -1'],
    ['NOLOGIN', 'LOGIN'],
  ]) {
    events.length = 0;
    await owner.query(`ALTER ROLE ${role.name} ${away}`);
    await owner.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = $1', [role.name]);
    const attempts = () => events.filter((type) => type === 'connect-failed').length;
    await eventually(attempts, (count) => count >= 3);
    expect(attempts()).toBeGreaterThanOrEqual(3);
    expect(events).not.toContain('listen-restored');
    await owner.query(`ALTER ROLE ${role.name} ${back}`);
    await eventually(
      () => events.includes('listen-restored'),
      (restored) => restored,
    );
    expect(events.filter((type) => type.startsWith('listen'))).toEqual(['listen-lost', 'listen-restored']);
    const before = heard.length;
    await notify('a', `after ${away}`);
    await eventually(
      () => heard.length,
      (count) => count > before,
    );
    expect(heard.at(-1)).toBe(`after ${away}`);
  }
  listener.close();
  await owner.end();
});

test('who leaves while a lost connection is replaced leaves none behind, and may come back at once', async () => {
  const settings = resolveSettings({ name: 'main', url: database.url });
  const events: string[] = [];
  const emit = ({ type }: { type: string }) => events.push(type);
  const opener = createOpener(settings, emit);
  let release = () => {};
  let held = Promise.resolve();
  const listener = createListener(
    settings,
    async (...parameters) => {
      const connection = await opener.open(...parameters);
      await held;
      return connection;
    },
    emit,
  );
  const heard: string[] = [];
  const leave = await listener.listen('left', (payload) => heard.push(payload));
  held = new Promise((resolve) => {
    release = resolve;
  });
  const admin = await database.connect();
  const [pid] = await listeners();
  await admin.query('SELECT pg_terminate_backend($1)', [pid]);
  await admin.end();
  await eventually(
    () => events.filter((type) => type === 'listen-lost').length,
    (count) => count === 1,
  );
  await leave();
  const coming = listener.listen('came', (payload) => heard.push(payload));
  await sleep(100);
  release();
  const end = await coming;
  await notify('came', 'news');
  await eventually(
    () => heard.length,
    (count) => count === 1,
  );
  expect(heard).toEqual(['news']);
  expect(await eventually(listeners, (pids) => pids.length === 1)).toHaveLength(1);
  await end();
  expect(await eventually(connections, (count) => count === 0)).toBe(0);
  expect(events).not.toContain('listen-restored');
  listener.close();
});

test('who waits to listen when the pools are closed is told so', async () => {
  const settings = resolveSettings({ name: 'main', url: database.url });
  const listener = createListener(
    settings,
    (signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    () => {},
  );
  const waiting = listener.listen('a', () => {});
  waiting.catch(() => {});
  listener.close();
  await expect(waiting).rejects.toMatchObject({ code: 'CLOSED', message: 'The pools are closed.' });
});

test('a connection that died silently is found by the heartbeat', async () => {
  const proxy = await startChaosProxy(database);
  const settings = resolveSettings({ name: 'main', url: database.url, host: '127.0.0.1', port: proxy.port });
  const events: string[] = [];
  const emit = ({ type }: { type: string }) => events.push(type);
  const listener = createListener(settings, createOpener(settings, emit).open, emit, 100);
  const heard: string[] = [];
  await listener.listen('a', (payload) => heard.push(payload));
  proxy.strand();
  await eventually(
    () => events.includes('listen-restored'),
    (restored) => restored,
  );
  await notify('a', 'after');
  await eventually(
    () => heard.length,
    (count) => count === 1,
  );
  expect(heard).toEqual(['after']);
  listener.close();
  await proxy.close();
});

test.each([
  'a"b',
  'a""; NOTIFY other; --',
  'UPPER and lower',
  'with.dot',
  'line\nbreak',
  'ключ 🔑',
  'e\u0301',
  '%s$1',
  'x'.repeat(63),
  '€'.repeat(21),
])('a channel may have any name: %j', async (channel) => {
  const { db } = open();
  const heard: string[] = [];
  const others: string[] = [];
  await db.listen('other', (payload) => others.push(payload));
  const end = await db.listen(channel, (payload) => heard.push(payload));
  await notify(channel, 'one');
  expect(
    await eventually(
      () => heard,
      ({ length }) => length === 1,
    ),
  ).toEqual(['one']);
  await end();
  await notify(channel, 'two');
  await notify('other', 'three');
  expect(
    await eventually(
      () => others,
      ({ length }) => length === 1,
    ),
  ).toEqual(['three']);
  expect(heard).toEqual(['one']);
});

test('a subscriber that throws harms nobody', async () => {
  const { db } = open();
  const heard: string[] = [];
  await db.listen('a', () => {
    throw new Error('subscriber');
  });
  await db.listen('a', (payload) => heard.push(payload));
  await notify('a', '1');
  await eventually(
    () => heard.length,
    (count) => count === 1,
  );
  expect(heard).toEqual(['1']);
});

test('bad channels, poolers and closed pools are refused', async () => {
  const { db, pools } = open();
  await expect(db.listen('', () => {})).rejects.toMatchObject({ code: 'INVALID_SETTINGS' });
  await expect(db.listen('x'.repeat(64), () => {})).rejects.toMatchObject({ code: 'INVALID_SETTINGS' });
  await expect(open({ pooler: 'transaction' }).db.listen('a', () => {})).rejects.toMatchObject({
    code: 'INVALID_SETTINGS',
    message: expect.stringContaining('direct URL'),
  });
  await pools.close();
  await expect(db.listen('a', () => {})).rejects.toMatchObject({ code: 'CLOSED' });
});
