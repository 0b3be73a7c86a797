import { useDatabase } from '@pgmcp/testing/vitest';
import { describe, expect, it } from 'vitest';
import { LOCAL_CALLER } from '../src/call.ts';
import { startCall } from '../src/start-call.ts';
import type { StatementRecord } from '../src/statement-record.ts';
import { startInProcess } from './in-process-client.ts';

const database = useDatabase({ template: 'retail' });

async function start(more: Record<string, string> = {}) {
  const { services } = await startInProcess({
    PG_MCP_DATABASE_NAME: 'retail',
    PG_MCP_DATABASE_URL: database.url,
    ...more,
  });
  const abort = new AbortController();
  const { call, finish } = startCall({
    tool: 'test',
    caller: LOCAL_CALLER,
    signal: abort.signal,
    progress: () => undefined,
  });
  const connected = services.databases.resolve(undefined);
  const read = (sql: string, parameters?: readonly unknown[], limit?: number) =>
    services.executor.read({ database: connected, sql, parameters, limit }, call);
  const explain = (sql: string) => services.executor.explain({ database: connected, sql }, call);
  const records = (): readonly StatementRecord[] => finish().statements;
  return { read, explain, records, abort, finish };
}

describe('the record of a statement', () => {
  it('says what ran, without its literals and parameters', async () => {
    const { read, records } = await start();
    await read("SELECT 'very-private' AS v, $1::text AS w FROM generate_series(1, 3)", ['also-private'], 2);
    expect(records()).toEqual([
      {
        database: 'retail',
        kind: 'select',
        normalized: expect.stringMatching(/^SELECT \$\d AS v, \$1::text AS w FROM generate_series\(/),
        fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
        parametersHash: expect.stringMatching(/^[0-9a-f]{16}$/),
        rows: 2,
        bytes: expect.any(Number),
        truncated: true,
        durationMs: expect.any(Number),
        timedOut: false,
        cancelled: false,
      },
    ]);
    expect(JSON.stringify(records())).not.toContain('private');
  });

  it('hashes equal parameters alike and others not', async () => {
    const { read, records } = await start();
    for (const value of ['a', 'a', 'b']) await read('SELECT $1::text AS v', [value]);
    const [first, second, third] = records().map(({ parametersHash }) => parametersHash);
    expect(first).toBe(second);
    expect(third).not.toBe(first);
  });

  it('names the rule that refused a statement, which never reached the database', async () => {
    const { read, records } = await start();
    await expect(read('DELETE FROM retail.orders')).rejects.toThrow();
    await expect(read('SELEC 1')).rejects.toThrow();
    expect(records()).toMatchObject([
      { kind: 'unknown', refusedBy: 'guard.statement', durationMs: 0 },
      { kind: 'unknown', refusedBy: 'guard.syntax', durationMs: 0 },
    ]);
    expect(records()[0]).not.toHaveProperty('normalized');
  });

  it('carries the SQLSTATE of a failure', async () => {
    const { read, records } = await start();
    await expect(read('SELECT 1 / 0 AS v')).rejects.toThrow();
    expect(records()).toMatchObject([{ kind: 'select', sqlstate: '22012', timedOut: false }]);
  });

  it('calls a plan a plan', async () => {
    const { explain, records } = await start();
    await explain('SELECT * FROM retail.orders');
    expect(records()).toMatchObject([{ kind: 'explain', rows: 0, normalized: 'SELECT * FROM retail.orders' }]);
  });

  it('tells a timeout from a cancellation', async () => {
    const slow = 'SELECT count(*) FROM generate_series(1, 1000000) a, generate_series(1, 1000000) b';
    const timed = await start({ PG_MCP_SERVER_QUERY_TIMEOUT: '200ms' });
    await expect(timed.read(slow)).rejects.toMatchObject({ code: expect.anything() });
    expect(timed.records()).toMatchObject([{ timedOut: true, cancelled: false }]);
    const cancelled = await start();
    const running = cancelled.read(slow);
    setTimeout(() => cancelled.abort.abort(), 150);
    await expect(running).rejects.toThrow();
    expect(cancelled.records()).toMatchObject([{ timedOut: false, cancelled: true }]);
  });
});
