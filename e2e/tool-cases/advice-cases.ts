import { expect } from 'vitest';
import type { CaseContext, ToolCase } from './tool-case.ts';

const TWINS = Array.from({ length: 25 }, (_, n) => `twin_${n}`);

/** Makes more duplicate indexes than are told. */
async function withTwins({ owner }: CaseContext) {
  await owner(TWINS.map((name) => `CREATE INDEX IF NOT EXISTS ${name} ON retail.stores (name)`).join('; '));
  return { checks: ['duplicate_indexes'] };
}

const removeTwins = ({ owner }: CaseContext) => owner(TWINS.map((name) => `DROP INDEX retail.${name}`).join('; '));

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
        args: withTwins,
        check: async (result, context) => {
          expect(result['findings']).toHaveLength(20);
          expect(result['withheld']).toEqual([
            { check: 'duplicate_indexes', reason: expect.stringMatching(/more findings/) },
          ]);
          await removeTwins(context);
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
        args: withTwins,
        check: async (result, context) => {
          expect(result['findings']).toHaveLength(20);
          await removeTwins(context);
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
