import { useDatabase } from '@pgmcp/testing/vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CatalogSnapshot, createGuard, type Guard, type GuardOptions, readCatalogSnapshot } from '../src/index.ts';
import { readCorpusSchema, readHonestCases } from './corpus-files.ts';

const database = useDatabase();

const userCode = `
CREATE SCHEMA app;
CREATE SCHEMA hr;
CREATE TYPE app.tier AS ENUM ('gold', 'silver');
CREATE DOMAIN app.positive AS integer CHECK (VALUE > 0);
CREATE TYPE app.address AS (street text, city text);
CREATE FUNCTION app.evil(integer) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN PERFORM set_config('a.b', 'c', false); RETURN true; END $$;
CREATE DOMAIN app.trap AS integer CHECK (app.evil(VALUE));
CREATE TYPE app.trapped AS (a integer, b app.trap);
CREATE FUNCTION app.total(integer) RETURNS integer LANGUAGE sql STABLE AS 'SELECT $1';
CREATE FUNCTION app.definer(integer) RETURNS integer LANGUAGE sql STABLE SECURITY DEFINER AS 'SELECT $1';
CREATE FUNCTION app.settings(integer) RETURNS integer LANGUAGE sql STABLE SET work_mem = '1MB' AS 'SELECT $1';
CREATE FUNCTION app.volatile(integer) RETURNS integer LANGUAGE sql VOLATILE AS 'SELECT $1';
CREATE FUNCTION public.lower(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE FUNCTION public.purge(customers) RETURNS integer LANGUAGE sql VOLATILE AS 'SELECT 1';
CREATE FUNCTION public.purge_one(integer) RETURNS integer LANGUAGE sql VOLATILE AS 'SELECT 1';
CREATE OPERATOR public.|+| (LEFTARG = integer, RIGHTARG = integer, FUNCTION = int4pl);
CREATE OPERATOR public.|| (LEFTARG = integer, RIGHTARG = integer, FUNCTION = int4pl);
CREATE CAST (integer AS app.tier) WITH INOUT;
CREATE FUNCTION app.to_address(text) RETURNS app.address LANGUAGE sql IMMUTABLE AS $$ SELECT ROW($1, $1)::app.address $$;
CREATE CAST (text AS app.address) WITH FUNCTION app.to_address(text);
CREATE TABLE hr.salaries (id integer, amount numeric);
CREATE TABLE public.members (id integer, email text, handle text GENERATED ALWAYS AS (split_part(lower(email), '@', 1)) STORED);
CREATE TABLE public.stores (id integer, tier app.tier, home app.address);
CREATE VIEW public.harmless AS SELECT id, pg_catalog.lower(name) AS name, count(*) OVER () FROM customers WHERE created_at > now() - interval '1 year';
CREATE VIEW public.outer_view AS SELECT * FROM public.harmless;
CREATE VIEW public.setting_view AS SELECT set_config('a.b', 'c', false) AS x;
CREATE VIEW public.nested_setting AS SELECT * FROM public.setting_view;
CREATE VIEW public.calls_user AS SELECT app.total(1) AS x;
CREATE VIEW public.reads_secret AS SELECT rolname FROM pg_catalog.pg_authid;
CREATE VIEW public.salary_view AS SELECT amount FROM hr.salaries;
CREATE MATERIALIZED VIEW public.salary_copy AS SELECT amount, app.volatile(1) AS x FROM hr.salaries;
CREATE TABLE public.measures (id integer, at date) PARTITION BY RANGE (at);
CREATE TABLE hr.measures_2024 PARTITION OF public.measures FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE public.measures_2025 PARTITION OF public.measures FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE FOREIGN DATA WRAPPER nothing;
CREATE SERVER away FOREIGN DATA WRAPPER nothing;
CREATE FOREIGN TABLE public.remote (id integer) SERVER away;
`;

let snapshot: CatalogSnapshot;
const guards: Guard[] = [];
beforeAll(async () => {
  const client = await database.connect();
  await client.query(readCorpusSchema());
  await client.query(userCode);
  snapshot = await readCatalogSnapshot(client as Parameters<typeof readCatalogSnapshot>[0]);
});
afterAll(() => Promise.all(guards.map((guard) => guard.close())));

async function verdictOf(sql: string, options: GuardOptions = {}) {
  const guard = await createGuard({ engine: 'same-thread', catalog: snapshot, ...options });
  guards.push(guard);
  return guard.check(sql);
}
async function expectAllowed(sql: string, options?: GuardOptions): Promise<void> {
  const verdict = await verdictOf(sql, options);
  expect(verdict.allowed || verdict.violations, sql).toBe(true);
}
async function expectRefused(sql: string, violation: object, options?: GuardOptions): Promise<void> {
  const verdict = await verdictOf(sql, options);
  expect(verdict, sql).toMatchObject({ allowed: false });
  if (!verdict.allowed) expect(verdict.violations[0], sql).toMatchObject(violation);
}

describe('a generated column', () => {
  it('is protected as the column that it is computed from', async () => {
    const columns = { mask: ['public.members.email'] };
    expect(await verdictOf('SELECT * FROM members', { columns })).toMatchObject({
      allowed: true,
      columns: [
        { column: 'email', outputIndex: 1 },
        { column: 'handle', outputIndex: 2 },
      ],
    });
    expect(await verdictOf("SELECT id FROM members WHERE handle = 'ada'", { columns })).toMatchObject({
      allowed: false,
      violations: [{ code: 'column', name: 'public.members.handle' }],
    });
    expect(await verdictOf("SELECT id FROM members WHERE handle = 'ada'")).toMatchObject({ allowed: true });
  });
});

describe('reading a catalog', () => {
  it('leaves the search path as it was, inside and outside of a transaction', async () => {
    const client = await database.connect();
    await client.query('SET search_path = hr, public');
    await client.query('BEGIN');
    const read = await readCatalogSnapshot(client as Parameters<typeof readCatalogSnapshot>[0]);
    expect((await client.query('SHOW search_path')).rows).toEqual([{ search_path: 'hr, public' }]);
    await client.query('COMMIT');
    expect((await client.query('SHOW search_path')).rows).toEqual([{ search_path: 'hr, public' }]);
    expect(read.searchPath).toEqual(['hr', 'public']);
    expect(read.relations.find(({ name }) => name === 'sales')?.definition).toContain('public.customers');
    expect({ ...read, searchPath: snapshot.searchPath, fingerprint: '' }).toEqual({ ...snapshot, fingerprint: '' });
    expect(JSON.parse(JSON.stringify(read))).toEqual(read);
  });
});

describe('with a catalog', () => {
  it('everyday casts to enums, harmless domains and composites pass, qualified or by the search path', async () => {
    await expectAllowed("SELECT 'gold'::app.tier");
    await expectAllowed("SELECT ARRAY['gold']::app.tier[]");
    await expectAllowed('SELECT 5::app.positive');
    await expectAllowed("SELECT * FROM stores WHERE tier = 'gold'::app.tier");
    await expectAllowed('SELECT NULL::customers');
    await expectRefused("SELECT 'gold'::tier", { code: 'type', name: 'tier', option: 'types.allow' });
  });

  it('types that run code of users are refused, wherever they hide', async () => {
    for (const sql of [
      'SELECT 5::app.trap',
      'SELECT NULL::app.trapped',
      "SELECT * FROM jsonb_to_record('{}') AS r(a app.trap)",
      "SELECT 'x'::app.address",
    ]) {
      await expectRefused(sql, { code: 'type', option: 'types.allow' });
    }
    await expectAllowed('SELECT 5::app.trap', { types: { allow: ['app.trap'] } });
  });

  it('functions of users pass when they are listed and cannot do more than compute', async () => {
    const options = { functions: { allow: ['app.*'] } };
    await expectAllowed('SELECT app.total(1)', options);
    await expectRefused('SELECT app.total(1)', { code: 'function', option: 'functions.allow' });
    await expectRefused(
      'SELECT app.definer(1)',
      { code: 'function', message: expect.stringContaining('SECURITY DEFINER') },
      options,
    );
    await expectRefused(
      'SELECT app.settings(1)',
      { code: 'function', message: expect.stringContaining('settings') },
      options,
    );
    await expectRefused(
      'SELECT app.volatile(1)',
      { code: 'function', message: expect.stringContaining('VOLATILE') },
      options,
    );
    const verdict = await verdictOf('SELECT app.volatile(1)', options);
    expect(verdict.allowed || verdict.violations[0].option).toBeUndefined();
    await expectAllowed('SELECT app.volatile(1)', { ...options, mode: 'standard' });
  });

  it('a function of a user that may take the place of a built-in one must be ruled out by the schema', async () => {
    await expectRefused("SELECT lower('X')", { code: 'function', name: 'lower', hint: 'Write pg_catalog.lower.' });
    await expectAllowed("SELECT pg_catalog.lower('X')");
    await expectAllowed("SELECT upper('x')");
  });

  it('an operator of a user that may take the place of a built-in one must be ruled out by the schema', async () => {
    await expectRefused("SELECT 'a' || 'b'", { code: 'operator', name: '||', hint: 'Write OPERATOR(pg_catalog.||).' });
    await expectAllowed("SELECT 'a' OPERATOR(pg_catalog.||) 'b'");
    await expectRefused('SELECT 1 |+| 2', { code: 'operator', option: 'operators.allow' });
    await expectAllowed('SELECT 1 |+| 2', { operators: { allow: ['|+|'] } });
  });

  it('views are judged by what they contain, through other views', async () => {
    await expectAllowed('SELECT * FROM harmless');
    await expectAllowed('SELECT * FROM outer_view');
    await expectAllowed('SELECT * FROM sales, monthly');
    await expectRefused('SELECT * FROM setting_view', {
      code: 'relation',
      message: expect.stringContaining('set_config'),
    });
    await expectRefused('SELECT * FROM public.nested_setting', {
      code: 'relation',
      message: expect.stringContaining('set_config'),
    });
    await expectRefused('SELECT * FROM calls_user', { code: 'relation', option: 'functions.allow' });
    await expectAllowed('SELECT * FROM calls_user', { functions: { allow: ['app.total'] } });
    await expectRefused('SELECT * FROM reads_secret', {
      code: 'relation',
      message: expect.stringContaining('pg_authid'),
    });
  });

  it('a denied table stays denied to what writes through views, partitions and parents', async () => {
    const options: GuardOptions = { mode: 'admin', tables: { deny: ['hr.*'] } };
    for (const sql of [
      'UPDATE salary_view SET amount = amount WHERE amount > 1 RETURNING amount',
      'DELETE FROM salary_view WHERE amount > 1 RETURNING amount',
      'INSERT INTO salary_view VALUES (1) RETURNING amount',
      'MERGE INTO salary_view v USING stores s ON s.id = v.amount WHEN MATCHED THEN DELETE',
      'WITH taken AS (DELETE FROM salary_view WHERE amount > 1 RETURNING amount) SELECT amount FROM taken',
      'DELETE FROM measures WHERE id = 1',
      'TRUNCATE measures',
      'ALTER TABLE measures ADD COLUMN more integer',
    ])
      await expectRefused(sql, { code: 'relation' }, options);
    const parentDenied: GuardOptions = { mode: 'admin', tables: { deny: ['public.measures'] } };
    for (const sql of [
      'DELETE FROM measures_2025 WHERE id = 1 RETURNING *',
      'TRUNCATE measures_2025',
      'ALTER TABLE measures_2025 RENAME TO free',
      'DROP TABLE measures_2025',
    ])
      await expectRefused(sql, { code: 'relation' }, parentDenied);
    await expectAllowed('UPDATE salary_view SET amount = amount WHERE amount > 1', { mode: 'standard' });
    await expectAllowed('DROP VIEW setting_view', { mode: 'admin' });
  });
  it('rows of foreign tables are not written unless the policy names them', async () => {
    await expectRefused('INSERT INTO remote VALUES (1)', { code: 'relation' }, { mode: 'standard' });
    await expectAllowed('INSERT INTO remote VALUES (1)', { mode: 'standard', tables: { foreign: ['public.remote'] } });
  });
  it('a denied table stays denied through views, copies, partitions and parents', async () => {
    const options = { tables: { deny: ['hr.*'] } };
    for (const sql of [
      'SELECT * FROM hr.salaries',
      'SELECT * FROM salary_view',
      'SELECT * FROM salary_copy',
      'SELECT * FROM measures',
      'SELECT * FROM hr.measures_2024',
    ])
      await expectRefused(sql, { code: 'relation' }, options);
    await expectAllowed('SELECT * FROM measures_2025', options);
    await expectAllowed('SELECT * FROM salary_copy');
    await expectAllowed('SELECT * FROM measures');
    await expectRefused('SELECT * FROM measures_2025', { code: 'relation' }, { tables: { deny: ['public.measures'] } });
  });

  it('an allow list opens a view that it names, and not what a star lets in by the way', async () => {
    await expectAllowed('SELECT * FROM salary_view', { tables: { allow: ['public.salary_view'] } });
    await expectRefused('SELECT * FROM salary_view', { code: 'relation' }, { tables: { allow: ['public.*'] } });
    await expectRefused(
      'SELECT * FROM hr.salaries',
      { code: 'relation' },
      { tables: { allow: ['public.salary_view'] } },
    );
  });

  it('foreign tables are refused until they are listed', async () => {
    await expectRefused('SELECT * FROM remote', { code: 'relation', option: 'tables.foreign' });
    await expectAllowed('SELECT * FROM remote', { tables: { foreign: ['public.remote'] } });
  });

  it('fields of composite values pass, and calls in their clothes do not', async () => {
    await expectAllowed('SELECT (home).city FROM stores');
    await expectRefused('SELECT (id).purge_one FROM customers', { code: 'function', name: 'purge_one' });
    await expectRefused('SELECT (c).purge FROM customers c', { code: 'function' });
    await expectRefused('SELECT c.purge FROM customers c', { code: 'function', name: 'c.purge' });
    await expectRefused('SELECT customers.purge FROM customers', { code: 'function' });
    await expectRefused('SELECT (5).pg_sleep', { code: 'function' });
    await expectRefused('SELECT g.purge_one FROM unnest(ARRAY[1]) g', { code: 'function' });
  });

  it('says when it met a relation that the catalog does not know', async () => {
    expect(await verdictOf('SELECT * FROM brand_new')).toMatchObject({ allowed: true, needsCatalog: true });
    expect(await verdictOf('SELECT * FROM customers')).toMatchObject({ allowed: true, needsCatalog: false });
  });

  it('asks for a newer catalog where it does not know a listed name, and not where it has judged it', async () => {
    const listed = { functions: { allow: ['app.total', 'app.brand_new'] }, types: { allow: ['app.tier'] } };
    expect(await verdictOf('SELECT app.total(1)', listed)).toMatchObject({ allowed: true, needsCatalog: false });
    expect(await verdictOf('SELECT app.brand_new(1)', listed)).toMatchObject({ allowed: true, needsCatalog: true });
    expect(await verdictOf("SELECT 'gold'::app.tier", listed)).toMatchObject({ allowed: true, needsCatalog: false });
    const operators = { operators: { allow: ['|+|'] } };
    expect(await verdictOf('SELECT 1 |+| 2', operators)).toMatchObject({ allowed: true, needsCatalog: false });
    const blind = await createGuard({ engine: 'same-thread', ...listed, ...operators });
    guards.push(blind);
    for (const sql of ['SELECT app.total(1)', "SELECT 'gold'::app.tier", 'SELECT 1 |+| 2'])
      expect(await blind.check(sql), sql).toMatchObject({ allowed: true, needsCatalog: true });
  });

  it('the honest corpus still passes, but for the names that the users of this database have taken', async () => {
    const guard = await createGuard({
      engine: 'same-thread',
      catalog: snapshot,
      functions: { allow: ['lower'] },
      operators: { allow: ['||'] },
    });
    guards.push(guard);
    for (const { sql } of readHonestCases()) {
      const verdict = await guard.check(sql);
      expect(verdict.allowed || verdict.violations, sql).toBe(true);
    }
  });

  it('one guard serves many databases, by the catalog of the call', async () => {
    const guard = await createGuard({ limits: { killTimeoutMs: 2_000 } });
    guards.push(guard);
    const other: CatalogSnapshot = { ...snapshot, fingerprint: 'other', types: [] };
    expect((await guard.check("SELECT 'gold'::app.tier", { catalog: snapshot })).allowed).toBe(true);
    expect((await guard.check("SELECT 'gold'::app.tier", { catalog: other })).allowed).toBe(false);
    expect((await guard.check("SELECT 'gold'::app.tier", { catalog: snapshot })).allowed).toBe(true);
    expect((await guard.check("SELECT 'gold'::app.tier")).allowed).toBe(false);
    for (let index = 0; index < 40; index += 1)
      expect(
        (await guard.check("SELECT 'gold'::app.tier", { catalog: { ...snapshot, fingerprint: `copy ${index % 20}` } }))
          .allowed,
      ).toBe(true);
  }, 30_000);
});
