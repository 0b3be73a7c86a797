import { expect } from 'vitest';
import type { CaseContext, ToolCase } from './tool-case.ts';

/** As many as the longest list takes. */
async function callLongStatements({ client }: CaseContext): Promise<void> {
  const names = Array.from({ length: 200 }, (_, n) => `1 AS quite_a_long_name_${n}`).join(', ');
  for (let n = 0; n < 50; n += 1) await client.callTool('execute_query', { sql: `SELECT pg_sleep(0.002), ${names}` });
}

/** The latest first. */
async function statementsOfHistory({ client }: CaseContext): Promise<readonly (string | undefined)[]> {
  type History = { calls: { statements: { sql?: string }[] }[] };
  const { structuredContent } = await client.callTool<History>('get_query_history', { limit: 50 });
  return structuredContent.calls.flatMap(({ statements }) => statements.map(({ sql }) => sql));
}

/** Nothing in a database of its callers can hold these tools up. */
const OWN_RECORDS = { never: 'It reads the records of the server, not a database of its callers.' } as const;

/** The tools that show the server and what was called. */
export const monitoringCases: readonly ToolCase[] = [
  {
    tool: 'get_metrics',
    good: [
      {
        what: 'numbers of the last hour',
        args: {},
        check: (result) => expect(result).toMatchObject({ minutes: 60, calls: expect.any(Number) }),
      },
    ],
    bad: [{ why: 'no time at all', args: { minutes: 0 }, code: 'VALIDATION_ERROR', message: /minutes/ }],
    slow: OWN_RECORDS,
    beyond: { never: 'It returns numbers.' },
  },
  {
    tool: 'get_query_history',
    good: [
      {
        what: 'a page of one, with the way to the next',
        args: async (context) => {
          for (const sql of ["SELECT 'canary' AS earlier", 'SELECT 2 AS later'])
            await context.client.callTool('execute_query', { sql });
          // A call is recorded when it has ended, which may be a moment after its answer.
          const both = expect.arrayContaining(['SELECT $1 AS earlier', 'SELECT $1 AS later']);
          await expect.poll(() => statementsOfHistory(context), { interval: 200, timeout: 5_000 }).toEqual(both);
          return { limit: 1 };
        },
        check: async (result, context) => {
          expect(result).toMatchObject({ calls: [{ outcome: expect.any(String) }], next: expect.any(String) });
          // What other cases started may end in between: which call is the latest is not sure, the order of the two is.
          const shown = await statementsOfHistory(context);
          expect(shown.indexOf('SELECT $1 AS later')).toBeLessThan(shown.indexOf('SELECT $1 AS earlier'));
          expect(JSON.stringify(result)).not.toContain('canary');
        },
      },
    ],
    bad: [{ why: 'a page that is gone', args: { after: 'x' }, code: 'VALIDATION_ERROR', message: /begin again/ }],
    slow: OWN_RECORDS,
    beyond: [
      {
        what: 'long statements, fewer than were asked for',
        args: async (context) => {
          await callLongStatements(context);
          return { limit: 50 };
        },
        check: async (result, { client }) => {
          const shown = result['calls'] as unknown[];
          expect(shown.length).toBeGreaterThan(0);
          expect(shown.length).toBeLessThan(10);
          expect(result).toMatchObject({ next: expect.any(String) });
          const after = { limit: 50, after: result['next'] };
          const next = await client.callTool<{ calls: unknown[] }>('get_query_history', after);
          expect(next.structuredContent.calls.length).toBeGreaterThan(0);
        },
      },
    ],
  },
  {
    tool: 'get_slow_queries',
    good: [
      {
        what: 'the threshold and what is above it',
        args: {},
        check: (result) => expect(result).toMatchObject({ threshold_ms: 1_000, queries: expect.any(Array) }),
      },
    ],
    bad: [{ why: 'more than a list holds', args: { limit: 51 }, code: 'VALIDATION_ERROR', message: /limit/ }],
    slow: OWN_RECORDS,
    beyond: [
      {
        what: 'long statements, fewer than were asked for',
        args: async (context) => {
          await callLongStatements(context);
          return { limit: 50 };
        },
        check: async (result) => {
          const shown = result['queries'] as unknown[];
          expect(shown.length).toBeGreaterThan(0);
          expect(shown.length).toBeLessThan(10);
          expect(result['notice']).toMatch(/^The \d+ slowest of 50\./);
        },
      },
    ],
  },
  {
    tool: 'health_check',
    good: [
      {
        what: 'databases and process',
        args: {},
        check: (result) =>
          expect(result).toMatchObject({
            databases: [{ name: 'retail', status: 'up', pool: { max: 10 } }],
            process: { memory: expect.any(String) },
          }),
      },
    ],
    bad: [
      {
        why: 'an argument that it has not',
        args: { database: 'retail' },
        code: 'VALIDATION_ERROR',
        message: /database/,
      },
    ],
    slow: { never: 'Each database has a short time of its own to answer; one that does not is down.' },
    beyond: { never: 'It returns numbers and states.' },
  },
];
