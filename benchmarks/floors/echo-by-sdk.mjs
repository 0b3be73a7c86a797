// The SDK's own floor: one tool that answers a constant, on the same SDK that pgmcp uses.
import { McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { z } from 'zod';

const inputSchema = z.strictObject({ sql: z.string() });
serveStdio(() => {
  const server = new McpServer({ name: 'floor', version: '0' });
  server.registerTool('execute_query', { inputSchema }, () => ({
    content: [{ type: 'text', text: '{"rows":[[1]]}' }],
    structuredContent: { rows: [[1]] },
  }));
  return server;
});
