import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { splitCorpus } from '../src/corpus.ts';
import { type CatalogSnapshot, createGuard } from '../src/index.ts';
import { everyOption } from './every-option.ts';

const read = (name: string): readonly string[] =>
  splitCorpus(readFileSync(new URL(`../corpus/changes/${name}.sql`, import.meta.url), 'utf8')).map(({ sql }) => sql);

const standard = await createGuard({ engine: 'same-thread', mode: 'standard' });
const opened = await createGuard({ engine: 'same-thread', mode: 'admin', statements: { allow: everyOption } });
afterAll(() => Promise.all([standard.close(), opened.close()]));

describe('a change of every row', () => {
  it.each(read('unfiltered'))('is held back in standard: %s', async (sql) => {
    const verdict = await standard.check(sql);
    expect(verdict).toMatchObject({ allowed: false, violations: [{ code: 'statement' }] });
    if (!verdict.allowed) expect(verdict.violations[0].option).toMatch(/unfiltered-(?:update|delete)/);
    expect(await opened.check(sql)).toMatchObject({ allowed: true });
  });

  it.each([
    'DELETE FROM t WHERE id = 1 OR id = 2',
    'DELETE FROM t WHERE id IN (SELECT u.t_id FROM u)',
    'DELETE FROM t WHERE NOT EXISTS (SELECT 1 FROM u WHERE u.t_id = t.id)',
    'DELETE FROM s.t AS x WHERE EXISTS (SELECT 1 FROM u WHERE u.t_id = x.id)',
    'DELETE FROM s.t USING u WHERE s.t.id = u.t_id AND u.a = 1',
    'DELETE FROM t WHERE a IS NULL OR b IS NOT NULL',
    'DELETE FROM t WHERE NOT (a = 1 OR b = 2)',
    "UPDATE t SET a = 1 WHERE now() > t.due AND status = 'open'",
    'UPDATE t SET a = u.a FROM u WHERE u.id = t.id',
    'UPDATE t SET n = n + 1 WHERE (SELECT count(*) FROM u WHERE u.t_id = t.id) > 2',
    'UPDATE t SET a = 1 WHERE (id, b) = (1, 2)',
    'UPDATE t SET done = true WHERE NOT done',
    'UPDATE t SET a = 1 WHERE id = ANY ($1)',
    'MERGE INTO t AS x USING u ON x.id = u.id WHEN MATCHED THEN DELETE',
    'MERGE INTO t USING u ON t.id = u.id WHEN NOT MATCHED BY SOURCE AND t.a = 1 THEN DELETE',
    'MERGE INTO t USING u ON u.a = 1 WHEN MATCHED AND t.id = u.id THEN DELETE',
  ])('is not what picks rows: %s', async (sql) => {
    const verdict = await standard.check(sql, { parameterCount: sql.includes('$1') ? 1 : 0 });
    expect(verdict.allowed || verdict.violations).toBe(true);
  });

  it('is seen behind a thousand branches, which pass by themselves', async () => {
    const branches = Array.from({ length: 1_000 }, (_, index) => `id = ${index}`).join(' OR ');
    expect(await standard.check(`DELETE FROM t WHERE ${branches}`)).toMatchObject({ allowed: true });
    for (const last of ['t.id <> 7', 'NOT id = 999', 'NOT NOT (id <> 0)'])
      expect(await standard.check(`DELETE FROM t WHERE ${branches} OR ${last}`), last).toMatchObject({
        allowed: false,
        violations: [{ node: 'DeleteStmt.whereClause' }],
      });
  });

  it.each([
    'DELETE FROM t WHERE a IS TRUE OR b IS NOT TRUE',
    'DELETE FROM t WHERE a = 1 OR b <> 1',
    'DELETE FROM t WHERE a IS NULL OR a = 5',
    'DELETE FROM t WHERE a BETWEEN a AND 9',
    "DELETE FROM t WHERE name LIKE 'a%' OR name NOT LIKE 'b%'",
    'DELETE FROM t WHERE EXISTS (SELECT 1 FROM u WHERE u.id = t.id)',
    'DELETE FROM t WHERE id IN (SELECT id FROM t WHERE a = 1)',
    'DELETE FROM t WHERE id IN (SELECT id FROM t ORDER BY id LIMIT 100)',
    'DELETE FROM t WHERE coalesce(done, true)',
    'INSERT INTO t SELECT * FROM u ON CONFLICT (id) DO UPDATE SET a = excluded.a',
    'INSERT INTO t SELECT * FROM t WHERE a = 1 ON CONFLICT (id) DO UPDATE SET a = 2',
  ])('is not what says something of some rows: %s', async (sql) => {
    const verdict = await standard.check(sql);
    expect(verdict.allowed || verdict.violations).toBe(true);
  });

  it('is what a condition deeper than anyone writes is taken for', async () => {
    const deep = `${'NOT ('.repeat(120)}id = 1${')'.repeat(120)}`;
    expect(await standard.check(`DELETE FROM t WHERE ${deep}`)).toMatchObject({ allowed: false });
  });
});

describe('with every option given, the guard', () => {
  it.each(read('never'))('refuses: %s', async (sql) => {
    expect(await opened.check(sql)).toMatchObject({ allowed: false });
  });

  it.each([
    "CREATE FUNCTION f(a int) RETURNS int LANGUAGE plpgsql IMMUTABLE SECURITY INVOKER AS 'BEGIN RETURN a; END'",
    'CREATE FUNCTION app.f() RETURNS int RETURN 1',
    'CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; END',
    "CREATE PROCEDURE p() LANGUAGE sql AS 'SELECT 1'",
    'DROP FUNCTION app.lower(text)',
    'CREATE INDEX ON t USING gin (a) WITH (fastupdate = off)',
    'CREATE VIEW v WITH (security_invoker = off) AS SELECT 1',
    'CREATE TABLE x (a int) WITH (autovacuum_enabled = off, toast.autovacuum_enabled = off)',
    'ALTER TABLE t SET (autovacuum_enabled = off)',
    'CREATE MATERIALIZED VIEW m WITH (autovacuum_enabled = off) AS SELECT 1',
    'CREATE TABLE x (a int4range, b int, EXCLUDE USING gist (a WITH &&, b WITH OPERATOR(pg_catalog.=)))',
    'REINDEX (VERBOSE) TABLE t',
    'ALTER DOMAIN app.d DROP CONSTRAINT c',
    "ALTER TYPE app.e ADD VALUE 'x'",
    'CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA ext',
    'ALTER TABLE t RENAME COLUMN a TO pg_x',
  ])('lets through: %s', async (sql) => {
    const verdict = await opened.check(sql);
    expect(verdict.allowed || verdict.violations).toBe(true);
  });
});

describe('a policy without update', () => {
  it('has none on conflict either', async () => {
    const guard = await createGuard({ engine: 'same-thread', mode: 'standard', statements: { deny: ['update'] } });
    expect(await guard.check('INSERT INTO t VALUES (1) ON CONFLICT (a) DO UPDATE SET a = 2')).toMatchObject({
      allowed: false,
      violations: [{ code: 'statement', node: 'OnConflictClause' }],
    });
    expect(await guard.check('INSERT INTO t VALUES (1) ON CONFLICT (a) DO NOTHING')).toMatchObject({ allowed: true });
    await guard.close();
  });
});

describe('other names of the changed table', () => {
  const catalog: CatalogSnapshot = {
    fingerprint: 'changes',
    searchPath: ['public'],
    definitionsQualified: true,
    relations: [
      {
        schema: 'public',
        name: 't',
        kind: 'table',
        columns: [{ name: 'a', typeSchema: 'pg_catalog', typeName: 'int4' }],
        parents: [],
      },
    ],
    functions: [
      {
        schema: 'public',
        name: 'leak',
        argumentTypes: ['public.t'],
        kind: 'function',
        securityDefiner: true,
        changesSettings: false,
        volatility: 'volatile',
      },
    ],
    operators: [],
    casts: [],
    types: [],
  };
  it.each([
    'INSERT INTO t VALUES (1) RETURNING t.leak',
    'INSERT INTO t VALUES (1) RETURNING new.leak',
    'INSERT INTO t VALUES (1) ON CONFLICT (a) DO UPDATE SET a = excluded.leak',
    'UPDATE t SET a = 1 WHERE a = 2 RETURNING old.leak',
    'UPDATE t SET a = 1 WHERE a = 2 RETURNING WITH (OLD AS before, NEW AS after) before.leak',
    'DELETE FROM t WHERE a = 1 RETURNING WITH (OLD AS o) o.leak',
    'MERGE INTO t USING t AS u ON t.a = u.a WHEN MATCHED AND t.a = 1 THEN DELETE RETURNING old.leak',
  ])('call functions on a row like the table itself: %s', async (sql) => {
    const guard = await createGuard({ engine: 'same-thread', mode: 'standard', catalog });
    expect(await guard.check(sql)).toMatchObject({ allowed: false, violations: [{ code: 'function' }] });
    expect(await guard.check(sql.replaceAll('.leak', '.a'))).toMatchObject({ allowed: true });
    await guard.close();
  });
});
