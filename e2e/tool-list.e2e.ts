import { listedSchemas, TOOLS } from '@pgmcp/server';
import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { expect, it } from 'vitest';
import { startServer } from './running-server.ts';

it.each([
  ['default', 2_000],
  ['all', 6_000],
])('the list of tools of the toolsets "%s" costs at most %i tokens and needs no database', async (toolsets, most) => {
  const server = await startServer(
    { transport: 'stdio', era: 'modern' },
    { DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none', PG_MCP_SERVER_TOOLSETS: toolsets },
  );
  try {
    const { tools } = await server.client.request('tools/list');
    expect(encode(JSON.stringify(tools)).length).toBeLessThanOrEqual(most);
  } finally {
    await server.close();
  }
});

it('lists the schemas that the tools are written with, though a build has rendered them before', async () => {
  const server = await startServer(
    { transport: 'stdio', era: 'modern' },
    {
      DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none',
      PG_MCP_SERVER_TOOLSETS: 'all',
      PG_MCP_SECURITY_MODE: 'admin',
    },
  );
  try {
    const { tools } = (await server.client.request('tools/list')) as {
      readonly tools: readonly {
        readonly name: string;
        readonly inputSchema: unknown;
        readonly outputSchema: unknown;
      }[];
    };
    expect(tools.length).toBeGreaterThan(20);
    for (const { name, inputSchema, outputSchema } of tools) {
      const tool = TOOLS.find((known) => known.name === name);
      if (tool === undefined) throw new Error(`${name} is no tool.`);
      const { input, output } = listedSchemas(tool);
      expect(inputSchema, name).toMatchObject(input);
      expect(outputSchema, name).toMatchObject(output);
    }
  } finally {
    await server.close();
  }
});
