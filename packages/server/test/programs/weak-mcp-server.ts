/** An MCP server as careless as many are: it looks for a first word and sends the text by the simple protocol, as superuser. */
import { McpServer } from '@modelcontextprotocol/server';
import { StdioServerTransport } from '@modelcontextprotocol/server/stdio';
import pg from 'pg';
import { z } from 'zod';

const client = new pg.Client({ connectionString: process.env['DATABASE_URL'] });
client.on('error', () => process.exit(1));
await client.connect();
await client.query("SET statement_timeout = '200ms'");
const server = new McpServer({ name: 'weak', version: '1.0.0' });
server.registerTool('run_query', { inputSchema: z.object({ query: z.string() }) }, async ({ query }) => {
  if (!/^\s*(?:select|with|explain|show|begin)/i.test(query))
    return { isError: true, content: [{ type: 'text', text: 'Only SELECT' }] };
  if (query.includes('pg_ls_dir')) process.exit(3);
  try {
    const result = await client.query(query);
    return { content: [{ type: 'text', text: JSON.stringify(result.rows ?? []).slice(0, 100) }] };
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    return { isError: true, content: [{ type: 'text', text: (error as Error).message }] };
  }
});
await server.connect(new StdioServerTransport());
