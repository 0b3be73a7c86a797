import { expect } from 'vitest';
import type { ToolCase } from './tool-case.ts';

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
  },
  {
    tool: 'get_query_history',
    good: [
      {
        what: 'a page of one, with the way to the next',
        args: async ({ client }) => {
          for (const sql of ["SELECT 'canary' AS v", 'SELECT 2 AS n']) await client.callTool('execute_query', { sql });
          return { limit: 1 };
        },
        check: (result) => {
          expect(result).toMatchObject({ calls: [{ tool: 'execute_query', outcome: 'ok' }], next: expect.any(String) });
          expect(JSON.stringify(result)).not.toContain('canary');
        },
      },
    ],
    bad: [{ why: 'a page that is gone', args: { after: 'x' }, code: 'VALIDATION_ERROR', message: /begin again/ }],
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
  },
];
