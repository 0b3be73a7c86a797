import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { useDatabase } from '@pgmcp/testing/vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type RunningServer,
  STDIO_PROGRAM,
  serverEnvironment,
  startHttpServer,
  startServer,
  VERIFIED_QUERIES,
  WAYS,
} from './running-server.ts';

const database = useDatabase({ template: 'retail' });

describe.each(WAYS)('what a $era client sees over $transport', (way) => {
  let server: RunningServer;

  beforeAll(async () => {
    server = await startServer(way, {
      PG_MCP_DATABASE_NAME: 'retail',
      PG_MCP_DATABASE_URL: database.url,
      PG_MCP_SERVER_VERIFIED_QUERIES: VERIFIED_QUERIES,
    });
  });
  afterAll(() => server?.close());

  it('speaks the revision of its era and says what it is for', () => {
    expect(server.client.protocolVersion).toBe(way.era === 'modern' ? '2026-07-28' : '2025-11-25');
    expect(server.client.serverInfo?.name).toBe('pgmcp');
    expect(server.client.instructions).toContain('retail');
    expect(server.client.instructions?.length).toBeLessThan(2048);
  });

  it('lists its tools sorted, with titles, hints and schemas that every client can read', async () => {
    const tools = await server.client.listTools();
    const names = tools.map(({ name }) => name);
    expect(names).toEqual(names.toSorted());
    expect(names).toEqual(expect.arrayContaining(['execute_query', 'get_query_result', 'list_tables', 'query']));
    for (const tool of tools) {
      expect(tool.name).toMatch(/^[a-z][a-z0-9_]{0,40}$/);
      expect(tool.title).toBeTruthy();
      expect(tool.description?.length).toBeLessThan(2048);
      expect(tool.annotations).toMatchObject({ readOnlyHint: true, destructiveHint: false });
      expect(tool.inputSchema).toMatchObject({ type: 'object', additionalProperties: false });
      expect(tool.outputSchema).toMatchObject({ type: 'object' });
    }
  });

  it('answers a question by a verified statement, labelled so, without any model', async () => {
    const result = await server.client.callTool<Record<string, unknown>>('query', {
      question: 'what was the revenue of each store in 2025',
      return_type: 'both',
    });
    expect(result.isError, result.text).toBe(false);
    expect(result.structuredContent).toMatchObject({ status: 'answered', source: 'verified', truncated: false });
    expect(result.structuredContent['sql']).toContain('retail.orders');
    expect(JSON.parse(result.text)).toEqual(result.structuredContent);
  });

  it('runs SQL with parameters', async () => {
    const result = await server.client.callTool<{ rows: unknown[][]; columns: unknown[] }>('execute_query', {
      sql: 'SELECT $1::int + 1 AS next, $2::text AS word',
      params: [41, "it's"],
    });
    expect(result.structuredContent.columns).toEqual([
      { name: 'next', type: 'integer' },
      { name: 'word', type: 'text' },
    ]);
    expect(result.structuredContent.rows).toEqual([[42, "it's"]]);
  });

  it('lists tables, filtered by pattern, with partitions folded', async () => {
    const all = await server.client.callTool<{ tables: { name: string; partitions?: number }[] }>('list_tables', {});
    const names = all.structuredContent.tables.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['stores', 'customers', 'orders', 'order_items', 'inventory']));
    expect(all.structuredContent.tables.some(({ partitions }) => (partitions ?? 0) > 0)).toBe(true);
    const some = await server.client.callTool<{ tables: { name: string }[] }>('list_tables', { pattern: 'ORDER' });
    expect(some.structuredContent.tables.every(({ name }) => name.includes('order'))).toBe(true);
  });

  it('describes tables with types, keys, enum labels and comments', async () => {
    const result = await server.client.callTool('get_table_schema', {
      tables: ['retail.orders', 'inventory', 'ordrs'],
    });
    expect(result.isError, result.text).toBe(false);
    expect(result.structuredContent).toMatchObject({
      tables: [
        { name: 'orders', primary_key: expect.any(Array), columns: expect.any(Array) },
        { name: 'inventory', primary_key: expect.any(Array) },
      ],
      missing: [{ name: 'ordrs', nearest: expect.arrayContaining([expect.stringContaining('orders')]) }],
    });
    expect(result.text).toContain('labels');
    expect(result.text).toContain('comment');
  });

  it('explains a statement, and runs it when asked to', async () => {
    const planned = await server.client.callTool<{ plan: string }>('explain_query', {
      sql: 'SELECT * FROM retail.products WHERE product_id = 7;',
    });
    expect(planned.structuredContent.plan).toMatch(/Index Scan using \S+ on products/);
    expect(planned.structuredContent).not.toHaveProperty('execution_ms');
    const analyzed = await server.client.callTool('explain_query', {
      sql: 'SELECT count(*) FROM retail.order_items',
      analyze: true,
    });
    expect(analyzed.structuredContent).toMatchObject({ analyzed: true, execution_ms: expect.any(Number) });
  });

  it('offers the databases and their schemas as resources, with completion', async () => {
    const resources = await server.client.listResources();
    expect(resources.map(({ uri }) => uri)).toEqual(expect.arrayContaining(['databases://list', 'schema://retail']));
    const list = await server.client.readResource('databases://list');
    expect(JSON.parse(list.contents[0]?.text ?? '')).toMatchObject({
      databases: [
        { name: 'retail', status: 'up', schema_uri: 'schema://retail', warning: expect.stringContaining('superuser') },
      ],
    });
    const schema = await server.client.readResource('schema://retail');
    expect(schema.contents[0]?.text).toContain('order_items');
    const templates = await server.client.listResourceTemplates();
    expect(templates.map(({ uriTemplate }) => uriTemplate)).toEqual(
      expect.arrayContaining(['schema://{database}', 'schema://{database}/{schema}/{table}', 'diagram://{database}']),
    );
    const reference = { type: 'ref/resource', uri: 'schema://{database}' } as const;
    expect(await server.client.complete(reference, { name: 'database', value: 're' })).toEqual(['retail']);
  });

  it('hands a question over when nothing can answer it and no model is configured', async () => {
    const result = await server.client.callTool<Record<string, string>>('query', {
      question: 'Which customers bought nothing in the last quarter of 2024?',
    });
    expect(result.isError, result.text).toBe(false);
    expect(result.structuredContent).toMatchObject({
      status: 'hand_over',
      reason: expect.stringContaining('No language model'),
    });
    expect(result.structuredContent['schema']).toContain('customers');
    expect(result.structuredContent['instructions']).toContain('execute_query');
  });
});

describe.each(['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'])('a client that asks for %s', (revision) => {
  const initialize = {
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: { protocolVersion: revision, capabilities: {}, clientInfo: { name: 'old', version: '1' } },
  };

  it('is served in that revision over stdio', async () => {
    const call = { name: 'execute_query', arguments: { sql: 'SELECT 42 AS answer' } };
    const lines = [
      initialize,
      { jsonrpc: '2.0', method: 'notifications/initialized' },
      { jsonrpc: '2.0', id: 2, method: 'tools/call', params: call },
    ];
    const child = spawn(process.execPath, [STDIO_PROGRAM], {
      env: serverEnvironment({ DATABASE_URL: database.url }),
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    child.stdin.write(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    const answers: Record<string, unknown>[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      const answer = JSON.parse(line);
      if ('id' in answer) answers.push(answer);
      if (answer.id === 2) child.stdin.end();
    }
    expect(answers).toMatchObject([
      { id: 1, result: { protocolVersion: revision, serverInfo: { name: 'pgmcp' } } },
      { id: 2, result: { content: [{ type: 'text', text: expect.stringContaining('42') }] } },
    ]);
  });

  it('is served in that revision over HTTP', async () => {
    const server = await startHttpServer({ DATABASE_URL: database.url });
    try {
      const response = await fetch(server.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
        body: JSON.stringify(initialize),
      });
      const text = await response.text();
      expect(JSON.parse(text.slice(text.indexOf('{')))).toMatchObject({
        id: 1,
        result: { protocolVersion: revision, serverInfo: { name: 'pgmcp' } },
      });
    } finally {
      await server.stop();
    }
  });
});
