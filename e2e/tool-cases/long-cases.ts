import { expect } from 'vitest';
import type { CaseContext, ToolCase } from './tool-case.ts';

async function started(sql: string, { client }: CaseContext): Promise<string> {
  const { structuredContent } = await client.callTool<{ query_id: string }>('start_query', { sql });
  return structuredContent.query_id;
}

const UNKNOWN_HANDLE = {
  why: 'a handle that never was',
  args: { query_id: 'AAAAAAAAAAAAAAAAAAAAAA' },
  code: 'RESULT_NOT_FOUND',
  message: /Run the statement again/,
};

/** The tools of long statements. */
export const longCases: readonly ToolCase[] = [
  {
    tool: 'start_query',
    good: [
      {
        what: 'a statement',
        args: { sql: 'SELECT n FROM generate_series(1, 10) AS n' },
        check: async (result, { client }) => {
          expect(result).toMatchObject({ status: 'running', query_id: expect.stringMatching(/^[\w-]{22}$/) });
          const { structuredContent } = await client.callTool('get_query_result', { query_id: result['query_id'] });
          expect(structuredContent).toMatchObject({ status: 'complete', total_rows: 10 });
        },
      },
    ],
    bad: [
      {
        why: 'a statement that writes',
        args: { sql: 'DELETE FROM retail.orders' },
        code: 'UNSAFE_SQL',
        message: /refused/,
      },
      { why: 'SQL that cannot be read', args: { sql: 'SELEC 1' }, code: 'SYNTAX_ERROR', message: /SELEC/ },
    ],
    slow: { never: 'It answers at once. cancel_query ends its statement.' },
    beyond: { never: 'It returns a handle.' },
  },
  {
    tool: 'get_query_result',
    good: [
      {
        what: 'a page, with statistics and the addresses of all rows',
        args: async (context) => ({
          query_id: await started('SELECT n FROM generate_series(1, 20000) AS n', context),
          offset: 500,
          limit: 10,
          statistics: true,
        }),
        check: (result) =>
          expect(result).toMatchObject({
            status: 'complete',
            row_count: 10,
            rows: Array.from({ length: 10 }, (_, index) => [501 + index]),
            next_offset: 510,
            statistics: [{ name: 'n', min: '1', max: '20000', nulls: 0 }],
            export: { csv: expect.stringMatching(/^result:\/\//), parts: expect.any(Number) },
          }),
      },
      {
        what: 'a page beyond the caps, and the way on',
        args: async (context) => ({
          query_id: await started(
            "SELECT repeat('all these words ', 200) AS words FROM generate_series(1, 900)",
            context,
          ),
        }),
        check: (result) => {
          expect(result).toMatchObject({ truncated: true, total_rows: 900, next_offset: result['row_count'] });
          expect(result['notice']).toMatch(/^\[[0-9a-f]{8}\] TRUNCATED/);
        },
      },
      {
        what: 'a result while its statement runs',
        args: async (context) => ({ query_id: await started('SELECT pg_sleep(3)', context), wait_seconds: 0 }),
        check: (result) => expect(result).toMatchObject({ status: 'running', total_rows: 0 }),
      },
    ],
    bad: [
      UNKNOWN_HANDLE,
      {
        why: 'an offset behind the last row',
        args: async (context) => ({ query_id: await started('SELECT 1', context), offset: 5 }),
        code: 'VALIDATION_ERROR',
        message: /beyond the last of 1 rows/,
      },
      {
        why: 'a wait that is too long',
        args: { query_id: 'AAAAAAAAAAAAAAAAAAAAAA', wait_seconds: 3_600 },
        code: 'VALIDATION_ERROR',
        message: /wait_seconds/,
      },
      {
        why: 'a statement that failed',
        args: async (context) => ({
          query_id: await started('SELECT 1/(n - 9) FROM generate_series(1, 10) AS n', context),
        }),
        code: 'EXECUTION_ERROR',
        message: /division by zero/,
      },
    ],
    slow: {
      args: async (context) => ({
        query_id: await started('SELECT pg_sleep(60) AS wait_for_me', context),
        wait_seconds: 50,
      }),
      statement: '%wait_for_me%',
      // Who stops waiting has not cancelled it: the handle is theirs.
      outlives: true,
      async end({ owner }) {
        await owner(
          "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE query LIKE '%wait_for_me%' AND pid <> pg_backend_pid()",
        );
      },
    },
    beyond: [
      {
        what: 'a page beyond the cap of rows',
        args: async (context) => ({ query_id: await started('SELECT n FROM generate_series(1, 50) AS n', context) }),
        check: (result) => expect(result).toMatchObject({ row_count: 20, total_rows: 50, next_offset: 20 }),
      },
      {
        what: 'cells beyond their cap, whole in the exported file',
        args: async (context) => ({ query_id: await started("SELECT repeat('x', 5000) AS long", context) }),
        check: async (result, { client }) => {
          expect(result).toMatchObject({ truncated: true, notice: expect.stringMatching(/cut to 100 characters/) });
          const { csv } = result['export'] as { csv: string };
          const { contents } = await client.readResource(csv.replace('{part}', '1'));
          expect(contents[0]?.text).toContain('x'.repeat(5_000));
        },
      },
    ],
  },
  {
    tool: 'cancel_query',
    good: [
      {
        what: 'a running statement',
        args: async (context) => ({ query_id: await started('SELECT pg_sleep(60) AS cancel_me', context) }),
        check: async (result, { owner }) => {
          expect(result).toMatchObject({ status: 'cancelled' });
          const active = () =>
            owner(
              "SELECT 1 FROM pg_stat_activity WHERE query LIKE '%cancel_me%' AND state = 'active' AND pid <> pg_backend_pid()",
            );
          await expect.poll(active).toEqual([]);
        },
      },
    ],
    valid: UNKNOWN_HANDLE.args,
    bad: [UNKNOWN_HANDLE],
    slow: { never: 'It answers at once.' },
    beyond: { never: 'It returns a state.' },
  },
];
