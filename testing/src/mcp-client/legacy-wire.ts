import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import {
  ElicitRequestSchema,
  type JSONRPCMessage,
  ResourceUpdatedNotificationSchema,
  ResultSchema,
} from '@modelcontextprotocol/sdk/types.js';
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

/** A client of the SDK's maintenance line, which speaks 2025-11-25 and knows no later revision. */
export function legacyWire(server: MessagePipe | ServerAddress, onElicit?: OnElicit): Wire {
  const client = new Client(clientInfo, { capabilities: onElicit === undefined ? {} : { elicitation: {} } });
  if (onElicit !== undefined) {
    client.setRequestHandler(ElicitRequestSchema, async ({ params }) => ({
      ...(await onElicit(params as ElicitedQuestion)),
    }));
  }
  let protocolVersion = '';
  const transport: Transport =
    'process' in server
      ? createStdioTransport<JSONRPCMessage>(server)
      : new StreamableHTTPClientTransport(new URL(server.url), { requestInit: { headers: { ...server.headers } } });
  // The client tells the negotiated version to nobody but its transport.
  const tell = transport.setProtocolVersion?.bind(transport);
  transport.setProtocolVersion = (version) => {
    protocolVersion = version;
    tell?.(version);
  };
  const options = { timeout: defaultTimeoutMs };
  const updatedResources: string[] = [];
  client.setNotificationHandler(
    ResourceUpdatedNotificationSchema,
    ({ params }) => void updatedResources.push(params.uri),
  );
  const calls = (): McpCalls => ({
    protocolVersion,
    serverInfo: client.getServerVersion(),
    capabilities: { ...client.getServerCapabilities() },
    instructions: client.getInstructions(),
    listTools: () =>
      everyPage(async (cursor) => {
        const page = await client.listTools({ cursor }, options);
        return { items: page.tools, nextCursor: page.nextCursor };
      }),
    callTool: async (name, args = {}, callOptions) => {
      const result = await client.callTool({ name, arguments: { ...args } }, undefined, requestOptions(callOptions));
      // Tasks of 2025-11-25 answer without content; a server that starts one unasked is wrong.
      if (!Array.isArray(result.content)) throw new Error(`The tool ${name} answered without content.`);
      return toToolResult({ ...result, isError: result.isError === true, content: result.content });
    },
    listResources: () =>
      everyPage(async (cursor) => {
        const page = await client.listResources({ cursor }, options);
        return { items: page.resources, nextCursor: page.nextCursor };
      }),
    listResourceTemplates: () =>
      everyPage(async (cursor) => {
        const page = await client.listResourceTemplates({ cursor }, options);
        return { items: page.resourceTemplates, nextCursor: page.nextCursor };
      }),
    readResource: (uri) => client.readResource({ uri }, options),
    listPrompts: () =>
      everyPage(async (cursor) => {
        const page = await client.listPrompts({ cursor }, options);
        return { items: page.prompts, nextCursor: page.nextCursor };
      }),
    complete: async (ref, argument) => (await client.complete({ ref, argument }, options)).completion.values,
    subscribe: async (uris) => {
      for (const uri of uris) await client.subscribeResource({ uri }, options);
    },
    updatedResources,
    request: (method, params = {}) => client.request({ method, params }, ResultSchema, options),
  });
  return { connect: () => client.connect(transport, options), calls, close: () => client.close() };
}

async function everyPage<Item>(
  read: (cursor: string | undefined) => Promise<{ items: Item[]; nextCursor: string | undefined }>,
): Promise<Item[]> {
  const all: Item[] = [];
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    all.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return all;
}
