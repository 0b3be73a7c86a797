import { useDatabase } from '@pgmcp/testing/vitest';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMemoryStore, createStore, fromPool, type StoreEvent } from '../src/index.ts';

const HOUR = 3_600_000;

describe('partitions', () => {
  const database = useDatabase();
  let pool: pg.Pool;
  beforeAll(() => {
    pool = new pg.Pool({ connectionString: database.url, max: 2 });
  });
  afterAll(() => pool.end());
  const partitionsOf = async (table: string) =>
    (
      await pool.query(
        `select relid::regclass::text as name from pg_partition_tree('pgmcp.${table}') where isleaf order by 1`,
      )
    ).rows.map(({ name }) => name);

  it('by time hold no record of a time that PostgreSQL cannot read', async () => {
    const store = createStore({ db: fromPool(pool), schema: 'far', autoMigrate: true });
    const far = store.collection('far', { partition: { by: 'time', every: 'day', ahead: 1 } }).within('me');
    const id = 'ffffffff-ffff-7fff-bfff-ffffffffffff';
    await expect(far.save({ id, data: {} })).rejects.toMatchObject({ code: 'INVALID_RECORD' });
    expect([await far.load(id), await far.removeMany([id])]).toEqual([undefined, 0]);
    expect(await far.remove(id)).toEqual({ outcome: 'missing' });
  });

  it('by time are made ahead, read across their border and dropped by age', async () => {
    const clock = { now: Date.UTC(2026, 1, 27, 23, 30) };
    const events: StoreEvent[] = [];
    const store = createStore({ db: fromPool(pool), clock: () => clock.now, onEvent: (event) => events.push(event) });
    const history = store
      .collection<{ n: number }>('history', {
        partition: { by: 'time', every: 'day', ahead: 2, keep: 2 },
        fields: { n: { type: 'number' } },
        indexes: [{ field: 'n' }],
      })
      .within('me');
    await store.migrate();
    expect(await partitionsOf('records_history')).toEqual([
      'pgmcp.records_history_p20260227',
      'pgmcp.records_history_p20260228',
      'pgmcp.records_history_p20260301',
    ]);
    const first = await history.save({ data: { n: 1 } });
    clock.now += HOUR;
    const second = await history.save({ data: { n: 2 } });
    expect(
      (await history.list({ orderBy: { field: 'n', direction: 'desc' } })).items.map(({ data }) => data.n),
    ).toEqual([2, 1]);
    expect((await history.loadMany([first.id, second.id])).map(({ createdAt }) => createdAt.getTime())).toEqual([
      clock.now - HOUR,
      clock.now,
    ]);
    // A record is unique by its id, across partitions too.
    expect(await history.save({ id: first.id, data: { n: 10 } })).toMatchObject({ outcome: 'updated', version: 2 });
    expect(await history.update(second.id, { n: 20 })).toMatchObject({ outcome: 'updated' });
    expect(await history.count({ where: { n: { $gte: 10 } } })).toBe(2);

    clock.now += 3 * 24 * HOUR;
    await expect(history.save({ data: { n: 3 } })).rejects.toMatchObject({
      code: 'PARTITION_MISSING',
      retryable: true,
    });
    expect((await store.health()).problems).toEqual([
      'Partition records_history_p20260303 of collection "history" is missing; run maintainPartitions().',
      'Partition records_history_p20260304 of collection "history" is missing; run maintainPartitions().',
    ]);
    const done = await store.maintainPartitions();
    expect(done).toEqual({
      created: ['records_history_p20260303', 'records_history_p20260304', 'records_history_p20260305'],
      dropped: ['records_history_p20260227', 'records_history_p20260228'],
    });
    expect(events.filter(({ type }) => type.startsWith('partition'))).toHaveLength(5);
    expect(await store.maintainPartitions()).toEqual({ created: [], dropped: [] });
    await history.save({ data: { n: 3 } });
    expect(await history.count()).toBe(1);
    expect(await store.stats()).toMatchObject([{ collection: 'history', partitions: 4 }]);
  });

  it('by time take ids of version 7 only, and come back from a backup with the partitions they need', async () => {
    const options = { partition: { by: 'time', every: 'month', ahead: 1 } } as const;
    const memory = createMemoryStore({ clock: () => Date.UTC(2020, 0, 5) });
    const old = memory.collection('archive', options).within('me');
    await expect(old.save({ id: 'my id', data: {} })).rejects.toThrow(/no UUID of version 7/);
    const { id } = await old.save({ data: { old: true } });
    const store = createStore({ db: fromPool(pool) });
    const archive = store.collection('archive', options).within('me');
    await store.migrate();
    expect(await store.restore(memory.backup())).toEqual({ read: 1, written: 1 });
    expect(await archive.load(id)).toMatchObject({ data: { old: true }, createdAt: new Date(Date.UTC(2020, 0, 5)) });
    expect(await partitionsOf('records_archive')).toContain('pgmcp.records_archive_p202001');
    expect(await archive.remove(id)).toEqual({ outcome: 'removed' });
  });

  it('by list give each group of tenants its own table, and one to all others', async () => {
    const store = createStore({ db: fromPool(pool) });
    const records = store.collection('tenants', { partition: { by: 'list', scopes: [['a', "b'\\"], ['c']] } });
    await store.migrate();
    for (const scope of ['a', "b'\\", 'c', 'd']) await records.within(scope).save({ id: 'x', data: {} });
    const { rows } = await pool.query(
      'select tableoid::regclass::text as name, count(*)::int from pgmcp.records_tenants group by 1 order by 1',
    );
    expect(rows).toEqual([
      { name: 'pgmcp.records_tenants_l0', count: 2 },
      { name: 'pgmcp.records_tenants_l1', count: 1 },
      { name: 'pgmcp.records_tenants_others', count: 1 },
    ]);
  });

  it('by hash spread the records', async () => {
    const store = createStore({ db: fromPool(pool) });
    const records = store.collection('spread', { partition: { by: 'hash', of: 'id', count: 4 } }).within('me');
    await store.migrate();
    await records.saveMany(Array.from({ length: 200 }, (_, n) => ({ id: `${n}`, data: { n } })));
    const { rows } = await pool.query('select count(*)::int from pgmcp.records_spread group by tableoid');
    expect(rows).toHaveLength(4);
    expect((await records.saveMany([{ id: '7', data: { n: 70 } }]))[0]).toMatchObject({ outcome: 'updated' });
  });

  it.each([
    [{ by: 'time', every: 'week', ahead: 1 }, /every takes hour, day or month/],
    [{ by: 'time', every: 'day', ahead: 0 }, /ahead takes 1 to 366/],
    [{ by: 'hash', of: 'id', count: 1 }, /count takes 2 to 256/],
    [{ by: 'list', scopes: [['a'], ['a']] }, /names a scope twice/],
    [{ by: 'range' }, /by takes time, list or hash/],
    [{ by: 'hash', of: 'id', count: 2, modulus: 3 }, /no option "modulus"/],
  ])('are refused when declared wrongly: %j', (partition, message) => {
    expect(() => createMemoryStore().collection('x', { partition: partition as never })).toThrow(message);
  });
});
