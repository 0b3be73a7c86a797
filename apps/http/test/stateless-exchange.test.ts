import { McpServer, type McpServerFactory } from '@modelcontextprotocol/server';
import { describe, expect, it } from 'vitest';
import { serveStateless } from '../src/stateless-exchange.ts';

const PROGRESS = { method: 'notifications/progress' as const, params: { progressToken: 't', progress: 1 } };

/** A server whose tools answer at once, tell first, or wait until they are aborted. */
function watched() {
  const seen = { aborted: 0, built: 0, begun: 0 };
  const factory: McpServerFactory = () => {
    seen.built += 1;
    const server = new McpServer({ name: 'fixture', version: '1' }, { capabilities: { tools: {}, logging: {} } });
    const done = { content: [{ type: 'text' as const, text: 'done' }] };
    server.registerTool('quick', {}, () => done);
    server.registerTool('telling', {}, async (context) => {
      // Belongs to no request: it has nowhere to go.
      await server.server.notification({ method: 'notifications/message', params: { level: 'info', data: 'lost' } });
      await context.mcpReq.notify(PROGRESS);
      return done;
    });
    server.registerTool('silent', {}, (context) => {
      seen.begun += 1;
      const { signal } = context.mcpReq;
      return new Promise((resolve) => {
        const leave = () => {
          seen.aborted += 1;
          resolve(done);
        };
        if (signal.aborted) leave();
        else signal.addEventListener('abort', leave);
      });
    });
    return server;
  };
  return { factory, seen };
}

const HEADERS = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
const call = (name: string) => ({ jsonrpc: '2.0', id: 7, method: 'tools/call', params: { name, arguments: {} } });

/** Held for as long as the tests run: an abort reaches the signal of a request no more once the request has been collected. */
const requests: Request[] = [];

function ask(
  factory: McpServerFactory,
  parsedBody: unknown,
  headers: Record<string, string> = {},
  signal?: AbortSignal,
) {
  const init = { method: 'POST', headers: { ...HEADERS, ...headers }, ...(signal && { signal }) };
  const request = new Request('http://127.0.0.1/mcp', init);
  requests.push(request);
  return serveStateless(factory, request, { parsedBody });
}

describe('one request of a client of 2025', () => {
  const { factory, seen } = watched();

  it('is answered as JSON when nothing is told before its answer', async () => {
    const response = await ask(factory, call('quick'));
    expect(response?.headers.get('content-type')).toBe('application/json');
    expect(await response?.json()).toMatchObject({ id: 7, result: { content: [{ text: 'done' }] } });
  });

  it('is answered as a stream when something is told first', async () => {
    const response = await ask(factory, call('telling'));
    expect(response?.headers.get('content-type')).toBe('text/event-stream');
    const events = (await response?.text())?.split('\n\n').filter((event) => event !== '');
    expect(events?.map((event) => JSON.parse(event.replace('event: message\ndata: ', '')))).toEqual([
      { jsonrpc: '2.0', ...PROGRESS },
      expect.objectContaining({ id: 7, result: expect.anything() }),
    ]);
  });

  it('is aborted when its client leaves, before and while it is served', async () => {
    const client = new AbortController();
    const answer = ask(factory, call('silent'), {}, client.signal);
    await expect.poll(() => seen.begun).toBe(1);
    expect(seen.aborted).toBe(0);
    client.abort();
    expect((await answer)?.status).toBe(499);
    expect(seen.aborted).toBe(1);
    expect((await ask(factory, call('silent'), {}, AbortSignal.abort()))?.status).toBe(499);
  });

  it('leaves no call behind at whichever step its client leaves', async () => {
    for (let steps = 0; steps < 60; steps += 1) {
      const client = new AbortController();
      const answer = ask(factory, call('silent'), {}, client.signal);
      for (let step = 0; step < steps; step += 1) await undefined;
      client.abort();
      expect((await answer)?.status).toBe(499);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(seen.aborted).toBe(seen.begun);
  });

  it('ends with a stream that its client no longer reads', async () => {
    const response = await ask(factory, call('telling'));
    await response?.body?.cancel();
    await expect(response?.text()).rejects.toThrow();
  });

  it.each([
    ['a client that takes no event streams', { accept: 'application/json' }, 406, -32_000],
    ['a revision that nobody knows', { 'mcp-protocol-version': '1999-01-01' }, 400, -32_000],
  ])('is refused with its status to %s', async (_who, headers, status, code) => {
    const response = await ask(factory, call('quick'), headers);
    expect(response?.status).toBe(status);
    expect(await response?.json()).toMatchObject({ error: { code } });
  });

  it('names what it cannot find', async () => {
    expect(await (await ask(factory, call('none')))?.json()).toMatchObject({ id: 7, error: { code: -32_602 } });
    expect(await (await ask(factory, { jsonrpc: '2.0', id: 8, method: 'no/such' }))?.json()).toMatchObject({
      id: 8,
      error: { code: -32_601 },
    });
  });

  it.each([
    ['a notification', { jsonrpc: '2.0', method: 'notifications/initialized' }],
    ['an answer of a client', { jsonrpc: '2.0', id: 1, result: {} }],
    ['a batch', [call('quick')]],
    [
      'a request of the current revision',
      { ...call('quick'), params: { _meta: { 'io.modelcontextprotocol/protocolVersion': '2026-07-28' } } },
    ],
    ['a message without its version', { id: 1, method: 'tools/call' }],
    ['nothing', undefined],
  ])('is something else than %s', async (_what, body) => {
    const before = seen.built;
    expect(await ask(factory, body)).toBeUndefined();
    expect(seen.built).toBe(before);
  });
});
