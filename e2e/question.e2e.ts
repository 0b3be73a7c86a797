import { type ScriptedModel, startScriptedModel } from '@pgmcp/testing';
import { useDatabase } from '@pgmcp/testing/vitest';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { errorOf, type RunningServer, startServer, WAYS } from './running-server.ts';

const database = useDatabase({ template: 'retail' });

interface Answer {
  readonly status: string;
  readonly source?: string;
  readonly sql?: string;
  readonly explanation?: string;
  readonly rows?: unknown[][];
}

const reply = (sql: string, interpretation = 'Counts the stores.') =>
  JSON.stringify({ sql, interpretation, assumptions: [], tables: ['retail.stores'] });

const API_KEY = 'sk-test-4f1c9a7e5b3d2f60';

describe.each(WAYS)('a question to a $era client over $transport, with a model', (way) => {
  let model: ScriptedModel;
  let server: RunningServer;

  beforeAll(async () => {
    model = await startScriptedModel({ apiKey: API_KEY });
    server = await startServer(way, {
      PG_MCP_DATABASE_NAME: 'retail',
      PG_MCP_DATABASE_URL: database.url,
      PG_MCP_OPENAI_API_KEY: API_KEY,
      PG_MCP_OPENAI_MODEL: 'scripted',
      PG_MCP_OPENAI_BASE_URL: model.baseUrl,
      PG_MCP_OPENAI_MAX_RETRIES: '1',
    });
  });
  afterEach(() => {
    expect(model.pendingReplies).toBe(0);
    expect(server.log()).not.toContain(API_KEY);
    model.reset();
  });
  afterAll(async () => {
    await server?.close();
    await model?.close();
  });

  it('is answered at the first try', async () => {
    model.reply(reply('SELECT count(*) AS stores FROM retail.stores'));
    const { structuredContent, isError, text } = await server.client.callTool<Answer>('query', {
      question: 'How many shops do we have?',
      return_type: 'both',
    });
    expect(isError, text).toBe(false);
    expect(structuredContent).toMatchObject({
      status: 'answered',
      source: 'model',
      sql: 'SELECT count(*) AS stores FROM retail.stores',
      explanation: 'Counts the stores.',
      row_count: 1,
    });
    expect(structuredContent.rows?.[0]?.[0]).toBeGreaterThan(0);
    expect(model.requests).toHaveLength(1);
    expect(JSON.stringify(model.requests[0]?.body)).toContain('order_items');
  });

  it('gives the checked statement without running it', async () => {
    model.reply(reply('SELECT name FROM retail.stores ORDER BY name'));
    const { structuredContent } = await server.client.callTool<Answer>('query', {
      question: 'Name every shop',
      return_type: 'sql',
    });
    expect(structuredContent).toMatchObject({ sql: 'SELECT name FROM retail.stores ORDER BY name', source: 'model' });
    expect(structuredContent).not.toHaveProperty('rows');
  });

  it('is answered after one repair, the error fed back with its SQLSTATE', async () => {
    model.reply(reply('SELECT count(*) FROM retail.shops'), reply('SELECT count(*) FROM retail.stores'));
    const { structuredContent, isError, text } = await server.client.callTool<Answer>('query', {
      question: 'How many shops, please?',
      return_type: 'both',
    });
    expect(isError, text).toBe(false);
    expect(structuredContent.sql).toBe('SELECT count(*) FROM retail.stores');
    expect(model.requests).toHaveLength(2);
    expect(JSON.stringify(model.requests[1]?.body)).toContain('42P01');
  });

  it('is refused when the model writes a DELETE, and nothing is changed', async () => {
    const client = await database.connect();
    const before = await client.query('SELECT count(*) FROM retail.order_items');
    model.replyAlways(reply('DELETE FROM retail.order_items'));
    const result = await server.client.callTool('query', { question: 'Remove every order item' });
    expect(errorOf(result)).toMatchObject({
      code: 'UNSAFE_SQL',
      message: expect.stringMatching(/delete/i),
      details: { sql: 'DELETE FROM retail.order_items' },
    });
    const after = await client.query('SELECT count(*) FROM retail.order_items');
    expect(after.rows).toEqual(before.rows);
  });

  it('asks back when the model says that the question has several readings', async () => {
    model.reply(
      JSON.stringify({
        status: 'clarify',
        sql: null,
        clarification: {
          question: 'Best by revenue or by number of orders?',
          options: ['by revenue', 'by number of orders'],
        },
      }),
    );
    const result = await server.client.callTool('query', { question: 'Which is the best store?' });
    expect(errorOf(result)).toMatchObject({
      code: 'AMBIGUOUS_QUERY',
      message: expect.stringContaining('revenue'),
      details: { options: ['by revenue', 'by number of orders'] },
    });
  });

  it('ends in OPENAI_ERROR while the model is down, and the next call is served', async () => {
    model.replyAlways({ status: 500 });
    const failed = await server.client.callTool('query', { question: 'How many shops while you are down?' });
    expect(errorOf(failed)).toMatchObject({ code: 'OPENAI_ERROR', retryable: true });
    expect(failed.text).not.toContain(API_KEY);
    model.reset();
    model.reply(reply('SELECT 1 AS one'));
    const next = await server.client.callTool<Answer>('query', { question: 'One?' });
    expect(next.structuredContent.rows).toEqual([[1]]);
    const sql = await server.client.callTool<Answer>('execute_query', { sql: 'SELECT 2 AS two' });
    expect(sql.structuredContent.rows).toEqual([[2]]);
  });

  it('waits as long as Retry-After says and then answers', async () => {
    model.reply({ status: 429, headers: { 'retry-after': '1' } }, reply('SELECT 3 AS three'));
    const { structuredContent } = await server.client.callTool<Answer>('query', { question: 'Three?' });
    expect(structuredContent.rows).toEqual([[3]]);
  });

  it('rejects a wrong key with words that do not repeat it', async () => {
    model.reply({
      status: 401,
      body: { error: { message: `Incorrect API key provided: ${API_KEY}`, type: 'invalid_request_error' } },
    });
    const result = await server.client.callTool('query', { question: 'Which key?' });
    expect(errorOf(result)).toMatchObject({ code: 'OPENAI_ERROR', details: { status: 401 } });
    expect(result.text).not.toContain(API_KEY);
  });
});
