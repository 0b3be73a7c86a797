// The SDK's own floor over HTTP: one tool that answers a constant, in the same web framework and on the same SDK that pgmcp uses.
import { serve } from '@hono/node-server';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { Hono } from 'hono';
import { z } from 'zod';

const inputSchema = z.strictObject({ sql: z.string() });
const handler = createMcpHandler(
  () => {
    const server = new McpServer({ name: 'floor', version: '0' });
    server.registerTool('execute_query', { inputSchema }, () => ({
      content: [{ type: 'text', text: '{"rows":[[1]]}' }],
      structuredContent: { rows: [[1]] },
    }));
    return server;
  },
  { responseMode: 'sse' },
);
const app = new Hono();
app.all('/mcp', (context) => handler.fetch(context.req.raw));
serve({ fetch: app.fetch, hostname: '127.0.0.1', port: Number(process.env.PORT) });
