import { useDatabase } from '@pgmcp/testing/vitest';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStore, fromPool } from '../src/index.ts';

it('is what the store asks for when it is given the pool as it is', () => {
  const pool = new pg.Pool();
  expect(() => createStore({ db: pool as never })).toThrow(/wrap a pg\.Pool in fromPool\(pool\)/);
  expect(() => createStore({} as never)).toThrow(/db needs the methods query and transaction/);
});

it('tells every address that did not answer, where the driver fails with nothing but those', async () => {
  const refused = new AggregateError([
    new Error('connect ECONNREFUSED ::1:1'),
    new Error('connect ECONNREFUSED 127.0.0.1:1'),
  ]);
  const query = () => Promise.reject(refused);
  expect(await createStore({ db: { query, transaction: query } }).health()).toMatchObject({
    ok: false,
    problems: ['connect ECONNREFUSED ::1:1; connect ECONNREFUSED 127.0.0.1:1'],
  });
});

describe('a pool made transactional', () => {
  const database = useDatabase();
  let pool: pg.Pool;
  beforeAll(async () => {
    pool = new pg.Pool({ connectionString: database.url, max: 1 });
    pool.on('error', () => undefined);
    await pool.query('create table kept (n int)');
  });
  afterAll(() => pool.end());
  const count = async () => (await pool.query('select count(*)::int as count from kept')).rows[0].count;

  it('commits what works and rolls back what fails, on the same connection', async () => {
    const db = fromPool(pool);
    await db.transaction((transaction) => transaction.query('insert into kept values (1)'));
    const failing = db.transaction(async (transaction) => {
      await transaction.query('insert into kept values (2)');
      throw new RangeError('no');
    });
    await expect(failing).rejects.toThrow(RangeError);
    const broken = db.transaction(async (transaction) => {
      await transaction.query('insert into kept values (3)');
      await transaction.query('select no_such_column');
    });
    await expect(broken).rejects.toMatchObject({ code: '42703' });
    const swallowed = db.transaction(async (transaction) => {
      await transaction.query('insert into kept values (5)');
      await transaction.query('select no_such_column').catch(() => undefined);
    });
    await expect(swallowed).rejects.toThrow(/COMMIT rolled everything back/);
    expect(await count()).toBe(1);
    expect(pool.totalCount).toBe(1);
  });

  it('never lends a connection again that was lost in a transaction', async () => {
    const db = fromPool(pool);
    const killer = await database.connect();
    const lost = db.transaction(async (transaction) => {
      const { rows } = await transaction.query<{ pid: number }>('select pg_backend_pid() as pid');
      await killer.query('select pg_terminate_backend($1, 5000)', [rows[0]!.pid]);
      // Idle in the transaction when the news arrives: nobody awaits a statement.
      await new Promise((resolve) => setTimeout(resolve, 50));
      await transaction.query('insert into kept values (4)');
    });
    await expect(lost).rejects.toThrow();
    expect(pool.totalCount).toBe(0);
    expect(await count()).toBe(1);
  });
});
