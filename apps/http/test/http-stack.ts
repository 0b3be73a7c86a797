import { McpServer, type McpServerFactory, requireScopes } from '@modelcontextprotocol/server';
import { createLogger, createServices, loadConfiguration, type Services } from '@pgmcp/server';
import { composeHttp } from '../src/compose.ts';
import { connection, mcpRequest } from './mcp-request.ts';

type Once = (event: string, end: () => void) => void;

/**
 * The public listener of this app over tools of a test: `whoami` tells the caller, `change` needs `db:write`.
 *
 * @param makeFactory other tools, such as the server's own
 */
export async function startStack(
  environment: Record<string, string>,
  makeFactory: (services: Services) => McpServerFactory = fixtureFactory,
) {
  const configuration = loadConfiguration({
    environment: { DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none', ...environment },
  });
  const services: Services = await createServices(configuration, { logger: createLogger({ level: 'silent' }) });
  const stack = composeHttp(services, makeFactory(services));
  /** Sends a message; `once` hears who waits for the end of the answer. */
  const post = async (
    message: unknown,
    headers: Readonly<Record<string, string>>,
    { peer = '127.0.0.1', once }: { readonly peer?: string | undefined; readonly once?: Once } = {},
  ): Promise<Response> => {
    const outgoing = once && { once };
    return stack.app.fetch(mcpRequest(message, headers), connection({ peer, outgoing }));
  };
  return {
    stack,
    services,
    /** Calls a tool as a 2025-era client without a session does, from `peer`. */
    async call(tool: string, headers: Record<string, string> = {}, peer?: string, input = {}) {
      const params = { name: tool, arguments: input };
      const response = await post({ jsonrpc: '2.0', id: 1, method: 'tools/call', params }, headers, { peer });
      const body = await response.text();
      const text = /"text":"((?:[^"\\]|\\.)*)"/.exec(body)?.[1];
      return {
        status: response.status,
        headers: response.headers,
        body,
        /** What the tool says in its text; `whoami` tells the caller. */
        caller: text === undefined ? undefined : JSON.parse(JSON.parse(`"${text}"`)),
      };
    },
    /** Calls a tool several times in one message, which revisions until 2025-03-26 have. */
    async batch(size: number): Promise<Response> {
      const message = { jsonrpc: '2.0', method: 'tools/call', params: { name: 'whoami', arguments: {} } };
      const messages = Array.from({ length: size }, (_, id) => ({ ...message, id }));
      const ended: (() => void)[] = [];
      const response = await post(
        messages,
        { 'mcp-protocol-version': '2025-03-26' },
        { once: (_, end) => ended.push(end) },
      );
      await response.text();
      for (const end of ended) end();
      return response;
    },
    /** Subscribes as a client of 2026 does. The answer stays open until the stack is closed. */
    async subscribe(
      id: number,
      headers: Record<string, string> = {},
      closes: (close: () => void) => void = () => undefined,
    ): Promise<Response> {
      const method = 'subscriptions/listen';
      const params = {
        notifications: { toolsListChanged: true },
        _meta: {
          'io.modelcontextprotocol/protocolVersion': '2026-07-28',
          'io.modelcontextprotocol/clientCapabilities': {},
        },
      };
      return post(
        { jsonrpc: '2.0', id, method, params },
        { 'mcp-protocol-version': '2026-07-28', 'mcp-method': method, ...headers },
        // The client stays until the test says otherwise.
        { once: (_, close) => closes(close) },
      );
    },
    async close() {
      await stack.close();
      await services.close();
    },
  };
}

function fixtureFactory(services: Services): McpServerFactory {
  return ({ authInfo }) => {
    const server = new McpServer({ name: 'fixture', version: '1' }, { capabilities: { tools: {} } });
    const text = () => ({ content: [{ type: 'text' as const, text: JSON.stringify(describe(services, authInfo)) }] });
    server.registerTool('whoami', { description: 'Who calls.' }, text);
    server.registerTool('change', { description: 'Needs more.', scopeChallenge: requireScopes('db:write') }, text);
    return server;
  };
}

function describe(services: Services, authInfo: Parameters<Services['callerOf']>[0]) {
  const { scopes, ...caller } = services.callerOf(authInfo);
  return { ...caller, scopes: scopes === 'all' ? 'all' : [...scopes] };
}
