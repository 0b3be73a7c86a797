import { useDatabase, useScriptedModel } from '@pgmcp/testing/vitest';
import { beforeAll, describe, expect, it } from 'vitest';
import { LOCAL_CALLER } from '../src/index.ts';
import { startCall } from '../src/start-call.ts';
import { startInProcess, succeed } from './in-process-client.ts';

const database = useDatabase();
const model = useScriptedModel();

let recordsUrl: string;
beforeAll(async () => {
  const owner = await database.connect();
  const records = await database.createRole('records');
  recordsUrl = records.url;
  await owner.query(`GRANT CREATE ON DATABASE ${database.name} TO ${records.name}`);
  await owner.query(`
    CREATE TABLE t17 (a integer, b text);
    COMMENT ON TABLE t17 IS 'Umbrellas, raincoats and waterproof boots';
    CREATE TABLE t18 (a integer, b text);
    COMMENT ON TABLE t18 IS 'Invoices that customers have not paid';
    CREATE TABLE t19 (a integer, b text)`);
});

const environment = (more: Record<string, string> = {}) => ({
  PG_MCP_DATABASE_URL: database.url,
  PG_MCP_EMBEDDINGS_MODEL: 'embed-small',
  PG_MCP_EMBEDDINGS_BASE_URL: model.baseUrl,
  PG_MCP_EMBEDDINGS_DIMENSIONS: '256',
  PG_MCP_EMBEDDINGS_MAX_RETRIES: '0',
  ...more,
});

async function similarities(question: string, more: Record<string, string> = {}) {
  const { services } = await startInProcess(environment(more));
  const { call } = startCall({
    tool: 'test',
    caller: LOCAL_CALLER,
    signal: new AbortController().signal,
    progress: () => undefined,
  });
  const [connected] = services.databases.all;
  if (!connected || !services.meanings) throw new Error('There is nothing to ask.');
  return services.meanings.similarities(await connected.catalog(), question, call);
}

const described = () =>
  model.requests.flatMap(({ body }) => body.input as readonly string[]).filter((text) => text.startsWith('public.'));

describe('the meaning of tables', () => {
  it('is near to questions that share it', async () => {
    const near = await similarities('waterproof umbrellas');
    const best = [...(near ?? [])].sort(([, one], [, other]) => other - one)[0];
    expect(best?.[0]).toBe('public.t17');
  });

  it('is embedded once for all restarts, and again only where a table has changed', async () => {
    const kept = {
      PG_MCP_STORE_URL: recordsUrl,
      PG_MCP_STORE_AUTO_MIGRATE: 'true',
      PG_MCP_STORE_SCHEMA: 'meanings',
    };
    await similarities('unpaid invoices', kept);
    expect(described()).toHaveLength(3);
    model.reset();
    expect((await similarities('unpaid invoices', kept))?.get('public.t18')).toBeGreaterThan(0.2);
    expect(described()).toEqual([]);
    model.reset();
    const owner = await database.connect();
    await owner.query("COMMENT ON TABLE t19 IS 'Unpaid invoices of last year'");
    const near = await similarities('unpaid invoices', kept);
    expect(described()).toEqual([expect.stringContaining('Unpaid invoices of last year')]);
    expect(near?.get('public.t19')).toBeGreaterThan(near?.get('public.t17') ?? 1);
  });

  it('ranks the tables of a question whose words they do not hold', async () => {
    const { client } = await startInProcess(environment({ PG_MCP_SERVER_TOOLSETS: 'all' }));
    const context = await succeed(client, 'get_query_context', { question: 'raincoat umbrella', max_tokens: 500 });
    expect(context['schema']).toContain('t17');
    expect(described().length).toBeGreaterThan(0);
  });

  it('is done without when the model fails: words alone rank', async () => {
    model.failEmbeddings({ status: 500 }, { status: 500 });
    expect(await similarities('umbrellas')).toBeUndefined();
    model.failEmbeddings({ status: 500 }, { status: 500 });
    const { client } = await startInProcess(environment());
    const context = await succeed(client, 'get_query_context', { question: 'umbrellas' });
    expect(context['schema']).toContain('t17');
  });

  it('goes to no model that is not configured', async () => {
    const { services } = await startInProcess({ PG_MCP_DATABASE_URL: database.url });
    expect(services.meanings).toBeUndefined();
  });
});
