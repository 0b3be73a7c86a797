import { connectMcpClient, embedText, type ScriptedModel, startScriptedModel } from '@pgmcp/testing';
import { type PgvectorServer, startPgvectorServer } from '@pgmcp/testing/pgvector';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorOf, startServer, WAYS } from './running-server.ts';

const DIMENSIONS = 128;
const TEXTS = ['red running shoes', 'a tent for the mountains', 'an umbrella against the rain'];

describe('semantic_search of the built server', () => {
  let model: ScriptedModel;
  let database: PgvectorServer;

  beforeAll(async () => {
    model = await startScriptedModel();
    database = await startPgvectorServer();
    await database.prepare(`CREATE TABLE articles (id integer PRIMARY KEY, body text, meaning vector(${DIMENSIONS}))`);
    for (const [id, text] of TEXTS.entries()) {
      const vector = `[${embedText(text, DIMENSIONS).join(',')}]`;
      await database.prepare('INSERT INTO articles VALUES ($1, $2, $3)', [id, text, vector]);
    }
  }, 60_000);
  afterAll(async () => {
    await database?.stop();
    await model?.close();
  });

  it.each(WAYS)('finds by meaning for a $era client over $transport, and refuses with the cure', async (way) => {
    const server = await startServer(way, {
      PG_MCP_DATABASE_URL: database.url,
      PG_MCP_SERVER_TOOLSETS: 'default,search',
      PG_MCP_EMBEDDINGS_MODEL: 'embed-small',
      PG_MCP_EMBEDDINGS_BASE_URL: model.baseUrl,
      PG_MCP_EMBEDDINGS_DIMENSIONS: String(DIMENSIONS),
    });
    try {
      const about = { query: 'tents and mountains', table: 'articles' };
      const found = await server.client.callTool<{ rows: unknown[][] }>('semantic_search', {
        ...about,
        column: 'meaning',
        text_column: 'body',
        limit: 1,
      });
      expect(found.isError, found.text).toBe(false);
      expect(JSON.parse(found.text)).toEqual(found.structuredContent);
      expect(found.structuredContent.rows).toEqual([[1, TEXTS[1], expect.any(Number)]]);
      const refused = await server.client.callTool('semantic_search', { ...about, column: 'body' });
      expect(errorOf(refused)).toMatchObject({
        code: 'VALIDATION_ERROR',
        message: expect.stringContaining('Its vector columns: meaning.'),
      });
      // The endpoint takes its time: the client hears early that the call is under way, and the request ends with the call.
      model.failEmbeddings({ status: 500, delayMs: 60_000 });
      const asked = model.requests.length;
      const cancelling = new AbortController();
      const leaves = way.transport === 'http' && way.era === 'legacy' && server.url !== undefined;
      const client = leaves ? await connectMcpClient({ era: way.era, url: server.url ?? '' }) : server.client;
      const messages: unknown[] = [];
      const call = client
        .callTool(
          'semantic_search',
          { query: 'something never embedded before', table: 'articles', column: 'meaning' },
          { signal: cancelling.signal, timeoutMs: 100_000, onProgress: ({ message }) => messages.push(message) },
        )
        .then(
          ({ isError }) => isError,
          () => true,
        );
      await expect.poll(() => messages.length, { timeout: 30_000 }).toBeGreaterThan(0);
      if (leaves) await client.close();
      else cancelling.abort();
      expect(await call).toBe(true);
      await expect.poll(() => model.requests[asked]?.abandoned, { timeout: 10_000 }).toBe(true);
    } finally {
      await server.close();
    }
  });

  it.each(WAYS)('cuts what is beyond the caps for a $era client over $transport', async (way) => {
    const server = await startServer(way, {
      PG_MCP_DATABASE_URL: database.url,
      PG_MCP_SERVER_TOOLSETS: 'search',
      PG_MCP_SERVER_MAX_RESULT_ROWS: '2',
      PG_MCP_SERVER_MAX_CELL_CHARACTERS: '100',
      PG_MCP_SERVER_MAX_RESULT_TOKENS: '1000',
      PG_MCP_EMBEDDINGS_MODEL: 'embed-small',
      PG_MCP_EMBEDDINGS_BASE_URL: model.baseUrl,
      PG_MCP_EMBEDDINGS_DIMENSIONS: String(DIMENSIONS),
    });
    try {
      const found = await server.client.callTool<Record<string, unknown>>('semantic_search', {
        query: 'tents and mountains',
        table: 'articles',
        column: 'meaning',
        limit: 100,
      });
      expect(found.isError, found.text).toBe(false);
      expect(found.structuredContent).toMatchObject({
        row_count: 2,
        notice: expect.stringMatching(/limit 100 was lowered/),
      });
    } finally {
      await server.close();
    }
  });
});
