import { useDatabase } from '@pgmcp/testing/vitest';
import { describe, expect, it } from 'vitest';
import { LOCAL_CALLER, noProgress } from '../src/call.ts';
import { startCall } from '../src/start-call.ts';
import { failure, startInProcess, succeed } from './in-process-client.ts';

const database = useDatabase();

const settings = (more: Record<string, string> = {}) => ({
  PG_MCP_DATABASE_NAME: 'shop',
  PG_MCP_DATABASE_URL: database.url,
  PG_MCP_SECURITY_ALLOWED_FUNCTIONS: 'pg_sleep',
  PG_MCP_RATE_LIMIT_ENABLED: 'false',
  ...more,
});

interface PageOfRows {
  readonly rows: unknown[][];
  readonly row_count: number;
  readonly next_offset?: number;
  readonly total_rows: number;
}

type Client = Awaited<ReturnType<typeof startInProcess>>['client'];

async function readAll(client: Client, id: unknown, more: Record<string, unknown> = {}): Promise<unknown[][]> {
  const rows: unknown[][] = [];
  for (let offset: number | undefined = 0; offset !== undefined; ) {
    const page = (await succeed(client, 'get_query_result', {
      query_id: id,
      offset,
      ...more,
    })) as unknown as PageOfRows;
    rows.push(...page.rows);
    offset = page.next_offset;
  }
  return rows;
}

describe('a statement in the background', () => {
  it('does not begin for a client that has gone: nobody would have its handle', async () => {
    const { services } = await startInProcess(settings());
    const { call } = startCall({
      tool: 'start_query',
      caller: LOCAL_CALLER,
      signal: AbortSignal.abort(),
      progress: noProgress,
    });
    const statement = { database: services.databases.resolve('shop'), sql: 'SELECT pg_sleep(30)' };
    await expect(services.backgroundQueries.start(statement, call)).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await services.results.list(LOCAL_CALLER)).toEqual([]);
  });

  it('gives its rows page by page, in order and each once', async () => {
    const { client } = await startInProcess(settings());
    const { query_id: id, status } = await succeed(client, 'start_query', {
      sql: 'SELECT n, n % 7 AS day FROM generate_series(1, 25000) AS n WHERE n > $1',
      params: [0],
    });
    expect(status).toBe('running');
    const first = await succeed(client, 'get_query_result', { query_id: id });
    expect(first).toMatchObject({ status: 'complete', total_rows: 25_000, offset: 0, next_offset: 1_000 });
    expect(first['columns']).toEqual([
      { name: 'n', type: 'integer' },
      { name: 'day', type: 'integer' },
    ]);
    const rows = await readAll(client, id);
    expect(rows).toHaveLength(25_000);
    expect(rows.every(([n, day], index) => n === index + 1 && day === (index + 1) % 7)).toBe(true);
  });

  it('pages one snapshot: what others write meanwhile is not seen, and nothing is run again', async () => {
    const owner = await database.connect();
    await owner.query(
      'CREATE SEQUENCE runs; CREATE TABLE ledger (n int); INSERT INTO ledger SELECT generate_series(1, 3000)',
    );
    const { client } = await startInProcess(settings());
    const { query_id: id } = await succeed(client, 'start_query', { sql: 'SELECT n FROM ledger ORDER BY n' });
    await succeed(client, 'get_query_result', { query_id: id, limit: 1 });
    await owner.query('DELETE FROM ledger; DROP TABLE ledger');
    expect((await readAll(client, id)).map(([n]) => n)).toEqual(Array.from({ length: 3_000 }, (_, n) => n + 1));
  });

  it('says how far it is while it runs, and waits as long as it is asked to', async () => {
    const { client } = await startInProcess(settings());
    const { query_id: id } = await succeed(client, 'start_query', { sql: 'SELECT 1 AS one FROM pg_sleep(2)' });
    expect(await succeed(client, 'get_query_result', { query_id: id, wait_seconds: 0 })).toMatchObject({
      status: 'running',
      total_rows: 0,
      notice: expect.stringContaining('call again'),
    });
    expect(await succeed(client, 'get_query_result', { query_id: id, wait_seconds: 30 })).toMatchObject({
      status: 'complete',
      rows: [[1]],
    });
  });

  it('is ended on the server by cancel_query', async () => {
    const { client } = await startInProcess(settings());
    const { query_id: id } = await succeed(client, 'start_query', { sql: 'SELECT pg_sleep(60) /* to be ended */' });
    const owner = await database.connect();
    const running = async () => {
      const { rows } = await owner.query(
        "SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%to be ended%' AND state = 'active' AND pid <> pg_backend_pid()",
      );
      return rows[0]?.n;
    };
    await expect.poll(running).toBe(1);
    expect(await succeed(client, 'cancel_query', { query_id: id })).toMatchObject({ status: 'cancelled' });
    await expect.poll(running).toBe(0);
    expect(await succeed(client, 'get_query_result', { query_id: id })).toMatchObject({
      status: 'cancelled',
      notice: expect.stringContaining('Start it again'),
    });
    // Cancelling again changes nothing.
    expect(await succeed(client, 'cancel_query', { query_id: id })).toMatchObject({ status: 'cancelled' });
  });

  it('keeps the rows of a statement that had ended when it was cancelled', async () => {
    const { client } = await startInProcess(settings());
    const { query_id: id } = await succeed(client, 'start_query', { sql: 'SELECT n FROM generate_series(1, 3) AS n' });
    const complete = { status: 'complete', rows: [[1], [2], [3]] };
    expect(await succeed(client, 'get_query_result', { query_id: id })).toMatchObject(complete);
    expect(await succeed(client, 'cancel_query', { query_id: id })).toMatchObject({ status: 'complete' });
    expect(await succeed(client, 'get_query_result', { query_id: id })).toMatchObject(complete);
  });

  it('refuses at once what the guard refuses, and reports later what PostgreSQL reports', async () => {
    const { client } = await startInProcess(settings());
    expect(await failure(client, 'start_query', { sql: 'DELETE FROM t' })).toMatchObject({ code: 'UNSAFE_SQL' });
    const { query_id: id } = await succeed(client, 'start_query', {
      sql: 'SELECT 1/(n - 5000) FROM generate_series(1, 9000) AS n',
    });
    expect(await failure(client, 'get_query_result', { query_id: id })).toMatchObject({
      code: 'EXECUTION_ERROR',
      details: { sqlstate: '22012' },
    });
  });

  it('ends when it runs longer than allowed in all', async () => {
    const { client } = await startInProcess(settings({ PG_MCP_RESULTS_QUERY_TIMEOUT: '1s' }));
    const { query_id: id } = await succeed(client, 'start_query', { sql: 'SELECT pg_sleep(30)' });
    expect(await failure(client, 'get_query_result', { query_id: id, wait_seconds: 20 })).toMatchObject({
      code: 'EXECUTION_TIMEOUT',
    });
  });

  it('stops capturing at the caps of rows and of bytes, and says so', async () => {
    const { client } = await startInProcess(
      settings({ PG_MCP_RESULTS_MAX_ROWS: '1234', PG_MCP_RESULTS_MAX_BYTES: '300KiB' }),
    );
    const many = await succeed(client, 'start_query', { sql: 'SELECT n FROM generate_series(1, 100000) AS n' });
    expect(await succeed(client, 'get_query_result', { query_id: many['query_id'] })).toMatchObject({
      total_rows: 1_234,
      notice: expect.stringContaining('rows cap'),
    });
    const wide = await succeed(client, 'start_query', {
      sql: "SELECT repeat('x', 20000) AS filler FROM generate_series(1, 1000)",
    });
    const page = await succeed(client, 'get_query_result', { query_id: wide['query_id'], limit: 1 });
    expect(page['total_rows']).toBeLessThan(64);
    expect(page['notice']).toContain('bytes cap');
  });

  it('allows a caller only so many at once', async () => {
    const { client } = await startInProcess(settings({ PG_MCP_RESULTS_MAX_RUNNING_PER_CALLER: '1' }));
    const { query_id: id } = await succeed(client, 'start_query', { sql: 'SELECT pg_sleep(60)' });
    expect(await failure(client, 'start_query', { sql: 'SELECT 1' })).toMatchObject({
      code: 'RATE_LIMIT_EXCEEDED',
      message: expect.stringContaining('cancel_query'),
    });
    await succeed(client, 'cancel_query', { query_id: id });
    await succeed(client, 'start_query', { sql: 'SELECT 1' });
  });

  it('gives up the oldest results for new ones', async () => {
    const { client } = await startInProcess(settings({ PG_MCP_RESULTS_MAX_PER_CALLER: '2' }));
    const ids: unknown[] = [];
    for (const n of [1, 2, 3]) {
      const { query_id: id } = await succeed(client, 'start_query', { sql: `SELECT ${n} AS n` });
      await succeed(client, 'get_query_result', { query_id: id });
      ids.push(id);
    }
    expect(await failure(client, 'get_query_result', { query_id: ids[0] })).toMatchObject({ code: 'RESULT_NOT_FOUND' });
    expect(await succeed(client, 'get_query_result', { query_id: ids[2] })).toMatchObject({ rows: [[3]] });
  });

  it.each([
    ['a handle that never was', 'AAAAAAAAAAAAAAAAAAAAAA'],
    ['a word', 'latest'],
    ['a path', '../../../../etc/passwd'],
  ])('answers %s with not found', async (_what, id) => {
    const { client } = await startInProcess(settings());
    for (const tool of ['get_query_result', 'cancel_query'])
      expect(await failure(client, tool, { query_id: id })).toMatchObject({ code: 'RESULT_NOT_FOUND' });
  });

  it('refuses an offset behind the last row', async () => {
    const { client } = await startInProcess(settings());
    const { query_id: id } = await succeed(client, 'start_query', { sql: 'SELECT 1' });
    await succeed(client, 'get_query_result', { query_id: id });
    expect(await failure(client, 'get_query_result', { query_id: id, offset: 1 })).toMatchObject({
      code: 'VALIDATION_ERROR',
      message: expect.stringContaining('beyond the last'),
    });
  });

  it('counts what its columns hold', async () => {
    const { client } = await startInProcess(settings());
    const { query_id: id } = await succeed(client, 'start_query', {
      sql: `SELECT n AS id, nullif(n % 4, 0) AS quarter, CASE WHEN n % 10 = 0 THEN 'rare' ELSE 'often' END AS word,
                   date '2024-01-01' + n % 366 AS day, n::numeric / 8 AS share, NULL::text AS nothing
              FROM generate_series(1, 20000) AS n`,
    });
    const { statistics, notice } = await succeed(client, 'get_query_result', {
      query_id: id,
      limit: 1,
      statistics: true,
    });
    expect(statistics).toMatchObject([
      { name: 'id', nulls: 0, distinct_estimated: true, min: '1', max: '20000', mean: 10_000.5 },
      { name: 'quarter', nulls: 5_000, distinct: 3, min: '1', max: '3', mean: 2 },
      {
        name: 'word',
        distinct: 2,
        top_values: [
          { value: 'often', count: 18_000 },
          { value: 'rare', count: 2_000 },
        ],
      },
      { name: 'day', distinct: 366, min: '2024-01-01', max: '2024-12-31' },
      { name: 'share', min: '0.12500000000000000000', mean: 1250.0625 },
      { name: 'nothing', nulls: 20_000, distinct: 0 },
    ]);
    const [id0] = statistics as { distinct: number }[];
    expect(Math.abs((id0?.distinct ?? 0) - 20_000)).toBeLessThan(3_000);
    expect(notice).toMatch(/^\[[0-9a-f]{8}\]/);
  });

  it('keeps the names of types of the database', async () => {
    const owner = await database.connect();
    await owner.query("CREATE TYPE mood AS ENUM ('calm', 'loud')");
    const { client } = await startInProcess(settings());
    const { query_id: id } = await succeed(client, 'start_query', {
      sql: "SELECT ARRAY['calm', NULL]::mood[] AS moods",
    });
    expect(await succeed(client, 'get_query_result', { query_id: id })).toMatchObject({
      columns: [{ name: 'moods', type: 'mood[]' }],
      rows: [[['calm', null]]],
    });
  });
});

describe('a result that is cut', () => {
  it('offers the rest of the same run', async () => {
    const { client } = await startInProcess(settings());
    const cut = await succeed(client, 'execute_query', { sql: 'SELECT n FROM generate_series(1, 5000) AS n' });
    expect(cut).toMatchObject({ truncated: true, row_count: 1_000, query_id: expect.stringMatching(/^[\w-]{22}$/) });
    expect(cut['notice']).toContain(cut['query_id']);
    const rows = await readAll(client, cut['query_id']);
    expect(rows.map(([n]) => n)).toEqual(Array.from({ length: 5_000 }, (_, n) => n + 1));
  });

  it('offers the whole of cells that were cut', async () => {
    const { client } = await startInProcess(settings());
    const cut = await succeed(client, 'execute_query', { sql: "SELECT repeat('x', 9000) AS long" });
    expect(cut).toMatchObject({ truncated: true, query_id: expect.any(String) });
  });

  it('says when only the first rows are kept', async () => {
    const { client } = await startInProcess(settings({ PG_MCP_RESULTS_KEEP_ROWS: '1500' }));
    const cut = await succeed(client, 'execute_query', { sql: 'SELECT n FROM generate_series(1, 5000) AS n' });
    expect(cut['notice']).toMatch(/The first 1500 rows \(start_query gets more\)/);
    expect(await readAll(client, cut['query_id'])).toHaveLength(1_500);
  });

  it('has no handle when the operator keeps nothing', async () => {
    const { client } = await startInProcess(settings({ PG_MCP_RESULTS_KEEP_ROWS: '0' }));
    const cut = await succeed(client, 'execute_query', { sql: 'SELECT n FROM generate_series(1, 5000) AS n' });
    expect(cut).toMatchObject({ truncated: true, row_count: 1_000 });
    expect(cut).not.toHaveProperty('query_id');
  });

  it('keeps nothing of a result that is whole', async () => {
    const { client, services } = await startInProcess(settings());
    expect(await succeed(client, 'execute_query', { sql: 'SELECT 1' })).not.toHaveProperty('query_id');
    expect(await services.results.list({ id: 'local', scopes: 'all' })).toEqual([]);
  });
});

describe('handles of several callers', () => {
  it('are unknown to everybody but their own caller', async () => {
    const { client, services } = await startInProcess(settings());
    const { query_id: id } = await succeed(client, 'start_query', { sql: 'SELECT 1' });
    const stranger = { id: 'stranger', scopes: 'all' } as const;
    const unknown = { code: 'RESULT_NOT_FOUND' };
    await expect(services.results.find(stranger, String(id))).rejects.toMatchObject(unknown);
    await expect(services.backgroundQueries.cancel(stranger, String(id))).rejects.toMatchObject(unknown);
    await expect(
      services.results.find({ ...stranger, id: 'local', tenant: 'other' }, String(id)),
    ).rejects.toMatchObject(unknown);
    expect(await services.results.list(stranger)).toEqual([]);
  });
});
