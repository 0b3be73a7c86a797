import { randomUUID } from 'node:crypto';
import { embedText } from '@pgmcp/testing';
import { type PgvectorServer, startPgvectorServer } from '@pgmcp/testing/pgvector';
import { useScriptedModel } from '@pgmcp/testing/vitest';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { companionComment } from '../src/semantic/companion.ts';
import { startInProcess, succeed } from './in-process-client.ts';
import { runCommand } from './run-command.ts';

const model = useScriptedModel();
let server: PgvectorServer;
beforeAll(async () => {
  server = await startPgvectorServer();
}, 60_000);
beforeEach(async () => {
  await server.prepare(`
    DROP SCHEMA IF EXISTS shop CASCADE;
    CREATE SCHEMA shop;
    CREATE TABLE shop.notes (tenant text, id integer, body text, updated_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (tenant, id));
    INSERT INTO shop.notes SELECT 'acme', n, 'note ' || n || CASE n % 3 WHEN 0 THEN ' about red shoes' WHEN 1 THEN ' about tents' ELSE ' about rain' END FROM generate_series(1, 25) AS n;
    INSERT INTO shop.notes VALUES ('acme', 26, NULL), ('acme', 27, '  '), ('acme', 28, repeat('long text ', 50))`);
});
afterAll(() => server?.stop());

const environment = (more: Record<string, string> = {}) => ({
  PG_MCP_DATABASE_URL: server.url,
  PG_MCP_DATABASE_NAME: 'shop',
  PG_MCP_SERVER_TOOLSETS: 'all',
  PG_MCP_EMBEDDINGS_MODEL: 'embed-small',
  PG_MCP_EMBEDDINGS_BASE_URL: model.baseUrl,
  PG_MCP_EMBEDDINGS_DIMENSIONS: '64',
  PG_MCP_EMBEDDINGS_BATCH_SIZE: '10',
  PG_MCP_EMBEDDINGS_MAX_TEXT_CHARACTERS: '400',
  PG_MCP_EMBEDDINGS_MAX_RETRIES: '0',
  PG_MCP_EMBEDDINGS_OWNER_URL: server.url,
  ...more,
});

async function embed(words: readonly string[], more: Record<string, string> = {}) {
  return runCommand(['embed', ...words], environment(more));
}

const embedded = () => model.requests.flatMap(({ body }) => body.input as readonly string[]);

async function search(input: Record<string, unknown>): Promise<readonly unknown[][]> {
  const { client } = await startInProcess(environment());
  const found = await succeed(client, 'semantic_search', { table: 'shop.notes', column: 'body', ...input });
  return found['rows'] as unknown[][];
}

describe('pgmcp embed', () => {
  it('prints its SQL and does nothing, until it is told to', async () => {
    const printed = await embed(['shop.notes', 'body']);
    expect(printed.code).toBe(3);
    expect(printed.stdout).toContain('CREATE TABLE shop.notes_body_embeddings');
    expect(printed.stdout).toContain('embedding public.vector(64) NOT NULL');
    expect(printed.stdout).toContain('USING hnsw (embedding public.vector_cosine_ops)');
    expect(printed.stdout).toContain(
      '-- For words, without blocking writes: CREATE INDEX CONCURRENTLY ON shop.notes USING gin',
    );
    expect(printed.stderr).toContain('--apply');
    expect(embedded()).toEqual([]);
    expect(await server.rows("SELECT to_regclass('shop.notes_body_embeddings') AS made")).toEqual([{ made: null }]);
  });

  it('makes the table, fills it in batches with a progress bar, and the tool finds by it', async () => {
    const done = await embed(['shop.notes', 'body', '--apply']);
    expect(done).toMatchObject({ code: 0 });
    expect(done.stdout).toContain('-- 26 texts embedded (1 longer than 400 characters');
    expect(done.stderr).toMatch(/\[#+\.+\] 10 of 26 texts \(38 %\)[\s\S]*\[#{24}\] 26 of 26 texts \(100 %\)/);
    expect(model.requests.map(({ body }) => body.input?.length)).toEqual([10, 10, 6]);
    expect(Math.max(...embedded().map((text) => text.length))).toBe(400);
    const found = await search({ query: 'tents', limit: 8 });
    expect(found.map((row) => row[2])).toEqual(Array(8).fill(expect.stringContaining('about tents')));
    const [index] = await server.rows("SELECT indexdef FROM pg_indexes WHERE indexdef LIKE '%hnsw%'");
    expect(index?.['indexdef']).toContain('notes_body_embeddings');
  });

  it('makes the other kind of index, or none, when it is asked for', async () => {
    expect((await embed(['shop.notes', 'body', '--index', 'ivfflat', '--apply'])).code).toBe(0);
    const [index] = await server.rows("SELECT indexdef FROM pg_indexes WHERE indexdef LIKE '%USING ivfflat%'");
    expect(index?.['indexdef']).toContain('notes_body_embeddings');
    const found = await search({ query: 'tents', limit: 3 });
    expect(found.map((row) => row[2])).toEqual(Array(3).fill(expect.stringContaining('about tents')));
    const without = await embed(['shop.notes', 'body', '--index', 'none']);
    expect(without.stdout).not.toContain('CREATE INDEX ON');
  });

  it('embeds again only what has changed, by the content of the texts', async () => {
    await embed(['shop.notes', 'body', '--apply']);
    model.reset();
    expect((await embed(['shop.notes', 'body'])).stdout).toBe('-- 0 texts embedded.\n');
    expect(embedded()).toEqual([]);
    await server.prepare(`
      UPDATE shop.notes SET body = 'umbrellas now' WHERE id = 3;
      UPDATE shop.notes SET updated_at = now() WHERE id = 4;
      UPDATE shop.notes SET body = NULL WHERE id = 5;
      UPDATE shop.notes SET id = 106 WHERE id = 6;
      DELETE FROM shop.notes WHERE id = 7;
      INSERT INTO shop.notes VALUES ('acme', 40, 'a new note')`);
    const again = await embed(['shop.notes', 'body']);
    expect(again.stdout).toBe('-- 2 texts embedded (1 vectors removed whose texts are empty now).\n');
    expect(embedded()).toEqual(['umbrellas now', 'a new note']);
    expect((await search({ query: 'umbrellas now', limit: 1 }))[0]?.[1]).toBe(3);
  });

  it('goes on where it was when the model failed in between', async () => {
    const data = Array.from({ length: 10 }, (_, index) => ({ index, embedding: embedText(String(index), 64) }));
    model.failEmbeddings({ raw: JSON.stringify({ data }) }, { status: 500 });
    const failed = await embed(['shop.notes', 'body', '--apply']);
    expect(failed).toMatchObject({ code: 1, stderr: expect.stringContaining('OPENAI_ERROR') });
    expect(await server.rows('SELECT count(*)::int AS kept FROM shop.notes_body_embeddings')).toEqual([{ kept: 10 }]);
    model.reset();
    expect((await embed(['shop.notes', 'body', '--apply'])).stdout).toContain('-- 16 texts embedded');
  });

  it.each([
    ['triggers', ['--triggers']],
    ['a column', ['--changed-by', 'updated_at']],
  ])('is kept in step by %s', async (_, flags) => {
    const command = ['shop.notes', 'body', ...flags];
    expect((await embed([...command, '--apply'])).code).toBe(0);
    model.reset();
    expect((await embed(command)).stdout).toBe('-- 0 texts embedded.\n');
    await server.prepare(`
      UPDATE shop.notes SET body = 'umbrellas now', updated_at = clock_timestamp() WHERE id = 3;
      INSERT INTO shop.notes VALUES ('acme', 40, 'a new note')`);
    expect((await embed(command)).stdout).toBe('-- 2 texts embedded.\n');
    expect(embedded()).toEqual(['umbrellas now', 'a new note']);
    model.reset();
    expect((await embed(command)).stdout).toBe('-- 0 texts embedded.\n');
  });

  it('embeds everything anew for another model, and names it in the comment', async () => {
    await embed(['shop.notes', 'body', '--apply']);
    model.reset();
    const other = { PG_MCP_EMBEDDINGS_MODEL: 'embed-other' };
    expect((await embed(['shop.notes', 'body'], other)).stdout).toContain('-- 26 texts embedded');
    const [comment] = await server.rows("SELECT obj_description('shop.notes_body_embeddings'::regclass) AS text");
    expect(comment?.['text']).toContain('"model":"embed-other"');
  });

  it('keeps vectors of a table with row security from those who may not read the rows', async () => {
    // Roles belong to the whole server, which may be shared.
    const searcher = `searcher_${randomUUID().slice(0, 8)}`;
    await server.prepare(`
      ALTER TABLE shop.notes ENABLE ROW LEVEL SECURITY;
      CREATE POLICY own ON shop.notes USING (tenant = current_setting('app.tenant', true));
      INSERT INTO shop.notes VALUES ('globex', 1, 'a note of another tenant');
      CREATE ROLE ${searcher}; GRANT USAGE ON SCHEMA shop TO ${searcher}; GRANT SELECT ON shop.notes TO ${searcher}`);
    expect((await embed(['shop.notes', 'body', '--apply', '--readers', searcher])).code).toBe(0);
    await server.prepare("SET app.tenant = 'globex'");
    await server.become(searcher);
    try {
      expect(await server.rows('SELECT tenant, id FROM shop.notes_body_embeddings')).toEqual([
        { tenant: 'globex', id: 1 },
      ]);
    } finally {
      await server.become('postgres');
      await server.prepare(`DROP SCHEMA shop CASCADE; DROP ROLE ${searcher}; RESET app.tenant`);
    }
  });

  it('writes nothing into a table that somebody else has made to look like one of embeddings', async () => {
    const maker = `maker_${randomUUID().slice(0, 8)}`;
    const comment = companionComment({ schema: 'shop', table: 'notes', column: 'body', model: 'embed-small' });
    await server.prepare(`
      CREATE ROLE ${maker}; GRANT USAGE, CREATE ON SCHEMA shop TO ${maker}; CREATE SCHEMA another;
      SET ROLE ${maker}; CREATE TABLE shop.trap (id integer); COMMENT ON TABLE shop.trap IS '${comment}'; RESET ROLE`);
    try {
      const refused = await embed(['shop.notes', 'body', '--apply']);
      expect(refused).toMatchObject({ code: 1, stdout: '' });
      expect(refused.stderr).toMatch(new RegExp(`shop\\.trap says .* belongs to ${maker}.*Drop it`));
      expect(embedded()).toEqual([]);
      await server.prepare('ALTER TABLE shop.trap SET SCHEMA another');
      expect((await embed(['shop.notes', 'body'])).stdout).toContain('CREATE TABLE shop.notes_body_embeddings');
    } finally {
      await server.prepare(`DROP SCHEMA shop, another CASCADE; DROP ROLE ${maker}`);
    }
  });

  it('makes triggers for whatever the columns are called', async () => {
    await server.prepare(
      `CREATE TABLE shop.odd ("id$body$; '" integer PRIMARY KEY, body text); INSERT INTO shop.odd VALUES (1, 'a note')`,
    );
    const command = ['shop.odd', 'body', '--triggers'];
    expect(await embed([...command, '--apply'])).toMatchObject({ code: 0 });
    await server.prepare("UPDATE shop.odd SET body = 'another note'");
    expect((await embed(command)).stdout).toBe('-- 1 texts embedded.\n');
  });

  it.each([
    ['a table without a key', ['shop.keyless', 'body'], /has no primary key/],
    ['a view', ['shop.seen', 'body'], /is a view: embeddings are kept for tables/],
    ['a number', ['shop.notes', 'id'], /is integer: only text is embedded/],
    ['an unknown column', ['shop.notes', 'bodi'], /Did you mean body/],
    ['a column that is no time', ['shop.notes', 'body', '--changed-by', 'tenant'], /takes a column of timestamps/],
    ['two ways to tell changes', ['shop.notes', 'body', '--triggers', '--changed-by', 'updated_at'], /not both/],
    ['an unknown index', ['shop.notes', 'body', '--index', 'btree'], /--index/],
  ])('refuses %s', async (_, words, message) => {
    await server.prepare('CREATE TABLE shop.keyless (body text); CREATE VIEW shop.seen AS SELECT * FROM shop.notes');
    const refused = await embed(words);
    expect(refused.code).toBeGreaterThan(0);
    expect(refused.stderr).toMatch(message);
    expect(refused.stdout).toBe('');
  });

  it('refuses vectors of another length than the table has, or than an index takes', async () => {
    await embed(['shop.notes', 'body', '--apply']);
    const shorter = await embed(['shop.notes', 'body'], { PG_MCP_EMBEDDINGS_DIMENSIONS: '32' });
    expect(shorter.stderr).toMatch(
      /holds vectors of 64 dimensions, and the model embed-small gives 32.*DROP TABLE shop\.notes_body_embeddings/,
    );
    const longer = await embed(['shop.notes', 'body'], { PG_MCP_EMBEDDINGS_DIMENSIONS: '3072' });
    expect(longer.stderr).toMatch(/indexes up to 2000 dimensions.*--index none/);
  });

  it('needs a model and a role of its own', async () => {
    const without = (name: string) => embed(['shop.notes', 'body'], { [name]: '' });
    expect((await without('PG_MCP_EMBEDDINGS_OWNER_URL')).stderr).toContain('set PG_MCP_EMBEDDINGS_OWNER_URL');
    const noModel = await embed(['shop.notes', 'body'], {
      PG_MCP_EMBEDDINGS_MODEL: '',
      PG_MCP_EMBEDDINGS_BASE_URL: '',
    });
    expect(noModel.stderr).toContain('set PG_MCP_EMBEDDINGS_MODEL');
  });
});
