import { createServerFactory } from '@pgmcp/server';
import { expect, it, onTestFinished } from 'vitest';
import { listen } from '../src/listen.ts';
import { startStack } from './http-stack.ts';

/** A server with tools, resources and prompts on a port, and what posts to it as a client of 2025 without a session does. */
async function startListening(environment: Record<string, string>) {
  const stack = await startStack(environment, createServerFactory);
  const { server, url } = await listen(stack.stack.app, '127.0.0.1', 0);
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await stack.close();
  });
  const post = (message: unknown, protocolVersion = '2025-06-18') =>
    fetch(`${url}/mcp`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        'mcp-protocol-version': protocolVersion,
      },
      body: JSON.stringify(message),
    });
  const ask = async (method: string, params: object = {}) => {
    const response = await post({ jsonrpc: '2.0', id: 1, method, params });
    return { status: response.status, headers: response.headers, body: await response.text() };
  };
  return { post, ask, services: stack.services };
}

const COMPLETE = {
  ref: { type: 'ref/resource', uri: 'schema://{database}' },
  argument: { name: 'database', value: '' },
};

it.each([
  ['completion/complete', COMPLETE, '"values":['],
  ['resources/list', {}, 'databases://list'],
  ['resources/templates/list', {}, 'schema://{database}'],
  ['prompts/list', {}, 'tune_query'],
  ['prompts/get', { name: 'tune_query', arguments: { sql: 'SELECT 1' } }, 'SELECT 1'],
])('%s counts as a request of its caller, and is refused when they are used up', async (method, params, expected) => {
  const { ask, services } = await startListening({ PG_MCP_RATE_LIMIT_REQUESTS_PER_MINUTE: '2' });
  for (const _ of [1, 2]) {
    const { status, body } = await ask(method, params);
    expect(status).toBe(200);
    expect(body).toContain(expected);
  }
  const { status, headers, body } = await ask(method, params);
  expect(status).toBe(429);
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  expect(JSON.parse(body)).toMatchObject({ id: 1, error: { data: { code: 'RATE_LIMIT_EXCEEDED', maximum: 2 } } });
  const { items } = await services.history.calls('everybody');
  expect(items).toEqual([expect.objectContaining({ outcome: 'refused', code: 'RATE_LIMIT_EXCEEDED' })]);
  const called = await ask('tools/call', { name: 'list_tables', arguments: {} });
  expect(called.status).toBe(429);
});

it('each list of a batch counts, beside its calls', async () => {
  const { post, services } = await startListening({ PG_MCP_RATE_LIMIT_REQUESTS_PER_MINUTE: '3' });
  const batch = (...methods: readonly [string, object][]) =>
    post(
      methods.map(([method, params], id) => ({ jsonrpc: '2.0', id, method, params })),
      '2025-03-26',
    );
  const call = ['tools/call', { name: 'list_tables', arguments: { database: 'unknown' } }] as const;
  const answered = await batch(['resources/list', {}], ['completion/complete', COMPLETE], [...call]);
  expect(answered.status).toBe(200);
  await answered.text();
  const [minute] = await services.limits.status('local');
  expect(minute).toMatchObject({ limit: 'requests_per_minute', used: 3 });
  const refused = await batch(['tools/list', {}], ['resources/list', {}]);
  expect([refused.status, JSON.parse(await refused.text()).error.data.code]).toEqual([429, 'RATE_LIMIT_EXCEEDED']);
});

it('what begins a connection or keeps it, and the list of tools, is answered all the same', async () => {
  const { ask, services } = await startListening({ PG_MCP_RATE_LIMIT_REQUESTS_PER_MINUTE: '1' });
  expect((await ask('resources/list')).status).toBe(200);
  expect((await ask('resources/list')).status).toBe(429);
  const client = { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'test', version: '1' } };
  for (const [method, params] of [
    ['initialize', client],
    ['ping', {}],
    ['tools/list', {}],
  ] as const)
    expect((await ask(method, params)).status, method).toBe(200);
  const [minute] = await services.limits.status('local');
  expect(minute).toMatchObject({ limit: 'requests_per_minute', used: 1 });
});
