import { useDatabase } from '@pgmcp/testing/vitest';
import { beforeAll, describe, expect, test } from 'vitest';
import { PATHS, usePools } from './paths.ts';

const database = useDatabase();
const open = usePools(database);

beforeAll(async () => {
  const client = await database.connect();
  await client.query('CREATE TABLE note (id int PRIMARY KEY, text text)');
  await client.query('CREATE TABLE line (note int REFERENCES note DEFERRABLE INITIALLY DEFERRED)');
  await client.query('CREATE SEQUENCE counter');
  await client.end();
});

/** Everything a borrower could find of the one before. */
const TRACES = `
  SELECT nullif(current_setting('app.user', true), ''), current_setting('search_path'), current_setting('work_mem'), current_setting('role'),
         current_setting('statement_timeout'), current_setting('default_transaction_read_only'),
         (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()),
         (SELECT count(*) FROM pg_prepared_statements WHERE name <> ''),
         (SELECT count(*) FROM pg_cursors WHERE name <> ''),
         (SELECT count(*) FROM pg_listening_channels()),
         (SELECT count(*) FROM pg_class WHERE relpersistence = 't' AND relnamespace = pg_my_temp_schema()),
         (SELECT count(*) FROM note WHERE id >= 1000)`;

describe.each(PATHS)('after a call in $path the next borrower finds nothing of it', (via) => {
  const attacks = [
    "SELECT set_config('app.user', 'alice', false), set_config('search_path', 'evil', false), set_config('work_mem', '99MB', false)",
    "SELECT set_config('role', 'pg_read_all_data', false)",
    "SELECT set_config('statement_timeout', '0', false)",
    "SELECT set_config('default_transaction_read_only', 'off', false)",
    'SET SESSION search_path = evil',
    'SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE',
    'SELECT pg_advisory_lock(1), pg_advisory_lock_shared(2), pg_try_advisory_lock(3)',
    'PREPARE p AS SELECT 1',
    'DECLARE c CURSOR WITH HOLD FOR SELECT 1',
    'LISTEN channel',
    'SELECT pg_advisory_lock(4) / 0',
  ];
  test.each(attacks)('%s', async (attack) => {
    const { db, events } = open({ ...via, maxConnections: 1 });
    const clean = (await db.table(TRACES)).rows;
    expect(clean[0]?.slice(6)).toEqual(['0', '0', '0', '0', '0', '0']);
    await db.table(attack).catch(() => {});
    expect((await db.table(TRACES)).rows).toEqual(clean);
    // Found clean because it was cleaned, not because a new connection was opened.
    expect(events.filter(({ type }) => type === 'connection-opened')).toHaveLength(1);
  });

  const writes = [
    ...attacks.slice(0, -1),
    'CREATE TEMP TABLE scratch AS SELECT 1',
    "INSERT INTO note VALUES (1, 'x') ON CONFLICT DO NOTHING",
  ];
  test.each(writes)('read-write: %s', async (attack) => {
    const { db } = open({ ...via, maxConnections: 1 });
    const clean = (await db.table(TRACES)).rows;
    await db.with({ access: 'read-write' }).table(attack);
    expect((await db.table(TRACES)).rows).toEqual(clean);
  });

  test('settings of the database hold in every transaction, and a call may choose others', async () => {
    const { db } = open({ ...via, maxConnections: 1, session: { work_mem: '12MB', jit: 'off' } });
    const sql = "SELECT current_setting('work_mem'), current_setting('jit')";
    expect((await db.table(sql)).rows).toEqual([['12MB', 'off']]);
    const bound = db.with({ session: { settings: { work_mem: '3MB', max_parallel_workers_per_gather: '0' } } });
    expect((await bound.table(sql)).rows).toEqual([['3MB', 'off']]);
    expect((await db.table(sql)).rows).toEqual([['12MB', 'off']]);
  });

  test('a role and settings of the session hold inside the transaction only', async () => {
    const role = await database.createRole('tenant', { login: false });
    const { db } = open({ ...via, maxConnections: 1, roles: [role.name], statementsAreGuarded: true });
    const sql =
      "SELECT current_user, current_setting('app.tenant', true), current_setting('search_path'), current_setting('lock_timeout')";
    const bound = db.with({
      session: { role: role.name, settings: { 'app.tenant': "o'neil", search_path: 'pg_catalog' } },
      lockTimeoutMs: 1_234,
    });
    const inside = [[role.name, "o'neil", 'pg_catalog', '1234ms']];
    const before = (await db.table(sql)).rows;
    expect((await bound.table(sql)).rows).toEqual(inside);
    expect(await bound.transaction(async (transaction) => (await transaction.table(sql)).rows)).toEqual(inside);
    expect(
      await bound
        .with({ access: 'read-write' })
        .transaction(async (transaction) => (await transaction.table(sql)).rows),
    ).toEqual(inside);
    const after = (await db.table(sql)).rows;
    // After a transaction a custom setting is empty, not null.
    expect(after.map((row) => row.map((value) => value || null))).toEqual(before);
    await expect(bound.table('SELECT 1 / 0')).rejects.toMatchObject({ code: '22012' });
    expect((await db.table('SELECT current_user')).rows).toEqual([[database.user]]);
  });

  test('a role that the login may not take is an error of PostgreSQL, and nothing runs as the login instead', async () => {
    const weak = await database.createRole('weak');
    const other = await database.createRole('other', { login: false });
    const { db } = open({ ...via, url: weak.url, roles: [other.name] });
    await expect(db.with({ session: { role: other.name } }).table('SELECT current_user')).rejects.toMatchObject({
      code: '42501',
    });
  });
});

describe.each(PATHS)('a transaction in $path', (via) => {
  test('read-write commits when the work succeeds', async () => {
    const { db } = open(via);
    const written = await db.with({ access: 'read-write' }).transaction(async (transaction) => {
      await transaction.query('DELETE FROM note');
      await transaction.query('INSERT INTO note VALUES ($1, $2)', [7, 'seven']);
      return transaction.query('SELECT text FROM note');
    });
    expect(written.rows).toEqual([{ text: 'seven' }]);
    expect((await db.table('SELECT id FROM note')).rows).toEqual([['7']]);
  });

  test('read-write rolls back when the work throws', async () => {
    const { db } = open({ ...via, maxConnections: 1 });
    const failing = db.with({ access: 'read-write' }).transaction(async (transaction) => {
      await transaction.query("INSERT INTO note VALUES (1000, 'x')");
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    expect((await db.table('SELECT count(*) FROM note WHERE id = 1000')).rows).toEqual([['0']]);
  });

  test('read-write does not pretend to have committed when a failed statement was ignored', async () => {
    const { db } = open({ ...via, maxConnections: 1 });
    const swallowing = db.with({ access: 'read-write' }).transaction(async (transaction) => {
      await transaction.query("INSERT INTO note VALUES (1001, 'x')");
      await transaction.query('SELECT 1 / 0').catch(() => {});
    });
    await expect(swallowing).rejects.toMatchObject({ code: '22012' });
    expect((await db.table('SELECT count(*) FROM note WHERE id = 1001')).rows).toEqual([['0']]);
  });

  test('read-write can go on after a rollback to a savepoint', async () => {
    const { db } = open({ ...via, maxConnections: 1 });
    await db.with({ access: 'read-write' }).transaction(async (transaction) => {
      await transaction.query('SAVEPOINT s');
      await transaction.query('SELECT 1 / 0').catch(() => {});
      await transaction.query('ROLLBACK TO s');
      await transaction.query("INSERT INTO note VALUES (8, 'eight') ON CONFLICT DO NOTHING");
    });
    expect((await db.table('SELECT count(*) FROM note WHERE id = 8')).rows).toEqual([['1']]);
  });

  test('a deferred constraint that fails at the end is the error of the call, and nothing stays', async () => {
    const { db } = open({ ...via, maxConnections: 1 });
    await expect(db.with({ access: 'read-write' }).query('INSERT INTO line VALUES (424242)')).rejects.toMatchObject({
      code: '23503',
    });
    expect((await db.table('SELECT count(*) FROM line')).rows).toEqual([['0']]);
  });

  test('is READ ONLY unless bound otherwise and sees one snapshot of errors: the failed statement, then 25P02', async () => {
    const { db } = open({ ...via, maxConnections: 1 });
    await db.transaction(async (transaction) => {
      await expect(transaction.query('DELETE FROM note')).rejects.toMatchObject({ code: '25006' });
      await expect(transaction.query('SELECT 1')).rejects.toMatchObject({ code: '25P02' });
    });
    expect((await db.table('SELECT 1')).rows).toEqual([['1']]);
  });

  test('runs statements one after the other when the work does not wait for them', async () => {
    const { db } = open({ ...via, maxConnections: 1 });
    const answers = await db.transaction((transaction) =>
      Promise.all([1, 2, 3].map((n) => transaction.table('SELECT $1::int', [n]))),
    );
    expect(answers.map(({ rows }) => rows[0]?.[0])).toEqual(['1', '2', '3']);
  });

  test('waits for a statement that the work has started and forgotten, then ends', async () => {
    const { db, events } = open({ ...via, maxConnections: 1 });
    let forgotten: Promise<unknown> = Promise.resolve();
    await db.transaction(async (transaction) => {
      forgotten = transaction.query('SELECT pg_sleep(0.05)');
    });
    await forgotten;
    expect((await db.table('SELECT 1')).rows).toEqual([['1']]);
    expect(events.filter(({ type }) => type === 'connection-opened')).toHaveLength(1);
  });

  test('refuses statements after its end', async () => {
    const { db } = open(via);
    let kept: { query(text: string): Promise<unknown> } | undefined;
    await db.transaction(async (transaction) => {
      kept = transaction;
    });
    await expect(kept?.query('SELECT 1')).rejects.toMatchObject({ code: 'TRANSACTION_LOST' });
  });

  test('is lost when a statement ends it, and the rest of the work cannot run outside', async () => {
    const { db } = open({ ...via, maxConnections: 1 });
    const escaping = db.with({ access: 'read-write' }).transaction(async (transaction) => {
      await transaction.table('ROLLBACK').catch(() => {});
      await transaction.query("INSERT INTO note VALUES (1002, 'x')");
    });
    await expect(escaping).rejects.toMatchObject({ code: 'TRANSACTION_LOST' });
    expect((await db.table('SELECT count(*) FROM note WHERE id = 1002')).rows).toEqual([['0']]);
  });

  test.each(['COMMIT', '/* a */ ;END', 'commit and chain'])(
    'is not ended by a text that would make its settings those of the next borrower: %s',
    async (ending) => {
      const { db } = open({ ...via, maxConnections: 1 });
      for (const access of ['read-only', 'read-write'] as const) {
        const escaping = db.with({ access }).transaction(async (transaction) => {
          await transaction.table("SELECT set_config('row_security', 'off', false)");
          await transaction.table(ending);
        });
        await expect(escaping).rejects.toMatchObject({ code: 'TRANSACTION_LOST' });
        for (let call = 0; call < 3; call += 1) expect((await db.table('SHOW row_security')).rows).toEqual([['on']]);
      }
    },
  );

  test('does not go on without its role when a text begins it anew', async () => {
    const role = await database.createRole('chained', { login: false });
    const { db } = open({ ...via, maxConnections: 1, roles: [role.name] });
    const users: unknown[] = [];
    const escaping = db.with({ session: { role: role.name } }).transaction(async (transaction) => {
      await transaction.table('ROLLBACK AND CHAIN').catch(() => {});
      users.push((await transaction.table('SELECT current_user')).rows);
    });
    await expect(escaping).rejects.toMatchObject({ code: 'TRANSACTION_LOST' });
    expect(users).toEqual([]);
  });

  test('table of a write returns rows within the limit and writes them all', async () => {
    const { db } = open(via);
    const table = await db
      .with({ access: 'read-write', maxRows: 2 })
      .table("INSERT INTO note SELECT n, 'x' FROM generate_series(500, 509) n ON CONFLICT DO NOTHING RETURNING id");
    expect([table.rows.length, table.truncated]).toEqual([2, 'rows']);
    expect((await db.table('SELECT count(*) FROM note WHERE id BETWEEN 500 AND 509')).rows).toEqual([['10']]);
    await db.with({ access: 'read-write' }).query('DELETE FROM note WHERE id BETWEEN 500 AND 509');
  });

  test.each([
    ['standard_conforming_strings', 'off'],
    ['client_encoding', 'LATIN1'],
  ])('ends when a statement changes how the next one is read: %s', async (parameter, value) => {
    const { db, events } = open({ ...via, maxConnections: 1 });
    for (const access of ['read-only', 'read-write'] as const) {
      const tricked = db.with({ access }).transaction(async (transaction) => {
        await transaction.table('SELECT set_config($1, $2, true)', [parameter, value]);
        await transaction.table("SELECT '\\' AS a, '; DROP TABLE note; --'");
      });
      await expect(tricked).rejects.toMatchObject({
        code: 'TRANSACTION_LOST',
        message: expect.stringContaining(parameter),
      });
    }
    expect(events).toContainEqual(expect.objectContaining({ type: 'state-changed', parameter, value }));
    expect((await db.table('SELECT current_setting($1)', [parameter])).rows).toEqual([
      [parameter === 'client_encoding' ? 'UTF8' : 'on'],
    ]);
  });

  test('a script runs several statements at once, all or nothing', async () => {
    const { db } = open({ ...via, maxConnections: 1 });
    const write = db.with({ access: 'read-write' });
    await write.transaction(async (transaction) => {
      await transaction.script(
        "CREATE TABLE made (id int); INSERT INTO made VALUES (1), (2); SELECT * FROM made; COMMENT ON TABLE made IS 'a;b'",
      );
      await transaction.query('INSERT INTO made VALUES ($1)', [3]);
    });
    expect((await db.table('SELECT count(*) FROM made')).rows).toEqual([['3']]);
    const failing = write.transaction((transaction) => transaction.script('DROP TABLE made; SELECT 1 / 0; SELECT 2'));
    await expect(failing).rejects.toMatchObject({ code: '22012' });
    expect((await db.table('SELECT count(*) FROM made')).rows).toEqual([['3']]);
    await expect(
      write.transaction((transaction) => transaction.script('DELETE FROM made; COMMIT')),
    ).rejects.toMatchObject({ code: 'TRANSACTION_LOST' });
    await write.transaction((transaction) => transaction.script('DROP TABLE made; SET search_path = evil'));
    expect((await db.table('SHOW search_path')).rows).toEqual([['"$user", public']]);
  });

  test('a script is refused where nothing may be written, and nowhere else can one text hold two statements', async () => {
    const { db } = open({ ...via, maxConnections: 1 });
    await expect(db.transaction((transaction) => transaction.script('SELECT 1'))).rejects.toMatchObject({
      code: 'INVALID_SETTINGS',
    });
    for (const access of ['read-only', 'read-write'] as const) {
      const bound = db.with({ access });
      await expect(bound.query('SELECT 1; SELECT 2')).rejects.toMatchObject({ code: '42601' });
      await expect(bound.table('SELECT 1; SELECT 2')).rejects.toMatchObject({ code: '42601' });
      await expect(bound.transaction((transaction) => transaction.query('SELECT 1; SELECT 2'))).rejects.toMatchObject({
        code: '42601',
      });
    }
  });
});
