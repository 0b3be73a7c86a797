import { afterAll, describe, expect, it } from 'vitest';
import { readHostileCases } from '../src/corpus.ts';
import { createGuard } from '../src/index.ts';
import { readHonestCases } from './corpus-files.ts';

const guard = await createGuard({ engine: 'same-thread' });
afterAll(() => guard.close());
const queries = readHonestCases().filter(({ kind, sql }) => kind === 'select' && !sql.includes(';'));
const hostile = await readHostileCases();

/** Writings of the same statement. */
const rewritings: readonly [string, (sql: string) => string][] = [
  ['blanks around it', (sql) => ` \n\t${sql}\n\t `],
  ['a comment before it', (sql) => `/* SELECT /* nested */ */ ${sql}`],
  ['a line comment after it', (sql) => `${sql}\n-- DROP TABLE customers`],
  ['a closing semicolon', (sql) => `${sql}\n;`],
];

/** Statements that contain it. */
const wrappings: readonly [string, (sql: string) => string][] = [
  ['parentheses', (sql) => `(\n${sql}\n)`],
  ['a subquery', (sql) => `SELECT * FROM (\n${sql}\n) AS wrapped`],
  ['a common table expression', (sql) => `WITH wrapped AS (\n${sql}\n) SELECT * FROM wrapped`],
  ['a materialized one', (sql) => `WITH wrapped AS MATERIALIZED (\n${sql}\n) SELECT count(*) FROM wrapped`],
  ['a branch of UNION', (sql) => `(\n${sql}\n) UNION ALL (SELECT 1)`],
  ['EXISTS', (sql) => `SELECT EXISTS (\n${sql}\n)`],
  ['EXPLAIN', (sql) => `EXPLAIN (COSTS off) ${sql}`],
];

describe('a verdict', () => {
  for (const [name, rewrite] of rewritings) {
    it(`is the same with ${name}`, { timeout: 60_000 }, async () => {
      for (const { sql } of queries) expect((await guard.check(rewrite(sql))).allowed, rewrite(sql)).toBe(true);
      for (const { sql } of hostile) expect((await guard.check(rewrite(sql))).allowed, rewrite(sql)).toBe(false);
    });
  }

  for (const [name, wrap] of wrappings) {
    it(`is the same inside ${name}`, { timeout: 60_000 }, async () => {
      for (const { sql } of queries) expect((await guard.check(wrap(sql))).allowed, wrap(sql)).toBe(true);
      for (const { sql } of hostile) expect((await guard.check(wrap(sql))).allowed, wrap(sql)).toBe(false);
    });
  }

  it('does not depend on how a name is spelt', async () => {
    const spellings = [
      'pg_sleep',
      'PG_SLEEP',
      'Pg_Sleep',
      '"pg_sleep"',
      'pg_catalog.pg_sleep',
      '"pg_catalog"."pg_sleep"',
      'U&"pg\\005fsleep"',
      'U&"pg!005fsleep" UESCAPE \'!\'',
      'PG_CATALOG . /**/ "pg_sleep"',
    ];
    for (const name of spellings) {
      const verdict = await guard.check(`SELECT ${name}(1)`);
      expect(verdict.allowed ? '' : verdict.violations[0].name, name).toMatch(/^(pg_catalog\.)?pg_sleep$/);
    }
    expect((await guard.check('SELECT "PG_SLEEP"(1)')).allowed).toBe(false);
    expect((await guard.check("SELECT U&\"l\\006fwer\"('X'), LOWER('x'), \"lower\"('y')")).allowed).toBe(true);
  });

  it('gives statements that differ only in literals, blanks and comments one fingerprint and one normalised text', async () => {
    const [first, second, third] = await Promise.all([
      guard.check("SELECT name FROM customers WHERE id = 1 AND email = 'a'"),
      guard.check("SELECT name FROM customers WHERE id = 2 AND email = 'b'"),
      guard.check('select NAME from customers /* x */ where id=3 and email=$$c$$'),
    ]);
    expect(first.allowed && first.normalized).toBe('SELECT name FROM customers WHERE id = $1 AND email = $2');
    expect(second.allowed && second.normalized).toBe(first.allowed && first.normalized);
    expect(third.allowed && third.fingerprint).toBe(first.allowed && first.fingerprint);
  });

  it('gives statements that differ in anything else another fingerprint', async () => {
    const statements = [
      'SELECT a FROM t',
      'SELECT b FROM t',
      'SELECT a FROM u',
      'SELECT a FROM s.t',
      'SELECT a, a FROM t',
      'SELECT DISTINCT a FROM t',
      'SELECT a FROM t x',
      'SELECT a AS b FROM t',
      'SELECT lower(a) FROM t',
      'SELECT upper(a) FROM t',
      'SELECT a FROM t WHERE b = 1',
      'SELECT a FROM t WHERE b > 1',
      'SELECT a FROM t WHERE c = 1',
      'SELECT a FROM t WHERE b = 1 OR c = 1',
      'SELECT a FROM t WHERE b = 1 AND c = 1',
      'SELECT a FROM t WHERE NOT b = 1',
      'SELECT a FROM t ORDER BY a',
      'SELECT a FROM t ORDER BY a DESC',
      'SELECT a FROM t LIMIT 1',
      'SELECT a FROM t OFFSET 1',
      'SELECT a FROM t JOIN u ON true',
      'SELECT a FROM t LEFT JOIN u ON true',
      'SELECT a FROM t, u',
      'SELECT a FROM t UNION SELECT a FROM t',
      'SELECT a FROM t UNION ALL SELECT a FROM t',
      'SELECT f FROM t GROUP BY a',
      'SELECT a::int FROM t',
      'SELECT a::text FROM t',
      'SELECT coalesce(a, 1) FROM t',
      'SELECT coalesce(a, 1, 2) FROM t',
      'SELECT nullif(a, 1) FROM t',
      'SELECT a FROM t WHERE b IN (1, 2)',
      'SELECT a FROM t WHERE b NOT IN (1, 2)',
      'SELECT a + (b * c) FROM t',
      'SELECT (a + b) * c FROM t',
      'WITH t AS (SELECT a FROM t) SELECT a FROM t',
      'WITH RECURSIVE t AS (SELECT a FROM t) SELECT a FROM t',
      'VALUES (1)',
      'EXPLAIN SELECT a FROM t',
      'SHOW search_path',
      'SHOW timezone',
    ];
    const fingerprints = await Promise.all(
      statements.map(async (sql) => {
        const verdict = await guard.check(sql);
        return verdict.allowed ? verdict.fingerprint : sql;
      }),
    );
    expect(new Set(fingerprints).size).toBe(statements.length);
    const lists = await Promise.all(
      ['SELECT 1 WHERE 1 IN (1, 2)', 'SELECT 7 WHERE 5 IN (1, 2, 3, 4)', "SELECT 'x' WHERE NULL IN (1)"].map((sql) =>
        guard.check(sql),
      ),
    );
    expect(new Set(lists.map((verdict) => verdict.allowed && verdict.fingerprint)).size).toBe(1);
  });
});
