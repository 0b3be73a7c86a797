import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { splitCorpus } from '../src/corpus.ts';
import { type CatalogSnapshot, createGuard, type GuardOptions } from '../src/index.ts';
import { everyOption } from './every-option.ts';

const read = (name: string): readonly string[] =>
  splitCorpus(readFileSync(new URL(`../corpus/changes/${name}.sql`, import.meta.url), 'utf8')).map(({ sql }) => sql);

const guardFor = (options: GuardOptions) => createGuard({ engine: 'same-thread', ...options });
const standard = await guardFor({ mode: 'standard' });
const admin = await guardFor({ mode: 'admin' });
const opened = await guardFor({ mode: 'admin', statements: { allow: everyOption } });
const listed = await guardFor({
  mode: 'admin',
  statements: { allow: everyOption },
  tables: { deny: ['hr.salaries'] },
});
const equipped = await guardFor({
  mode: 'admin',
  statements: { allow: everyOption },
  functions: { allow: ['public.touch', 'pg_catalog.setval'], extensions: ['citext', 'vector', 'hstore', 'pg_trgm'] },
  types: { allow: ['order_status', 'public.citext', 'public.vector', 'public.hstore'] },
});
afterAll(() => Promise.all([standard, admin, opened, listed, equipped].map((guard) => guard.close())));

const parameterCount = (sql: string): number => new Set(sql.match(/\$\d+/g)).size;

const emptyCatalog: CatalogSnapshot = {
  fingerprint: 'changes',
  searchPath: ['public'],
  definitionsQualified: true,
  relations: [],
  functions: [],
  operators: [],
  casts: [],
  types: [],
};

describe('what applications write', () => {
  it.each(read('applications'))('passes in standard: %s', async (sql) => {
    const verdict = await standard.check(sql, { parameterCount: parameterCount(sql) });
    expect(verdict.allowed || verdict.violations).toBe(true);
  });
});

describe('what migrations write', () => {
  it.each(read('migrations'))('passes in admin without any option: %s', async (sql) => {
    const verdict = await admin.check(sql);
    expect(verdict.allowed || verdict.violations).toBe(true);
  });

  it.each(read('migrations-by-option'))('passes with what they need: %s', async (sql) => {
    const verdict = await equipped.check(sql);
    expect(verdict.allowed || verdict.violations).toBe(true);
  });

  it.each<[string, GuardOptions]>([
    ['CREATE TABLE o (s app.status, t app.status[])', { types: { allow: ['app.status'] } }],
    ['CREATE TABLE o OF app.person (PRIMARY KEY (id))', { types: { allow: ['app.person'] } }],
    ["CREATE TABLE o (id int DEFAULT nextval('o_id_seq'::regclass))", { statements: { allow: ['nextval'] } }],
    ['CREATE TYPE r AS RANGE (subtype = float8, subtype_diff = app.f)', { functions: { allow: ['app.f'] } }],
    ['CREATE INDEX ON o (app.f(a))', { functions: { allow: ['app.f'] } }],
    ['CREATE TABLE o (email citext)', { functions: { extensions: ['citext'] } }],
    ['CREATE TABLE o (v vector(3))', { functions: { extensions: ['vector'] } }],
    ['CREATE EXTENSION IF NOT EXISTS "uuid-ossp"', { statements: { allow: ['create-extension'] } }],
    ['ALTER TABLE o ENABLE ROW LEVEL SECURITY', { statements: { allow: ['create-policy'] } }],
    [
      'CREATE TRIGGER x BEFORE UPDATE ON o FOR EACH ROW EXECUTE FUNCTION touch()',
      { statements: { allow: ['create-trigger'] }, functions: { allow: ['touch'] } },
    ],
  ])('passes with the options that its refusal names: %s', async (sql, options) => {
    const without = await admin.check(sql);
    const named = without.allowed ? '' : without.violations.map(({ option }) => option).join(' ');
    const groups = Object.entries(options).map(([group, rules]) => `${group}.${Object.keys(rules as object)[0]}`);
    // An extension is one way to list the types that it brings.
    for (const group of groups) expect(named).toContain(group === 'functions.extensions' ? 'types.allow' : group);
    const guard = await guardFor({ mode: 'admin', ...options });
    const verdict = await guard.check(sql);
    expect(verdict.allowed || verdict.violations).toBe(true);
    await guard.close();
  });
});

describe('what would do harm', () => {
  it.each(read('row-attacks'))('is refused in standard: %s', async (sql) => {
    expect(await standard.check(sql, { parameterCount: parameterCount(sql) })).toMatchObject({ allowed: false });
  });

  it.each(read('structure-attacks'))('is refused in admin with every option: %s', async (sql) => {
    expect(await opened.check(sql)).toMatchObject({ allowed: false });
  });

  it.each(read('listed-tables'))('is refused where hr.salaries is denied: %s', async (sql) => {
    expect(await listed.check(sql)).toMatchObject({ allowed: false });
  });

  it('is refused for the denied table, and not for others', async () => {
    for (const sql of [
      'CREATE SEQUENCE s OWNED BY hr.t.id',
      'DROP TABLE t',
      'TRUNCATE t',
      'VACUUM t',
      'REINDEX TABLE t',
    ])
      expect(await listed.check(sql), sql).toMatchObject({ allowed: true });
    for (const sql of ['DROP TABLE t CASCADE', 'TRUNCATE t CASCADE', 'VACUUM', 'DROP TYPE e CASCADE'])
      expect(await admin.check(sql), sql).toMatchObject({ allowed: true });
  });
});

describe('a policy that removes delete', () => {
  it('removes TRUNCATE, too, unless it names it', async () => {
    const without = await guardFor({ mode: 'admin', statements: { deny: ['delete'] } });
    expect(await without.check('TRUNCATE t')).toMatchObject({
      allowed: false,
      violations: [{ node: 'TruncateStmt', option: "statements.allow: ['truncate']" }],
    });
    const named = await guardFor({ mode: 'admin', statements: { deny: ['delete'], allow: ['truncate'] } });
    expect(await named.check('TRUNCATE t')).toMatchObject({ allowed: true });
    await Promise.all([without.close(), named.close()]);
  });
});

describe('a verdict on a change', () => {
  it('calls what overwrites rows destructive, and what moves a sequence no reading', async () => {
    const upsert = 'INSERT INTO t VALUES (1) ON CONFLICT (a) DO UPDATE SET b = 2';
    expect(await standard.check(upsert)).toMatchObject({ destructive: true });
    expect(await standard.check(`EXPLAIN ${upsert}`)).toMatchObject({ destructive: false });
    expect(await standard.check('INSERT INTO t VALUES (1) ON CONFLICT DO NOTHING')).toMatchObject({
      destructive: false,
    });
    expect(await opened.check("SELECT nextval('s')")).toMatchObject({ statements: [{ readOnly: false }] });
    expect(await opened.check("SELECT currval('s')")).toMatchObject({ statements: [{ readOnly: true }] });
  });

  it('points at the table that a change without a filter would change', async () => {
    expect(await standard.check('WITH d AS (\n  DELETE FROM t RETURNING *\n) SELECT * FROM d')).toMatchObject({
      violations: [{ position: { line: 2, column: 15 } }],
    });
  });

  it('names the sequence that an identity takes, and the table that owns one', async () => {
    expect(await admin.check('CREATE SEQUENCE s AS integer OWNED BY app.t.id')).toMatchObject({
      relations: [{ schema: 'app', name: 't', access: 'write' }, { name: 's' }],
    });
  });
});

describe('a function of a user', () => {
  it.each([
    "CREATE FUNCTION public.lower(varchar) RETURNS text LANGUAGE sql RETURN 'x'",
    'ALTER FUNCTION f(varchar) RENAME TO lower',
    'ALTER FUNCTION hidden.lower(varchar) SET SCHEMA public',
  ])('takes no name of PostgreSQL: %s', async (sql) => {
    expect(await opened.check(sql)).toMatchObject({
      allowed: false,
      violations: [{ code: 'function', name: 'lower' }],
    });
  });

  it('may stand in for one that only a newer server has', async () => {
    const sql = 'CREATE FUNCTION uuidv7() RETURNS uuid LANGUAGE sql RETURN gen_random_uuid()';
    expect(await opened.check(sql, { serverVersionNum: 170_000 })).toMatchObject({ allowed: true });
    expect(await opened.check(sql, { serverVersionNum: 180_000 })).toMatchObject({ allowed: false });
  });
});

describe('a trigger', () => {
  it('runs no listed function that runs as its owner, where the catalog knows it', async () => {
    const made = (name: string, securityDefiner: boolean) =>
      ({
        schema: 'app',
        name,
        securityDefiner,
        argumentTypes: [],
        kind: 'function',
        changesSettings: false,
        volatility: 'volatile',
      }) as const;
    const guard = await guardFor({
      mode: 'admin',
      statements: { allow: ['create-trigger'] },
      functions: { allow: ['app.*'] },
      catalog: { ...emptyCatalog, functions: [made('plain', false), made('definer', true)] },
    });
    const verdictOn = (name: string) =>
      guard.check(`CREATE TRIGGER x AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION app.${name}()`);
    expect(await verdictOn('plain')).toMatchObject({ allowed: true });
    expect(await verdictOn('definer')).toMatchObject({
      allowed: false,
      violations: [{ code: 'function', name: 'app.definer', message: expect.stringContaining('SECURITY DEFINER') }],
    });
    await guard.close();
  });
});

describe('a materialized view that is filled again', () => {
  it('is judged by what it runs, which reading it does not', async () => {
    const view = (name: string, definition: string) =>
      ({ schema: 'public', name, kind: 'materialized-view', columns: [], parents: [], definition }) as const;
    const guard = await guardFor({
      mode: 'admin',
      catalog: {
        ...emptyCatalog,
        relations: [view('plain', 'SELECT count(*) FROM pg_class'), view('sleeping', 'SELECT pg_sleep(1)')],
      },
    });
    expect(await guard.check('SELECT * FROM sleeping')).toMatchObject({ allowed: true });
    expect(await guard.check('REFRESH MATERIALIZED VIEW plain')).toMatchObject({ allowed: true });
    expect(await guard.check('REFRESH MATERIALIZED VIEW sleeping')).toMatchObject({
      allowed: false,
      violations: [{ code: 'relation', name: 'sleeping', message: expect.stringContaining('pg_sleep') }],
    });
    await guard.close();
  });
});
