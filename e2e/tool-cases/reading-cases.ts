import { expect } from 'vitest';
import { CROWD_TABLES, LONG_QUESTION, SLOW_QUESTION } from './prepared.ts';
import type { ToolCase } from './tool-case.ts';

/** What the notice of a result says that was cut. */
const CUT = /TRUNCATED at the (row|token|byte) cap/;

const FENCED = /^\[[0-9a-f]{8}\] /;
const PAST_EVERY_CAP = "SELECT n, repeat('long ', 4) AS filler FROM generate_series(1, 20000) AS n";

/** The tools that ask, read and describe. */
export const readingCases: readonly ToolCase[] = [
  {
    tool: 'query',
    good: [
      {
        what: 'a verified question',
        args: { question: 'what was the revenue of each store in 2025', return_type: 'both' },
        check: (result) => expect(result).toMatchObject({ status: 'answered', source: 'verified', truncated: false }),
      },
      {
        what: 'a verified question as csv',
        args: { question: 'what was the revenue of each store in 2025', format: 'csv' },
        check: (result) => {
          expect(result).not.toHaveProperty('rows');
          expect(String(result['text']).split('\n')).toHaveLength(Number(result['row_count']) + 1);
        },
      },
      {
        what: 'a question that nothing here can answer',
        args: { question: 'Which customers bought nothing in the last quarter of 2024?' },
        check: (result) =>
          expect(result).toMatchObject({ status: 'hand_over', schema: expect.stringContaining('customers') }),
      },
    ],
    bad: [
      { why: 'an empty question', args: { question: ' ' }, code: 'VALIDATION_ERROR', message: /question: .*empty/ },
      {
        why: 'a question that is too long',
        args: { question: 'x'.repeat(2_001) },
        code: 'VALIDATION_ERROR',
        message: /at most 2000 characters/,
      },
      {
        why: 'an unknown return type',
        args: { question: 'How many?', return_type: 'chart' },
        code: 'VALIDATION_ERROR',
        message: /return_type/,
      },
    ],
    slow: { args: { question: SLOW_QUESTION }, statement: '%ask_slowly%' },
    beyond: [
      {
        what: 'more rows than the cap',
        args: { question: LONG_QUESTION },
        check: (result) =>
          expect(result).toMatchObject({
            truncated: true,
            query_id: expect.any(String),
            notice: expect.stringMatching(CUT),
          }),
      },
      {
        what: 'more text than the cap, as Markdown',
        args: { question: LONG_QUESTION, format: 'markdown' },
        check: (result) => expect(result).toMatchObject({ truncated: true, notice: expect.stringMatching(CUT) }),
      },
    ],
  },
  {
    tool: 'execute_query',
    good: [
      {
        what: 'a statement with parameters',
        args: { sql: 'SELECT $1::int + 1 AS next', params: [41] },
        check: (result) =>
          expect(result).toMatchObject({
            columns: [{ name: 'next', type: 'integer' }],
            rows: [[42]],
            truncated: false,
          }),
      },
      ...[
        { format: 'csv', text: 'nothing,empty\n,""' },
        { format: 'markdown', text: '| nothing | empty |\n|---|---|\n| *NULL* |  |' },
      ].map(({ format, text }) => ({
        what: `a result as ${format}`,
        args: { sql: "SELECT NULL AS nothing, '' AS empty", format },
        check: (result: Readonly<Record<string, unknown>>) => expect(result['text']).toBe(text),
      })),
      {
        what: 'a result as json',
        args: { sql: 'SELECT 1 AS one', format: 'json' },
        check: (result) => expect(result['rows']).toEqual([{ one: 1 }]),
      },
      {
        what: 'a result beyond the cap of rows',
        args: { sql: 'SELECT n FROM generate_series(1, 20000) AS n' },
        check: (result) =>
          expect(result).toMatchObject({
            truncated: true,
            row_count: 1_000,
            query_id: expect.any(String),
            notice: expect.stringMatching(/TRUNCATED at the row cap/),
          }),
      },
      {
        what: 'a result beyond the caps of tokens and bytes',
        args: { sql: "SELECT repeat('all these words ', 200) AS words FROM generate_series(1, 900)" },
        check: (result) => {
          expect(result).toMatchObject({
            truncated: true,
            notice: expect.stringMatching(/TRUNCATED at the (token|byte) cap/),
          });
          expect(JSON.stringify(result).length).toBeLessThan(1_100_000);
        },
      },
      {
        what: 'a cell beyond its cap',
        args: { sql: "SELECT repeat('x', 100000) AS long" },
        check: (result) => {
          expect(result).toMatchObject({ truncated: true, notice: expect.stringMatching(/cut to 8000 characters/) });
          expect(result['notice']).toMatch(FENCED);
        },
      },
      {
        what: 'a limit that lowers the cap, and one that cannot raise it',
        args: { sql: PAST_EVERY_CAP, limit: 10_000 },
        check: (result) =>
          expect(result).toMatchObject({ row_count: 1_000, notice: expect.stringMatching(/limit 10000 was lowered/) }),
      },
    ],
    bad: [
      { why: 'an empty statement', args: { sql: '' }, code: 'VALIDATION_ERROR', message: /sql is empty/ },
      {
        why: 'a statement that writes',
        args: { sql: 'DELETE FROM retail.orders' },
        code: 'UNSAFE_SQL',
        message: /refused/,
      },
      { why: 'two statements', args: { sql: 'SELECT 1; SELECT 2' }, code: 'UNSAFE_SQL', message: /one at a time/ },
      { why: 'SQL that cannot be read', args: { sql: 'SELEC 1' }, code: 'SYNTAX_ERROR', message: /SELEC/ },
      {
        why: 'a table that does not exist',
        args: { sql: 'SELECT * FROM retail.ordrs' },
        code: 'SYNTAX_ERROR',
        message: /ordrs/,
      },
      { why: 'a parameter too few', args: { sql: 'SELECT $1::int' }, code: 'VALIDATION_ERROR', message: /\$1|param/i },
      { why: 'limit 0', args: { sql: 'SELECT 1', limit: 0 }, code: 'VALIDATION_ERROR', message: /limit/ },
      {
        why: 'an unknown format',
        args: { sql: 'SELECT 1', format: 'xml' },
        code: 'VALIDATION_ERROR',
        message: /format/,
      },
    ],
    slow: { args: { sql: 'SELECT pg_sleep(60) AS execute_slowly' }, statement: '%execute_slowly%' },
    beyond: [
      {
        what: 'more rows than the cap',
        args: { sql: 'SELECT n FROM generate_series(1, 50) AS n' },
        check: (result) =>
          expect(result).toMatchObject({ row_count: 20, truncated: true, notice: expect.stringMatching(/row cap/) }),
      },
      {
        what: 'more tokens than the cap',
        args: { sql: "SELECT repeat('many different words ', 4) AS words FROM generate_series(1, 19)" },
        check: (result) =>
          expect(result).toMatchObject({ truncated: true, notice: expect.stringMatching(/token cap/) }),
      },
      {
        what: 'more bytes than the cap',
        args: { sql: "SELECT repeat('x', 100) AS a, repeat('y', 100) AS b FROM generate_series(1, 20)" },
        check: (result) =>
          expect(result).toMatchObject({ truncated: true, notice: expect.stringMatching(/(byte|token) cap/) }),
      },
      {
        what: 'a cell longer than the cap',
        args: { sql: "SELECT repeat('x', 101) AS long" },
        check: (result) =>
          expect(result).toMatchObject({ truncated: true, notice: expect.stringMatching(/cut to 100 characters/) }),
      },
    ],
  },
  {
    tool: 'get_query_context',
    good: [
      {
        what: 'the part of the schema that a question needs',
        args: { question: 'How many gold customers have cancelled orders?' },
        check: (result) =>
          expect(result).toMatchObject({
            schema: expect.stringContaining('customers'),
            joins: expect.arrayContaining(['retail.orders.customer_id = retail.customers.customer_id']),
            values: expect.stringContaining("'gold'"),
            server: { time: expect.any(String), time_zone: expect.any(String) },
          }),
      },
      {
        what: 'a schema beyond its budget',
        args: { question: 'revenue by store', max_tokens: 300 },
        check: (result) => {
          expect(result['omitted']).toEqual(expect.arrayContaining([expect.stringContaining('retail.')]));
          expect(JSON.stringify(result).length).toBeLessThan(3_000);
        },
      },
    ],
    bad: [
      { why: 'an empty question', args: { question: ' ' }, code: 'VALIDATION_ERROR', message: /question: .*empty/ },
      {
        why: 'a budget below anything useful',
        args: { question: 'x', max_tokens: 10 },
        code: 'VALIDATION_ERROR',
        message: /max_tokens/,
      },
    ],
    slow: 'schema',
    beyond: [
      {
        what: 'a budget above the cap',
        args: { question: 'orders of customers, products and stores', max_tokens: 50_000 },
        check: (result) => expect(result['omitted']).toEqual(expect.arrayContaining([expect.any(String)])),
      },
    ],
  },
  {
    tool: 'explain_query',
    good: [
      {
        what: 'a plan',
        args: { sql: 'SELECT * FROM retail.products WHERE product_id = 7' },
        check: (result) => expect(result).toMatchObject({ analyzed: false, plan: expect.stringMatching(/Index Scan/) }),
      },
      {
        what: 'a plan with real times',
        args: { sql: 'SELECT count(*) FROM retail.orders', analyze: true },
        check: (result) => expect(result).toMatchObject({ analyzed: true, execution_ms: expect.any(Number) }),
      },
    ],
    bad: [
      {
        why: 'EXPLAIN of EXPLAIN',
        args: { sql: 'EXPLAIN SELECT 1' },
        code: 'VALIDATION_ERROR',
        message: /without EXPLAIN/,
      },
      {
        why: 'a statement that writes',
        args: { sql: 'DELETE FROM retail.orders', analyze: true },
        code: 'UNSAFE_SQL',
        message: /refused/,
      },
    ],
    slow: { args: { sql: 'SELECT pg_sleep(60) AS explain_slowly', analyze: true }, statement: '%explain_slowly%' },
    beyond: [
      {
        what: 'a plan of hundreds of nodes',
        args: { sql: Array.from({ length: 150 }, (_, n) => `SELECT ${n} FROM retail.stores`).join(' UNION ALL ') },
        check: (result) => {
          expect(result['notice']).toMatch(/^TRUNCATED at the token cap: \d+ of the \d+ lines/);
          expect(result['plan']).toMatch(/^Append/);
        },
      },
    ],
  },
  {
    tool: 'list_tables',
    good: [
      {
        what: 'all tables',
        args: {},
        check: (result) => expect(JSON.stringify(result['tables'])).toContain('"orders"'),
      },
      {
        what: 'tables by a part of the name',
        args: { pattern: 'ORDER', schema: 'retail' },
        check: (result) => {
          const names = (result['tables'] as { name: string }[]).map(({ name }) => name);
          expect(names.length).toBeGreaterThan(0);
          expect(names.every((name) => name.includes('order'))).toBe(true);
        },
      },
      {
        what: 'no tables',
        args: { schema: 'nowhere' },
        check: (result) => expect(result).toMatchObject({ table_count: 0, notice: expect.stringContaining('retail') }),
      },
    ],
    bad: [{ why: 'an offset below zero', args: { offset: -1 }, code: 'VALIDATION_ERROR', message: /offset/ }],
    slow: 'schema',
    beyond: [
      {
        what: 'more tables than the cap, and the way on',
        args: { schema: 'crowd' },
        check: async (result, { client }) => {
          const tables = result['tables'] as unknown[];
          expect(result).toMatchObject({ truncated: true, table_count: CROWD_TABLES });
          expect(result['notice']).toContain(`go on with offset ${tables.length}`);
          const next = await client.callTool('list_tables', { schema: 'crowd', offset: CROWD_TABLES - 1 });
          expect(next.structuredContent).toMatchObject({ truncated: false, tables: [{ schema: 'crowd' }] });
        },
      },
    ],
  },
  {
    tool: 'get_table_schema',
    good: [
      {
        what: 'tables, one of them misspelt',
        args: { tables: ['retail.orders', 'ordrs'] },
        check: (result) =>
          expect(result).toMatchObject({
            tables: [{ name: 'orders', columns: expect.any(Array) }],
            missing: [{ name: 'ordrs', nearest: expect.arrayContaining([expect.stringContaining('orders')]) }],
          }),
      },
    ],
    bad: [
      { why: 'no table at all', args: { tables: [] }, code: 'VALIDATION_ERROR', message: /tables/ },
      { why: 'only unknown tables', args: { tables: ['ordrs'] }, code: 'VALIDATION_ERROR', message: /Did you mean/ },
      {
        why: 'more tables than one answer takes',
        args: { tables: Array.from({ length: 21 }, (_, n) => `t${n}`) },
        code: 'VALIDATION_ERROR',
        message: /tables/,
      },
    ],
    slow: 'schema',
    beyond: [
      {
        what: 'more tables than fit',
        args: { tables: ['retail.orders', 'retail.products', 'retail.customers'] },
        check: (result) => {
          expect(result['not_shown']).toEqual(expect.arrayContaining(['retail.customers']));
          expect(result['notice']).toMatch(/shows \d+ of its \d+ columns/);
        },
      },
    ],
  },
];
