import { useDatabase } from '@pgmcp/testing/vitest';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PATHS, usePools } from './paths.ts';

const database = useDatabase();
const open = usePools(database);
let admin: pg.Client;
beforeAll(async () => {
  admin = await database.connect();
  await admin.query('CREATE TABLE locked AS SELECT 1 AS n');
});
afterAll(() => admin.end());

const IN_FORCE = "SELECT current_setting('lock_timeout')";

describe.each(PATHS)('waiting for a lock, $path', (via) => {
  test('ends with 55P03 long before the statement timeout, whether it reads or writes', async () => {
    const { db } = open({ ...via, lockTimeoutMs: 50 });
    await admin.query('BEGIN; LOCK TABLE locked IN ACCESS EXCLUSIVE MODE');
    try {
      await expect(db.table('SELECT * FROM locked')).rejects.toMatchObject({ code: '55P03' });
      await expect(db.with({ access: 'read-write' }).query('DELETE FROM locked')).rejects.toMatchObject({
        code: '55P03',
      });
      await expect(
        (async () => {
          for await (const _ of db.stream('SELECT * FROM locked'));
        })(),
      ).rejects.toMatchObject({ code: '55P03' });
    } finally {
      await admin.query('ROLLBACK');
    }
    expect((await db.table('SELECT * FROM locked')).rows).toEqual([['1']]);
  });

  test('takes as long as the call, else the database, else the default says', async () => {
    expect((await open(via).db.table(IN_FORCE)).rows).toEqual([['5s']]);
    const { db } = open({ ...via, lockTimeoutMs: 1_234 });
    expect((await db.table(IN_FORCE)).rows).toEqual([['1234ms']]);
    expect((await db.with({ lockTimeoutMs: 567, timeoutMs: 8_000 }).table(IN_FORCE)).rows).toEqual([['567ms']]);
    const written = await db
      .with({ access: 'read-write', lockTimeoutMs: 568 })
      .transaction((transaction) => transaction.table(IN_FORCE));
    expect(written.rows).toEqual([['568ms']]);
    expect((await db.table(IN_FORCE)).rows).toEqual([['1234ms']]);
  });

  test('of 0 is left to what the server has set for the login', async () => {
    const role = await database.createRole('waits');
    await admin.query(`ALTER ROLE ${role.name} SET lock_timeout = '7s'`);
    const login = new URL(role.url);
    const parts = via.bouncer ? {} : { user: login.username, password: decodeURIComponent(login.password) };
    const { db } = open({ ...via, ...parts, lockTimeoutMs: 0 });
    expect((await db.table(IN_FORCE)).rows).toEqual([[via.bouncer ? '0' : '7s']]);
  });
});
