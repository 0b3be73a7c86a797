import { expect } from 'vitest';
import type { ToolCase } from './tool-case.ts';

/** The tools that advise. */
export const adviceCases: readonly ToolCase[] = [
  {
    tool: 'analyze_database_health',
    good: [
      {
        what: 'every check, with what cannot be judged',
        args: {},
        check: (result) => {
          expect(result).toMatchObject({
            database: 'retail',
            status: expect.stringMatching(/^(ok|notice|warning|critical)$/),
          });
          expect(result['withheld']).toEqual(
            expect.arrayContaining([{ check: 'unused_indexes', reason: expect.any(String) }]),
          );
        },
      },
      {
        what: 'one check, more findings than are told',
        args: async ({ owner }) => {
          const columns = Array.from(
            { length: 25 },
            (_, n) => `CREATE INDEX IF NOT EXISTS twin_${n} ON retail.stores (name)`,
          );
          await owner(columns.join('; '));
          return { checks: ['duplicate_indexes'] };
        },
        check: async (result, { owner }) => {
          expect(result['findings']).toHaveLength(20);
          expect(result['withheld']).toEqual([
            { check: 'duplicate_indexes', reason: expect.stringMatching(/more findings/) },
          ]);
          await owner(Array.from({ length: 25 }, (_, n) => `DROP INDEX retail.twin_${n}`).join('; '));
        },
      },
    ],
    bad: [
      {
        why: 'a check that is none',
        args: { checks: ['indexes'] },
        code: 'VALIDATION_ERROR',
        message: /unused_indexes/,
      },
    ],
    slow: { never: 'Each of its questions waits for no lock, and ends after seconds; it says which check it is at.' },
    beyond: [
      {
        what: 'more findings than are told',
        args: async ({ owner }) => {
          const indexes = Array.from(
            { length: 25 },
            (_, n) => `CREATE INDEX IF NOT EXISTS twin_${n} ON retail.stores (name)`,
          );
          await owner(indexes.join('; '));
          return { checks: ['duplicate_indexes'] };
        },
        check: async (result, { owner }) => {
          expect(result['findings']).toHaveLength(20);
          await owner(Array.from({ length: 25 }, (_, n) => `DROP INDEX retail.twin_${n}`).join('; '));
        },
      },
    ],
  },
  {
    tool: 'recommend_indexes',
    good: [
      {
        what: 'a statement that an index serves already',
        args: { sql: 'SELECT * FROM retail.orders WHERE order_id = 1' },
        check: (result) =>
          expect(result).toMatchObject({ recommendations: [], notice: expect.stringContaining('No index') }),
      },
      {
        what: 'a workload that is not counted here',
        args: {},
        check: (result) => expect(result['withheld']).toEqual([expect.stringContaining('pg_stat_statements')]),
      },
    ],
    bad: [
      {
        why: 'a statement that writes',
        args: { sql: 'DELETE FROM retail.orders' },
        code: 'UNSAFE_SQL',
        message: /refused/,
      },
      {
        why: 'parameters of no statement',
        args: { params: [1] },
        code: 'VALIDATION_ERROR',
        message: /params go with sql/,
      },
    ],
    valid: { sql: 'SELECT 1' },
    slow: {
      args: { sql: 'SELECT name AS advise_slowly FROM retail.stores WHERE name = $1', params: ['x'] },
      hold: 'retail.stores',
      statement: '%advise_slowly%',
    },
    beyond: { never: 'At most ten indexes, each with the beginnings of its statements.' },
  },
];
