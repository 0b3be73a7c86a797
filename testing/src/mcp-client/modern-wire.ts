import {
  Client,
  type JSONRPCMessage,
  type StandardSchemaV1,
  StreamableHTTPClientTransport,
} from '@modelcontextprotocol/client';
import { type McpCalls, toToolResult } from './mcp-test-client.ts';
import type { MessagePipe } from './server-process.ts';
import { createStdioTransport } from './stdio-transport.ts';
import {
  clientInfo,
  defaultTimeoutMs,
  type ElicitedQuestion,
  type OnElicit,
  requestOptions,
  type ServerAddress,
  type Wire,
} from './wire.ts';

/** The revision without sessions. Pinned: a server that does not offer it is an error, not a reason to fall back. */
const revision = '2026-07-28';

/** A client of the SDK's current line. */
export function modernWire(server: MessagePipe | ServerAddress, onElicit?: OnElicit): Wire {
  const client = new Client(clientInfo, {
    versionNegotiation: { mode: { pin: revision } },
    ...(onElicit !== undefined && { capabilities: { elicitation: { form: {} } } }),
  });
  if (onElicit !== undefined) {
    client.setRequestHandler('elicitation/create', async ({ params }) => onElicit(params as ElicitedQuestion));
  }
  const transport =
    'process' in server
      ? createStdioTransport<JSONRPCMessage>(server)
      : new StreamableHTTPClientTransport(new URL(server.url), { requestInit: { headers: { ...server.headers } } });
  const options = { timeout: defaultTimeoutMs };
  const updatedResources: string[] = [];
  client.setNotificationHandler(
    'notifications/resources/updated',
    ({ params }) => void updatedResources.push(params.uri),
  );
  const calls = (): McpCalls => ({
    protocolVersion: client.getNegotiatedProtocolVersion() ?? '',
    serverInfo: client.getServerVersion(),
    capabilities: { ...client.getServerCapabilities() },
    instructions: client.getInstructions(),
    // Without parameters the client walks through the pages by itself.
    listTools: async () => (await client.listTools(undefined, options)).tools,
    callTool: async (name, args = {}, callOptions) =>
      toToolResult(await client.callTool({ name, arguments: { ...args } }, requestOptions(callOptions))),
    listResources: async () => (await client.listResources(undefined, options)).resources,
    listResourceTemplates: async () => (await client.listResourceTemplates(undefined, options)).resourceTemplates,
    readResource: (uri) => client.readResource({ uri }, options),
    listPrompts: async () => (await client.listPrompts(undefined, options)).prompts,
    complete: async (ref, argument) => (await client.complete({ ref, argument }, options)).completion.values,
    subscribe: async (uris) => void (await client.listen({ resourceSubscriptions: [...uris] }, options)),
    updatedResources,
    request: (method, params = {}) => client.request({ method, params }, anyObject, options),
  });
  return { connect: () => client.connect(transport, options), calls, close: () => client.close() };
}

/** A schema that lets every result through as it came. */
const anyObject: StandardSchemaV1<Record<string, unknown>> = {
  '~standard': { version: 1, vendor: 'pgmcp', validate: (value) => ({ value: value as Record<string, unknown> }) },
};
