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
