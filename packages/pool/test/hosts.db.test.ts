import { createPools, type DatabaseSettings, type PoolEvent, type Pools } from '@pgmcp/pool';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@pgmcp/testing/embedded-postgres';
import { type Replica, startReplica } from '@pgmcp/testing/streaming-replica';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

let primary: EmbeddedPostgres;
let replica: Replica;
const opened: Pools[] = [];

beforeAll(async () => {
  primary = await startEmbeddedPostgres({ settings: { wal_level: 'replica', max_wal_senders: '4' } });
  replica = await startReplica(primary, 'one');
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((pools) => pools.close()));
});
afterAll(async () => {
  await replica.stop();
  await primary.stop();
});

function open(hosts: readonly number[], settings: Partial<DatabaseSettings> = {}) {
  const events: PoolEvent[] = [];
  const list = hosts.map((port) => `127.0.0.1:${port}`).join(',');
  const pools = createPools(
    [{ name: 'main', url: `postgresql://postgres@${list}/postgres`, borrowTimeoutMs: 800, ...settings }],
    { onEvent: (event) => events.push(event) },
  );
  opened.push(pools);
  return { db: pools.database('main'), events };
}

const PORT = 'SELECT inet_server_port()';
const UNUSED = 1;

test('the first host that can be reached is taken', async () => {
  expect((await open([UNUSED, replica.port, primary.port]).db.table(PORT)).rows).toEqual([[String(replica.port)]]);
});

test.each([
  ['any', () => replica.port],
  ['primary', () => primary.port],
  ['read-write', () => primary.port],
  ['standby', () => replica.port],
  ['read-only', () => replica.port],
  ['prefer-standby', () => replica.port],
] as const)(
  'targetSessionAttrs %s takes the host of that kind, wherever it stands in the list',
  async (targetSessionAttrs, port) => {
    const wanted = String(port());
    if (targetSessionAttrs !== 'any')
      expect((await open([primary.port, replica.port], { targetSessionAttrs }).db.table(PORT)).rows).toEqual([
        [wanted],
      ]);
    expect((await open([replica.port, primary.port], { targetSessionAttrs }).db.table(PORT)).rows).toEqual([[wanted]]);
    expect(
      (await open([replica.port, primary.port], { targetSessionAttrs, pooler: 'transaction' }).db.table(PORT)).rows,
    ).toEqual([[wanted]]);
  },
);

test('prefer-standby takes what there is', async () => {
  expect((await open([UNUSED, primary.port], { targetSessionAttrs: 'prefer-standby' }).db.table(PORT)).rows).toEqual([
    [String(primary.port)],
  ]);
});

test('when no host is of the wanted kind the error names each', async () => {
  const error = open([primary.port, UNUSED], { targetSessionAttrs: 'standby' }).db.table(PORT);
  await expect(error).rejects.toMatchObject({ code: 'CONNECT_FAILED', retryable: true });
  await expect(error).rejects.toThrow(
    `127.0.0.1:${primary.port} is a primary, and targetSessionAttrs asks for a standby. Database "main" cannot be reached. 127.0.0.1:1`,
  );
});

test('health of a replica says that it is in recovery and takes no writes', async () => {
  expect(await open([replica.port]).db.health()).toMatchObject({ status: 'up', inRecovery: true, readOnly: true });
  await expect(open([replica.port]).db.with({ access: 'read-write' }).query('CREATE TABLE x ()')).rejects.toMatchObject(
    { code: '0A000' },
  );
});

test('after a failover the pool finds the new primary by itself', async () => {
  const { db } = open([primary.port, replica.port], { targetSessionAttrs: 'primary', borrowTimeoutMs: 15_000 });
  const writer = db.with({ access: 'read-write' });
  await writer.query('CREATE TABLE kept (n int)');
  expect((await db.table(PORT)).rows).toEqual([[String(primary.port)]]);
  await primary.crash();
  const waiting = db.table(PORT);
  await replica.admin('SELECT pg_promote(true, 30)');
  expect((await waiting).rows).toEqual([[String(replica.port)]]);
  await writer.query('CREATE TABLE after_failover (n int)');
  expect((await db.table(PORT)).rows).toEqual([[String(replica.port)]]);
});
