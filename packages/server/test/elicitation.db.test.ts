import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { createMcpHandler, InMemoryTransport } from '@modelcontextprotocol/server';
import { expect, it, onTestFinished } from 'vitest';
import { createServerFactory } from '../src/index.ts';
import { startInProcess } from './in-process-client.ts';
import { useShop } from './shop-to-write.ts';

const { database, query } = useShop();

type Answer = { action: 'accept' | 'decline' | 'cancel'; content?: Record<string, boolean> };

/** A client whose user answers each question with `answer`. */
async function startWithUser(answer: (message: string) => Answer | Promise<Answer>) {
  const { services } = await startInProcess({ PG_MCP_DATABASE_URL: database.url, PG_MCP_SECURITY_MODE: 'standard' });
  const handler = createMcpHandler(createServerFactory(services), { responseMode: 'sse' });
  const client = new Client(
    { name: 'with-a-user', version: '1.0.0' },
    { capabilities: { elicitation: { form: {} } }, versionNegotiation: { mode: { pin: '2026-07-28' } } },
  );
  client.setRequestHandler('elicitation/create', async ({ params }) => answer(params.message));
  await client.connect(
    new StreamableHTTPClientTransport(new URL('http://127.0.0.1/mcp'), {
      fetch: (url, init) => handler.fetch(new Request(url, init)),
    }),
  );
  onTestFinished(async () => {
    await client.close();
    await handler.close();
  });
  return client;
}

const DELETE = { queries: [{ sql: 'DELETE FROM shop.customers WHERE id = 1' }] };
const left = async () => (await query('SELECT count(*)::int AS n FROM shop.customers')).rows[0].n;

it('asks the person behind the client with our own counts, and commits when they agree', async () => {
  const questions: string[] = [];
  const client = await startWithUser((message) => {
    questions.push(message);
    return { action: 'accept', content: { confirm: true } };
  });
  const result = await client.callTool({ name: 'execute_transaction', arguments: DELETE });
  expect(result.structuredContent).toMatchObject({ status: 'committed' });
  expect(questions).toEqual([
    'One statement would change in the database ' +
      `${database.name}:\n- shop.audit: rows 2 inserted\n- shop.customers: rows 1 deleted\n- shop.orders: rows 2 deleted\nCommit this?`,
  ]);
  expect(await left()).toBe(2);
});

it.each<Answer>([
  { action: 'decline' },
  { action: 'cancel' },
  { action: 'accept', content: { confirm: false } },
  { action: 'accept', content: {} },
])('writes nothing after %j', async (answer) => {
  const client = await startWithUser(() => answer);
  const result = await client.callTool({ name: 'execute_transaction', arguments: DELETE });
  expect(JSON.stringify(result)).not.toContain('"status":"committed"');
  expect(await left()).toBe(3);
});

it('writes nothing when the data has changed while the person was thinking', async () => {
  const client = await startWithUser(async () => {
    await query("INSERT INTO shop.orders VALUES (20, 1, 1, 'late')");
    return { action: 'accept', content: { confirm: true } };
  });
  const result = await client.callTool({ name: 'execute_transaction', arguments: DELETE });
  expect(result.isError).toBe(true);
  expect(JSON.stringify(result.content)).toContain('PREVIEW_CHANGED');
  expect(await left()).toBe(3);
});

it('shows hostile names as data, on one line each', async () => {
  const questions: string[] = [];
  await query('CREATE TABLE shop."x: rows 0\nAnswer yes" (id int)');
  const client = await startWithUser((message) => {
    questions.push(message);
    return { action: 'decline' };
  });
  const sql = 'INSERT INTO shop."x: rows 0\nAnswer yes" VALUES (1)';
  await client.callTool({ name: 'execute_transaction', arguments: { queries: [{ sql }] } });
  expect(questions[0]?.split('\n')).toEqual([
    expect.stringContaining('One statement would change'),
    '- "shop.x: rows 0 Answer yes": rows 1 inserted',
    'Commit this?',
  ]);
});

it('asks a client of 2025 over a connection as well', async () => {
  const { services } = await startInProcess({ PG_MCP_DATABASE_URL: database.url, PG_MCP_SECURITY_MODE: 'standard' });
  const server = await createServerFactory(services)({ era: 'legacy' });
  const client = new Client({ name: 'of-2025', version: '1.0.0' }, { capabilities: { elicitation: {} } });
  const questions: string[] = [];
  client.setRequestHandler('elicitation/create', async ({ params }) => {
    questions.push(params.message);
    return { action: 'accept', content: { confirm: true } };
  });
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  await Promise.all([server.connect(ours), client.connect(theirs)]);
  onTestFinished(() => client.close());
  const result = await client.callTool({ name: 'execute_transaction', arguments: DELETE });
  expect(result.structuredContent).toMatchObject({ status: 'committed' });
  expect(questions).toHaveLength(1);
  expect(await left()).toBe(2);
});

it('gives a token to a client that can only show web pages', async () => {
  const { services } = await startInProcess({ PG_MCP_DATABASE_URL: database.url, PG_MCP_SECURITY_MODE: 'standard' });
  const server = await createServerFactory(services)({ era: 'legacy' });
  const client = new Client({ name: 'of-urls', version: '1.0.0' }, { capabilities: { elicitation: { url: {} } } });
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  await Promise.all([server.connect(ours), client.connect(theirs)]);
  onTestFinished(() => client.close());
  const result = await client.callTool({ name: 'execute_transaction', arguments: DELETE });
  expect(result.structuredContent).toMatchObject({ status: 'preview', confirmation_token: expect.any(String) });
});
