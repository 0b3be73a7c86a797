import { useDatabase } from '@pgmcp/testing/vitest';
import { expect, it, onTestFinished } from 'vitest';
import { createLogger, createServices, embedTools, LOCAL_CALLER, loadConfiguration } from '../src/index.ts';
import { servicesOf } from '../src/services-of.ts';

const database = useDatabase({ template: 'retail' });

async function embedded(settings: Readonly<Record<string, string>> = {}) {
  const environment = { PG_MCP_DATABASE_NAME: 'retail', PG_MCP_DATABASE_URL: database.url, ...settings };
  const services = await createServices(loadConfiguration({ environment }), {
    logger: createLogger({ level: 'silent' }),
  });
  onTestFinished(() => services.close());
  return embedTools(services);
}

it('lists the tools that the configuration chooses, as the protocol shows them', async () => {
  const tools = await embedded({ PG_MCP_SERVER_TOOLSETS: 'core' });
  const names = tools.list().map(({ name }) => name);
  expect(names).toContain('execute_query');
  expect(names).not.toContain('execute_transaction');
  expect(tools.has('execute_query')).toBe(true);
  expect(tools.list()[0]).toMatchObject({ inputSchema: { type: 'object' }, annotations: { readOnlyHint: true } });
});

it('answers with values, and with errors as results', async () => {
  const tools = await embedded();
  const answered = await tools.call('execute_query', { sql: 'SELECT count(*) FROM retail.stores' });
  expect(answered).toMatchObject({ structuredContent: { row_count: 1 }, content: [{ type: 'text' }] });
  const refused = await tools.call('execute_query', { sql: 'DROP TABLE retail.stores' });
  expect(refused.isError).toBe(true);
  expect(JSON.stringify(refused.content)).toContain('UNSAFE_SQL');
  const wrong = await tools.call('execute_query', { sq: 'SELECT 1' });
  expect(JSON.stringify(wrong.content)).toContain('sql');
});

it('names the nearest tool', async () => {
  const tools = await embedded();
  const unknown = await tools.call('execute_querry', {});
  expect(unknown.isError).toBe(true);
  expect(JSON.stringify(unknown.content)).toContain('Did you mean execute_query?');
});

it('stops the statement when its caller leaves', async () => {
  const tools = await embedded({ PG_MCP_SECURITY_ALLOWED_FUNCTIONS: 'pg_sleep' });
  const leaving = new AbortController();
  const calling = tools.call('execute_query', { sql: 'SELECT pg_sleep(30)' }, { signal: leaving.signal });
  setTimeout(() => leaving.abort(), 300);
  expect(JSON.stringify((await calling).content)).toContain('CANCELLED');
});

it('keeps callers without a scope from tools that need it', async () => {
  const tools = await embedded({ PG_MCP_SECURITY_MODE: 'standard', PG_MCP_SERVER_TOOLSETS: 'core,write,advice' });
  const caller = { ...LOCAL_CALLER, id: 'reader', scopes: new Set(['db:read' as const]) };
  const sql = "UPDATE retail.stores SET name = 'x' WHERE store_id = 1";
  const result = await tools.call('execute_transaction', { queries: [{ sql }] }, { caller });
  expect(result.isError).toBe(true);
  expect(JSON.stringify(result.content)).toContain('ACCESS_DENIED');
  // Nothing behind this tool asks for a mode: its scope alone keeps the caller out.
  const health = await tools.call('analyze_database_health', { checks: ['sequences'] }, { caller });
  expect(JSON.stringify(health.content)).toMatch(/ACCESS_DENIED.*needs the permission db:admin/);
});

it('shows a caller nothing of databases that are not its own, and says so to one that has none', async () => {
  const environment = {
    PG_MCP_DATABASES: JSON.stringify(['retail', 'secret'].map((name) => ({ name, url: database.url }))),
  };
  const services = await createServices(loadConfiguration({ environment }), {
    logger: createLogger({ level: 'silent' }),
  });
  onTestFinished(() => services.close());
  const caller = { ...LOCAL_CALLER, id: 'ann', databases: ['retail'] };
  expect(
    servicesOf(caller, services)
      .poolStats()
      .map(({ name }) => name),
  ).toEqual(['retail']);
  const tools = embedTools(services);
  for (const more of [{}, { database: 'secret' }]) {
    const { content } = await tools.call(
      'execute_query',
      { sql: 'SELECT 1', ...more },
      { caller: { ...caller, databases: [] } },
    );
    expect(JSON.stringify(content)).toMatch(/UNKNOWN_DATABASE.*No database may be reached with this identity/);
  }
});
