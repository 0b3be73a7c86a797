import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectMcpClient } from '@pgmcp/testing';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@pgmcp/testing/embedded-postgres';
import { useDatabase } from '@pgmcp/testing/vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  END_TIMEOUT_MS,
  errorOf,
  type RunningServer,
  STDIO_PROGRAM,
  serverEnvironment,
  startServer,
  WAYS,
} from './running-server.ts';

const database = useDatabase();

/** Runs for minutes, and the guard has nothing against it. */
const SLOW =
  'SELECT count(*) FROM generate_series(1, 1000000) AS a, generate_series(1, 1000000) AS b WHERE (a + b) % 7 = 8';

/** Waits until the server's statements are gone from the database; resolves with what is still running at the end. */
async function runningStatements(withinMs: number): Promise<string[]> {
  const client = await database.connect();
  const deadline = performance.now() + withinMs;
  for (;;) {
    const { rows } = await client.query<{ query: string }>(
      "SELECT query FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend' AND state = 'active' AND pid <> pg_backend_pid()",
    );
    if (rows.length === 0 || performance.now() > deadline) return rows.map(({ query }) => query);
    await sleep(50);
  }
}

/** Resolves once the slow statement is really running. */
async function untilRunning(): Promise<void> {
  const client = await database.connect();
  for (let tries = 0; tries < 200; tries += 1) {
    const { rows } = await client.query(
      "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND query LIKE '%generate_series%' AND pid <> pg_backend_pid()",
    );
    if (rows.length > 0) return;
    await sleep(50);
  }
  throw new Error('The slow statement never started.');
}

describe.each(WAYS)('a fault under a $era client over $transport', (way) => {
  let server: RunningServer;

  beforeAll(async () => {
    server = await startServer(way, { DATABASE_URL: database.url, PG_MCP_SERVER_QUERY_TIMEOUT: '2' });
  });
  afterAll(() => server?.close());

  const works = async () => {
    const result = await server.client.callTool<{ rows: unknown[][] }>('execute_query', { sql: 'SELECT 1' });
    expect(result.structuredContent?.rows, result.text).toEqual([[1]]);
  };

  it('a statement past its timeout ends in EXECUTION_TIMEOUT and is gone from the server', async () => {
    const result = await server.client.callTool('execute_query', { sql: SLOW });
    expect(errorOf(result)).toMatchObject({ code: 'EXECUTION_TIMEOUT', message: expect.stringMatching(/narrow/) });
    expect(await runningStatements(2_000)).toEqual([]);
    await works();
  });

  // Without a session nothing ties the cancellation that a 2025-era client posts to its call: it has to leave (next test).
  it.skipIf(way.transport === 'http' && way.era === 'legacy')('a cancelled call frees the backend', async () => {
    const cancel = new AbortController();
    const call = server.client.callTool('execute_query', { sql: SLOW }, { signal: cancel.signal });
    const outcome = call.then(
      () => 'answered',
      () => 'cancelled',
    );
    await untilRunning();
    cancel.abort();
    expect(await outcome).toBe('cancelled');
    // Well below the statement timeout, so that it is the cancellation that is seen.
    expect(await runningStatements(1_000)).toEqual([]);
    await works();
  });

  it.runIf(way.transport === 'http')('a client that leaves frees the backend', async () => {
    const leaving = await connectMcpClient({ era: way.era, url: server.url ?? '' });
    const call = leaving.callTool('execute_query', { sql: SLOW }).catch(() => undefined);
    await untilRunning();
    await leaving.close();
    expect(await runningStatements(1_000)).toEqual([]);
    await call;
    await works();
  });

  it('killed connections cost at most the calls in flight', async () => {
    await works();
    const client = await database.connect();
    await client.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
    await works();
  });

  it('a cell that is larger than a message may be ends in RESULT_TOO_LARGE', async () => {
    const client = await database.connect();
    await client.query("CREATE TABLE IF NOT EXISTS heavy AS SELECT repeat('x', 20000000) AS cell");
    const result = await server.client.callTool('execute_query', { sql: 'SELECT cell FROM heavy' });
    expect(errorOf(result)).toMatchObject({ code: 'RESULT_TOO_LARGE' });
    await works();
  });

  it('a result far beyond the cap is cut, says so, and leaves the memory flat', async () => {
    const client = await database.connect();
    await client.query(
      'CREATE TABLE IF NOT EXISTS wide AS SELECT n AS id, repeat(md5(n::text), 30) AS filler FROM generate_series(1, 100000) AS n',
    );
    await works();
    const before = residentMegabytes(server.pid);
    for (let round = 0; round < 5; round += 1) {
      const result = await server.client.callTool<{ row_count: number; truncated: boolean; notice: string }>(
        'execute_query',
        { sql: 'SELECT * FROM wide' },
      );
      expect(result.structuredContent).toMatchObject({ truncated: true, notice: expect.any(String) });
      expect(result.structuredContent.row_count).toBeGreaterThan(0);
      expect(result.structuredContent.row_count).toBeLessThanOrEqual(1000);
    }
    if (before !== undefined) expect((residentMegabytes(server.pid) ?? 0) - before).toBeLessThan(120);
    // The parser of the guard once cost 600 MB for a moment.
    const peak = residentMegabytes(server.pid, 'VmHWM');
    if (peak !== undefined) expect(peak).toBeLessThan(400);
  });
});

describe.each(['modern', 'legacy'] as const)('the end of a stdio server, %s era', (era) => {
  const start = () =>
    connectMcpClient({
      era,
      command: process.execPath,
      args: [STDIO_PROGRAM],
      env: serverEnvironment({ DATABASE_URL: database.url }),
      endTimeoutMs: END_TIMEOUT_MS,
    });

  it('by SIGTERM still answers the call it ended', async () => {
    const client = await start();
    const call = client.callTool('execute_query', { sql: SLOW });
    await untilRunning();
    client.process?.kill('SIGTERM');
    expect(errorOf(await call)).toMatchObject({ code: 'CANCELLED' });
    expect(await client.process?.exited).toEqual({ exitCode: 0, signal: null });
    await client.close().catch(() => undefined);
  });

  it('comes when the input ends after a line that is too long', async () => {
    const client = await start();
    await client.callTool('execute_query', { sql: 'SELECT 1' });
    await client
      .callTool('execute_query', { sql: 'x'.repeat(11_000_000) }, { timeoutMs: 3_000 })
      .catch(() => undefined);
    client.process?.endInput();
    expect(await client.process?.exited).toEqual({ exitCode: 0, signal: null });
    expect(client.stderr()).toMatch(/exceeded maximum size.*the connection to the client is given up/);
    await client.close().catch(() => undefined);
  });

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP', 'end of input'] as const)(
    'by %s cancels the running statement and exits with 0',
    async (how) => {
      const client = await start();
      const call = client.callTool('execute_query', { sql: SLOW }).catch(() => undefined);
      await untilRunning();
      if (how === 'end of input') client.process?.endInput();
      else client.process?.kill(how);
      expect(await client.process?.exited).toEqual({ exitCode: 0, signal: null });
      expect(await runningStatements(1_000)).toEqual([]);
      await call;
      expect(client.process?.strayOutput).toEqual([]);
      await client.close().catch(() => undefined);
    },
  );
});

describe('a database that is down', () => {
  let postgres: EmbeddedPostgres;

  beforeAll(async () => {
    postgres = await startEmbeddedPostgres();
  });
  afterAll(() => postgres?.stop());

  it('does not keep the server from starting, is named by the error, and is used again when it is back', async () => {
    const server = await startServer({ transport: 'stdio', era: 'modern' }, { DATABASE_URL: postgres.url() });
    try {
      const up = await server.client.callTool<{ rows: unknown[][] }>('execute_query', { sql: 'SELECT 1' });
      expect(up.structuredContent.rows).toEqual([[1]]);
      await postgres.crash();
      const down = await server.client.callTool('execute_query', { sql: 'SELECT 1' });
      expect(errorOf(down)).toMatchObject({ code: 'CONNECTION_ERROR', retryable: true });
      expect((await server.client.listTools()).length).toBeGreaterThan(4);
      const late = await startServer({ transport: 'stdio', era: 'legacy' }, { DATABASE_URL: postgres.url() });
      try {
        expect((await late.client.listTools()).length).toBeGreaterThan(4);
        expect(errorOf(await late.client.callTool('list_tables', {}))).toMatchObject({ code: 'CONNECTION_ERROR' });
        expect(JSON.parse((await late.client.readResource('databases://list')).contents[0]?.text ?? '')).toMatchObject({
          databases: [{ status: 'down' }],
        });
        await postgres.resume();
        for (const { client } of [server, late]) {
          const back = await client.callTool<{ rows: unknown[][] }>('execute_query', { sql: 'SELECT 1' });
          expect(back.structuredContent?.rows, back.text).toEqual([[1]]);
        }
      } finally {
        await late.close();
      }
    } finally {
      await server.close();
    }
  });
});

/** Resident memory of a process in MiB, now or at its peak; undefined where there is no /proc. */
function residentMegabytes(pid: number, field: 'VmRSS' | 'VmHWM' = 'VmRSS'): number | undefined {
  try {
    const kilobytes = new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
  } catch {
    return undefined;
  }
}
