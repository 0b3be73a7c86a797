// A server of your own on @modelcontextprotocol/server (protocol 2026-07-28 and before): the factory of pgmcp makes the server, you add to it.
import type { McpServerFactory } from '@modelcontextprotocol/server';
import { createServerFactory, type Services } from '@pgmcp/server';
import { z } from 'zod';

const inputSchema = z.strictObject({ name: z.string() });

/** For `serveStdio(factory)` or `createMcpHandler(factory)`. */
export function yourFactory(services: Services): McpServerFactory {
  const factory = createServerFactory(services);
  return (context) => {
    const server = factory(context);
    server.registerTool('greet', { title: 'Greet', inputSchema }, ({ name }) => ({
      content: [{ type: 'text', text: `Hello ${name}, from your own tool.` }],
    }));
    return server;
  };
}
