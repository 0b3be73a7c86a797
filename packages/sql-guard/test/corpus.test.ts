import { afterAll, describe, expect, it } from 'vitest';
import { readHostileCases } from '../src/corpus.ts';
import { createGuard } from '../src/index.ts';
import { readHonestCases } from './corpus-files.ts';

const guard = await createGuard({ engine: 'same-thread' });
afterAll(() => guard.close());
const hostile = await readHostileCases();
const honest = readHonestCases();

describe('the hostile corpus', () => {
  it('holds at least 900 statements in at least 40 classes', () => {
    expect(hostile.length).toBeGreaterThanOrEqual(900);
    expect(new Set(hostile.map((item) => item.attackClass)).size).toBeGreaterThanOrEqual(40);
  });

  for (const attackClass of new Set(hostile.map((item) => item.attackClass))) {
    it(`is refused for the right reason at the right place: ${attackClass}`, async () => {
      for (const { sql, code, node, line, column } of hostile.filter((item) => item.attackClass === attackClass)) {
        const verdict = await guard.check(sql);
        expect(verdict.allowed, sql).toBe(false);
        if (verdict.allowed) continue;
        const [first] = verdict.violations;
        expect({
          sql,
          code: first.code,
          node: first.node,
          line: first.position.line,
          column: first.position.column,
        }).toEqual({
          sql,
          code,
          node,
          line,
          column,
        });
        for (const violation of verdict.violations) {
          expect(violation.message, sql).toMatch(/^\S.*[^.]$/s);
          expect(violation.message.length, sql).toBeLessThan(400);
        }
        expect(verdict.violations.length).toBeLessThanOrEqual(8);
      }
    });
  }

  it('stays refused inside every accepted wrapper', { timeout: 60_000 }, async () => {
    const wrappers = [
      (sql: string) => `SELECT * FROM (${sql}) AS wrapped`,
      (sql: string) => `WITH wrapped AS (${sql}) SELECT * FROM wrapped`,
      (sql: string) => `(${sql}) UNION ALL SELECT 1`,
      (sql: string) => `SELECT EXISTS (${sql})`,
      (sql: string) => `EXPLAIN ${sql}`,
    ];
    for (const { sql } of hostile) {
      for (const wrap of wrappers) expect((await guard.check(wrap(sql))).allowed, wrap(sql)).toBe(false);
    }
  });
});

describe('the honest corpus', () => {
  it('holds at least 1,000 statements', () => {
    expect(honest.length).toBeGreaterThanOrEqual(1_000);
  });

  it('asks every question of TPC-DS, four of them in two parts, of all its 24 tables', async () => {
    const questions = honest.filter((item) => item.topic.startsWith('retail-decisions'));
    expect(new Set(questions.map((item) => item.sql)).size).toBe(103);
    const tables = new Set<string>();
    for (const { sql } of questions) {
      const verdict = await guard.check(sql);
      for (const { schema, name } of verdict.allowed ? verdict.relations : []) tables.add(`${schema}.${name}`);
    }
    expect(tables.size).toBe(24);
  });

  for (const topic of new Set(honest.map((item) => item.topic))) {
    it(`is accepted: ${topic}`, async () => {
      for (const { sql, kind } of honest.filter((item) => item.topic === topic)) {
        const verdict = await guard.check(sql);
        expect(verdict.allowed ? verdict.statements[0]?.kind : verdict.violations, sql).toBe(kind);
        if (!verdict.allowed) continue;
        expect(verdict.statements).toHaveLength(1);
        expect(verdict.statements[0]?.readOnly).toBe(true);
        expect(verdict.destructive).toBe(false);
        expect(verdict.fingerprint).toMatch(/^[0-9a-f]{16}$/);
        expect(verdict.relations.every((relation) => relation.access === 'read')).toBe(true);
      }
    });
  }
});
