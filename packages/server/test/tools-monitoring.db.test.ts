import { useDatabase } from '@pgmcp/testing/vitest';
import { describe, expect, it, vi } from 'vitest';
import type { Scope } from '../src/call.ts';
import { startCall } from '../src/start-call.ts';
import { TOOLS } from '../src/tools/index.ts';
import { failure, startInProcess, succeed } from './in-process-client.ts';

const database = useDatabase({ template: 'retail' });

const start = (more: Record<string, string> = {}) =>
  startInProcess({
    PG_MCP_DATABASE_NAME: 'retail',
    PG_MCP_DATABASE_URL: database.url,
    PG_MCP_SERVER_TOOLSETS: 'default,monitoring',
    ...more,
  });

describe('health_check', () => {
  it('tells the state of databases and process', async () => {
    const { client } = await start();
    await succeed(client, 'execute_query', { sql: 'SELECT 1 AS one' });
    expect(await succeed(client, 'health_check', {})).toMatchObject({
      databases: [
        {
          name: 'retail',
          status: 'up',
          server_version: expect.any(String),
          latency_ms: expect.any(Number),
          schema_age_s: expect.any(Number),
          pool: { open: expect.any(Number), max: 10, breaker: 'closed' },
        },
      ],
      process: { memory_mib: expect.any(Number), memory: 'ok', calls_under_way: 1 },
      alerts: [],
    });
  });

  it('obeys the thresholds of the configuration', async () => {
    const { client } = await start({
      PG_MCP_MONITORING_MEMORY_WARNING: '16MiB',
      PG_MCP_MONITORING_MEMORY_CRITICAL: '1TiB',
    });
    expect(await succeed(client, 'health_check', {})).toMatchObject({
      status: 'warning',
      process: { memory: 'warning' },
    });
    const critical = await start({
      PG_MCP_MONITORING_MEMORY_WARNING: '16MiB',
      PG_MCP_MONITORING_MEMORY_CRITICAL: '17MiB',
    });
    expect(await succeed(critical.client, 'health_check', {})).toMatchObject({ status: 'critical' });
  });

  it('is critical for a database that is down, and never shows its password', async () => {
    const { client } = await startInProcess({
      PG_MCP_DATABASE_URL: 'postgresql://reader:canary-password@127.0.0.1:1/gone',
      PG_MCP_SERVER_TOOLSETS: 'monitoring',
      PG_MCP_DATABASE_BORROW_TIMEOUT: '200ms',
    });
    const health = await succeed(client, 'health_check', {});
    expect(health).toMatchObject({ status: 'critical', databases: [{ status: 'down', error: expect.any(String) }] });
    expect(JSON.stringify(health)).not.toContain('canary');
  });
});

describe('get_metrics, get_query_history and get_slow_queries', () => {
  it('show what was called, without literals, parameters and rows', async () => {
    const { client } = await start({ PG_MCP_HISTORY_SLOW_THRESHOLD: '1ms' });
    await succeed(client, 'execute_query', { sql: "SELECT 'canary' AS v, $1::text AS w", params: ['canary'] });
    await failure(client, 'execute_query', { sql: 'DELETE FROM retail.orders' });
    await failure(client, 'execute_query', { sql: 'SELECT 1 / 0 AS v' });
    const history = await succeed(client, 'get_query_history', { database: 'retail' });
    expect(history).toMatchObject({
      calls: [
        { tool: 'execute_query', outcome: 'failed', statements: [{ sqlstate: '22012' }] },
        { outcome: 'refused', code: 'UNSAFE_SQL', statements: [{ refused_by: 'guard.statement' }] },
        {
          outcome: 'ok',
          duration_ms: expect.any(Number),
          statements: [{ sql: expect.stringMatching(/^SELECT \$\d AS v/), rows: 1, duration_ms: expect.any(Number) }],
        },
      ],
    });
    const metrics = await succeed(client, 'get_metrics', { minutes: 5, database: 'retail' });
    expect(metrics).toMatchObject({
      minutes: 5,
      calls: 3,
      succeeded: 1,
      refused: 1,
      failed: 1,
      success_rate: 0.5,
      calls_per_minute: 0.6,
      duration_ms: { max: expect.any(Number) },
      limits: expect.arrayContaining([expect.objectContaining({ limit: 'requests_per_minute', maximum: 60 })]),
    });
    await succeed(client, 'execute_query', {
      sql: "SELECT count(*) AS n FROM retail.orders WHERE note = 'canary'",
    }).catch(() => undefined);
    await vi.waitFor(
      async () => expect((await succeed(client, 'get_slow_queries', {}))['queries']).not.toHaveLength(0),
      { timeout: 15_000 },
    );
    const slow = await succeed(client, 'get_slow_queries', { all_callers: true });
    expect(slow).toMatchObject({
      threshold_ms: 1,
      queries: expect.arrayContaining([expect.objectContaining({ database: 'retail', caller: 'local' })]),
    });
    expect(JSON.stringify([history, metrics, slow])).not.toContain('canary');
  });

  it('go on page by page', async () => {
    const { client } = await start();
    for (let index = 0; index < 3; index += 1) await succeed(client, 'execute_query', { sql: `SELECT ${index} AS n` });
    const first = await succeed(client, 'get_query_history', { limit: 2 });
    expect(first['calls']).toHaveLength(2);
    const error = await failure(client, 'get_query_history', { after: 'nonsense' });
    expect(error).toMatchObject({ code: 'VALIDATION_ERROR', message: expect.stringContaining('begin again') });
    const second = await succeed(client, 'get_query_history', { limit: 1, after: first['next'] });
    expect(second['calls']).toMatchObject([{ statements: [{ database: 'retail' }] }]);
  });

  it('keep callers apart', async () => {
    const { services } = await start();
    const tool = (name: string) => {
      const found = TOOLS.find((one) => one.name === name);
      if (!found) throw new Error(name);
      return found;
    };
    const callOf = (id: string, scopes: 'all' | ReadonlySet<Scope>, databases?: readonly string[]) =>
      startCall({
        tool: 'test',
        caller: { id, scopes, ...(databases && { databases }) },
        signal: new AbortController().signal,
        progress: () => undefined,
      });
    const alice = callOf('alice', new Set<Scope>(['db:read']));
    await services.executor.read(
      { database: services.databases.resolve(undefined), sql: 'SELECT 1 AS one' },
      alice.call,
    );
    services.recordCall(alice.finish());
    const run = (...[name, input, ...caller]: [name: string, input: object, ...Parameters<typeof callOf>]) =>
      tool(name).run(input, {
        services,
        call: callOf(...caller).call,
        attach: () => undefined,
        answer: { canBeAsked: false },
      } as never) as Promise<Record<string, unknown>>;
    const reader = new Set<Scope>(['db:read']);
    expect((await run('get_query_history', {}, 'alice', reader))['calls']).toHaveLength(1);
    expect((await run('get_query_history', {}, 'bob', reader))['calls']).toHaveLength(0);
    expect((await run('get_metrics', {}, 'bob', reader))['calls']).toBe(0);
    for (const name of ['get_query_history', 'get_metrics', 'get_slow_queries']) {
      await expect(run(name, { all_callers: true }, 'bob', reader)).rejects.toMatchObject({
        code: 'ACCESS_DENIED',
        message: expect.stringContaining('db:admin'),
      });
      // Calls of others are of databases too that this one may not use.
      await expect(run(name, { all_callers: true }, 'carol', 'all', ['other'])).rejects.toMatchObject({
        code: 'ACCESS_DENIED',
        message: expect.stringContaining('every database'),
      });
    }
    expect((await run('get_query_history', { all_callers: true }, 'root', 'all'))['calls']).toMatchObject([
      { caller: 'alice' },
    ]);
    expect(await run('health_check', {}, 'bob', reader)).not.toHaveProperty('process');
  });

  it.each([
    ['get_metrics', { minutes: 0 }],
    ['get_metrics', { minutes: 10_000 }],
    ['get_query_history', { limit: 201 }],
    ['get_query_history', { after: '' }],
    ['get_slow_queries', { limit: 0 }],
    ['get_slow_queries', { all_callers: 'yes' }],
    ['health_check', { database: 'retail' }],
  ])('refuse %s with %j', async (name, args) => {
    const { client } = await start();
    expect(await failure(client, name, args)).toMatchObject({ code: 'VALIDATION_ERROR' });
  });

  it.each(['get_metrics', 'get_query_history', 'get_slow_queries'])(
    'refuse %s of a database that is none',
    async (name) => {
      const { client } = await start();
      expect(await failure(client, name, { database: 'retial' })).toMatchObject({ code: 'UNKNOWN_DATABASE' });
    },
  );
});

describe('the monitor', () => {
  it('raises alerts that last as long as their cause, in log and metrics', async () => {
    const { services, log, client } = await start({
      PG_MCP_MONITORING_DATABASE_SIZE_WARNING: '1MiB',
      PG_MCP_MONITORING_LOCK_WAIT_WARNING: '100ms',
      PG_MCP_MONITORING_FAILURE_WARNING: '2',
      PG_MCP_SERVER_QUERY_TIMEOUT: '150ms',
    });
    const [holder, waiter, watcher] = [await database.connect(), await database.connect(), await database.connect()];
    await holder.query('BEGIN; LOCK TABLE retail.stores');
    const waiting = waiter.query('SELECT count(*) FROM retail.stores');
    await vi.waitFor(
      async () => {
        const { rows } = await watcher.query(
          "SELECT 1 FROM pg_locks WHERE relation = 'retail.stores'::regclass AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND NOT granted AND clock_timestamp() - waitstart > interval '200 ms'",
        );
        expect(rows).toHaveLength(1);
      },
      { timeout: 10_000 },
    );
    const slow = 'SELECT count(*) AS n FROM generate_series(1, 100000) a, generate_series(1, 10000) b';
    for (let index = 0; index < 2; index += 1) await failure(client, 'execute_query', { sql: slow });
    await services.monitor.look();
    const kinds = () => services.monitor.alerts.map(({ kind }) => kind);
    expect(kinds()).toEqual(expect.arrayContaining(['database_size', 'lock_wait', 'statement_timeouts']));
    expect(log).toContainEqual(expect.objectContaining({ msg: 'alert', alert: 'lock_wait', database: 'retail' }));
    const alerts = (await succeed(client, 'health_check', {}))['alerts'];
    expect(alerts).toContainEqual(
      expect.objectContaining({ kind: 'lock_wait', severity: 'warning', database: 'retail' }),
    );
    await holder.query('ROLLBACK');
    await waiting;
    await services.monitor.look();
    expect(kinds()).not.toContain('lock_wait');
    expect(log).toContainEqual(expect.objectContaining({ msg: 'alert is over', alert: 'lock_wait' }));
    // Told once, however often it is seen.
    expect(log.filter(({ msg, alert }) => msg === 'alert' && alert === 'database_size')).toHaveLength(1);
  });

  it('sees a database that is down and counts the connections that failed', async () => {
    const { services, client } = await startInProcess({
      PG_MCP_DATABASE_URL: 'postgresql://reader@127.0.0.1:1/gone',
      PG_MCP_DATABASE_BORROW_TIMEOUT: '100ms',
      PG_MCP_MONITORING_FAILURE_WARNING: '1',
    });
    await failure(client, 'execute_query', { sql: 'SELECT 1' });
    await services.monitor.look();
    expect(services.monitor.alerts).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'database_down', severity: 'critical', database: 'gone' }),
        expect.objectContaining({ kind: 'connection_failures' }),
      ]),
    );
  });
});
