import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { createMcpHandler } from '@modelcontextprotocol/server';
import { useDatabase } from '@pgmcp/testing/vitest';
import type pg from 'pg';
import { beforeAll, beforeEach, expect, it, onTestFinished } from 'vitest';
import { createServerFactory } from '../src/index.ts';
import { startInProcess } from './in-process-client.ts';
import { POLICY_FIXTURE } from './policy-fixture.ts';

const database = useDatabase();
let admin: pg.Client;

beforeAll(async () => {
  admin = await database.connect();
});
beforeEach(async () => {
  await admin.query(`DROP SCHEMA IF EXISTS shop CASCADE; ${POLICY_FIXTURE}`);
});

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
const left = async () => (await admin.query('SELECT count(*)::int AS n FROM shop.customers')).rows[0].n;

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
    await admin.query("INSERT INTO shop.orders VALUES (20, 1, 1, 'late')");
    return { action: 'accept', content: { confirm: true } };
  });
  const result = await client.callTool({ name: 'execute_transaction', arguments: DELETE });
  expect(result.isError).toBe(true);
  expect(JSON.stringify(result.content)).toContain('PREVIEW_CHANGED');
  expect(await left()).toBe(3);
});
