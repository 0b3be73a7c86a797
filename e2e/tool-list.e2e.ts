import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { expect, it } from 'vitest';
import { startServer } from './running-server.ts';

it('the list of tools costs at most 2,000 tokens and needs no database', async () => {
  const server = await startServer(
    { transport: 'stdio', era: 'modern' },
    { DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none' },
  );
  try {
    const { tools } = await server.client.request('tools/list');
    expect(encode(JSON.stringify(tools)).length).toBeLessThanOrEqual(2_000);
  } finally {
    await server.close();
  }
});
