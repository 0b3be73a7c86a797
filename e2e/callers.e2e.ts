import { type ScriptedModel, startScriptedModel } from '@pgmcp/testing';
import { useDatabase } from '@pgmcp/testing/vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AuthorizationServer, startAuthorizationServer } from '../apps/http/test/authorization-server.ts';
import { type HttpServer, startHttpServer } from './running-server.ts';
import { callTool, send, type WireCaller, type WireReply } from './wire-call.ts';

const database = useDatabase();
const RESOURCE = 'https://pgmcp.example.com';
/** A read that takes as long as it is let. */
const SLOW = 'SELECT count(*) FROM generate_series(1, 900000) AS a, generate_series(1, 20) AS b';

/** Two callers with tokens of a real authorization server, one of whom knows everything that the other was given. */
describe('a caller who knows what another was given', () => {
  let issuer: AuthorizationServer;
  let model: ScriptedModel;
  let server: HttpServer;
  let acme: WireCaller;
  let globex: WireCaller;
  const as = async (client: string, claims: Record<string, unknown> = {}): Promise<WireCaller> => {
    const token = await issuer.token({ client, scope: 'db:read db:write', claims });
    return { url: server.url, headers: { authorization: `Bearer ${token}` } };
  };
  beforeAll(async () => {
    const admin = await database.connect();
    await admin.query(
      'CREATE TABLE notes (id int PRIMARY KEY, note text); INSERT INTO notes SELECT n, md5(n::text) FROM generate_series(1, 3000) n',
    );
    await admin.end();
    issuer = await startAuthorizationServer();
    model = await startScriptedModel({ apiKey: 'sk-of-a-test' });
    server = await startHttpServer({
      PG_MCP_DATABASE_NAME: 'shop',
      PG_MCP_DATABASE_URL: database.url,
      PG_MCP_SECURITY_MODE: 'standard',
      PG_MCP_SERVER_TOOLSETS: 'all',
      PG_MCP_SERVER_MAX_RESULT_ROWS: '10',
      PG_MCP_HTTP_SESSIONS: 'true',
      PG_MCP_HTTP_PUBLIC_URL: RESOURCE,
      PG_MCP_AUTH_ISSUER: issuer.issuer,
      PG_MCP_OPENAI_API_KEY: 'sk-of-a-test',
      PG_MCP_OPENAI_MODEL: 'scripted',
      PG_MCP_OPENAI_BASE_URL: model.baseUrl,
      PG_MCP_CONNECTIONS_ALLOWED_HOSTS: `127.0.0.1:${database.port}`,
      PG_MCP_CONNECTIONS_REQUIRE_TLS: 'false',
    });
    [acme, globex] = await Promise.all([as('acme'), as('globex')]);
  });
  afterAll(async () => {
    await server?.stop();
    await Promise.all([issuer?.close(), model?.close()]);
  });

  const codeOf = ({ error }: WireReply) => error?.code;
  /** The same words as for what never was: nothing tells that it is there. */
  const sameRefusal = (foreign: WireReply, unknown: WireReply, id: string, random: string) =>
    expect({ code: codeOf(foreign), message: foreign.error?.message.replaceAll(id, '#') }).toEqual({
      code: codeOf(unknown),
      message: unknown.error?.message.replaceAll(random, '#'),
    });

  it('reads no result, and ends no query of it', async () => {
    const started = await callTool(acme, 'start_query', { sql: 'SELECT note FROM notes' });
    const id = String(started.structured?.['query_id']);
    const random = `${id.slice(0, -6)}AAAAAA`;
    for (const stranger of [globex, await as('acme', { tenant: 'initech' })]) {
      for (const tool of ['get_query_result', 'cancel_query']) {
        const foreign = await callTool(stranger, tool, { query_id: id });
        expect(foreign.error, tool).toBeDefined();
        sameRefusal(foreign, await callTool(stranger, tool, { query_id: random }), id, random);
      }
      for (const uri of [`result://${id}/json/1`, `result://${id}/csv/1`]) {
        const foreign = await send(stranger, 'resources/read', { uri });
        expect(foreign.error, uri).toBeDefined();
        expect(JSON.stringify(foreign.messages)).not.toMatch(/[0-9a-f]{32}/);
      }
    }
    const own = await callTool(acme, 'get_query_result', { query_id: id, wait_seconds: 10 });
    expect(own.structured).toMatchObject({ columns: expect.anything(), rows: expect.any(Array) });
  });

  it('commits nothing by its confirmation token, and does not use it up', async () => {
    const queries = [{ sql: "UPDATE notes SET note = 'changed' WHERE id = 1" }];
    const preview = await callTool(acme, 'execute_transaction', { queries });
    const token = preview.structured?.['confirmation_token'];
    const confirm = (caller: WireCaller) =>
      callTool(caller, 'execute_transaction', { queries, confirmation_token: token });
    for (const stranger of [globex, await as('acme', { tenant: 'initech' })])
      expect(codeOf(await confirm(stranger))).toBe('CONFIRMATION_INVALID');
    // Used once, however often it comes at once.
    const answers = await Promise.all([1, 2, 3, 4].map(() => confirm(acme)));
    expect(answers.filter(({ structured }) => structured?.['status'] === 'committed')).toHaveLength(1);
    expect(answers.filter((answer) => codeOf(answer) === 'CONFIRMATION_INVALID')).toHaveLength(3);
  });

  it('takes over no session', async () => {
    const begin = await send({ ...acme, revision: '2025-11-25' }, 'initialize', {
      protocolVersion: '2025-11-25',
      capabilities: {},
      clientInfo: { name: 'client', version: '1' },
    });
    const session = begin.headers.get('mcp-session-id') ?? '';
    expect(session).not.toBe('');
    const within = (caller: WireCaller): WireCaller => ({
      ...caller,
      revision: '2025-11-25',
      headers: { ...caller.headers, 'mcp-session-id': session },
    });
    const query = { sql: 'SELECT 1' };
    expect((await callTool(within(globex), 'execute_query', query)).status).toBe(404);
    for (const method of ['GET', 'DELETE']) {
      const headers = { ...within(globex).headers, accept: 'text/event-stream' };
      expect((await fetch(server.url, { method, headers })).status, method).toBe(404);
    }
    expect((await callTool(within(acme), 'execute_query', query)).structured?.['rows']).toEqual([[1]]);
  });

  it('cancels no call of it by its id, in or out of its session', async () => {
    const slow = callTool(acme, 'execute_query', { sql: `${SLOW} -- acme` }, { id: 'the-same' });
    const cancel = { requestId: 'the-same', reason: 'not yours' };
    for (let turn = 0; turn < 5; turn += 1) {
      await send(globex, 'notifications/cancelled', cancel, { id: null });
      await send({ ...globex, revision: '2025-11-25' }, 'notifications/cancelled', cancel, { id: null });
    }
    expect((await slow).structured?.['rows']).toEqual([[18_000_000]]);
  });

  it('is answered its own, when ids and progress tokens are the same at the same time', async () => {
    const both = [acme, globex].map((caller, index) =>
      Promise.all(
        Array.from({ length: 10 }, (_, turn) =>
          callTool(
            caller,
            'execute_query',
            { sql: `SELECT ${index * 1_000 + turn} AS mine, count(*) FROM generate_series(1, 200000)` },
            { id: turn, progressToken: `token-${turn}` },
          ),
        ),
      ),
    );
    for (const [index, replies] of (await Promise.all(both)).entries()) {
      for (const [turn, { structured, messages }] of replies.entries()) {
        expect(structured?.['rows']).toEqual([[index * 1_000 + turn, expect.anything()]]);
        expect(messages.at(-1)?.id).toBe(turn);
        for (const { params } of messages.slice(0, -1)) expect(params?.['progressToken']).toBe(`token-${turn}`);
      }
    }
  });

  it('sees nothing of it in history and slow queries', async () => {
    await callTool(acme, 'execute_query', { sql: 'SELECT note AS known_to_acme_alone FROM notes WHERE id = 2' });
    const own = await callTool(acme, 'get_query_history', {});
    expect(JSON.stringify(own.structured)).toContain('known_to_acme_alone');
    for (const tool of ['get_query_history', 'get_slow_queries', 'get_metrics']) {
      for (const input of [{}, { all_callers: true }]) {
        const { structured, error } = await callTool(globex, tool, input);
        expect(structured ?? error, tool).toBeDefined();
        expect(JSON.stringify([structured, error])).not.toContain('known_to_acme_alone');
      }
    }
  });

  it('is answered by no statement that it confirmed', async () => {
    const question = 'How many notes has the zebra project?';
    const sql = 'SELECT count(*) AS zebra_notes FROM notes WHERE id = 2';
    expect((await callTool(acme, 'confirm_answer', { question, sql })).structured).toMatchObject({ status: 'example' });
    const shown = async (caller: WireCaller) => {
      model.reset();
      model.reply(
        JSON.stringify({
          sql: 'SELECT count(*) FROM notes',
          interpretation: '',
          assumptions: [],
          tables: ['public.notes'],
        }),
      );
      const answer = await callTool(caller, 'query', { question: 'How many notes has the zebra project by now?' });
      expect(answer.structured, JSON.stringify(answer.error)).toMatchObject({ status: 'answered' });
      expect(model.requests).toHaveLength(1);
      return JSON.stringify(model.requests[0]?.body);
    };
    expect(await shown(acme)).toContain('zebra_notes');
    for (const stranger of [globex, await as('acme', { tenant: 'initech' })])
      expect(await shown(stranger)).not.toContain('zebra_notes');
  });

  it('reaches no connection that it added, and may use the name', async () => {
    const { hostname, port, username, password, pathname } = new URL(database.url);
    const wanted = {
      name: 'mine',
      host: hostname === 'localhost' ? '127.0.0.1' : hostname,
      port: Number(port),
      database: pathname.slice(1),
      user: username,
      password: decodeURIComponent(password) || 'none',
      ssl_mode: 'disable',
    };
    expect((await callTool(acme, 'add_connection', wanted)).structured).toMatchObject({ status: 'added' });
    expect((await callTool(globex, 'list_connections', {})).structured?.['connections']).toEqual([]);
    for (const [tool, input] of [
      ['execute_query', { sql: 'SELECT 1', database: 'mine' }],
      ['list_tables', { database: 'mine' }],
      ['test_connection', { name: 'mine' }],
      ['remove_connection', { name: 'mine' }],
    ] as const) {
      const { error } = await callTool(globex, tool, input);
      expect(['UNKNOWN_DATABASE', 'CONNECTION_NOT_FOUND'], tool).toContain(error?.code);
    }
    expect(JSON.stringify((await callTool(globex, 'health_check', {})).structured)).not.toContain('mine');
    expect(JSON.stringify(await send(globex, 'resources/list', {}))).not.toContain('mine');
    expect((await callTool(globex, 'add_connection', wanted)).structured).toMatchObject({ status: 'added' });
    await callTool(globex, 'remove_connection', { name: 'mine' });
    const still = await callTool(acme, 'execute_query', { sql: 'SELECT 1', database: 'mine' });
    expect(still.structured?.['rows']).toEqual([[1]]);
  });

  it('hears by its subscriptions of the databases of all, and of no connection of another', async () => {
    const leave = new AbortController();
    const params = {
      notifications: { resourceSubscriptions: ['schema://shop', 'schema://theirs'] },
      _meta: {
        'io.modelcontextprotocol/protocolVersion': '2026-07-28',
        'io.modelcontextprotocol/clientCapabilities': {},
      },
    };
    const response = await fetch(server.url, {
      method: 'POST',
      signal: leave.signal,
      headers: {
        ...globex.headers,
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        'mcp-protocol-version': '2026-07-28',
        'mcp-method': 'subscriptions/listen',
      },
      body: JSON.stringify({ jsonrpc: '2.0', id: 'listening', method: 'subscriptions/listen', params }),
    });
    expect(response.status).toBe(200);
    let heard = '';
    const reading = (async () => {
      for await (const text of response.body?.pipeThrough(new TextDecoderStream()) ?? []) heard += text;
    })().catch(() => undefined);
    const { hostname, port, username, password, pathname } = new URL(database.url);
    const theirs = {
      host: hostname,
      port: Number(port),
      database: pathname.slice(1),
      user: username,
      ssl_mode: 'disable',
    };
    await callTool(acme, 'add_connection', {
      ...theirs,
      name: 'theirs',
      password: decodeURIComponent(password) || 'none',
    });
    for (const name of ['theirs', 'shop']) await callTool(acme, 'list_tables', { database: name });
    const admin = await database.connect();
    await admin.query('CREATE TABLE made_later (n int)');
    await admin.end();
    const sees = async (name: string) =>
      JSON.stringify((await callTool(acme, 'list_tables', { database: name })).structured).includes('made_later');
    for (const name of ['theirs', 'shop'])
      await expect.poll(() => sees(name), { timeout: 30_000, interval: 500 }).toBe(true);
    await expect.poll(() => heard, { timeout: 30_000 }).toContain('"uri":"schema://shop"');
    expect(heard).not.toContain('"uri":"schema://theirs"');
    leave.abort();
    await reading;
  });
});
