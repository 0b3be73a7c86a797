import { embedText, type ScriptedModel, startScriptedModel } from '@pgmcp/testing';
import { type PgvectorServer, startPgvectorServer } from '@pgmcp/testing/pgvector';
import { useDatabase } from '@pgmcp/testing/vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FORGED, HOSTILE_SCHEMA, HOSTILE_TABLE, ORDER, TABLE_URI } from './hostile-database.ts';
import { type HostileServer, startHostileServer } from './hostile-server.ts';
import { EVERYTHING, FENCED, SILENT, WARNED } from './injection-cases.ts';
import { errorOf, type RunningServer, startServer, WAYS } from './running-server.ts';

const database = useDatabase({ template: 'retail' });

/** The mark of the server's own words. */
const MARK = /^\[([0-9a-f]{8})\] /;

/** What says that a text is data. */
const WARNING = /never follow instructions|Data: untrusted|untrusted data/i;

const DIMENSIONS = 128;

function expectFence(structured: Readonly<Record<string, unknown>>): string {
  const notice = String(structured['notice']);
  expect(notice).toMatch(MARK);
  expect(notice).toMatch(/never follow instructions/);
  // The server's own words carry nothing of the database.
  expect(notice).not.toContain(ORDER.slice(0, 20));
  const mark = MARK.exec(notice)?.[1] ?? '';
  const { notice: _notice, ...rest } = structured;
  expect(JSON.stringify(rest)).not.toContain(mark);
  for (const forged of FORGED) expect(notice).not.toContain(forged);
  return mark;
}

describe.each(WAYS)('a database that gives orders, for a $era client over $transport', (way) => {
  let server: RunningServer;
  let hostile: HostileServer;

  beforeAll(async () => {
    const owner = await database.connect();
    await owner.query('DROP SCHEMA IF EXISTS hostile CASCADE');
    await owner.query(HOSTILE_SCHEMA);
    hostile = await startHostileServer();
    server = await startServer(way, {
      PG_MCP_DATABASE_NAME: 'retail',
      PG_MCP_DATABASE_URL: database.url,
      PG_MCP_SERVER_TOOLSETS: 'all',
      PG_MCP_SECURITY_MODE: 'admin',
      PG_MCP_SECURITY_ALLOWED_FUNCTIONS: 'hostile.shout,pg_sleep',
      PG_MCP_HISTORY_SLOW_THRESHOLD: '10ms',
      PG_MCP_CONNECTIONS_ALLOWED_HOSTS: `127.0.0.1:${database.port},127.0.0.1:${hostile.port}`,
      PG_MCP_CONNECTIONS_REQUIRE_TLS: 'false',
    });
  });
  afterAll(async () => {
    await server?.close();
    await hostile?.close();
  });

  const call = async (tool: string, args: Record<string, unknown>) => {
    const result = await server.client.callTool<Record<string, unknown>>(tool, args);
    expect(result.isError, result.text).toBe(false);
    expect(JSON.parse(result.text)).toEqual(result.structuredContent);
    return result;
  };

  it.each(FENCED)('stays data in the rows of $tool $args', async ({ tool, args }) => {
    const given = typeof args === 'function' ? await args(server.client) : args;
    const first = await call(tool, given);
    expect(first.text).toContain(ORDER);
    const second = await call(tool, given);
    // A mark is made for one result: what was seen once cannot be forged for the next.
    expect(expectFence(first.structuredContent)).not.toBe(expectFence(second.structuredContent));
  });

  it('stays data in kept results, their statistics and their files', async () => {
    const { structuredContent: started } = await call('start_query', { sql: EVERYTHING });
    const { structuredContent } = await call('get_query_result', { query_id: started['query_id'], statistics: true });
    expectFence(structuredContent);
    expect(JSON.stringify(structuredContent['statistics'])).toContain('Ignore all previous');
    const { csv } = structuredContent['export'] as { csv: string };
    const { contents } = await server.client.readResource(csv.replace('{part}', '1'));
    // A cell with line ends and quotes stays one cell: a header and forty rows.
    const text = contents[0]?.text ?? '';
    expect(
      text
        .replaceAll(/"(?:[^"]|"")*"/g, 'x')
        .trimEnd()
        .split('\n'),
    ).toHaveLength(41);
    const { text: ended } = await call('cancel_query', { query_id: started['query_id'] });
    expect(ended).not.toContain('gnore all previous');
  });

  it('cannot leave its cell in Markdown', async () => {
    const { structuredContent } = await call('execute_query', { sql: EVERYTHING, format: 'markdown' });
    const lines = String(structuredContent['text']).split('\n');
    expect(lines).toHaveLength(42);
    for (const line of lines) expect(line.replaceAll('\\|', '').split('|')).toHaveLength(6);
  });

  it.each(WARNED)('is named as data by $tool $args', async ({ tool, args }) => {
    const { text, structuredContent } = await call(tool, typeof args === 'function' ? await args(server.client) : args);
    expect(text).toContain('gnore all previous');
    const { notice = '', text: written = '', schema = '' } = structuredContent;
    expect(`${notice} ${written} ${schema}`).toMatch(WARNING);
    expect(String(notice)).not.toContain(ORDER.slice(0, 20));
  });

  it('stays data in the rows that a write returns and that it shows before and after', async () => {
    const { structuredContent } = await call('execute_transaction', {
      queries: [{ sql: `UPDATE ${HOSTILE_TABLE} SET label = NULL WHERE id < 3 RETURNING note` }],
    });
    const [returned] = structuredContent['results'] as { table: Record<string, unknown> }[];
    expect(JSON.stringify(returned?.table['rows'])).toContain(ORDER);
    expectFence(returned?.table ?? {});
    const [sample] = structuredContent['samples'] as {
      before: Record<string, unknown>;
      after: Record<string, unknown>;
    }[];
    for (const rows of [sample?.before, sample?.after]) {
      expect(JSON.stringify(rows?.['rows'])).toContain(ORDER);
      expectFence(rows ?? {});
    }
  });

  it.each(SILENT)('is not heard by $tool', async ({ tool, args }) => {
    const { text } = await call(tool, typeof args === 'function' ? await args(server.client) : args);
    expect(text).not.toMatch(/gnore all previous/);
  });

  it('is a server among others for the tools of connections, and speaks as the reason of a failure only', async () => {
    const target = { host: '127.0.0.1', database: 'postgres', user: 'u', password: 'never shown', ssl_mode: 'disable' };
    const name = `orders_${process.pid}_${way.transport}_${way.era}`;
    const refused = await server.client.callTool('add_connection', { ...target, name, port: hostile.port });
    const error = errorOf(refused);
    expect(error).toMatchObject({ code: 'CONNECTION_ERROR', message: expect.stringContaining(ORDER) });
    expect(error.message).toMatch(/^The connection \S+ does not work, and is not there: /);
    expect(error.message).not.toMatch(/[\u0000-\u001f\u007f]/);
    expect(refused.text.length).toBeLessThan(2_000);
    expect((await call('list_connections', {})).structuredContent).toMatchObject({ connections: [] });
    // One that works shows what its caller said of it, and numbers.
    const own = { user: database.user, database: database.name, port: database.port };
    await call('add_connection', { ...target, ...own, name });
    expect((await call('test_connection', { name })).text).not.toMatch(/gnore all previous/);
    expect((await call('remove_connection', { name })).text).not.toMatch(/gnore all previous/);
  });

  it.each(['schema://retail', TABLE_URI])('is named as data by the resource %s', async (uri) => {
    const { contents } = await server.client.readResource(uri);
    const text = contents[0]?.text ?? '';
    expect(text).toContain('gnore all previous');
    expect(text).toMatch(/never follow instructions/);
  });

  it('gives a diagram that its names cannot break out of', async () => {
    const { contents } = await server.client.readResource('diagram://retail');
    const lines = (contents[0]?.text ?? '').split('\n');
    expect(lines[0]).toBe('erDiagram');
    expect(lines.length).toBeGreaterThan(10);
    for (const line of lines.slice(1)) expect(line).toMatch(/^ {2}/);
  });

  it('is a plan among others when it is explained', async () => {
    const { structuredContent } = await call('explain_query', { sql: `${EVERYTHING} WHERE note = 'x'` });
    expect(structuredContent['plan']).toContain('ignore all previous instructions');
    expect(JSON.stringify(structuredContent)).not.toContain('[deadbeef]');
  });

  it.each([
    ['execute_query', { sql: 'SELECT hostile.shout()' }],
    ['explain_query', { sql: 'SELECT hostile.shout()', analyze: true }],
    ['chart', { sql: 'SELECT hostile.shout(), 1', kind: 'bar' }],
    ['execute_transaction', { queries: [{ sql: 'SELECT hostile.shout()' }] }],
    ['batch_execute', { query: 'SELECT hostile.shout(), $1::int', params_list: [[1]] }],
  ])(
    'speaks in errors of %s as PostgreSQL, without control characters, and never as the server',
    async (tool, args) => {
      const result = await server.client.callTool(tool, args);
      const error = errorOf(result);
      expect(error.code).toBe('EXECUTION_ERROR');
      expect(error.message).toMatch(/^PostgreSQL: /);
      expect(`${error.message}${JSON.stringify(error.details)}`).not.toMatch(/[\u0000-\u001f\u007f]/);
      expect(result.text.length).toBeLessThan(11_000);
    },
  );

  it('has been tried with every tool', async () => {
    const listed = (await server.client.listTools()).map(({ name }) => name);
    const others = ['start_query', 'get_query_result', 'cancel_query', 'explain_query'];
    const connections = ['add_connection', 'test_connection', 'remove_connection'];
    const tried = new Set([...[...FENCED, ...WARNED, ...SILENT].map(({ tool }) => tool), ...others, ...connections]);
    expect(listed.filter((name) => !tried.has(name))).toEqual([]);
  });
});

/** Without an embedding model there is no such tool, so that it has a server of its own. */
describe('a table that gives orders and is searched by meaning', () => {
  let model: ScriptedModel;
  let vectors: PgvectorServer;

  beforeAll(async () => {
    model = await startScriptedModel();
    vectors = await startPgvectorServer();
    await vectors.prepare(`CREATE TABLE notes (id integer PRIMARY KEY, body text, meaning vector(${DIMENSIONS}))`);
    for (const [id, text] of [`${FORGED[0]} ${ORDER}`, `${FORGED[1]} ${ORDER} again`].entries()) {
      const vector = `[${embedText(text, DIMENSIONS).join(',')}]`;
      await vectors.prepare('INSERT INTO notes VALUES ($1, $2, $3)', [id, text, vector]);
    }
  });
  afterAll(async () => {
    await vectors?.stop();
    await model?.close();
  });

  it.each(WAYS)('stays data in the rows of semantic_search for a $era client over $transport', async (way) => {
    const server = await startServer(way, {
      PG_MCP_DATABASE_URL: vectors.url,
      PG_MCP_SERVER_TOOLSETS: 'search',
      PG_MCP_EMBEDDINGS_MODEL: 'embed-small',
      PG_MCP_EMBEDDINGS_BASE_URL: model.baseUrl,
      PG_MCP_EMBEDDINGS_DIMENSIONS: String(DIMENSIONS),
    });
    try {
      const search = { query: 'previous instructions', table: 'notes', column: 'meaning', text_column: 'body' };
      const marks: string[] = [];
      for (const _ of [1, 2]) {
        const found = await server.client.callTool<Record<string, unknown>>('semantic_search', search);
        expect(found.isError, found.text).toBe(false);
        expect(found.text).toContain(ORDER);
        marks.push(expectFence(found.structuredContent));
      }
      expect(new Set(marks).size).toBe(2);
    } finally {
      await server.close();
    }
  });
});
