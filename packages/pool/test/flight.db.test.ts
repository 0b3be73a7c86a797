import { useDatabase } from '@pgmcp/testing/vitest';
import type pg from 'pg';
import { beforeAll, describe, expect, test } from 'vitest';
import { usePools } from './paths.ts';

const database = useDatabase();
const open = usePools(database);
let admin: pg.Client;
beforeAll(async () => {
  admin = await database.connect();
});

const opened = (events: readonly { readonly type: string }[]) =>
  events.filter(({ type }) => type === 'connection-opened').length;

describe('a read in one flight', () => {
  test('frees advisory locks by the function whose number it knows', async () => {
    const { rows } = await admin.query("SELECT 'pg_catalog.pg_advisory_unlock_all()'::regprocedure::oid::int AS oid");
    expect(rows).toEqual([{ oid: 2892 }]);
    const { db, events } = open({ maxConnections: 1 });
    // Of this database alone: other test files hold locks in theirs at the same time.
    const held = `SELECT count(*)::int FROM pg_locks JOIN pg_database d ON d.oid = database
      WHERE pid <> pg_backend_pid() AND locktype = $1 AND datname = current_database()`;
    for (let call = 0; call < 3; call += 1) {
      await db.table('SELECT pg_advisory_lock(7), pg_advisory_lock_shared(8)');
      expect((await admin.query(held, ['advisory'])).rows).toEqual([{ count: 0 }]);
    }
    expect(opened(events)).toBe(1);
  });

  test.each([
    ['the statement cannot be read', 'SELEC 1', '42601'],
    ['it fails before its first row', 'SELECT 1 / 0', '22012'],
    ['it fails after rows', 'SELECT 1 / (500 - n) FROM generate_series(1, 1000) n', '22012'],
    ['it is ended by its timeout', 'SELECT pg_sleep(5)', '57014'],
  ])('ends its transaction and keeps its connection when %s', async (_, sql, code) => {
    const { db, events } = open({ maxConnections: 1, statementTimeoutMs: 200 });
    for (let call = 0; call < 3; call += 1) {
      await expect(db.table(sql)).rejects.toMatchObject({ code });
      expect((await db.table('SELECT n FROM generate_series(1, 2) n')).rows).toEqual([['1'], ['2']]);
    }
    expect(opened(events)).toBe(1);
  });

  test('fails before its statement when a setting is refused, and keeps its connection', async () => {
    const { db, events } = open({ maxConnections: 1 });
    const bound = db.with({ session: { settings: { work_mem: 'much' } } });
    await expect(bound.table('SELECT 1')).rejects.toMatchObject({ code: '22023' });
    expect((await db.table('SHOW work_mem')).rows).toEqual([['4MB']]);
    expect(opened(events)).toBe(1);
  });

  test('has timeouts of its own for its transaction only, alone and with other settings', async () => {
    const { db, events } = open({ maxConnections: 1 });
    const ask = "SELECT current_setting('statement_timeout'), current_setting('lock_timeout')";
    for (const settings of [{}, { work_mem: '9MB' }]) {
      const bound = db.with({ timeoutMs: 1_234, lockTimeoutMs: 567, session: { settings } });
      expect((await bound.table(ask)).rows).toEqual([['1234ms', '567ms']]);
      expect((await db.table(ask)).rows).toEqual([['30s', '5s']]);
    }
    expect(opened(events)).toBe(1);
  });

  test('does not lend the connection again when the locks could not be freed', async () => {
    const login = await database.createRole('unfree');
    await admin.query('REVOKE EXECUTE ON FUNCTION pg_catalog.pg_advisory_unlock_all() FROM PUBLIC');
    try {
      const { db, events } = open({ url: login.url, maxConnections: 1 });
      await expect(db.table('SELECT 1')).rejects.toMatchObject({ code: '42501' });
      await expect(db.table('SELECT 1 / 0')).rejects.toMatchObject({ code: '22012' });
      expect(opened(events)).toBe(2);
      expect(events).toContainEqual(expect.objectContaining({ type: 'connection-closed', reason: 'not-clean' }));
    } finally {
      await admin.query('GRANT EXECUTE ON FUNCTION pg_catalog.pg_advisory_unlock_all() TO PUBLIC');
    }
  });
});
