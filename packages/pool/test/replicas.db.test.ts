import { createPools, type DatabaseSettings, type PoolEvent, type Pools } from '@pgmcp/pool';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@pgmcp/testing/embedded-postgres';
import { type Replica, startReplica } from '@pgmcp/testing/streaming-replica';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { hasReached } from '../src/replicas.ts';
import { eventually } from './eventually.ts';

let primary: EmbeddedPostgres;
let replica: Replica;
const opened: Pools[] = [];

beforeAll(async () => {
  primary = await startEmbeddedPostgres({ settings: { wal_level: 'replica', max_wal_senders: '4' } });
  replica = await startReplica(primary, 'one');
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((pools) => pools.close()));
  await replica.admin('SELECT pg_wal_replay_resume()').catch(() => {});
});
afterAll(async () => {
  await replica.stop();
  await primary.stop();
});

const UNUSED = 1;

function open(settings: Partial<DatabaseSettings> = {}, ports: readonly number[] = [replica.port]) {
  const events: PoolEvent[] = [];
  const replicas = ports.map((port) => ({ host: '127.0.0.1', port }));
  const pools = createPools([{ name: 'main', url: primary.url(), borrowTimeoutMs: 800, replicas, ...settings }], {
    onEvent: (event) => events.push(event),
  });
  opened.push(pools);
  return { db: pools.database('main'), events };
}

const WHERE = 'SELECT inet_server_port()';
const at = (port: number) => [[String(port)]];

describe('a read', () => {
  test('goes where it is sent; a write always goes to the primary', async () => {
    const { db } = open();
    expect((await db.table(WHERE)).rows).toEqual(at(primary.port));
    for (const target of ['replica', 'prefer-replica'] as const) {
      const bound = db.with({ target });
      expect((await bound.table(WHERE)).rows).toEqual(at(replica.port));
      expect((await bound.query<{ port: number }>('SELECT inet_server_port() AS port')).rows).toEqual([
        { port: replica.port },
      ]);
      expect(await bound.transaction(async (transaction) => (await transaction.table(WHERE)).rows)).toEqual(
        at(replica.port),
      );
      for await (const { rows } of bound.stream(WHERE)) expect(rows).toEqual(at(replica.port));
      expect((await bound.with({ access: 'read-write' }).table(WHERE)).rows).toEqual(at(primary.port));
    }
  });

  test('takes turns among replicas and passes over one that cannot be reached', async () => {
    const { db, events } = open({}, [UNUSED, replica.port]);
    for (let call = 0; call < 4; call += 1)
      expect((await db.with({ target: 'replica' }).table(WHERE)).rows).toEqual(at(replica.port));
    expect(events.filter(({ type }) => type === 'replica-set-aside')).toHaveLength(1);
  });

  test('falls back to the primary when no replica is there, or says so when it must not', async () => {
    const { db } = open({}, [UNUSED]);
    expect((await db.with({ target: 'prefer-replica' }).table(WHERE)).rows).toEqual(at(primary.port));
    await expect(db.with({ target: 'replica' }).table(WHERE)).rejects.toMatchObject({
      code: 'CONNECT_FAILED',
      retryable: true,
      message: expect.stringContaining('prefer-replica'),
    });
    const none = open({}, []);
    expect((await none.db.with({ target: 'prefer-replica' }).table(WHERE)).rows).toEqual(at(primary.port));
  });

  test('is not sent to a server that is no replica', async () => {
    const { db, events } = open({}, [primary.port]);
    await expect(db.with({ target: 'replica' }).table(WHERE)).rejects.toMatchObject({ code: 'CONNECT_FAILED' });
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'replica-set-aside',
        error: expect.objectContaining({ message: expect.stringContaining('is not a replica') }),
      }),
    );
  });

  test("sees the caller's own write: a replica that has not come that far is passed over until it has", async () => {
    const { db } = open();
    const writer = db.with({ access: 'read-write' });
    await writer.query('CREATE TABLE IF NOT EXISTS entry (n int)');
    await replica.admin('SELECT pg_wal_replay_pause()');
    await writer.query('INSERT INTO entry VALUES (1)');
    const afterPosition = await db.position();
    expect(afterPosition).toMatch(/^[0-9A-F]+\/[0-9A-F]+$/);
    const reader = db.with({ target: 'prefer-replica', afterPosition });
    const sql = 'SELECT count(*), inet_server_port() FROM entry';
    expect((await reader.table(sql)).rows).toEqual([['1', String(primary.port)]]);
    await expect(db.with({ target: 'replica', afterPosition }).table(sql)).rejects.toMatchObject({
      code: 'CONNECT_FAILED',
    });
    await replica.admin('SELECT pg_wal_replay_resume()');
    const answer = await eventually(
      async () => (await reader.table(sql)).rows,
      ([row]) => row?.[1] === String(replica.port),
    );
    expect(answer).toEqual([['1', String(replica.port)]]);
  });

  test('is not sent to a replica that is too far behind', async () => {
    const { db } = open({ maxReplicaLagMs: 1 });
    const writer = db.with({ access: 'read-write' });
    await writer.query('CREATE TABLE IF NOT EXISTS entry (n int)');
    await replica.admin('SELECT pg_wal_replay_pause()');
    await writer.query('INSERT INTO entry VALUES (2)');
    const answer = await eventually(
      async () => (await db.with({ target: 'prefer-replica' }).table(WHERE)).rows,
      ([row]) => row?.[0] === String(primary.port),
    );
    expect(answer).toEqual(at(primary.port));
  });

  test('that a replica ends because of a conflict is answered by the primary', async () => {
    const { db } = open();
    const bound = db.with({ target: 'prefer-replica' });
    expect((await bound.table(WHERE)).rows).toEqual(at(replica.port));
    const answer = bound.table(
      'SELECT inet_server_port() FROM (SELECT CASE WHEN pg_is_in_recovery() THEN pg_terminate_backend(pg_backend_pid()) END) x',
    );
    expect((await answer).rows).toEqual(at(primary.port));
  });

  test('with a mistake in it is not tried elsewhere', async () => {
    const { db, events } = open();
    await expect(db.with({ target: 'prefer-replica' }).table('SELECT nothing')).rejects.toMatchObject({
      code: '42703',
    });
    expect(events.filter(({ type }) => type === 'replica-set-aside')).toEqual([]);
  });
});

test('health and stats show every replica', async () => {
  const { db } = open({}, [replica.port, UNUSED]);
  const health = await db.health();
  expect(health).toMatchObject({ status: 'up', inRecovery: false });
  expect(health.replicas).toMatchObject([
    {
      name: `127.0.0.1:${replica.port}`,
      status: 'up',
      lagMs: expect.any(Number),
      position: expect.stringMatching(/\//),
    },
    { name: `127.0.0.1:${UNUSED}`, status: 'down', error: { code: 'CONNECT_FAILED' } },
  ]);
  expect(db.stats().replicas).toMatchObject([{ name: `127.0.0.1:${replica.port}`, idle: 1 }, { total: 0 }]);
});

test.each([
  [{ target: 'standby' }, 'target must be primary, replica or prefer-replica'],
  [{ afterPosition: 'latest' }, 'afterPosition must be what position() has returned'],
])('%o is refused', (binding, message) => {
  expect(() => open().db.with(binding as never)).toThrow(message);
});

test.each([[[{ port: 5 }]], [[{ host: '' }]], [[{ host: 'h', name: 'x' }]], [[{ host: 'h', port: 0 }]], ['h']])(
  'replicas %j are refused',
  (replicas) => {
    expect(() => createPools([{ name: 'main', user: 'u', replicas: replicas as never }])).toThrow(
      expect.objectContaining({ code: 'INVALID_SETTINGS' }),
    );
  },
);

test('positions in the log compare as numbers', () => {
  expect(hasReached('0/9', '0/10')).toBe(false);
  expect(hasReached('1/0', '0/FFFFFFFF')).toBe(true);
  expect(hasReached('A/B', 'A/B')).toBe(true);
  expect(hasReached('', '0/0')).toBe(false);
});
