import { useDatabase } from '@pgmcp/testing/vitest';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createStore, fromPool, type StoreEvent } from '../src/index.ts';
import { runMigration } from '../src/migrate.ts';
import { MIGRATIONS } from '../src/migrations.ts';

describe('migrations', () => {
  const database = useDatabase();
  let pool: pg.Pool;
  let schema = '';
  let number = 0;
  beforeAll(() => {
    pool = new pg.Pool({ connectionString: database.url, max: 8 });
  });
  afterAll(() => pool.end());
  beforeEach(() => {
    number += 1;
    schema = `store_${number}`;
  });
  const target = (extra: object = {}) => ({ schema, declarations: [], at: Date.now(), ...extra });
  const schemaExists = async () =>
    (await pool.query('select 1 from pg_namespace where nspname = $1', [schema])).rows.length === 1;

  it('are done by exactly one of eight starters', async () => {
    const events: StoreEvent[] = [];
    const results = await Promise.all(
      Array.from({ length: 8 }, () => {
        const store = createStore({ db: fromPool(pool), schema, onEvent: (event) => events.push(event) });
        store.collection('notes', { fields: { size: { type: 'number' } }, indexes: [{ field: 'size' }] });
        return store.migrate();
      }),
    );
    expect(results.filter(({ statements }) => statements > 0)).toHaveLength(1);
    expect(events.map(({ type }) => type)).toEqual(['migrated']);
  });

  it('are not done by a first use; it says what is needed, and works once that is there', async () => {
    const store = createStore({ db: fromPool(pool), schema });
    const notes = store.collection('notes').within('me');
    await expect(notes.count()).rejects.toMatchObject({ code: 'MIGRATION_NEEDED' });
    await expect(notes.count()).rejects.toThrow(/needs \d+ statement\(s\), the first: create schema "store_\d+"/);
    expect(await schemaExists()).toBe(false);
    const status = await store.check();
    expect(status).toMatchObject({ ready: false, missingIndexes: [] });
    expect(await store.health()).toMatchObject({ ok: false, problems: [expect.stringMatching(/run migrate/)] });
    // What is printed for a DBA is all it takes.
    for (const statement of status.statements) await pool.query(statement);
    expect(await notes.count()).toBe(0);
    expect((await store.check()).ready).toBe(true);
  });

  it('are done by a first use with autoMigrate, also when many come at once', async () => {
    const store = createStore({ db: fromPool(pool), schema, autoMigrate: true });
    const notes = store.collection('notes').within('me');
    await Promise.all(Array.from({ length: 6 }, (_, n) => notes.save({ id: `${n}`, data: { n } })));
    expect(await notes.count()).toBe(6);
  });

  it('leave nothing behind when one fails, not even the schema', async () => {
    const broken = { id: 2, name: 'broken', breaking: false, statements: () => ['select no_such_column'] };
    await expect(runMigration(fromPool(pool), target({ migrations: [...MIGRATIONS, broken] }))).rejects.toMatchObject({
      code: '42703',
    });
    expect(await schemaExists()).toBe(false);
  });

  it('of a newer version stop an older one when they are breaking, and only then', async () => {
    const db = fromPool(pool);
    const added = { id: 2, name: 'added', breaking: false, statements: () => [] };
    await runMigration(db, target({ migrations: [...MIGRATIONS, added] }));
    const older = createStore({ db, schema, autoMigrate: true });
    expect(await older.collection('a').within('me').count()).toBe(0);
    const contract = { id: 3, name: 'contract', breaking: true, statements: () => [] };
    await runMigration(db, target({ migrations: [...MIGRATIONS, added, contract] }));
    await expect(older.collection('b').within('me').count()).rejects.toThrow(
      /breaking migration 3 "contract", which this version does not know; update this program/,
    );
    await expect(older.migrate()).rejects.toMatchObject({ code: 'SCHEMA_TOO_NEW' });
    await expect(older.check()).rejects.toMatchObject({ code: 'SCHEMA_TOO_NEW' });
    expect(await older.health()).toMatchObject({ ok: false });
  });

  it('that were edited after their release are refused', async () => {
    const db = fromPool(pool);
    await runMigration(db, target());
    await pool.query(`update ${schema}.migrations set checksum = 'another'`);
    await expect(createStore({ db, schema }).migrate()).rejects.toMatchObject({ code: 'MIGRATION_CHANGED' });
  });

  it('keep the texts they were released with', async () => {
    await runMigration(fromPool(pool), target());
    const { rows } = await pool.query(`select id, checksum from ${schema}.migrations order by id`);
    expect(rows).toEqual([{ id: 1, checksum: '43ea7c98cbd4522e00ef7ace6cd77c40a79ba6c31e0f2e138a536eab520a9b48' }]);
  });

  it('add columns to a collection, and refuse what cannot be changed in place', async () => {
    const db = fromPool(pool);
    const first = createStore({ db, schema });
    first.collection('notes');
    await first.migrate();
    const second = createStore({ db, schema });
    const notes = second.collection('notes', { bytes: true }).within('me');
    await expect(notes.count()).rejects.toThrow(/add column bytes/);
    await second.migrate();
    await notes.save({ id: 'a', data: {}, bytes: Uint8Array.of(1) });
    expect((await notes.load('a'))?.bytes).toEqual(Uint8Array.of(1));
    const third = createStore({ db, schema });
    third.collection('notes', { partition: { by: 'hash', of: 'id', count: 2 } });
    await expect(third.migrate()).rejects.toThrow(/exists with another partition/);
    await expect(third.check()).rejects.toMatchObject({ code: 'DECLARATION_CHANGED' });
  });

  it('make tables unlogged and compressed as declared', async () => {
    const store = createStore({ db: fromPool(pool), schema });
    const hot = store.collection('hot', { unlogged: true, compression: 'pglz' }).within('me');
    await store.migrate();
    await hot.save({ data: { a: 1 } });
    const { rows } = await pool.query(
      `select c.relpersistence, a.attcompression from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'data'
       where c.oid = '${schema}.records_hot'::regclass`,
    );
    expect(rows).toEqual([{ relpersistence: 'u', attcompression: 'p' }]);
  });

  it('need no rights beyond the data once they are done', async () => {
    const owner = createStore({ db: fromPool(pool), schema });
    owner.collection('notes', { fields: { when: { type: 'date' } }, indexes: [{ field: 'when' }] });
    await owner.migrate();
    const role = await database.createRole('writer', { login: true });
    await pool.query(`grant usage on schema ${schema} to "${role.name}";
      grant select on all tables in schema ${schema} to "${role.name}";
      grant insert, update, delete on ${schema}.records_notes to "${role.name}"`);
    const plain = new pg.Pool({ connectionString: role.url, max: 1 });
    try {
      const store = createStore({ db: fromPool(plain), schema });
      const notes = store
        .collection('notes', { fields: { when: { type: 'date' } }, indexes: [{ field: 'when' }] })
        .within('me');
      await notes.save({ id: 'a', data: { when: '2026-01-01' }, ttlMs: 60_000 });
      expect(await notes.count({ where: { when: new Date('2026-01-01') } })).toBe(1);
      expect(await store.sweep()).toBe(0);
      expect(await store.health()).toMatchObject({ ok: true });
    } finally {
      await plain.end();
    }
  });

  it.each([
    [{ schema: 'pg_store' }, /no name for the schema/],
    [{ schema: 'a"b' }, /no name for the schema/],
    [{ automigrate: true }, /createStore has no option "automigrate"/],
  ])('refuse bad options: %j', (options, message) => {
    expect(() => createStore({ db: fromPool(pool), ...options })).toThrow(message);
  });
});
