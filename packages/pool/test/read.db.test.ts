import { useDatabase } from '@pgmcp/testing/vitest';
import { beforeAll, describe, expect, test } from 'vitest';
import { PATHS, usePools } from './paths.ts';

const database = useDatabase();
const open = usePools(database);

beforeAll(async () => {
  const client = await database.connect();
  await client.query("CREATE TABLE item AS SELECT n AS id, 'item ' || n AS name FROM generate_series(1, 5000) n");
  await client.query(
    "CREATE PROCEDURE erase() LANGUAGE plpgsql AS 'BEGIN COMMIT; SET TRANSACTION READ WRITE; DELETE FROM item; END'",
  );
  await client.query(
    "CREATE FUNCTION erase_by_function() RETURNS int LANGUAGE plpgsql AS 'BEGIN SET TRANSACTION READ WRITE; DELETE FROM item; RETURN 1; END'",
  );
  await client.end();
});

describe.each(PATHS)('a statement read in $path', (via) => {
  test('comes back as the text PostgreSQL wrote, with typed columns, nulls and duplicate names', async () => {
    const { db } = open(via);
    const table = await db.table(
      'SELECT id, name, NULL AS name, 1.10::numeric(8,2) AS price FROM item ORDER BY id LIMIT 2',
    );
    expect(table.rows).toEqual([
      ['1', 'item 1', null, '1.10'],
      ['2', 'item 2', null, '1.10'],
    ]);
    expect(table.fields.map(({ name, typeOid }) => [name, typeOid])).toEqual([
      ['id', 23],
      ['name', 25],
      ['name', 25],
      ['price', 1700],
    ]);
    expect(table.fields[0]).toMatchObject({ columnNumber: 1, typeModifier: -1 });
    expect(table.fields[0]?.tableOid).toBeGreaterThan(0);
    expect(table.fields[2]).toMatchObject({ columnNumber: 0, tableOid: 0 });
    expect(table).toMatchObject({ truncated: false, command: 'SELECT 2' });
    expect(table.byteCount).toBeGreaterThan(20);
  });

  test.each([
    ['9007199254740993::bigint', '9007199254740993'],
    ['0.1::numeric + 0.2', '0.3'],
    ["'NaN'::float8", 'NaN'],
    ["'-infinity'::float8", '-Infinity'],
    ['0.1::float8 + 0.2', '0.30000000000000004'],
    ["'infinity'::timestamptz", 'infinity'],
    ["'2026-01-02 03:04:05.678901+00'::timestamptz AT TIME ZONE 'UTC'", '2026-01-02 03:04:05.678901'],
    ["'0044-03-15 BC'::date", '0044-03-15 BC'],
    ["'1 year 2 days 3.5 seconds'::interval", '1 year 2 days 00:00:03.5'],
    ["'\\x00ff'::bytea", '\\x00ff'],
    ["'{1,NULL,3}'::int[]", '{1,NULL,3}'],
    [`'{"a": 123456789012345678901234567890}'::json`, '{"a": 123456789012345678901234567890}'],
    ["''::text", ''],
    ["'\u{1F600} é \n'::text", '\u{1F600} é \n'],
  ])('keeps %s', async (expression, text) => {
    const { db } = open(via);
    expect((await db.table(`SELECT ${expression}`)).rows).toEqual([[text]]);
  });

  test('takes parameters of every kind', async () => {
    const { db } = open(via);
    const values = [1, 'two', null, [3, null], { four: 4 }, Buffer.from([5]), new Date(0), 6n, true];
    const text =
      'SELECT $1::int, $2::text, $3::text, $4::int[], $5::jsonb, $6::bytea, $7::timestamptz = to_timestamp(0), $8::bigint, $9::bool';
    expect((await db.table(text, values)).rows).toEqual([
      ['1', 'two', null, '{3,NULL}', '{"four": 4}', '\\x05', 't', '6', 't'],
    ]);
  });

  test('gives column names when there are no rows, and no rows for an empty text', async () => {
    const { db } = open(via);
    expect(await db.table('SELECT id FROM item WHERE false')).toMatchObject({
      rows: [],
      fields: [{ name: 'id' }],
      truncated: false,
      command: 'SELECT 0',
    });
    expect(await db.table('')).toMatchObject({ rows: [], fields: [], command: '' });
  });

  test('stops at the row limit and says so, and says nothing when the limit is exactly met', async () => {
    const { db } = open(via);
    const cut = await db.with({ maxRows: 10 }).table('SELECT id FROM item ORDER BY id');
    expect([cut.rows.length, cut.rows.at(-1), cut.truncated, cut.command]).toEqual([10, ['10'], 'rows', '']);
    const whole = await db.with({ maxRows: 10 }).table('SELECT id FROM item ORDER BY id LIMIT 10');
    expect([whole.rows.length, whole.truncated]).toEqual([10, false]);
  });

  test('ends an endless statement at the row limit', async () => {
    const { db } = open(via);
    const table = await db
      .with({ maxRows: 5 })
      .table('WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n');
    expect([table.rows.length, table.truncated]).toEqual([5, 'rows']);
  });

  test('stops at the byte limit and says so, and the connection serves on', async () => {
    const { db, events } = open({ ...via, maxConnections: 1 });
    const table = await db.with({ maxBytes: 10_000 }).table("SELECT repeat('x', 1000) FROM generate_series(1, 50)");
    expect([table.rows.length, table.truncated]).toEqual([9, 'bytes']);
    expect(table.byteCount).toBeLessThanOrEqual(10_000);
    expect((await db.table('SELECT 1')).rows).toEqual([['1']]);
    expect(events.filter(({ type }) => type === 'connection-opened')).toHaveLength(1);
  });

  test('cancels a statement that sends far more than the byte limit', async () => {
    const { db, events } = open({ ...via, maxConnections: 1 });
    const table = await db
      .with({ maxBytes: 100_000, maxRows: 1_000_000 })
      .table("SELECT repeat('x', 10000) FROM generate_series(1, 100000)");
    expect(table).toMatchObject({ truncated: 'bytes' });
    expect(events).toContainEqual(expect.objectContaining({ type: 'cancel-sent', reason: 'bytes' }));
    expect((await db.table('SELECT 1')).rows).toEqual([['1']]);
  });

  test('cancels a statement that goes on slowly after the byte limit', async () => {
    const { db } = open(via);
    const table = await db
      .with({ maxBytes: 50_000 })
      // Servers before PostgreSQL 17 hold back up to 8 kB of what they have written, so a few rows more come before the rest.
      .table("SELECT repeat('x', 20000), CASE WHEN n > 6 THEN pg_sleep(60) END FROM generate_series(1, 8) n");
    expect([table.rows.length, table.truncated]).toEqual([2, 'bytes']);
  });

  test('refuses a first row above the byte limit', async () => {
    const { db } = open(via);
    await expect(db.with({ maxBytes: 1_000 }).table("SELECT repeat('x', 5000)")).rejects.toMatchObject({
      code: 'RESULT_TOO_LARGE',
      message: expect.stringContaining('left(column, 1000)'),
    });
    expect((await db.table('SELECT 1')).rows).toEqual([['1']]);
  });

  test('refuses a cell that would kill the process inside the driver, in flat memory', {
    timeout: 60_000,
  }, async () => {
    const { db } = open(via);
    const before = process.memoryUsage().rss;
    await expect(db.table("SELECT repeat('x', 600000000)")).rejects.toMatchObject({
      code: 'RESULT_TOO_LARGE',
      database: 'main',
    });
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
    expect((await db.table('SELECT 1')).rows).toEqual([['1']]);
  });

  test('reads a large row where it is bound to, there only, and not beyond', async () => {
    const { db } = open({ ...via, maxConnections: 1 });
    const large = db.with({ maxRowBytes: 64 * 1024 * 1024 });
    const sql = "SELECT repeat('x', 20000000) AS x";
    expect((await large.query<{ x: string }>(sql)).rows[0]?.x).toHaveLength(20_000_000);
    expect(
      await large.transaction(async (transaction) => (await transaction.query<{ x: string }>(sql)).rows[0]?.x.length),
    ).toBe(20_000_000);
    await expect(db.query(sql)).rejects.toMatchObject({ code: 'RESULT_TOO_LARGE' });
    await expect(db.with({ maxRowBytes: 1_000_000 }).query(sql)).rejects.toMatchObject({ code: 'RESULT_TOO_LARGE' });
    expect(() => db.with({ maxRowBytes: 2 ** 29 })).toThrow('maxRowBytes must be a whole number from 1 to 268435456');
  });

  test.each(['COPY item TO STDOUT', 'COPY (SELECT 1) TO STDOUT (FORMAT binary)'])(
    'refuses %s and serves on',
    async (sql) => {
      const { db } = open(via);
      await expect(db.table(sql)).rejects.toMatchObject({
        code: 'COPY_REFUSED',
        message: expect.stringContaining('Use SELECT'),
      });
      await expect(db.with({ access: 'read-write' }).table('COPY item FROM STDIN')).rejects.toMatchObject({
        code: 'COPY_REFUSED',
      });
      expect((await db.table('SELECT count(*) FROM item')).rows).toEqual([['5000']]);
    },
  );

  test.each([
    ['SELEC 1', '42601', { position: '1' }],
    ['SELECT 1; SELECT 2', '42601', {}],
    ['SELECT nme FROM item', '42703', { hint: expect.stringContaining('item.name') }],
    ['SELECT 1 / 0', '22012', {}],
    ['SELECT $1::int', '08P01', {}],
    ['DELETE FROM item', '25006', {}],
    ['CREATE TEMP TABLE t ()', '25006', {}],
    ["SELECT set_config('transaction_read_only', 'off', true)", '25001', {}],
  ])('passes the error of PostgreSQL through: %s', async (sql, code, more) => {
    const { db } = open({ ...via, maxConnections: 1 });
    const error = await db.table(sql).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code, severity: 'ERROR', ...more });
    expect((await db.table('SELECT 1')).rows).toEqual([['1']]);
  });

  test('passes 57014 of statement_timeout through, and the next call works', async () => {
    const { db } = open({ ...via, maxConnections: 1 });
    const startedAt = performance.now();
    await expect(db.with({ timeoutMs: 100 }).table('SELECT pg_sleep(20)')).rejects.toMatchObject({ code: '57014' });
    expect(performance.now() - startedAt).toBeGreaterThan(95);
    expect((await db.table('SHOW statement_timeout')).rows).toEqual([['30s']]);
  });

  test.each(['COMMIT', 'ROLLBACK', 'COMMIT AND CHAIN', 'ROLLBACK AND CHAIN', 'ABORT', 'END'])(
    'refuses a text that ends the transaction, and does not lend its connection again: %s',
    async (sql) => {
      const { db, events } = open({ ...via, maxConnections: 1 });
      await expect(db.table(sql)).rejects.toMatchObject({ code: 'TRANSACTION_LOST' });
      expect((await db.table("SELECT current_setting('transaction_read_only')")).rows).toEqual([['on']]);
      expect(events).toContainEqual(expect.objectContaining({ type: 'transaction-lost' }));
      expect(events).toContainEqual(expect.objectContaining({ type: 'connection-closed', reason: 'not-clean' }));
    },
  );

  test.each([
    'SET TRANSACTION READ WRITE',
    'SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE',
    'DO $$ BEGIN SET TRANSACTION READ WRITE; DELETE FROM item; END $$',
    "DO $$ BEGIN PERFORM set_config('transaction_read_only', 'off', false); DELETE FROM item; END $$",
    'DO $$ BEGIN COMMIT; SET TRANSACTION READ WRITE; DELETE FROM item; END $$',
    'CALL erase()',
    'SELECT erase_by_function()',
    "WITH off AS MATERIALIZED (SELECT set_config('transaction_read_only', 'off', true)), gone AS (DELETE FROM item RETURNING 1) SELECT * FROM off, gone",
    'EXPLAIN ANALYZE DELETE FROM item',
    'PREPARE TRANSACTION $$x$$',
    'BEGIN READ WRITE',
    'START TRANSACTION READ WRITE',
    'SAVEPOINT s',
    'RELEASE s',
  ])('cannot be made to write: %s', async (sql) => {
    const { db } = open({ ...via, maxConnections: 1 });
    await db.table(sql).catch(() => {});
    // Only what is bound sends another prelude: timeouts alone, timeouts and settings.
    await db
      .with({ timeoutMs: 9_000, lockTimeoutMs: 900 })
      .table(sql)
      .catch(() => {});
    await db
      .with({ timeoutMs: 9_000, session: { settings: { work_mem: '8MB' } } })
      .table(sql)
      .catch(() => {});
    await db.table('DELETE FROM item').catch(() => {});
    expect((await db.table("SELECT count(*), current_setting('transaction_read_only') FROM item")).rows).toEqual([
      ['5000', 'on'],
    ]);
  });

  test('as object rows does not depend on the time zone of the host', async () => {
    const { db } = open(via);
    const zone = process.env['TZ'];
    process.env['TZ'] = 'Asia/Tokyo';
    try {
      const { rows } = await db.query(
        "SELECT 1 AS one, NULL AS nothing, '2026-01-02'::date AS d, '2026-01-02 03:04:05.678901'::timestamp AS t, ARRAY['2026-01-02'::date] AS ds, '2026-01-02 00:00Z'::timestamptz AS tz, '{\"a\": 1}'::jsonb AS j, 2 AS \"__proto__\"",
      );
      expect(rows).toEqual([
        Object.fromEntries([
          ['one', 1],
          ['nothing', null],
          ['d', '2026-01-02'],
          ['t', '2026-01-02 03:04:05.678901'],
          ['ds', ['2026-01-02']],
          ['tz', new Date('2026-01-02T00:00:00Z')],
          ['j', { a: 1 }],
          ['__proto__', 2],
        ]),
      ]);
    } finally {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    }
  });

  test('does not depend on what the role has set for itself', async () => {
    const role = await database.createRole('odd', {
      settings: {
        DateStyle: 'SQL, DMY',
        IntervalStyle: 'sql_standard',
        bytea_output: 'escape',
        extra_float_digits: '-3',
      },
    });
    const { db } = open({ ...via, url: role.url });
    const sql = "SELECT '2026-01-31'::date, '1 day 2 hours'::interval, '\\x00ff'::bytea, 0.1::float8 + 0.2";
    expect((await db.table(sql)).rows).toEqual([['2026-01-31', '1 day 02:00:00', '\\x00ff', '0.30000000000000004']]);
  });

  test("uses the configured search_path and TimeZone, else the server's", async () => {
    const role = await database.createRole('zoned', { settings: { TimeZone: 'America/New_York' } });
    const sql = "SELECT '2026-01-01 12:00Z'::timestamptz, current_setting('search_path')";
    expect((await open({ ...via, url: role.url }).db.table(sql)).rows).toEqual([
      ['2026-01-01 07:00:00-05', '"$user", public'],
    ]);
    const { db } = open({ ...via, url: role.url, timeZone: 'UTC', searchPath: 'pg_catalog, public' });
    expect((await db.table(sql)).rows).toEqual([['2026-01-01 12:00:00+00', 'pg_catalog, public']]);
  });
});
