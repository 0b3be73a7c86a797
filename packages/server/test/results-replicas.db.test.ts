import { useDatabase } from '@pgmcp/testing/vitest';
import { describe, expect, it } from 'vitest';
import { failure, startInProcess, succeed } from './in-process-client.ts';

const database = useDatabase();

/** Settings of replicas that share their records. */
async function shared(more: Record<string, string> = {}): Promise<Record<string, string>> {
  const records = await database.createRole('records');
  const owner = await database.connect();
  await owner.query(`GRANT CREATE ON DATABASE ${database.name} TO ${records.name}`);
  return {
    PG_MCP_DATABASE_NAME: 'shop',
    PG_MCP_DATABASE_URL: database.url,
    PG_MCP_STORE_URL: records.url,
    PG_MCP_STORE_SCHEMA: records.name,
    PG_MCP_STORE_AUTO_MIGRATE: 'true',
    PG_MCP_SECURITY_ALLOWED_FUNCTIONS: 'pg_sleep',
    PG_MCP_RATE_LIMIT_ENABLED: 'false',
    ...more,
  };
}

describe('results of replicas that share their records', () => {
  it('are read by any of them, page by page', async () => {
    const settings = await shared();
    const one = await startInProcess(settings);
    const other = await startInProcess(settings);
    const { query_id: id } = await succeed(one.client, 'start_query', {
      sql: "SELECT n, repeat('wide ', 40) AS filler FROM generate_series(1, 12000) AS n",
    });
    const page = await succeed(other.client, 'get_query_result', { query_id: id, offset: 11_990, wait_seconds: 30 });
    expect(page).toMatchObject({ status: 'complete', total_rows: 12_000, row_count: 10 });
    expect((page['rows'] as unknown[][])[0]?.[0]).toBe(11_991);
    const cut = await succeed(one.client, 'execute_query', { sql: 'SELECT n FROM generate_series(1, 3000) AS n' });
    expect(await succeed(other.client, 'get_query_result', { query_id: cut['query_id'], offset: 2_999 })).toMatchObject(
      {
        rows: [[3_000]],
      },
    );
  });

  it('are cancelled by any of them', async () => {
    const settings = await shared();
    const one = await startInProcess(settings);
    const other = await startInProcess(settings);
    const { query_id: id } = await succeed(one.client, 'start_query', { sql: 'SELECT pg_sleep(60) AS far_away' });
    expect(await succeed(other.client, 'get_query_result', { query_id: id, wait_seconds: 0 })).toMatchObject({
      status: 'running',
    });
    expect(await succeed(other.client, 'cancel_query', { query_id: id })).toMatchObject({ status: 'cancelled' });
    const owner = await database.connect();
    const { rows } = await owner.query(
      "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%far_away%' AND state = 'active' AND pid <> pg_backend_pid()",
    );
    expect(rows).toEqual([]);
  });

  it('say what to run while their tables are not there; a cut result goes without its rest', async () => {
    const { client } = await startInProcess(await shared({ PG_MCP_STORE_AUTO_MIGRATE: 'false' }));
    expect(await failure(client, 'start_query', { sql: 'SELECT 1' })).toMatchObject({
      code: 'CONNECTION_ERROR',
      message: expect.stringContaining('pgmcp store migrate'),
    });
    const cut = await succeed(client, 'execute_query', { sql: 'SELECT n FROM generate_series(1, 3000) AS n' });
    expect(cut).toMatchObject({ truncated: true, row_count: 1_000 });
    expect(cut).not.toHaveProperty('query_id');
  });

  it('expire', async () => {
    const settings = await shared({ PG_MCP_RESULTS_TTL: '10s' });
    const { client } = await startInProcess(settings);
    const { query_id: id } = await succeed(client, 'start_query', { sql: 'SELECT 1' });
    const { expires_at: expiresAt } = await succeed(client, 'get_query_result', { query_id: id });
    expect(Date.parse(String(expiresAt))).toBeGreaterThan(Date.now());
    await expect
      .poll(async () => failure(client, 'get_query_result', { query_id: id }).catch(() => undefined), {
        timeout: 15_000,
      })
      .toMatchObject({ code: 'RESULT_NOT_FOUND' });
  });
});
