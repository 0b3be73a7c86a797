import { McpServer, type McpServerFactory } from '@modelcontextprotocol/server';
import { createLogger, createServices, loadConfiguration, type Services } from '@pgmcp/server';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { composeHttp } from '../src/compose.ts';
import { connection, mcpRequest } from './mcp-request.ts';

const secret = 'a secret between proxy and server, long enough';

const servers: McpServer[] = [];
const factory: McpServerFactory = () => {
  const server = new McpServer({ name: 'fixture', version: '1' }, { capabilities: { tools: {} } });
  servers.push(server);
  server.registerTool('hello', { description: 'Says hello.' }, () => ({ content: [{ type: 'text', text: 'hello' }] }));
  return server;
};

const INITIALIZE = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
};
const PING = { jsonrpc: '2.0', id: 3, method: 'ping' };
const HELLO = { jsonrpc: '2.0', id: 2, method: 'tools/call', params: { name: 'hello', arguments: {} } };

describe('sessions of clients of 2025', () => {
  let services: Services;
  let first: ReturnType<typeof composeHttp>;
  let second: ReturnType<typeof composeHttp>;
  beforeAll(async () => {
    const environment = {
      DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none',
      PG_MCP_HTTP_SESSIONS: 'true',
      PG_MCP_AUTH_TRUSTED_PROXY_CIDRS: '127.0.0.0/8',
      PG_MCP_AUTH_TRUSTED_PROXY_SECRET: secret,
    };
    services = await createServices(loadConfiguration({ environment }), { logger: createLogger({ level: 'silent' }) });
    // Two listeners over one storage: what two replicas are to each other.
    first = composeHttp(services, factory);
    second = composeHttp(services, factory);
  });
  afterAll(async () => {
    await first?.close();
    await second?.close();
    await services?.close();
  });

  async function send(replica: typeof first, body: object, session?: string, user = 'alice', outgoing?: object) {
    const request = mcpRequest(body, {
      'x-rls-user-id': user,
      'x-pgmcp-proxy-secret': secret,
      ...(session !== undefined && { 'mcp-session-id': session, 'mcp-protocol-version': '2025-11-25' }),
    });
    const response = await replica.app.fetch(request, connection({ outgoing }));
    return { status: response.status, session: response.headers.get('mcp-session-id'), text: await response.text() };
  }

  it('begin with initialize, and go on at another replica', async () => {
    const { status, session } = await send(first, INITIALIZE);
    expect(status).toBe(200);
    expect(session).toMatch(/^[0-9a-f-]{36}$/);
    for (const replica of [first, second, second]) {
      const answer = await send(replica, HELLO, session ?? '');
      expect(answer.text).toContain('hello');
      expect(answer.status).toBe(200);
    }
  });

  it('open nothing to another caller, on either replica', async () => {
    const { session } = await send(first, INITIALIZE);
    for (const replica of [first, second]) {
      expect((await send(replica, HELLO, session ?? '', 'mallory')).status).toBe(404);
    }
  });

  it('are resumed once by requests that come at once', async () => {
    const { session } = await send(first, INITIALIZE, undefined, 'carol');
    const before = servers.length;
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) => send(second, { ...HELLO, id: 10 + index }, session ?? '', 'carol')),
    );
    expect(answers.map(({ status }) => status)).toEqual(new Array(8).fill(200));
    expect(servers.length - before).toBe(1);
  });

  it('of one caller do not keep others out: its least used one gives way', async () => {
    const begun: (string | null)[] = [];
    for (let count = 0; count < 501; count += 1) begun.push((await send(first, INITIALIZE, undefined, 'dave')).session);
    expect((await send(first, HELLO, begun[0] ?? '', 'dave')).status).toBe(404);
    expect((await send(second, HELLO, begun[0] ?? '', 'dave')).status).toBe(404);
    for (const kept of [begun[1], begun[500]]) expect((await send(first, HELLO, kept ?? '', 'dave')).status).toBe(200);
  });

  it('of one caller are no more than that where they are taken up again either', async () => {
    const before = servers.length;
    const replica = composeHttp(services, factory);
    onTestFinished(() => replica.close());
    const begun: (string | null)[] = [];
    for (const owner of [first, replica])
      for (let count = 0; count < 300; count += 1)
        begun.push((await send(owner, INITIALIZE, undefined, 'frank')).session);
    const atFirst = servers.slice(before, before + 300);
    const resumed = servers.length;
    for (const session of begun.slice(0, 300))
      expect((await send(replica, PING, session ?? '', 'frank')).status).toBe(200);
    const atReplica = [...servers.slice(before + 300, resumed), ...servers.slice(resumed)];
    expect(atReplica.filter((server) => server.isConnected())).toHaveLength(500);
    expect(atFirst.every((server) => server.isConnected())).toBe(true);
    // The one that gave way here is still there for whoever comes back to it.
    expect((await send(replica, PING, begun[300] ?? '', 'frank')).status).toBe(200);
  });

  it('leave no server behind when they cannot be kept', async () => {
    const { httpSessions } = services;
    if (httpSessions === undefined) throw new Error('sessions are on');
    const broken = { ...httpSessions.within('sessions'), save: () => Promise.reject(new Error('the store is away')) };
    const replica = composeHttp({ ...services, httpSessions: { ...httpSessions, within: () => broken } }, factory);
    onTestFinished(() => replica.close());
    const before = servers.length;
    expect((await send(replica, INITIALIZE, undefined, 'grace')).status).toBe(500);
    expect(servers.slice(before).map((server) => server.isConnected())).toEqual([false]);
  });

  it('keep no initialize that is larger than any client writes', async () => {
    const { params } = INITIALIZE;
    const clientInfo = { ...params.clientInfo, title: 'x'.repeat(70_000) };
    const answer = await send(first, { ...INITIALIZE, params: { ...params, clientInfo } });
    expect(answer).toMatchObject({ status: 413, session: null, text: expect.stringContaining('Leave icons out') });
  });

  it('do not end while a call of theirs is under way, however long it takes', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
    onTestFinished(() => void vi.useRealTimers());
    const hasBegun = Promise.withResolvers<void>();
    const mayEnd = Promise.withResolvers<void>();
    const replica = composeHttp(services, () => {
      const server = new McpServer({ name: 'fixture', version: '1' }, { capabilities: { tools: {} } });
      server.registerTool('hello', { description: 'Says hello at last.' }, async () => {
        hasBegun.resolve();
        await mayEnd.promise;
        return { content: [{ type: 'text', text: 'hello' }] };
      });
      return server;
    });
    onTestFinished(() => replica.close());
    const { session } = await send(replica, INITIALIZE, undefined, 'erin');
    const answer = send(replica, HELLO, session ?? '', 'erin', { once: () => undefined });
    await hasBegun.promise;
    vi.advanceTimersByTime(2 * services.configuration.http.sessionIdleMs);
    mayEnd.resolve();
    expect((await answer).text).toContain('hello');
  });

  it('are 404 when unknown and 400 when missing', async () => {
    expect((await send(first, HELLO, '00000000-0000-4000-8000-000000000000')).status).toBe(404);
    expect((await send(first, HELLO)).status).toBe(400);
  });
});
