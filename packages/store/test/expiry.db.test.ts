import { useDatabase } from '@pgmcp/testing/vitest';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStore, fromPool } from '../src/index.ts';

describe('expiry on a server', () => {
  const database = useDatabase();
  let pool: pg.Pool;
  beforeAll(() => {
    pool = new pg.Pool({ connectionString: database.url, max: 4 });
  });
  afterAll(() => pool.end());

  it.each([
    ['a plain table', 'plain', undefined],
    ['a partitioned table', 'cut', { by: 'hash', of: 'id', count: 3 } as const],
  ])('is swept by three workers, none twice and none early, from %s', async (_, name, partition) => {
    const clock = { now: Date.UTC(2026, 0, 1) };
    const stores = Array.from({ length: 3 }, () => createStore({ db: fromPool(pool), clock: () => clock.now }));
    const collections = stores.map((store) => store.collection(name, partition === undefined ? {} : { partition }));
    await stores[0]!.migrate();
    const records = collections[0]!.within('me');
    await records.saveMany(
      Array.from({ length: 6_000 }, (_each, n) => ({ id: `${n}`, data: { n }, ttlMs: n % 3 === 0 ? 1_000 : 500 })),
    );
    clock.now += 500;
    const swept = await Promise.all(stores.map((store) => store.sweep({ batch: 250 })));
    // A worker stops at the first batch it could not fill, so the last few may need another run.
    const rest = await stores[0]!.sweep();
    expect(swept.reduce((sum, each) => sum + each, 0) + rest).toBe(4_000);
    expect(await records.count()).toBe(2_000);
    const { rows } = await pool.query(`select count(*)::int as count from pgmcp.records_${name}`);
    expect(rows).toEqual([{ count: 2_000 }]);
  });

  it('by the clock of the database hides a record when its time has come', async () => {
    const store = createStore({ db: fromPool(pool), autoMigrate: true });
    const records = store.collection('timed').within('me');
    await records.save({ id: 'short', data: {}, ttlMs: 1 });
    await records.save({ id: 'long', data: {}, ttlMs: 60_000 });
    await pool.query('select pg_sleep(0.01)');
    expect((await records.list()).items.map(({ id }) => id)).toEqual(['long']);
    expect(await store.stats()).toMatchObject([{ collection: 'timed', expiredRecords: 1 }]);
    expect(await store.sweep()).toBe(1);
  });

  it('lets saves of the same ids by two writers pass without deadlock', async () => {
    const store = createStore({ db: fromPool(pool), autoMigrate: true });
    const records = store.collection('contended').within('me');
    const batch = Array.from({ length: 300 }, (_, n) => ({ id: `${n}`, data: { n } }));
    await Promise.all([batch, [...batch].reverse(), batch, [...batch].reverse()].map((each) => records.saveMany(each)));
    expect(new Set((await records.list({ limit: 1_000 })).items.map(({ version }) => version))).toEqual(new Set([4]));
  });
});
