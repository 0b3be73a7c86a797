import { useDatabase } from '@pgmcp/testing/vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorOf, type RunningServer, startServer, WAYS } from './running-server.ts';

const database = useDatabase({ template: 'retail' });

describe.each(WAYS)('a bad call of a $era client over $transport', (way) => {
  let server: RunningServer;

  beforeAll(async () => {
    server = await startServer(way, {
      PG_MCP_DATABASES: JSON.stringify([
        { name: 'shop', url: database.url },
        { name: 'backup', url: database.url },
      ]),
      PG_MCP_SERVER_MAX_RESULT_ROWS: '100',
    });
  });
  afterAll(() => server?.close());

  const failing = [
    {
      why: 'an unknown database',
      tool: 'execute_query',
      args: { sql: 'SELECT 1', database: 'shp' },
      error: {
        code: 'UNKNOWN_DATABASE',
        message: /Did you mean "shop"/,
        details: { available_databases: ['shop', 'backup'] },
      },
    },
    {
      why: 'no database among several',
      tool: 'list_tables',
      args: {},
      error: { code: 'AMBIGUOUS_QUERY', message: /shop, backup/, details: { available_databases: ['shop', 'backup'] } },
    },
    {
      why: 'an empty question',
      tool: 'query',
      args: { question: '   ', database: 'shop' },
      error: { code: 'VALIDATION_ERROR', message: /question: .*empty/ },
    },
    {
      why: 'a question of 2,001 characters',
      tool: 'query',
      args: { question: 'x'.repeat(2001), database: 'shop' },
      error: { code: 'VALIDATION_ERROR', message: /at most 2000 characters/ },
    },
    {
      why: 'limit 0',
      tool: 'execute_query',
      args: { sql: 'SELECT 1', database: 'shop', limit: 0 },
      error: { code: 'VALIDATION_ERROR', message: /limit/ },
    },
    {
      why: 'limit 10001',
      tool: 'query',
      args: { question: 'How many?', database: 'shop', limit: 10_001 },
      error: { code: 'VALIDATION_ERROR', message: /limit/ },
    },
    {
      why: 'an unknown argument',
      tool: 'execute_query',
      args: { sql: 'SELECT 1', databse: 'shop' },
      error: { code: 'VALIDATION_ERROR', message: /unknown argument "databse" \(did you mean "database"\?\)/ },
    },
    {
      why: 'a missing argument',
      tool: 'execute_query',
      args: { database: 'shop' },
      error: { code: 'VALIDATION_ERROR', message: /sql/ },
    },
    {
      why: 'broken SQL',
      tool: 'execute_query',
      args: { sql: 'SELECT 1 FROM WHERE', database: 'shop' },
      error: { code: 'SYNTAX_ERROR', message: /syntax error/i, details: { sqlstate: '42601', position: { line: 1 } } },
    },
    {
      why: 'a table that does not exist',
      tool: 'execute_query',
      args: { sql: 'SELECT *\nFROM retail.ordrs', database: 'shop' },
      error: {
        code: 'SYNTAX_ERROR',
        message: /ordrs/,
        details: { sqlstate: '42P01', position: { line: 2, column: 6 } },
      },
    },
    {
      why: 'a column that does not exist, with the hint of the server',
      tool: 'execute_query',
      args: { sql: 'SELECT ordr_id FROM retail.orders', database: 'shop' },
      error: { code: 'SYNTAX_ERROR', details: { sqlstate: '42703', hint: expect.stringContaining('order_id') } },
    },
    {
      why: 'a value that PostgreSQL cannot compute with',
      tool: 'execute_query',
      args: { sql: 'SELECT 1 / $1::int', params: [0], database: 'shop' },
      error: { code: 'EXECUTION_ERROR', message: /division by zero/, details: { sqlstate: '22012' } },
    },
    {
      why: 'a parameter too few',
      tool: 'execute_query',
      args: { sql: 'SELECT $1::int + $2::int', params: [1], database: 'shop' },
      error: { code: 'VALIDATION_ERROR', message: /\$2/ },
    },
    {
      why: 'two statements',
      tool: 'execute_query',
      args: { sql: 'SELECT 1; SELECT 2', database: 'shop' },
      error: { code: 'UNSAFE_SQL', message: /statement/ },
    },
    {
      why: 'a write',
      tool: 'execute_query',
      args: { sql: 'UPDATE retail.products SET name = name', database: 'shop' },
      error: { code: 'UNSAFE_SQL', message: /update/i },
    },
    {
      why: 'a write hidden in a CTE',
      tool: 'explain_query',
      args: {
        sql: 'WITH gone AS (DELETE FROM retail.stores RETURNING *) SELECT * FROM gone',
        analyze: true,
        database: 'shop',
      },
      error: { code: 'UNSAFE_SQL', message: /delete/i },
    },
    {
      why: 'a function that reads files',
      tool: 'execute_query',
      args: { sql: "SELECT pg_read_file('/etc/passwd')", database: 'shop' },
      error: { code: 'UNSAFE_SQL', message: /pg_read_file/ },
    },
    {
      why: 'a text that would fill the memory',
      tool: 'execute_query',
      args: { sql: "SELECT repeat('x', 600000000)", database: 'shop' },
      error: { code: 'UNSAFE_SQL', message: /repeat/ },
    },
    {
      why: 'no table of that name',
      tool: 'get_table_schema',
      args: { tables: ['retail.custmers'], database: 'shop' },
      error: { code: 'VALIDATION_ERROR', message: /customers/ },
    },
  ];

  it.each(failing)('($why) is a clear error', async ({ tool, args, error }) => {
    const found = errorOf(await server.client.callTool(tool, args));
    expect(found.code).toBe(error.code);
    if (error.message) expect(found.message).toMatch(error.message);
    if (error.details) expect(found.details).toMatchObject(error.details);
    expect(JSON.stringify(found)).not.toContain(database.url);
    expect(JSON.stringify(found)).not.toMatch(/node_modules|\.ts:\d|\.js:\d/);
  });

  it('that names no tool of ours is a protocol error', async () => {
    await expect(server.client.callTool('drop_everything', {})).rejects.toMatchObject({ code: -32602 });
  });

  it('of an unknown schema resource is a protocol error that names what there is', async () => {
    await expect(server.client.readResource('schema://nowhere')).rejects.toThrow(/shop, backup/);
  });

  it('above the row cap is lowered to it, with a notice', async () => {
    const result = await server.client.callTool<{ row_count: number; truncated: boolean; notice: string }>(
      'execute_query',
      {
        sql: 'SELECT order_id FROM retail.orders',
        database: 'shop',
        limit: 5000,
      },
    );
    expect(result.structuredContent).toMatchObject({ row_count: 100, truncated: true });
    expect(result.structuredContent.notice).toMatch(/5000.*100/);
  });

  it('leaves the server fit for the next one', async () => {
    const result = await server.client.callTool<{ rows: unknown[][] }>('execute_query', {
      sql: 'SELECT 1',
      database: 'backup',
    });
    expect(result.structuredContent.rows).toEqual([[1]]);
  });
});
