import { type AddressInfo, connect as connectSocket, createServer, type Socket } from 'node:net';
import { createPools } from '@pgmcp/pool';
import { useDatabase } from '@pgmcp/testing/vitest';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { CounterPlace } from '../src/limits/counters.ts';
import { createLimits, type Limits } from '../src/limits/index.ts';
import { MEMORY_PLACE } from '../src/limits/memory-place.ts';
import { createPostgresPlace } from '../src/limits/postgres-place.ts';
import { createRedisPlace } from '../src/limits/redis-place.ts';
import { startInProcess } from './in-process-client.ts';
import { startRedis } from './redis-server.ts';
import { useRedis } from './use-redis.ts';

const database = useDatabase();
const redis = useRedis();

const options = { enabled: true, requestsPerMinute: 60, requestsPerHour: 1000, openaiTokensPerMinute: 1000 };
let caller = 0;
const nextCaller = () => {
  caller += 1;
  return `caller-${process.pid}-${caller}`;
};

/** The way to the server: `cut` drops and refuses connections, `hold` keeps them open and passes nothing on, as a broken network does. */
async function startNetwork() {
  let state: 'open' | 'cut' | 'hold' = 'open';
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    if (state === 'cut') {
      client.destroy();
      return;
    }
    const upstream = connectSocket(database.port, database.host);
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(one);
      one.on('data', (chunk) => state === 'open' && other.write(chunk));
      one.on('error', () => undefined);
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const dropAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  onTestFinished(async () => {
    dropAll();
    await new Promise((resolve) => server.close(resolve));
  });
  const url = new URL(database.url);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.toString(),
    cut() {
      state = 'cut';
      dropAll();
    },
    hold() {
      state = 'hold';
    },
    restore() {
      state = 'open';
      // What was not passed on is lost: the connections of before are of no use to anybody.
      dropAll();
    },
  };
}

function postgresPlace(schema = 'limits', url = database.url) {
  const pools = createPools([{ name: 'store', url, maxConnections: 3 }]);
  const connections = pools.database('store').with({ access: 'read-write' });
  const place = createPostgresPlace(connections, { schema, autoMigrate: true });
  const close = async () => {
    await place.close();
    await pools.close();
  };
  return { ...place, close };
}

/** Its table is there: three replicas that make it at once on a busy machine may need longer than a call waits for a counter. */
async function migratedPlace(): Promise<CounterPlace> {
  const place = postgresPlace();
  await place.table.migrate();
  return place;
}

const PLACES: readonly [string, boolean, () => CounterPlace | Promise<CounterPlace>][] = [
  ['memory', true, () => MEMORY_PLACE],
  ['postgresql', true, migratedPlace],
  ['redis', redis.isThere, () => createRedisPlace(redis.url)],
];

describe.each(PLACES.filter(([, there]) => there))('limits in %s', (kind, _, open) => {
  /** As many replicas as asked for; those in memory share nothing, so there is one. */
  async function replicas(count: number, more: object = {}): Promise<Limits[]> {
    const places = await Promise.all(Array.from({ length: kind === 'memory' ? 1 : count }, open));
    const troubles: unknown[] = [];
    const all = places.map((place) =>
      createLimits({ ...options, ...more }, { place, onTrouble: (error) => error && troubles.push(error) }),
    );
    onTestFinished(async () => {
      await Promise.all(all.map((limits) => limits.close()));
      expect(troubles).toEqual([]);
    });
    return all;
  }

  it('allow exactly the limit over every replica, when all calls come at once', async () => {
    const all = await replicas(3);
    const who = nextCaller();
    const answers = await Promise.all(
      Array.from({ length: 90 }, (_value, index) => (all[index % all.length] as Limits).admitRequest(who)),
    );
    expect(answers.filter(({ allowed }) => allowed)).toHaveLength(60);
    const refused = answers.find(({ allowed }) => !allowed);
    expect(refused).toMatchObject({ limit: 'requests_per_minute', maximum: 60, retryAfterMs: expect.any(Number) });
    expect((await (all[0] as Limits).admitRequest(nextCaller())).allowed).toBe(true);
  });

  it('count what was refused against nothing', async () => {
    const [limits] = (await replicas(1, { requestsPerMinute: 2 })) as [Limits];
    const who = nextCaller();
    for (let call = 0; call < 5; call += 1) await limits.admitRequest(who);
    const status = await limits.status(who);
    expect(status.find(({ limit }) => limit === 'requests_per_minute')).toMatchObject({
      maximum: 2,
      used: 2,
      remaining: 0,
    });
    expect(status.find(({ limit }) => limit === 'requests_per_hour')).toMatchObject({ used: 2 });
  });

  it('charge tokens and database time after use, and refuse the next', async () => {
    const all = await replicas(2, { databaseSecondsPerMinute: 5 });
    const [one, other = one] = all as [Limits, Limits?];
    const who = nextCaller();
    await one.chargeModelTokens(who, 1500);
    expect(await other.admitModelCall(who)).toMatchObject({ allowed: false, limit: 'model_tokens_per_minute' });
    expect((await other.admitRequest(who)).allowed).toBe(true);
    await one.chargeDatabaseTime(who, 5_400.4);
    expect(await other.admitRequest(who)).toMatchObject({
      allowed: false,
      limit: 'database_seconds_per_minute',
      maximum: 5,
      retryAfterMs: expect.any(Number),
    });
    const status = await other.status(who);
    expect(status.find(({ limit }) => limit === 'database_seconds_per_minute')).toMatchObject({
      used: 6,
      remaining: 0,
    });
  });

  it('take any caller for a key', async () => {
    const [limits] = (await replicas(1, { requestsPerMinute: 1 })) as [Limits];
    // The last is as long as a tenant and a caller may be called together.
    for (const name of ["';--", 'ü'.repeat(60), 'a/b:c', '*', `${'t'.repeat(240)}/${'c'.repeat(240)}`]) {
      const who = `${nextCaller()}${name}`;
      expect((await limits.admitRequest(who)).allowed).toBe(true);
      expect((await limits.admitRequest(who)).allowed).toBe(false);
    }
  });
});

describe('limits in PostgreSQL', () => {
  it('make their table once, unlogged, however many replicas begin at once', async () => {
    const places = Array.from({ length: 4 }, () => postgresPlace('fresh'));
    const answers = await Promise.all(
      places.map((place) => createLimits(options, { place }).admitRequest(nextCaller())),
    );
    expect(answers.every(({ allowed }) => allowed)).toBe(true);
    const client = await database.connect();
    const { rows } = await client.query(
      "SELECT relpersistence FROM pg_class WHERE oid = 'fresh.rate_limits'::regclass",
    );
    expect(rows).toEqual([{ relpersistence: 'u' }]);
    await client.query('INSERT INTO fresh.rate_limits VALUES ($1, 1, $2)', ['old', Date.now() - 1]);
    await places[0]?.table.sweep();
    expect((await client.query("SELECT 1 FROM fresh.rate_limits WHERE key = 'old'")).rowCount).toBe(0);
    await Promise.all(places.map((place) => place.close()));
  });

  it('make their table in a schema that their role owns, without the right to create schemas', async () => {
    const keeper = await database.createRole('keeper');
    const client = await database.connect();
    await client.query(`CREATE SCHEMA kept AUTHORIZATION ${keeper.name}`);
    const place = postgresPlace('kept', keeper.url);
    expect(await place.table.check()).toEqual([expect.stringMatching(/CREATE UNLOGGED TABLE/)]);
    await place.table.migrate();
    expect(await place.table.check()).toEqual([]);
    await place.close();
  });

  it('say what is missing for an operator who migrates by hand', async () => {
    const place = postgresPlace('by_hand');
    expect(await place.table.check()).toEqual([
      'CREATE SCHEMA IF NOT EXISTS "by_hand"',
      expect.stringMatching(/CREATE UNLOGGED TABLE/),
    ]);
    await place.table.migrate();
    expect(await place.table.check()).toEqual([]);
    await place.close();
  });

  it('tell callers with long names apart', async () => {
    const place = postgresPlace('long_names');
    const troubles: unknown[] = [];
    const onTrouble = (error: unknown) => error !== undefined && troubles.push(error);
    const limits = createLimits({ ...options, requestsPerMinute: 1 }, { place, onTrouble });
    onTestFinished(() => limits.close());
    for (const name of ['a', 'b']) {
      const who = `${'t'.repeat(240)}/${'c'.repeat(239)}${name}`;
      expect((await limits.admitRequest(who)).allowed).toBe(true);
      expect(await limits.admitRequest(who)).toMatchObject({ allowed: false, limit: 'requests_per_minute' });
    }
    expect(troubles).toEqual([]);
  });

  it.each([
    ['drops every connection', 'cut'],
    ['says nothing any more', 'hold'],
  ] as const)(
    'go on in memory with a share each while PostgreSQL %s, and come back',
    async (_, way) => {
      const network = await startNetwork();
      const troubles: unknown[] = [];
      const place = postgresPlace(`mid_flight_${way}`, network.url);
      const limits = createLimits(
        { ...options, replicas: 3 },
        { place, onTrouble: (error) => error !== undefined && troubles.push(error) },
      );
      onTestFinished(() => limits.close());
      expect((await limits.admitRequest(nextCaller())).allowed).toBe(true);
      expect(troubles).toEqual([]);
      // Under way while it happens: each is answered, by the place or by the memory, and none is an error.
      const underWay = Array.from({ length: 30 }, () => limits.admitRequest(nextCaller()));
      network[way]();
      expect((await Promise.all(underWay)).every(({ allowed }) => allowed)).toBe(true);
      const who = nextCaller();
      const answers = await Promise.all(Array.from({ length: 30 }, () => limits.admitRequest(who)));
      expect(answers.filter(({ allowed }) => allowed)).toHaveLength(20);
      expect(answers.find(({ allowed }) => !allowed)).toMatchObject({ limit: 'requests_per_minute' });
      expect(troubles.length).toBeGreaterThan(0);
      network.restore();
      await expect
        .poll(
          async () => {
            troubles.length = 0;
            await limits.admitRequest(nextCaller());
            return troubles.length;
          },
          { timeout: 30_000, interval: 500 },
        )
        .toBe(0);
    },
    60_000,
  );

  it('need a place for the records of the server', async () => {
    await expect(
      startInProcess({ PG_MCP_DATABASE_URL: database.url, PG_MCP_RATE_LIMIT_BACKEND: 'postgresql' }),
    ).rejects.toThrow(/PG_MCP_STORE_URL/);
  });
});

describe.runIf(redis.isThere)('limits in Redis', () => {
  it('go on in memory with a share each while Redis is away, say so once, and come back', async () => {
    const own = await startRedis();
    const port = Number(new URL(own.url).port);
    const troubles: unknown[] = [];
    const place = await createRedisPlace(own.url);
    const limits = createLimits({ ...options, replicas: 3 }, { place, onTrouble: (error) => troubles.push(error) });
    onTestFinished(() => limits.close());
    expect((await limits.admitRequest(nextCaller())).allowed).toBe(true);
    await own.stop();
    const who = nextCaller();
    const answers = await Promise.all(Array.from({ length: 30 }, () => limits.admitRequest(who)));
    expect(answers.filter(({ allowed }) => allowed)).toHaveLength(20);
    expect(troubles.some((error) => error !== undefined)).toBe(true);
    const again = await startRedis(port);
    onTestFinished(() => again.stop());
    await expect
      .poll(
        async () => {
          troubles.length = 0;
          await limits.admitRequest(nextCaller());
          return troubles.every((error) => error === undefined);
        },
        { timeout: 15_000 },
      )
      .toBe(true);
  });
});
