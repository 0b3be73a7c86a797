import { describe, expect, it } from 'vitest';
import { failure, succeed } from './in-process-client.ts';
import { useShop, write } from './shop-to-write.ts';

const { query, countOf, start } = useShop();

describe('execute_ddl', () => {
  const asAdmin = { PG_MCP_SECURITY_MODE: 'admin' };

  it('is there in the admin mode only', async () => {
    const { client } = await start();
    expect((await client.listTools()).tools.map(({ name }) => name)).not.toContain('execute_ddl');
  });

  it('previews objects, and changes them once confirmed', async () => {
    const { client } = await start(asAdmin);
    const args = {
      statements: [
        'CREATE TABLE shop.tags (id int PRIMARY KEY, tag text)',
        'ALTER TABLE shop.orders ADD COLUMN weight int',
        'DROP VIEW shop.contacts',
        'CREATE INDEX orders_note ON shop.orders (note)',
        'ALTER TABLE shop.big RENAME TO large',
      ],
    };
    const preview = await write(client, args, 'execute_ddl');
    expect(preview.objects).toEqual(
      expect.arrayContaining([
        { change: 'created', kind: 'table', name: 'shop.tags' },
        { change: 'created', kind: 'index', name: 'shop.orders_note' },
        { change: 'altered', kind: 'column', name: 'shop.orders.weight' },
        { change: 'dropped', kind: 'view', name: 'shop.contacts' },
        { change: 'altered', kind: 'table', name: 'shop.big, now shop.large' },
      ]),
    );
    expect((await query("SELECT to_regclass('shop.tags') AS t")).rows[0].t).toBeNull();
    const done = await write(client, { ...args, confirmation_token: preview.confirmation_token }, 'execute_ddl');
    expect(done.status).toBe('committed');
    expect((await query("SELECT to_regclass('shop.tags')::text AS t")).rows[0].t).toBe('shop.tags');
  });

  it('changes nothing when somebody has changed the structure since the preview', async () => {
    const { client } = await start(asAdmin);
    const args = { statements: ['DROP TABLE shop.cards CASCADE'] };
    const { confirmation_token: token } = await write(client, args, 'execute_ddl');
    await query('CREATE VIEW shop.late AS SELECT id FROM shop.cards');
    expect(await failure(client, 'execute_ddl', { ...args, confirmation_token: token })).toMatchObject({
      code: 'PREVIEW_CHANGED',
    });
    expect(await countOf('shop.late')).toBe(1);
  });

  it('shows what a CASCADE takes with it', async () => {
    const { client } = await start(asAdmin);
    const preview = await write(client, { statements: ['DROP TABLE shop.cards CASCADE'] }, 'execute_ddl');
    expect(preview.objects).toEqual(
      expect.arrayContaining([
        { change: 'dropped', kind: 'table', name: 'shop.cards' },
        { change: 'dropped', kind: 'view', name: 'shop.card_view' },
      ]),
    );
  });

  it('previews how many rows change, and changes nothing when others would by now', async () => {
    const { client } = await start(asAdmin);
    const args = { statements: ['CREATE TABLE shop.copy AS SELECT * FROM shop.orders'] };
    const preview = await write(client, args, 'execute_ddl');
    expect(preview.changes).toMatchObject([{ table: 'shop.copy', inserted: 3 }]);
    await query("INSERT INTO shop.orders VALUES (20, 1, 1, 'late')");
    const late = { ...args, confirmation_token: preview.confirmation_token };
    expect(await failure(client, 'execute_ddl', late)).toMatchObject({ code: 'PREVIEW_CHANGED' });
    expect((await query("SELECT to_regclass('shop.copy') AS t")).rows[0].t).toBeNull();
  });

  it.each([
    'DELETE FROM shop.orders',
    'SELECT 1',
    'VACUUM shop.orders',
    'CREATE ROLE intruder',
    'ALTER SYSTEM SET work_mem = 1',
    "COPY shop.orders TO PROGRAM 'id'",
    'DO $$ BEGIN END $$',
    'CREATE FUNCTION shop.f() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$',
    'GRANT ALL ON shop.orders TO PUBLIC',
    'DROP TABLE shop.orders; DROP TABLE shop.customers',
  ])('refuses %s', async (sql) => {
    const { client } = await start(asAdmin);
    expect(await failure(client, 'execute_ddl', { statements: [sql] })).toMatchObject({ code: 'UNSAFE_SQL' });
  });
});

describe('maintain_table', () => {
  const asAdmin = { PG_MCP_SECURITY_MODE: 'admin' };

  /** What the server has counted of the work on `shop.big`, the file of its index, and its rows. */
  const traces = async () =>
    (
      await query(`SELECT vacuum_count::int AS vacuumed, analyze_count::int AS analyzed,
        pg_relation_filenode('shop.big_part') AS index_file, (SELECT count(*) FROM shop.big)::int AS rows
        FROM pg_stat_user_tables WHERE relid = 'shop.big'::regclass`)
    ).rows[0];

  it.each([
    ['vacuum', { vacuumed: 1, analyzed: 0, indexAgain: false }],
    ['vacuum_analyze', { vacuumed: 1, analyzed: 1, indexAgain: false }],
    ['analyze', { vacuumed: 0, analyzed: 1, indexAgain: false }],
    ['reindex', { vacuumed: 0, analyzed: 0, indexAgain: true }],
  ])('runs %s', async (operation, { vacuumed, analyzed, indexAgain }) => {
    await query(`DROP TABLE shop.big; CREATE TABLE shop.big AS SELECT n AS id, n % 100 AS part FROM generate_series(1, 20000) n;
      CREATE INDEX big_part ON shop.big (part)`);
    const { index_file: before } = await traces();
    const { client } = await start(asAdmin);
    const done = await succeed(client, 'maintain_table', { table: 'shop.big', operation });
    expect(done).toMatchObject({ table: 'shop.big', operation, bytes_before: expect.any(Number) });
    expect(done['bytes_after']).toBeGreaterThan(0);
    // The server counts a moment later.
    await expect.poll(traces, { timeout: 10_000 }).toMatchObject({ vacuumed, analyzed, rows: 20_000 });
    expect((await traces()).index_file !== before).toBe(indexAgain);
  });

  it('shrinks nothing of a table but what is dead', async () => {
    await query('ALTER TABLE shop.big SET (autovacuum_enabled = off); DELETE FROM shop.big');
    const { client } = await start(asAdmin);
    const done = await succeed(client, 'maintain_table', { table: 'big', operation: 'vacuum' });
    expect(done['bytes_after']).toBeLessThan(Number(done['bytes_before']));
  });

  it('takes names from the catalog only, whatever they hold', async () => {
    await query('CREATE TABLE shop."odd; DROP TABLE shop.cards" (id int)');
    const { client } = await start(asAdmin);
    await succeed(client, 'maintain_table', { table: 'shop."odd; DROP TABLE shop.cards"', operation: 'analyze' });
    expect(await countOf('shop.cards')).toBe(1);
  });

  it.each([
    [{ table: 'shop.crads', operation: 'vacuum' }, 'VALIDATION_ERROR', /Did you mean shop.cards/],
    [{ table: 'shop.cards; DROP TABLE shop.cards', operation: 'vacuum' }, 'VALIDATION_ERROR', /No such table in/],
    [{ table: 'shop.contacts', operation: 'vacuum' }, 'VALIDATION_ERROR', /is a view/],
    [{ table: 'shop.cards', operation: 'vacuum_full' }, 'VALIDATION_ERROR', /operation/],
    [{ table: '', operation: 'vacuum' }, 'VALIDATION_ERROR', /name a table/],
    [{ table: 'pg_catalog.pg_class', operation: 'vacuum' }, 'VALIDATION_ERROR', /No such table in/],
  ])('refuses %j', async (args, code, message) => {
    const { client } = await start(asAdmin);
    expect(await failure(client, 'maintain_table', args)).toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });

  it('keeps to the policy: mode, kinds, denied tables', async () => {
    const { client } = await start();
    expect((await client.listTools()).tools.map(({ name }) => name)).not.toContain('maintain_table');
    const blocked = await start({ ...asAdmin, PG_MCP_SECURITY_BLOCKED_KEYWORDS: 'VACUUM' });
    expect(await failure(blocked.client, 'maintain_table', { table: 'shop.big', operation: 'vacuum' })).toMatchObject({
      code: 'UNSAFE_SQL',
    });
    const denied = await start({ ...asAdmin, PG_MCP_SECURITY_DENIED_TABLES: 'shop.cards' });
    expect(await failure(denied.client, 'maintain_table', { table: 'shop.cards', operation: 'vacuum' })).toMatchObject({
      code: 'VALIDATION_ERROR',
    });
  });
});
