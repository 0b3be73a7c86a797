import { expect } from 'vitest';
import type { ToolCase } from './tool-case.ts';

const MONTHLY =
  "SELECT date_trunc('month', ordered_at)::date AS month, count(*) AS orders FROM retail.orders GROUP BY 1 ORDER BY 1";

/** The tool that draws. */
export const chartCases: readonly ToolCase[] = [
  {
    tool: 'chart',
    good: [
      {
        what: 'a line over months',
        args: { sql: MONTHLY, kind: 'line', title: 'Orders' },
        check: (result) =>
          expect(result).toMatchObject({
            image: expect.stringMatching(/^image\//),
            columns: [{ name: 'month' }, { name: 'orders' }],
          }),
      },
      {
        what: 'more rows than are given beside the picture',
        args: { sql: 'SELECT n, n * n AS square FROM generate_series(1, 5000) AS n', kind: 'scatter' },
        check: (result) =>
          expect(result).toMatchObject({
            drawn_rows: 1_000,
            row_count: 50,
            truncated: true,
            query_id: expect.any(String),
            notice: expect.stringMatching(/^\[[0-9a-f]{8}\] The picture shows 1000 rows/),
          }),
      },
    ],
    bad: [
      { why: 'an unknown kind', args: { sql: MONTHLY, kind: 'map' }, code: 'VALIDATION_ERROR', message: /kind/ },
      {
        why: 'a column that is not there',
        args: { sql: MONTHLY, kind: 'bar', x: 'mnth' },
        code: 'VALIDATION_ERROR',
        message: /Did you mean "month"/,
      },
      {
        why: 'nothing to draw',
        args: { sql: 'SELECT 1 AS a, 2 AS b WHERE false', kind: 'bar' },
        code: 'VALIDATION_ERROR',
        message: /no rows/,
      },
    ],
    slow: {
      args: { sql: "SELECT 'a' AS a, pg_sleep(60)::text AS draw_slowly", kind: 'bar' },
      statement: '%draw_slowly%',
    },
    beyond: [
      {
        what: 'more rows than the cap',
        args: { sql: 'SELECT n, n AS same FROM generate_series(1, 50) AS n', kind: 'line' },
        check: (result) => expect(result).toMatchObject({ drawn_rows: 20, truncated: true }),
      },
    ],
  },
];
