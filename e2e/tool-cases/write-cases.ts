import { expect } from 'vitest';
import type { CaseContext, ToolCase } from './tool-case.ts';

const CONFIRMED = /token.*new preview/;

/** A table of its own with some rows; every case may write to it. */
async function freshTable({ owner }: CaseContext, name: string): Promise<string> {
  await owner(`DROP TABLE IF EXISTS public.${name}`);
  await owner(`CREATE TABLE public.${name} (id int PRIMARY KEY, note text)`);
  await owner(`INSERT INTO public.${name} SELECT n, 'note ' || n FROM generate_series(1, 3) n`);
  return `public.${name}`;
}

/** The same arguments with the token of their preview. */
async function confirmed({ client }: CaseContext, tool: string, args: Record<string, unknown>) {
  const preview = await client.callTool<{ confirmation_token: string }>(tool, args);
  expect(preview.isError, preview.text).toBe(false);
  return { ...args, confirmation_token: preview.structuredContent.confirmation_token };
}

/** Tools that change rows and structure. The client of these cases cannot ask anybody, so that the token confirms. */
export const writeCases: readonly ToolCase[] = [
  {
    tool: 'execute_transaction',
    good: [
      {
        what: 'a preview that writes nothing',
        args: async (context) => ({
          queries: [
            { sql: `UPDATE ${await freshTable(context, 'previewed')} SET note = $1 WHERE id = 1`, params: ['x'] },
          ],
        }),
        async check(structured, { owner }) {
          expect(structured).toMatchObject({
            status: 'preview',
            changes: [{ table: 'public.previewed', inserted: 0, updated: 1, deleted: 0 }],
            confirmation_token: expect.any(String),
          });
          expect(await owner("SELECT id FROM public.previewed WHERE note = 'x'")).toEqual([]);
        },
      },
      {
        what: 'a commit by the token of the preview',
        args: async (context) =>
          confirmed(context, 'execute_transaction', {
            queries: [{ sql: `DELETE FROM ${await freshTable(context, 'committed')} WHERE id < 3 RETURNING id` }],
          }),
        async check(structured, { owner }) {
          expect(structured).toMatchObject({ status: 'committed', results: [{ rows: 2, table: { row_count: 2 } }] });
          expect(await owner('SELECT id FROM public.committed')).toEqual([{ id: 3 }]);
        },
      },
    ],
    bad: [
      {
        why: 'a token that is not one',
        args: { queries: [{ sql: 'SELECT 1' }], confirmation_token: 'no' },
        code: 'CONFIRMATION_INVALID',
        message: CONFIRMED,
      },
      {
        why: 'data that has changed since the preview',
        args: async (context) => {
          const table = await freshTable(context, 'changed');
          const args = await confirmed(context, 'execute_transaction', {
            queries: [{ sql: `DELETE FROM ${table} WHERE id > 0` }],
          });
          await context.owner(`DELETE FROM ${table} WHERE id = 1`);
          return args;
        },
        code: 'PREVIEW_CHANGED',
        message: /Nothing was written.*again/,
      },
      {
        why: 'a change of structure',
        args: { queries: [{ sql: 'CREATE TABLE public.never (id int)' }] },
        code: 'UNSAFE_SQL',
        message: /execute_ddl/,
      },
      { why: 'no statement', args: { queries: [] }, code: 'VALIDATION_ERROR', message: /at least one/ },
    ],
    valid: { queries: [{ sql: 'SELECT 1' }] },
    slow: {
      args: { queries: [{ sql: 'SELECT pg_sleep(60) AS slow_write' }] },
      statement: 'SELECT pg_sleep(60) AS slow_write%',
    },
    beyond: [
      {
        what: 'statements that return more than one result holds, each with a share',
        args: {
          queries: Array.from({ length: 10 }, () => ({
            sql: "SELECT n, repeat('returned words ', 5) AS words FROM generate_series(1, 30) AS n",
          })),
        },
        check: (result) => {
          const results = result['results'] as { rows: number; table: Record<string, unknown> }[];
          expect(results).toHaveLength(10);
          for (const { table } of results)
            expect(table).toMatchObject({ truncated: true, notice: expect.stringMatching(/TRUNCATED/) });
        },
      },
    ],
  },
  {
    tool: 'batch_execute',
    good: [
      {
        what: 'a commit by the token of the preview',
        args: async (context) =>
          confirmed(context, 'batch_execute', {
            query: `INSERT INTO ${await freshTable(context, 'batched')} (id, note) VALUES ($1, $2)`,
            params_list: [
              [10, 'a'],
              [11, null],
            ],
          }),
        async check(structured, { owner }) {
          expect(structured).toMatchObject({ status: 'committed', results: [{ rows: 1 }, { rows: 1 }] });
          expect(await owner('SELECT count(*)::int AS n FROM public.batched')).toEqual([{ n: 5 }]);
        },
      },
    ],
    bad: [
      {
        why: 'sets of values of another length',
        args: { query: 'SELECT $1::int', params_list: [[1], [1, 2]] },
        code: 'VALIDATION_ERROR',
        message: /parameter/,
      },
      {
        why: 'no set of values',
        args: { query: 'SELECT 1', params_list: [] },
        code: 'VALIDATION_ERROR',
        message: /at least one/,
      },
    ],
    valid: { query: 'SELECT $1::int', params_list: [[1]] },
    slow: {
      args: { query: 'SELECT pg_sleep($1) AS slow_batch', params_list: [[60]] },
      statement: 'SELECT pg_sleep($1) AS slow_batch%',
    },
    beyond: { never: 'It returns counts, of 1,000 sets at most; the list of changed tables is that of execute_ddl.' },
  },
  {
    tool: 'execute_ddl',
    good: [
      {
        what: 'a preview of objects',
        args: { statements: ['CREATE TABLE public.planned (id int)'] },
        async check(structured, { owner }) {
          expect(structured).toMatchObject({
            status: 'preview',
            objects: [{ change: 'created', kind: 'table', name: 'public.planned' }],
          });
          expect(await owner("SELECT to_regclass('public.planned') AS there")).toEqual([{ there: null }]);
        },
      },
      {
        what: 'a commit by the token of the preview',
        args: async (context) => {
          const table = await freshTable(context, 'restructured');
          return confirmed(context, 'execute_ddl', { statements: [`ALTER TABLE ${table} ADD COLUMN more int`] });
        },
        async check(structured, { owner }) {
          expect(structured).toMatchObject({ status: 'committed' });
          expect(await owner('SELECT more FROM public.restructured WHERE id = 1')).toEqual([{ more: null }]);
        },
      },
    ],
    bad: [
      {
        why: 'a change of rows',
        args: { statements: ['DELETE FROM retail.orders'] },
        code: 'UNSAFE_SQL',
        message: /execute_transaction/,
      },
      {
        why: 'what no mode has',
        args: { statements: ['CREATE ROLE intruder'] },
        code: 'UNSAFE_SQL',
        message: /refused/,
      },
    ],
    valid: { statements: ['CREATE TABLE public.planned (id int)'] },
    slow: {
      args: async (context) => ({
        statements: [`ALTER TABLE ${await freshTable(context, 'held_ddl')} ADD COLUMN x int`],
      }),
      hold: 'public.held_ddl',
      statement: '%ALTER TABLE public.held_ddl%',
    },
    beyond: [
      {
        what: 'more objects than are told',
        args: { statements: ['DROP SCHEMA crowd CASCADE'] },
        check: (result) => {
          expect(result['objects']).toHaveLength(200);
          expect(result['notice']).toMatch(/TRUNCATED: \d+ further tables and objects change too/);
        },
      },
    ],
  },
  {
    tool: 'maintain_table',
    good: [
      {
        what: 'ANALYZE outside a transaction',
        args: { table: 'retail.orders', operation: 'vacuum_analyze' },
        async check(structured, { owner }) {
          expect(structured).toMatchObject({ table: 'retail.orders', operation: 'vacuum_analyze' });
          expect(
            await owner("SELECT last_vacuum IS NOT NULL AS done FROM pg_stat_user_tables WHERE relname = 'orders'"),
          ).toEqual([{ done: true }]);
        },
      },
    ],
    bad: [
      {
        why: 'a table that is not there',
        args: { table: 'retail.ordres', operation: 'vacuum' },
        code: 'VALIDATION_ERROR',
        message: /Did you mean/,
      },
    ],
    valid: { table: 'retail.orders', operation: 'analyze' },
    slow: {
      args: { table: 'retail.stores', operation: 'vacuum' },
      // It first reads the size of the table, which this lock does not stop.
      hold: 'retail.stores IN SHARE UPDATE EXCLUSIVE MODE',
      statement: 'VACUUM%',
    },
    beyond: { never: 'It returns numbers.' },
  },
];
