import { randomUUID } from 'node:crypto';
import { embedText, type ScriptedModel, startScriptedModel } from '@pgmcp/testing';
import { type PgvectorServer, startPgvectorServer } from '@pgmcp/testing/pgvector';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabases } from '../src/databases.ts';
import { companionComment } from '../src/semantic/companion.ts';
import { writeSearch } from '../src/semantic/search-sql.ts';
import { findVectors } from '../src/semantic/vector-source.ts';
import { startCall } from '../src/start-call.ts';
import { semanticSearch } from '../src/tools/search/semantic-search.ts';
import { ARTICLES, DIMENSIONS, prepareArticles, vectorOf } from './articles.ts';
import { failure, type InProcess, startInProcess, succeed } from './in-process-client.ts';

let server: PgvectorServer;
let model: ScriptedModel;
beforeAll(async () => {
  model = await startScriptedModel();
  server = await startPgvectorServer();
  await prepareArticles(server);
}, 60_000);
afterAll(async () => {
  await server?.stop();
  await model?.close();
});

const start = (more: Record<string, string> = {}): Promise<InProcess> =>
  startInProcess({
    PG_MCP_DATABASE_URL: server.url,
    PG_MCP_DATABASE_NAME: 'shop',
    PG_MCP_SERVER_TOOLSETS: 'all',
    PG_MCP_EMBEDDINGS_MODEL: 'embed-small',
    PG_MCP_EMBEDDINGS_BASE_URL: model.baseUrl,
    PG_MCP_EMBEDDINGS_DIMENSIONS: String(DIMENSIONS),
    ...more,
  });

const articles = { table: 'Shop.Articles', column: 'Meaning' };

type Result = { columns: { name: string }[]; rows: unknown[][] };
const search = async ({ client }: InProcess, input: Record<string, unknown>) =>
  (await succeed(client, 'semantic_search', { ...articles, ...input })) as unknown as Result;
const ids = ({ rows }: Result) => rows.map(([id]) => Number(id));

describe('semantic_search on a vector column', () => {
  it('gives the nearest rows first, with their similarity in percent and without the vectors', async () => {
    const found = await search(await start(), { query: 'running shoes', limit: 3 });
    expect(found.columns.map(({ name }) => name)).toEqual(['id', 'body', 'kind', 'price', 'similarity_percent']);
    expect(ids(found).slice(0, 2)).toEqual([0, 1]);
    const similarities = found.rows.map((row) => row.at(-1) as number);
    expect(similarities).toEqual([...similarities].sort((a, b) => b - a));
    expect(similarities[0]).toBeGreaterThan(40);
    expect(similarities[0]).toBeLessThanOrEqual(100);
  });

  it('leaves out what is less similar than the threshold', async () => {
    const open = await search(await start(), { query: 'running shoes', limit: 6 });
    const [, second = 0] = open.rows.map((row) => row.at(-1) as number);
    const cut = await search(await start(), { query: 'running shoes', similarity_threshold: second - 0.1 });
    expect(ids(cut)).toEqual([0, 1]);
    expect(ids(await search(await start(), { query: ARTICLES[5][0], similarity_threshold: 99 }))).toEqual([5]);
  });

  it.each([
    ['=', [{ column: 'kind', value: 'camping' }], [2, 3]],
    ['in', [{ column: 'kind', op: 'in', value: ['camping', 'rain'] }], [2, 3, 5]],
    [
      'several conditions',
      [
        { column: 'price', op: '>=', value: 80 },
        { column: 'price', op: '<', value: '150' },
      ],
      [0, 1],
    ],
    ['like', [{ column: 'body', op: 'like', value: '%shoes%' }], [0, 1]],
    ['<>', [{ column: 'kind', op: '<>', value: 'camping' }], [0, 1, 4, 5]],
    ['is null', [{ column: 'price', op: 'is null' }], []],
  ])('filters by other columns: %s', async (_, filter, expected) => {
    expect(ids(await search(await start(), { query: 'mountain', filter })).sort()).toEqual(expected);
  });

  it('never makes SQL of a filter', async () => {
    const { client } = await start();
    const hostile = { column: 'kind', value: "x' OR true --" };
    expect(await search(await start(), { query: 'tent', filter: [hostile] })).toMatchObject({ rows: [] });
    for (const column of ['kind" = kind OR "kind', 'kind; DROP TABLE x', 'nothing']) {
      const error = await failure(client, 'semantic_search', {
        ...articles,
        query: 'tent',
        filter: [{ column, value: 'x' }],
      });
      expect(error).toMatchObject({ code: 'VALIDATION_ERROR', message: expect.stringContaining('has no column') });
    }
    const operator = [{ column: 'kind', op: '= kind OR 1 =', value: 1 }];
    expect((await failure(client, 'semantic_search', { ...articles, query: 'tent', filter: operator })).code).toBe(
      'VALIDATION_ERROR',
    );
  });

  it('joins the order by meaning and the order by words, so that a number is found', async () => {
    const inProcess = await start();
    const byBoth = await search(inProcess, { query: 'INV-2024-0815', text_column: 'body', limit: 2 });
    expect(ids(byBoth)[0]).toBe(4);
    const all = await search(inProcess, { query: 'mountain tent shoes', text_column: 'body', limit: 100 });
    expect(new Set(ids(all)).size).toBe(ARTICLES.length);
    const filtered = await search(inProcess, {
      query: 'mountain tent shoes',
      text_column: 'body',
      filter: [{ column: 'kind', value: 'shoes' }],
    });
    expect(ids(filtered).sort()).toEqual([0, 1]);
  });

  it('works for words that mean nothing to a text search', async () => {
    for (const query of ['a of !', '" or -x \\ :* & |', '日本語']) {
      expect(ids(await search(await start(), { query, text_column: 'body', limit: 1 }))).toHaveLength(1);
    }
  });

  it('orders by the distance of the index and shows cosine similarity all the same', async () => {
    const found = await search(await start(), { table: 'lengths', column: 'meaning', query: ARTICLES[2][0], limit: 1 });
    expect(found.rows).toEqual([[2, ARTICLES[2][0], 100]]);
  });
});

describe('semantic_search wherever pgvector is', () => {
  it('finds operators and types in the schema of the extension, and half-precision vectors', async () => {
    await server.prepare(`
      CREATE SCHEMA "Extensions";
      ALTER EXTENSION vector SET SCHEMA "Extensions";
      CREATE TABLE halves (id integer PRIMARY KEY, meaning "Extensions".halfvec(${DIMENSIONS}));
      CREATE INDEX ON halves USING hnsw (meaning "Extensions".halfvec_cosine_ops)`);
    try {
      await server.prepare('INSERT INTO halves VALUES (7, $1)', [vectorOf('tent')]);
      const inProcess = await start();
      const found = await search(inProcess, { table: 'halves', column: 'meaning', query: 'tent', limit: 1 });
      expect(found.rows).toEqual([[7, 100]]);
      expect(ids(await search(inProcess, { query: 'running shoes', limit: 1 }))).toEqual([0]);
    } finally {
      await server.prepare('ALTER EXTENSION vector SET SCHEMA public');
    }
  });
});

describe('semantic_search on a large table', () => {
  it('walks the index of the vectors, also behind a condition', async () => {
    await server.prepare(`
      CREATE TABLE many (id integer PRIMARY KEY, kind integer, meaning vector(8));
      INSERT INTO many SELECT n, n % 10, ARRAY(SELECT sin(n * d) FROM generate_series(1, 8) AS d)::vector FROM generate_series(1, 5000) AS n;
      CREATE INDEX ON many USING hnsw (meaning vector_cosine_ops);
      ANALYZE many`);
    const { services } = await start({ PG_MCP_EMBEDDINGS_DIMENSIONS: '8' });
    const [connected] = services.databases.all;
    if (!connected) throw new Error('There is no database.');
    const source = findVectors(await connected.catalog(), 'many', 'meaning');
    const written = writeSearch({
      source,
      columns: source.table.columns.slice(0, 2),
      vector: embedText('anything', 8),
      filter: [{ column: 'kind', op: '=', value: 3 }],
      limit: 10,
      threshold: undefined,
      words: undefined,
    });
    const { call } = startCall({
      tool: 'semantic_search',
      caller: { id: 'someone', scopes: 'all' },
      signal: new AbortController().signal,
      progress: () => undefined,
    });
    const plan = await services.executor.explain({ database: connected, ...written }, call);
    expect(JSON.stringify(plan)).toContain('many_meaning_idx');
  });
});

describe('semantic_search on a text column', () => {
  it('uses the embeddings table that belongs to it, by meaning and words', async () => {
    const found = await search(await start(), { table: 'notes', column: 'body', query: 'INV-2024-0815', limit: 1 });
    expect(found.rows).toEqual([[4, ARTICLES[4][0], expect.any(Number)]]);
    expect(found.columns.map(({ name }) => name)).toEqual(['id', 'body', 'similarity_percent']);
  });

  it('refuses embeddings of another model', async () => {
    const { client } = await start({ PG_MCP_EMBEDDINGS_MODEL: 'embed-large' });
    expect(await failure(client, 'semantic_search', { table: 'notes', column: 'body', query: 'tent' })).toMatchObject({
      code: 'VALIDATION_ERROR',
      message: expect.stringContaining('made by embed-small, and the configured model is embed-large'),
    });
  });
});

describe('semantic_search refuses, with the cure,', () => {
  it.each([
    ['an unknown table', { table: 'Article' }, /There is no table "Article"\. Did you mean .*Articles/],
    ['an unknown column', { column: 'Meanin' }, /has no column "Meanin"\. Did you mean Meaning/],
    [
      'a column without vectors',
      { column: 'price' },
      /neither a vector nor a text with embeddings\. Its vector columns: Meaning/,
    ],
    ['a text without embeddings', { column: 'body' }, /pgmcp embed Shop\.Articles body/],
    [
      'a vector of another length',
      { table: 'short_vectors', column: 'meaning' },
      /3 dimensions, and the model embed-small gives 256.*PG_MCP_EMBEDDINGS_DIMENSIONS/,
    ],
    ['words without a key', { table: 'without_key', column: 'meaning', text_column: 'body' }, /primary key/],
    ['words in numbers', { text_column: 'price' }, /words are matched in text columns only/],
    ['an empty query', { query: ' \n ' }, /is empty/],
    ['a query beyond the model', { query: 'x'.repeat(24_001) }, /24001 characters, and at most 24000/],
    ['a value where none belongs', { filter: [{ column: 'kind', op: 'is null', value: 1 }] }, /takes no value/],
    ['a missing value', { filter: [{ column: 'kind' }] }, /needs a value/],
    ['a percentage beyond 100', { similarity_threshold: 101 }, /similarity_threshold/],
    ['an unknown argument', { treshold: 10 }, /treshold/],
  ])('%s', async (_, input, message) => {
    const { client } = await start();
    const error = await failure(client, 'semantic_search', { ...articles, query: 'tent', ...input });
    expect(error.code).toBe('VALIDATION_ERROR');
    expect(`${error.message} ${JSON.stringify(error.details ?? {})}`).toMatch(message);
  });

  it('an endpoint that is overloaded, and says so', async () => {
    const { client } = await start({ PG_MCP_EMBEDDINGS_MAX_RETRIES: '0' });
    model.failEmbeddings({ status: 429, headers: { 'retry-after': '7' } });
    expect(await failure(client, 'semantic_search', { ...articles, query: 'tent' })).toMatchObject({
      code: 'OPENAI_ERROR',
      message: expect.stringContaining('embedding model answered 429'),
    });
  });

  it('a caller whose tokens are used up', async () => {
    const { client } = await start({ PG_MCP_RATE_LIMIT_OPENAI_TOKENS_PER_MINUTE: '1' });
    await succeed(client, 'semantic_search', { ...articles, query: 'a tent for the mountains' });
    expect(await failure(client, 'semantic_search', { ...articles, query: 'shoes' })).toMatchObject({
      code: 'RATE_LIMIT_EXCEEDED',
    });
  });
});

describe('semantic_search and policies', () => {
  it('shows no column that is hidden, and searches none', async () => {
    const { client } = await start({ PG_MCP_SECURITY_DENIED_COLUMNS: 'Shop.Articles.price' });
    const found = (await succeed(client, 'semantic_search', { ...articles, query: 'tent' })) as unknown as Result;
    expect(found.columns.map(({ name }) => name)).not.toContain('price');
    const filter = [{ column: 'price', op: '>', value: 1 }];
    expect((await failure(client, 'semantic_search', { ...articles, query: 'tent', filter })).code).toBe('UNSAFE_SQL');
  });

  it('searches no text that is hidden or masked, also where its embeddings could be read', async () => {
    const hidden = await start({ PG_MCP_SECURITY_DENIED_COLUMNS: 'public.notes.body' });
    const search = { table: 'notes', column: 'body', query: '!' };
    expect(await failure(hidden.client, 'semantic_search', search)).toMatchObject({ code: 'ACCESS_DENIED' });
    const masked = await start({ PG_MCP_SECURITY_MASKED_COLUMNS: 'public.notes.body' });
    expect(await failure(masked.client, 'semantic_search', search)).toMatchObject({ code: 'ACCESS_DENIED' });
    const denied = await start({ PG_MCP_SECURITY_DENIED_TABLES: 'public.notes_body_embeddings' });
    expect((await failure(denied.client, 'semantic_search', search)).code).toBe('VALIDATION_ERROR');
  });

  it('is not there without an embedding model', async () => {
    const { client } = await startInProcess({ DATABASE_URL: server.url, PG_MCP_SERVER_TOOLSETS: 'all' });
    expect((await client.listTools()).tools.map(({ name }) => name)).not.toContain('semantic_search');
  });
});

describe('semantic_search for tenants that row security keeps apart', () => {
  // Roles belong to the whole server, which may be shared.
  const reader = `reader_${randomUUID().slice(0, 8)}`;
  beforeAll(async () => {
    await server.prepare(`
      CREATE TABLE letters (id integer PRIMARY KEY, tenant text NOT NULL, body text);
      CREATE TABLE letters_body_embeddings (id integer PRIMARY KEY REFERENCES letters, embedding vector(${DIMENSIONS}));
      COMMENT ON TABLE letters_body_embeddings IS '${companionComment({ schema: 'public', table: 'letters', column: 'body', model: 'embed-small' })}';
      ALTER TABLE letters ENABLE ROW LEVEL SECURITY;
      CREATE POLICY own ON letters USING (tenant = current_setting('app.tenant', true));
      CREATE ROLE ${reader};
      GRANT SELECT ON letters, letters_body_embeddings TO ${reader}`);
    for (let id = 0; id < 40; id += 1) {
      const body = `letter ${id} about a secret merger`;
      await server.prepare('INSERT INTO letters VALUES ($1, $2, $3)', [id, id % 2 === 0 ? 'acme' : 'globex', body]);
      await server.prepare('INSERT INTO letters_body_embeddings VALUES ($1, $2)', [id, vectorOf(body)]);
    }
    await server.become(reader);
  });
  afterAll(async () => {
    await server.become('postgres');
    await server.prepare(`DROP OWNED BY ${reader}; DROP ROLE ${reader}`);
  });

  it.each([
    ['by meaning and words', 'secret merger letter'],
    ['by meaning alone', '!'],
  ])('never shows a tenant the neighbours of another: %s', async (_, query) => {
    const { services } = await start();
    const [database] = services.databases.all;
    if (!database) throw new Error('There is no database.');
    // As a database with isolation gives each caller's transaction its settings.
    const isolated = createDatabases(() => [
      { ...database, sessionOf: async ({ tenant }) => ({ settings: { 'app.tenant': tenant ?? '' } }) },
    ]);
    for (const [tenant, remainder] of [
      ['acme', 0],
      ['globex', 1],
    ] as const) {
      const { call } = startCall({
        tool: 'semantic_search',
        caller: { id: 'someone', tenant, scopes: 'all' },
        signal: new AbortController().signal,
        progress: () => undefined,
      });
      const input = { table: 'letters', column: 'body', query, limit: 100 };
      const context = {
        services: { ...services, databases: isolated },
        call,
        answer: { canAsk: false },
        attach: () => undefined,
      };
      const found = (await semanticSearch.run(input, context)) as unknown as Result;
      expect(found.rows).toHaveLength(20);
      expect(found.rows.every(([id]) => Number(id) % 2 === remainder)).toBe(true);
    }
  });
});
