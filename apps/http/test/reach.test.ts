import { createServerFactory } from '@pgmcp/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AuthorizationServer, startAuthorizationServer } from './authorization-server.ts';
import { startStack } from './http-stack.ts';
import { connection, mcpRequest } from './mcp-request.ts';

/** Two databases that nobody answers for: what a caller may not name is refused before they are asked. */
const DATABASES = JSON.stringify(
  ['sales', 'payroll'].map((name) => ({ name, url: 'postgresql://nobody@127.0.0.1:1/none' })),
);

describe('a token that names its databases', () => {
  let issuer: AuthorizationServer;
  let server: Awaited<ReturnType<typeof startStack>>;
  beforeAll(async () => {
    issuer = await startAuthorizationServer();
    server = await startStack(
      {
        DATABASE_URL: '',
        PG_MCP_DATABASES: DATABASES,
        PG_MCP_HTTP_SESSIONS: 'true',
        PG_MCP_AUTH_ISSUER: issuer.issuer,
        PG_MCP_AUTH_DATABASES_CLAIM: 'databases',
        PG_MCP_HTTP_PUBLIC_URL: 'https://pgmcp.example.com',
      },
      (services) => createServerFactory(services, { lasts: true }),
    );
  });
  afterAll(async () => {
    await server?.close();
    await issuer?.close();
  });

  async function post(databases: readonly string[], body: object, headers: Record<string, string>) {
    const authorization = `Bearer ${await issuer.token({ claims: { databases } })}`;
    const request = mcpRequest({ jsonrpc: '2.0', id: 1, ...body }, { authorization, ...headers });
    return server.stack.app.fetch(request, connection());
  }

  it('reaches no other in a session that an earlier token began', async () => {
    const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } };
    const begun = await post(['sales', 'payroll'], { method: 'initialize', params }, {});
    const session = begun.headers.get('mcp-session-id') ?? '';
    await begun.text();
    const list = { method: 'tools/call', params: { name: 'list_tables', arguments: { database: 'payroll' } } };
    const headers = { 'mcp-session-id': session, 'mcp-protocol-version': '2025-11-25' };
    const before = await post(['payroll', 'sales'], list, headers);
    expect(before.status).toBe(200);
    expect(await before.text()).toContain('CONNECTION_ERROR');
    const after = await post(['sales'], list, headers);
    expect(after.status).toBe(404);
  });

  it('hears of no other, not even that it is there', async () => {
    const wanted = ['schema://sales', 'schema://payroll', 'schema://payroll/public/salaries', 'diagram://payroll'];
    const response = await post(
      ['sales'],
      {
        method: 'subscriptions/listen',
        params: {
          notifications: { resourceSubscriptions: wanted },
          _meta: {
            'io.modelcontextprotocol/protocolVersion': '2026-07-28',
            'io.modelcontextprotocol/clientCapabilities': {},
          },
        },
      },
      { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'subscriptions/listen' },
    );
    expect(response.status).toBe(200);
    for (const uri of wanted) server.stack.bus.publish({ kind: 'resource_updated', uri });
    await server.stack.endSubscriptions();
    const text = await response.text();
    expect(text).toContain('"uri":"schema://sales"');
    expect(text).not.toContain('payroll');
  });
});
