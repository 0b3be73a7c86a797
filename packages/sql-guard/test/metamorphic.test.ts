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
});
