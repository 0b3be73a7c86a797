import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useDatabase } from '@pgmcp/testing/vitest';
import { describe, expect, it } from 'vitest';
import { failure, startInProcess, succeed } from './in-process-client.ts';

const database = useDatabase({ template: 'retail' });

const settings = (more: Record<string, string> = {}) => ({
  PG_MCP_DATABASE_NAME: 'retail',
  PG_MCP_DATABASE_URL: database.url,
  ...more,
});

function verifiedQueries(): string {
  const file = join(tmpdir(), `pgmcp-context-${process.pid}.yaml`);
  writeFileSync(
    file,
    `pairs:
  - question: How many gold customers are there per country?
    sql: SELECT count(*) FROM retail.customers WHERE tier = 'gold'
  - question: What do the payments of gold customers add up to?
    sql: SELECT sum(amount) FROM retail.payments
  - question: Which suppliers deliver late?
    sql: SELECT 1`,
  );
  return file;
}

describe('context for writing SQL', () => {
  it('holds the tables, how to join them, the values meant, examples and the clock of the server', async () => {
    const { client } = await startInProcess(settings({ PG_MCP_SERVER_VERIFIED_QUERIES: verifiedQueries() }));
    const context = await succeed(client, 'get_query_context', {
      question: 'How many gold customers have cancelled orders?',
    });
    expect(context['schema']).toContain('customers');
    expect(context['joins']).toContain('retail.orders.customer_id = retail.customers.customer_id');
    expect(context['values']).toContain("'gold'");
    expect(context['examples']).toContainEqual({
      question: 'How many gold customers are there per country?',
      sql: "SELECT count(*) FROM retail.customers WHERE tier = 'gold'",
    });
    expect(JSON.stringify(context['examples'])).not.toContain('suppliers');
    expect(context['server']).toMatchObject({ time: expect.stringMatching(/^\d{4}-/), time_zone: expect.any(String) });
    expect(context['notice']).toContain('execute_query');
  });

  it('stays within the budget, and says which tables did not fit', async () => {
    const { client } = await startInProcess(settings());
    const small = await succeed(client, 'get_query_context', { question: 'revenue by store', max_tokens: 300 });
    const large = await succeed(client, 'get_query_context', { question: 'revenue by store', max_tokens: 8000 });
    expect(JSON.stringify(small).length).toBeLessThan(JSON.stringify(large).length);
    expect(JSON.stringify(small).length).toBeLessThan(3_000);
    expect(small['omitted']).toEqual(expect.arrayContaining([expect.stringContaining('retail.')]));
  });

  it('shows nothing of tables and columns that the policy hides', async () => {
    const { client } = await startInProcess(
      settings({
        PG_MCP_SERVER_VERIFIED_QUERIES: verifiedQueries(),
        PG_MCP_SECURITY_DENIED_TABLES: 'retail.payments',
        PG_MCP_SECURITY_DENIED_COLUMNS: 'retail.customers.tier',
      }),
    );
    const context = await succeed(client, 'get_query_context', { question: 'payments of gold customers' });
    expect(JSON.stringify(context)).not.toMatch(/payments\b.*amount/);
    expect(context['schema']).not.toContain('payments');
    expect(context['values'] ?? '').not.toContain('gold');
    expect(JSON.stringify(context['examples'] ?? [])).not.toContain('payments');
    const { tables } = await succeed(client, 'list_tables', { detail: 'names' });
    expect(JSON.stringify(tables)).not.toContain('payments');
    expect(await failure(client, 'get_table_schema', { tables: ['retail.payments'] })).toMatchObject({
      code: 'VALIDATION_ERROR',
    });
    const described = await succeed(client, 'get_table_schema', { tables: ['retail.customers'] });
    expect(JSON.stringify(described)).not.toContain('gold');
  });

  it.each([
    [{ question: '' }, /empty/],
    [{ question: 'x', max_tokens: 10 }, /max_tokens/],
  ])('refuses %j', async (args, message) => {
    const { client } = await startInProcess(settings());
    expect(await failure(client, 'get_query_context', args)).toMatchObject({
      code: 'VALIDATION_ERROR',
      message: expect.stringMatching(message),
    });
  });
});

describe('an answered question that is cut', () => {
  it('offers the rest of its run to the caller who asked', async () => {
    const file = join(tmpdir(), `pgmcp-cut-${process.pid}.yaml`);
    writeFileSync(
      file,
      'pairs:\n  - question: All items sold?\n    sql: SELECT order_id, product_id FROM retail.order_items ORDER BY 1, 2\n',
    );
    const { client } = await startInProcess(settings({ PG_MCP_SERVER_VERIFIED_QUERIES: file }));
    const answer = await succeed(client, 'query', { question: 'all items sold', limit: 10 });
    expect(answer).toMatchObject({ status: 'answered', truncated: true, row_count: 10, query_id: expect.any(String) });
    const next = await succeed(client, 'get_query_result', { query_id: answer['query_id'], offset: 10, limit: 10 });
    expect(next).toMatchObject({ row_count: 10, total_rows: expect.any(Number) });
    expect(next['rows']).not.toEqual(answer['rows']);
  });
});

describe('a list of tables', () => {
  it('takes three levels of detail', async () => {
    const { client } = await startInProcess(settings());
    const first = async (detail: string) =>
      ((await succeed(client, 'list_tables', { detail, pattern: 'customers' }))['tables'] as object[])[0];
    expect(await first('names')).toEqual({ schema: 'retail', name: 'customers' });
    expect(await first('summary')).toMatchObject({ kind: 'table', columns: expect.any(Number) });
    expect(await first('columns')).toMatchObject({ column_names: expect.arrayContaining(['customer_id', 'tier']) });
  });

  it.each([
    ['ORD', ['order_items', 'orders']],
    ['ord*s', ['order_items', 'orders']],
    ['*items', ['order_items']],
    ['o*d*s', ['order_items', 'orders']],
    ['orders*orders', []],
    ['*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*', []],
  ])('is narrowed by the pattern %s', async (pattern, names) => {
    const { client } = await startInProcess(settings());
    const { tables } = await succeed(client, 'list_tables', { detail: 'names', pattern, schema: 'retail' });
    expect((tables as { name: string }[]).map(({ name }) => name).filter((name) => /^order/.test(name))).toEqual(names);
  });
});
