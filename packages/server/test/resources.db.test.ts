import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, InMemoryTransport } from '@modelcontextprotocol/client';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { useDatabase } from '@pgmcp/testing/vitest';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createServerFactory, type Services } from '../src/index.ts';
import { startInProcess, succeed } from './in-process-client.ts';

const database = useDatabase({ template: 'retail' });

const settings = (more: Record<string, string> = {}) => ({
  PG_MCP_DATABASE_NAME: 'retail',
  PG_MCP_DATABASE_URL: database.url,
  PG_MCP_RATE_LIMIT_ENABLED: 'false',
  ...more,
});

type InProcessClient = Awaited<ReturnType<typeof startInProcess>>['client'];

async function textOf(client: InProcessClient, uri: string): Promise<string> {
  const { contents } = await client.readResource({ uri });
  return (contents as { text: string }[])[0]?.text ?? '';
}

/** A client of a connection that lasts, as over stdio. */
async function connectLasting(services: Services, pin: '2026-07-28' | '2025-11-25'): Promise<Client> {
  const [clientSide, serverSide] = InMemoryTransport.createLinkedPair();
  const handle = serveStdio(createServerFactory(services, { lasts: true }), { transport: serverSide });
  const client = new Client(
    { name: 'lasting', version: '1.0.0' },
    pin === '2026-07-28' ? { versionNegotiation: { mode: { pin } } } : {},
  );
  await client.connect(clientSide);
  onTestFinished(async () => {
    await client.close();
    await handle.close();
  });
  return client;
}

describe('resources', () => {
  it('describe one table, completely', async () => {
    const { client } = await startInProcess(settings());
    const table = JSON.parse(await textOf(client, 'schema://retail/retail/orders'));
    expect(table).toMatchObject({
      name: 'orders',
      columns: expect.any(Array),
      notice: expect.stringMatching(/never follow/),
    });
  });

  it('describe a table whose names need encoding', async () => {
    const owner = await database.connect();
    await owner.query('CREATE SCHEMA "a/b?"; CREATE TABLE "a/b?"."100% odd.name" (n int)');
    const { client } = await startInProcess(settings());
    const uri = 'schema://retail/a%2Fb%3F/100%25%20odd.name';
    expect(JSON.parse(await textOf(client, uri))).toMatchObject({ schema: 'a/b?', name: '100% odd.name' });
    const reference = { type: 'ref/resource', uri: 'schema://{database}/{schema}/{table}' } as const;
    const { completion } = await client.complete({
      ref: reference,
      argument: { name: 'table', value: '100' },
      context: { arguments: { database: 'retail', schema: 'a%2Fb%3F' } },
    });
    expect(completion.values).toEqual(['100%25%20odd.name']);
    await owner.query('DROP SCHEMA "a/b?" CASCADE');
  });

  it.each([
    ['schema://retail/retail/ordrs', /Did you mean/],
    ['schema://retail/nowhere/orders', /No such table/],
    ['schema://retail/%ff/%', /No such table/],
    ['diagram://nope', /no database "nope"/],
    ['result://AAAAAAAAAAAAAAAAAAAAAA/csv/1', /no such result/],
    ['result://AAAAAAAAAAAAAAAAAAAAAA/xml/1', /no form/],
  ])('answer %s with the reason and the code of the protocol', async (uri, message) => {
    const { client } = await startInProcess(settings());
    await expect(client.readResource({ uri })).rejects.toMatchObject({
      code: -32602,
      message: expect.stringMatching(message),
    });
  });

  it('draw the tables and their keys', async () => {
    const { client } = await startInProcess(settings());
    const diagram = await textOf(client, 'diagram://retail');
    expect(diagram).toMatch(/^erDiagram/);
    expect(diagram).toMatch(/orders.*customers|customers.*orders/);
    const small = await startInProcess(settings({ PG_MCP_SERVER_MAX_RESULT_TOKENS: '900' }));
    const poorer = await textOf(small.client, 'diagram://retail');
    expect(poorer.length).toBeLessThan(diagram.length);
    const tiny = await startInProcess(settings({ PG_MCP_SERVER_MAX_RESULT_TOKENS: '200' }));
    expect(await textOf(tiny.client, 'diagram://retail')).toContain('do not fit in one diagram');
  });

  it('show nothing of what the policy hides', async () => {
    const { client } = await startInProcess(settings({ PG_MCP_SECURITY_DENIED_TABLES: 'retail.payments' }));
    expect(await textOf(client, 'schema://retail')).not.toContain('payments');
    expect(await textOf(client, 'diagram://retail')).not.toContain('payments');
    await expect(client.readResource({ uri: 'schema://retail/retail/payments' })).rejects.toMatchObject({
      code: -32602,
    });
    const { completion } = await client.complete({
      ref: { type: 'ref/resource', uri: 'schema://{database}/{schema}/{table}' },
      argument: { name: 'table', value: 'p' },
      context: { arguments: { database: 'retail', schema: 'retail' } },
    });
    expect(completion.values).toContain('products');
    expect(completion.values).not.toContain('payments');
  });

  it('export every row of a kept result as csv that PostgreSQL reads back as it was', async () => {
    const owner = await database.connect();
    await owner.query(
      `CREATE TABLE public.odd AS SELECT n, CASE n % 5 WHEN 0 THEN NULL WHEN 1 THEN '' WHEN 2 THEN E'two\\nlines' WHEN 3 THEN 'a "quote", comma'
         ELSE '\\.' END AS word, CASE WHEN n % 3 = 0 THEN NULL ELSE ARRAY[n, NULL] END AS list, n % 2 = 0 AS even, repeat('wide ', 60) AS filler
       FROM generate_series(1, 9000) AS n`,
    );
    const { client } = await startInProcess(settings());
    const started = await succeed(client, 'start_query', { sql: 'SELECT * FROM public.odd ORDER BY n' });
    const page = await succeed(client, 'get_query_result', { query_id: started['query_id'], limit: 1 });
    const { parts, csv, ndjson } = page['export'] as { parts: number; csv: string; ndjson: string };
    expect(parts).toBeGreaterThan(1);
    const readAll = async (template: string) => {
      const texts: string[] = [];
      for (let part = 1; part <= parts; part += 1)
        texts.push(await textOf(client, template.replace('{part}', String(part))));
      return texts.join('');
    };
    const lines = (await readAll(ndjson)).trimEnd().split('\n');
    expect(lines[0]).toBe('["n","word","list","even","filler"]');
    expect(lines).toHaveLength(9_001);
    expect(JSON.parse(lines[1] ?? '')).toEqual([1, '', [1, null], false, expect.any(String)]);
    await owner.query('CREATE TABLE public.odd_again (LIKE public.odd)');
    const folder = mkdtempSync(join(tmpdir(), 'pgmcp-export-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    // The server that reads the file may be another user.
    chmodSync(folder, 0o755);
    const file = join(folder, 'odd.csv');
    writeFileSync(file, await readAll(csv));
    await owner.query(`COPY public.odd_again FROM '${file}' (FORMAT csv, HEADER)`);
    const { rows } = await owner.query(
      'SELECT count(*)::int AS n FROM (TABLE public.odd EXCEPT ALL TABLE public.odd_again) AS difference',
    );
    expect(rows).toEqual([{ n: 0 }]);
    await owner.query('DROP TABLE public.odd, public.odd_again');
  });

  it('complete nothing while the database is down, and tell nothing of why', async () => {
    const { client } = await startInProcess(settings({ PG_MCP_DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none' }));
    const { completion } = await client.complete({
      ref: { type: 'ref/resource', uri: 'schema://{database}/{schema}/{table}' },
      argument: { name: 'schema', value: '' },
      context: { arguments: { database: 'retail' } },
    });
    expect(completion.values).toEqual([]);
  });

  it('are listed without kept results while the store is down, and tell nothing of why', async () => {
    const { client } = await startInProcess(settings({ PG_MCP_STORE_URL: 'postgresql://nobody@127.0.0.1:1/none' }));
    const { resources } = await client.listResources();
    expect(resources.map(({ uri }) => uri)).toContain('schema://retail');
    const { completion } = await client.complete({
      ref: { type: 'ref/resource', uri: 'result://{query_id}/{format}/{part}' },
      argument: { name: 'query_id', value: '' },
    });
    expect(completion.values).toEqual([]);
  });

  it('list what can be read, kept results among it, and complete the rest', async () => {
    const { client } = await startInProcess(settings());
    const { query_id: id } = await succeed(client, 'start_query', { sql: 'SELECT 1' });
    await succeed(client, 'get_query_result', { query_id: id });
    const { resources } = await client.listResources();
    expect(resources.map(({ uri }) => uri)).toEqual(
      expect.arrayContaining(['databases://list', 'schema://retail', 'diagram://retail', `result://${id}/csv/1`]),
    );
    const reference = { type: 'ref/resource', uri: 'result://{query_id}/{format}/{part}' } as const;
    const complete = async (name: string, value: string) =>
      (
        await client.complete({
          ref: reference,
          argument: { name, value },
          context: { arguments: { query_id: String(id) } },
        })
      ).completion.values;
    expect(await complete('query_id', String(id).slice(0, 3))).toEqual([id]);
    expect(await complete('format', 'n')).toEqual(['ndjson']);
    expect(await complete('part', '')).toEqual(['1']);
  });
});

describe('prompts', () => {
  it('lead to a statement and to a faster one', async () => {
    const { client } = await startInProcess(settings());
    const { prompts } = await client.listPrompts();
    expect(prompts.map(({ name }) => name).toSorted()).toEqual(['explore_database', 'tune_query', 'write_query']);
    const text = async (name: string, args: Record<string, string>) =>
      JSON.stringify((await client.getPrompt({ name, arguments: args })).messages);
    expect(await text('write_query', { question: 'How many stores?' })).toMatch(/get_query_context.*execute_query/);
    expect(await text('tune_query', { sql: 'SELECT 1', database: 'retail' })).toMatch(/explain_query/);
    await expect(
      client.getPrompt({ name: 'tune_query', arguments: { sql: 'SELECT 1', database: 'nope' } }),
    ).rejects.toThrow(/no database "nope"/);
    const { completion } = await client.complete({
      ref: { type: 'ref/prompt', name: 'write_query' },
      argument: { name: 'database', value: 're' },
    });
    expect(completion.values).toEqual(['retail']);
  });
});

describe('a change of structure', () => {
  it.each(['2026-07-28', '2025-11-25'] as const)('is told to a client of %s that asked for it', async (revision) => {
    const owner = await database.connect();
    await owner.query('CREATE TABLE public.changing (n int); CREATE TABLE public.steady (n int)');
    const { client: caller, services } = await startInProcess(settings());
    await succeed(caller, 'list_tables', {});
    const client = await connectLasting(services, revision);
    const updated: string[] = [];
    client.setNotificationHandler('notifications/resources/updated', ({ params }) => void updated.push(params.uri));
    const wanted = ['schema://retail', 'schema://retail/public/changing', 'schema://retail/public/steady'];
    if (revision === '2026-07-28') await client.listen({ resourceSubscriptions: wanted });
    else for (const uri of wanted) await client.subscribeResource({ uri });
    await owner.query('ALTER TABLE public.changing ADD COLUMN more text');
    await services.databases.all[0]?.catalogs.check();
    await expect.poll(() => updated.toSorted()).toEqual(['schema://retail', 'schema://retail/public/changing']);
    if (revision === '2025-11-25') {
      await client.unsubscribeResource({ uri: 'schema://retail' });
      await owner.query('ALTER TABLE public.changing ADD COLUMN most text');
      await services.databases.all[0]?.catalogs.check();
      await expect.poll(() => updated).toHaveLength(3);
      expect(updated.filter((uri) => uri === 'schema://retail')).toHaveLength(1);
    }
    await owner.query('DROP TABLE public.changing, public.steady');
  });

  it('is told of a bounded number of addresses: they lie in memory', async () => {
    const { services } = await startInProcess(settings());
    const client = await connectLasting(services, '2025-11-25');
    for (let count = 0; count < 1_000; count += 1)
      await client.subscribeResource({ uri: `schema://retail/s/${count}` });
    await client.subscribeResource({ uri: 'schema://retail/s/0' });
    for (const uri of ['schema://retail', `schema://retail/${'x'.repeat(2_000)}`])
      await expect(client.subscribeResource({ uri })).rejects.toThrow(/may subscribe to 1000 addresses/);
    await client.unsubscribeResource({ uri: 'schema://retail/s/0' });
    await client.subscribeResource({ uri: 'schema://retail' });
  });

  it('is nothing to tell when the structure was read again and is the same', async () => {
    const { client, services } = await startInProcess(settings());
    await succeed(client, 'list_tables', {});
    const heard: string[] = [];
    onTestFinished(services.onCatalogChange(({ name }) => heard.push(name)));
    await services.databases.all[0]?.catalogs.refresh();
    expect(heard).toEqual([]);
  });
});
