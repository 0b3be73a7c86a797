// A server of your own on @modelcontextprotocol/sdk 1.x: the tools of pgmcp are plain values, put beside yours.
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { CallToolRequestSchema, type CallToolResult, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { embedTools, type Services } from '@pgmcp/server';

const greet = {
  name: 'greet',
  title: 'Greet',
  inputSchema: { type: 'object' as const, properties: { name: { type: 'string' } }, required: ['name'] },
};

/** A server of your own on SDK 1.x, with a tool of yours beside those of pgmcp. */
export function yourServer(services: Services): Server {
  const postgres = embedTools(services);
  const server = new Server({ name: 'yours', version: '1.0.0' }, { capabilities: { tools: {} } });
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: [greet, ...postgres.list()] }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, { signal }) => {
    if (params.name === 'greet') {
      return { content: [{ type: 'text', text: `Hello ${params.arguments?.['name']}, from your own tool.` }] };
    }
    return (await postgres.call(params.name, params.arguments ?? {}, { signal })) as CallToolResult;
  });
  return server;
}
