import { startScriptedModel } from '@pgmcp/testing';
import { useDatabase } from '@pgmcp/testing/vitest';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createConfirmedCatalog } from '../src/execution/confirmed-catalog.ts';
import { startCall } from '../src/start-call.ts';
import { startInProcess, succeed } from './in-process-client.ts';

const database = useDatabase({ template: 'retail' });

const answer = (sql: string) => JSON.stringify({ status: 'answer', sql, interpretation: 'Read so.' });

async function start() {
  const model = await startScriptedModel();
  onTestFinished(() => model.close());
  const started = await startInProcess({
    PG_MCP_DATABASE_NAME: 'retail',
    PG_MCP_DATABASE_URL: database.url,
    PG_MCP_OPENAI_MODEL: 'scripted',
    PG_MCP_OPENAI_BASE_URL: model.baseUrl,
  });
  // The structure is read, and known to be right, before anything is counted.
  await succeed(started.client, 'list_tables', {});
  const asked = () => started.log.filter(({ event, msg }) => msg === 'schema' && event === 'refresh-started').length;
  return { ...started, model, asked };
}

/** Nothing ages, however busy the machine is. */
function holdTime(): void {
  vi.useFakeTimers({ toFake: ['performance'] });
  onTestFinished(() => void vi.useRealTimers());
}

describe('a question whose statements name what the catalog does not know', () => {
  it('asks the database once about its structure for the texts that rules make of one statement', async () => {
    const { client, model, asked } = await start();
    holdTime();
    const before = asked();
    // Both wrong names are repaired, one after the other, and every text is explained.
    model.reply(answer('SELECT s.nam FROM retail.storez s'), answer('SELECT count(*) FROM retail.stores'));
    const result = await succeed(client, 'query', { question: 'How many stores?' });
    expect(result).toMatchObject({ status: 'answered', rows: [[12]] });
    expect(asked() - before).toBe(1);
  });

  it('asks again for what runs: a view made after its plan is judged by its text', async () => {
    const { services, asked } = await start();
    const [retail] = services.databases.all;
    const owner = await database.connect();
    const caller = { id: 'someone', scopes: 'all' as const };
    const { signal } = new AbortController();
    const { call } = startCall({ tool: 'query', caller, signal, progress: () => undefined });
    const catalog = await retail?.catalog();
    if (retail === undefined || catalog === undefined) throw new Error('no database');
    holdTime();
    const confirmed = createConfirmedCatalog();
    confirmed.confirm(catalog);
    await owner.query(`
      CREATE FUNCTION retail.writes_it() RETURNS int LANGUAGE sql VOLATILE AS 'SELECT 1';
      CREATE VIEW retail.sudden AS SELECT retail.writes_it() AS n`);
    const before = asked();
    const statement = { database: retail, sql: 'SELECT n FROM retail.sudden' };
    await services.executor.plan({ ...statement, confirmed }, call);
    expect(asked() - before).toBe(0);
    await expect(services.executor.run(statement, call)).rejects.toMatchObject({ code: 'UNSAFE_SQL' });
    expect(asked() - before).toBe(1);
    // The answer of before was about another catalog.
    await expect(services.executor.plan({ ...statement, confirmed }, call)).rejects.toMatchObject({
      code: 'UNSAFE_SQL',
    });
  });
});

describe('what the database said about its structure', () => {
  it('is believed for a quarter of a second, and for the catalog that it was said about', async () => {
    const { services } = await start();
    const catalogs = services.databases.all[0]?.catalogs;
    const first = await catalogs?.get();
    const second = await catalogs?.refresh();
    if (first === undefined || second === undefined) throw new Error('no catalog');
    let now = 1_000;
    const confirmed = createConfirmedCatalog(() => now);
    expect(confirmed.holds(first)).toBe(false);
    confirmed.confirm(first);
    expect(confirmed.holds(first)).toBe(true);
    expect(confirmed.holds(second)).toBe(false);
    now += 250;
    expect(confirmed.holds(first)).toBe(true);
    now += 1;
    expect(confirmed.holds(first)).toBe(false);
  });
});
