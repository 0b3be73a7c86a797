import { startScriptedModel } from '@pgmcp/testing';
import { useDatabase } from '@pgmcp/testing/vitest';
import { describe, expect, it } from 'vitest';
import { errorOf, startServer, WAYS } from './running-server.ts';

const database = useDatabase();

describe.each(WAYS)('limits for a $era client over $transport', (way) => {
  it('refuse the call above the minute, and say when to try again', async () => {
    const server = await startServer(way, {
      DATABASE_URL: database.url,
      PG_MCP_RATE_LIMIT_ENABLED: 'true',
      PG_MCP_RATE_LIMIT_REQUESTS_PER_MINUTE: '3',
    });
    try {
      for (let n = 0; n < 3; n += 1) {
        expect((await server.client.callTool('execute_query', { sql: 'SELECT 1' })).isError).toBe(false);
      }
      const above = server.client.callTool('execute_query', { sql: 'SELECT 1' });
      if (way.transport === 'http') {
        // Refused before any work, with the status that balancers and clients know: 429.
        await expect(above).rejects.toThrow(/RATE_LIMIT_EXCEEDED.*"maximum":3|Try again in \d+ s.*RATE_LIMIT_EXCEEDED/);
      } else {
        const error = errorOf(await above);
        expect(error).toMatchObject({ code: 'RATE_LIMIT_EXCEEDED', retryable: true, details: { maximum: 3 } });
        expect(error.message).toMatch(/Try again in \d+ s/);
      }
      expect((await server.client.listTools()).length).toBeGreaterThan(0);
    } finally {
      await server.close();
    }
  });

  it('charge the tokens of the model to the minute', async () => {
    const model = await startScriptedModel();
    const server = await startServer(way, {
      DATABASE_URL: database.url,
      PG_MCP_RATE_LIMIT_ENABLED: 'true',
      PG_MCP_RATE_LIMIT_OPENAI_TOKENS_PER_MINUTE: '1000',
      PG_MCP_OPENAI_MODEL: 'scripted',
      PG_MCP_OPENAI_BASE_URL: model.baseUrl,
    });
    try {
      const content = JSON.stringify({ status: 'answer', sql: 'SELECT 1 AS one', interpretation: 'One.' });
      model.reply({ content, usage: { promptTokens: 1500, completionTokens: 10 } });
      expect((await server.client.callTool('query', { question: 'One?' })).isError).toBe(false);
      const refused = await server.client.callTool('query', { question: 'One more?' });
      expect(errorOf(refused)).toMatchObject({
        code: 'RATE_LIMIT_EXCEEDED',
        details: { limit: 'model_tokens_per_minute', maximum: 1000 },
      });
      expect(model.requests).toHaveLength(1);
    } finally {
      await server.close();
      await model.close();
    }
  });
});
