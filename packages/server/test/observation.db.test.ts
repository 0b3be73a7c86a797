import { Client, InMemoryTransport } from '@modelcontextprotocol/client';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { metrics, trace } from '@opentelemetry/api';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { useDatabase } from '@pgmcp/testing/vitest';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createServerFactory } from '../src/index.ts';
import { createInstruments } from '../src/observe/instruments.ts';
import { failure, startInProcess, succeed } from './in-process-client.ts';

const database = useDatabase({ template: 'retail' });

const settings = (more: Record<string, string> = {}) => ({
  PG_MCP_DATABASE_NAME: 'retail',
  PG_MCP_DATABASE_URL: database.url,
  ...more,
});

function watchSpans() {
  const exporter = new InMemorySpanExporter();
  trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] }));
  return exporter;
}

function watchMetrics() {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
  const provider = new MeterProvider({ readers: [reader] });
  metrics.setGlobalMeterProvider(provider);
  onTestFinished(() => provider.shutdown());
  return async () => {
    exporter.reset();
    await reader.forceFlush();
    const all = exporter
      .getMetrics()
      .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap(({ metrics: found }) => found));
    return new Map(all.map(({ descriptor, dataPoints }) => [descriptor.name, { descriptor, dataPoints }]));
  };
}

afterEach(() => {
  trace.disable();
  metrics.disable();
});

const traceId = '0af7651916cd43dd8448eb211c80319c';
const traceparent = `00-${traceId}-b7ad6b7169203331-01`;

describe('the traces of a call', () => {
  it('are a server span under the client’s trace and a client span per statement, without literals', async () => {
    const spans = watchSpans();
    const { client } = await startInProcess(settings());
    await client.callTool({
      name: 'execute_query',
      arguments: { sql: "SELECT 'canary-literal' AS v" },
      _meta: { traceparent },
    });
    const [statement, call] = spans.getFinishedSpans();
    expect(call).toMatchObject({
      name: 'tools/call execute_query',
      attributes: {
        'mcp.method.name': 'tools/call',
        'gen_ai.tool.name': 'execute_query',
        'gen_ai.operation.name': 'execute_tool',
      },
    });
    expect(call?.spanContext().traceId).toBe(traceId);
    expect(call?.parentSpanContext?.spanId).toBe('b7ad6b7169203331');
    expect(statement).toMatchObject({
      name: 'SELECT retail',
      attributes: {
        'db.system.name': 'postgresql',
        'db.namespace': 'retail',
        'db.operation.name': 'SELECT',
        'db.query.text': 'SELECT $1 AS v',
        'db.response.returned_rows': 1,
      },
    });
    expect(statement?.parentSpanContext?.spanId).toBe(call?.spanContext().spanId);
    expect(JSON.stringify(spans.getFinishedSpans().map(({ attributes }) => attributes))).not.toContain('canary');
  });

  it('name no secret that stands in a statement as a name', async () => {
    const spans = watchSpans();
    const { client } = await startInProcess(settings());
    await client.callTool({ name: 'execute_query', arguments: { sql: 'SELECT 1 AS "sk-proj-abcdef123456"' } });
    expect(spans.getFinishedSpans()[0]?.attributes).toMatchObject({ 'db.query.text': 'SELECT $1 AS "[redacted]"' });
  });

  it('carry the state of the client’s trace on, when it is one', async () => {
    const spans = watchSpans();
    const { client } = await startInProcess(settings());
    const states = ['vendor=t61rcWkgMzE,other=1', `long=${'x'.repeat(600)}`, 7];
    for (const tracestate of states) {
      await client.callTool({
        name: 'list_tables',
        arguments: {},
        _meta: { traceparent, tracestate: tracestate as string },
      });
    }
    const calls = spans.getFinishedSpans().filter(({ name }) => name === 'tools/call list_tables');
    expect(calls.map((span) => span.parentSpanContext?.traceState?.serialize())).toEqual([
      'vendor=t61rcWkgMzE,other=1',
      undefined,
      undefined,
    ]);
    expect(calls[0]?.spanContext().traceState?.serialize()).toBe('vendor=t61rcWkgMzE,other=1');
  });

  it('say how a call and its statement failed', async () => {
    const spans = watchSpans();
    const { client } = await startInProcess(settings({ PG_MCP_TELEMETRY_SPAN_SQL: 'none' }));
    await failure(client, 'execute_query', { sql: 'SELECT 1 / 0 AS v' });
    const [statement, call] = spans.getFinishedSpans();
    expect(statement?.attributes).toMatchObject({ 'db.response.status_code': '22012', 'error.type': '22012' });
    expect(statement?.attributes).not.toHaveProperty('db.query.text');
    expect(call?.attributes).toMatchObject({ 'error.type': 'tool_error', 'pgmcp.error.code': 'EXECUTION_ERROR' });
  });

  it.each(['nonsense', '00-00000000000000000000000000000000-b7ad6b7169203331-01', `${traceparent}x`])(
    'begin anew when the client’s context is %s',
    async (bad) => {
      const spans = watchSpans();
      const { client } = await startInProcess(settings());
      await client.callTool({ name: 'list_tables', arguments: {}, _meta: { traceparent: bad } });
      const call = spans.getFinishedSpans().at(-1);
      expect(call?.parentSpanContext).toBeUndefined();
      expect(call?.spanContext().traceId).not.toBe(traceId);
    },
  );

  it('reach the log and the database as a comment without an SDK, and leave error positions right', async () => {
    const { client, log } = await startInProcess(settings({ PG_MCP_TELEMETRY_SQL_COMMENTS: 'true' }));
    const call = (sql: string) =>
      client.callTool({ name: 'execute_query', arguments: { sql }, _meta: { traceparent } });
    const owner = await database.connect();
    const abort = new AbortController();
    const slow = client.callTool(
      {
        name: 'execute_query',
        arguments: { sql: 'SELECT count(*) AS n FROM generate_series(1, 100000) a, generate_series(1, 10000) b' },
        _meta: { traceparent },
      },
      { signal: abort.signal },
    );
    slow.catch(() => undefined);
    await vi.waitFor(
      async () => {
        const { rows } = await owner.query(
          "SELECT query FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '/*mcp:%'",
        );
        expect(rows[0]?.query).toContain(`/*mcp:tool=execute_query,traceparent=${traceparent}*/ SELECT count(*)`);
      },
      { timeout: 20_000 },
    );
    abort.abort();
    await expect(slow).rejects.toThrow();
    await call('SELECT 1 AS one');
    expect(log).toContainEqual(expect.objectContaining({ msg: 'tool call', traceId }));
    const sql = 'SELECT 1,\n  nothing_here AS v';
    const error = await failure(client, 'execute_query', { sql });
    expect(error.details).toMatchObject({ sqlstate: '42703', position: { line: 2, column: 3 } });
    const explained = await failure(client, 'explain_query', { sql });
    expect(explained.details).toMatchObject({ position: { line: 2, column: 3 } });
  });
});

describe('the metrics', () => {
  it('have the agreed names, descriptions, and only labels from closed lists', async () => {
    const collect = watchMetrics();
    const { client } = await startInProcess(settings());
    await succeed(client, 'execute_query', { sql: "SELECT 'canary-literal' AS v" });
    await failure(client, 'execute_query', { sql: 'DELETE FROM retail.orders' });
    await failure(client, 'execute_query', { sql: 'SELECT 1 / 0 AS v' });
    const found = await collect();
    expect([...found.keys()]).toEqual(
      expect.arrayContaining([
        'mcp.server.operation.duration',
        'db.client.operation.duration',
        'db.client.connection.count',
        'db.client.connection.max',
        'db.client.connection.pending_requests',
        'db.client.connection.wait_time',
        'db.client.connection.create_time',
        'db.client.connection.use_time',
        'pgmcp.pool.breaker_state',
        'pgmcp.guard.rejections',
        'pgmcp.result.rows',
        'pgmcp.result.bytes',
        'pgmcp.audit.failing',
        'process.memory.usage',
      ]),
    );
    for (const { descriptor } of found.values()) expect(descriptor.description, descriptor.name).not.toBe('');
    const labels = (name: string) => found.get(name)?.dataPoints.map(({ attributes }) => attributes);
    expect(labels('mcp.server.operation.duration')).toEqual([
      { 'mcp.method.name': 'tools/call', 'gen_ai.tool.name': 'execute_query', 'network.transport': expect.any(String) },
      expect.objectContaining({ 'error.type': 'UNSAFE_SQL' }),
      expect.objectContaining({ 'error.type': 'EXECUTION_ERROR' }),
    ]);
    expect(labels('pgmcp.guard.rejections')).toEqual([{ rule: 'guard.statement' }]);
    expect(labels('db.client.operation.duration')).toEqual([
      { 'db.operation.name': 'SELECT', 'db.namespace': 'retail' },
      { 'db.operation.name': 'SELECT', 'db.namespace': 'retail', 'db.response.status_code': '22' },
    ]);
    expect(JSON.stringify([...found.values()])).not.toMatch(/canary|retail\.orders|local/);
  });

  it('say what is done with the records of the server, and how long sessions take', async () => {
    const collect = watchMetrics();
    const { client, services } = await startInProcess(settings());
    await succeed(client, 'start_query', { sql: 'SELECT 1 AS one' });
    const records = services.storage.collection('short_lived', { ttlMs: 1 }).within('test');
    await records.saveMany([{ data: {} }, { data: {} }]);
    await vi.waitFor(async () => expect(await records.count()).toBe(0), { timeout: 15_000 });
    await services.storage.store.sweep();
    const [ours, theirs] = InMemoryTransport.createLinkedPair();
    const connection = serveStdio(createServerFactory(services, { lasts: true }), { transport: theirs });
    const old = new Client({ name: 'a client of 2025', version: '1' });
    await old.connect(ours);
    await old.close();
    await connection.close();
    const found = await collect();
    const points = (name: string) => found.get(name)?.dataPoints ?? [];
    const kinds = points('pgmcp.store.operations').map(({ attributes }) => attributes['kind']);
    expect(kinds).toEqual(expect.arrayContaining(['save', 'saveMany', 'count']));
    expect(points('pgmcp.store.expired')).toMatchObject([{ value: 2 }]);
    expect(points('pgmcp.store.sweep_duration')).toMatchObject([{ value: { count: expect.any(Number) } }]);
    await vi.waitFor(
      async () =>
        expect((await collect()).get('mcp.server.session.duration')?.dataPoints).toMatchObject([
          { attributes: { 'network.transport': 'pipe' }, value: { count: 1 } },
        ]),
      { timeout: 15_000 },
    );
  });

  it('stop reading a server that has closed', async () => {
    const collect = watchMetrics();
    const poolStats = vi.fn(() => []);
    const instruments = createInstruments({
      poolStats,
      auditState: () => ({ failing: false, waiting: 0, dropped: 0 }),
      historyDropped: () => 0,
      process: () => ({ memoryBytes: 1, eventLoopDelayMs: 0, cpuPercent: 0 }),
      replicaLags: () => [],
    });
    await collect();
    const calls = poolStats.mock.calls.length;
    expect(calls).toBeGreaterThan(0);
    instruments.close();
    await collect();
    expect(poolStats).toHaveBeenCalledTimes(calls);
  });
});

it('metrics name no database by the word of a caller, who could make ever more series', async () => {
  const collect = watchMetrics();
  const { hostname, port, pathname, username, password } = new URL(database.url);
  const { client, log } = await startInProcess(
    settings({
      PG_MCP_SERVER_TOOLSETS: 'core,connections',
      PG_MCP_CONNECTIONS_ALLOWED_HOSTS: `${hostname}:${port}`,
      PG_MCP_CONNECTIONS_REQUIRE_TLS: 'false',
    }),
  );
  const connection = {
    name: 'word_of_mine',
    host: hostname,
    port: Number(port),
    database: pathname.slice(1),
    user: username,
    password: decodeURIComponent(password) || 'trusted',
    ssl_mode: 'disable',
  };
  await succeed(client, 'add_connection', connection);
  await succeed(client, 'execute_query', { sql: 'SELECT 1 AS n', database: 'word_of_mine' });
  const points = [...(await collect()).values()].flatMap(({ dataPoints }) => dataPoints as { attributes: object }[]);
  const labels = JSON.stringify(points.map(({ attributes }) => attributes));
  expect(labels).toContain('"db.namespace":"(added)"');
  expect(labels).toContain('"db.client.connection.pool.name":"retail"');
  expect(labels).not.toContain('word_of_mine');
  expect(JSON.stringify(log)).toContain('word_of_mine');
});

describe('the log of statements', () => {
  const sql = "SELECT 'canary-literal' AS v";
  const logged = async (logSql: string) => {
    const { client, log } = await startInProcess(settings({ PG_MCP_TELEMETRY_LOG_SQL: logSql }));
    await succeed(client, 'execute_query', { sql });
    return log.filter(({ msg }) => msg === 'statement');
  };

  it('is off, or without literals, or raw when an operator wants it', async () => {
    expect(await logged('none')).toEqual([]);
    expect(await logged('normalized')).toMatchObject([{ sql: 'SELECT $1 AS v', database: 'retail', rows: 1 }]);
    expect(await logged('raw')).toMatchObject([{ sql }]);
  });
});

describe('slow statements', () => {
  it('are kept with the plan, made without running them again and without their literals', async () => {
    const { client, services } = await startInProcess(settings({ PG_MCP_HISTORY_SLOW_THRESHOLD: '1ms' }));
    const sql = "SELECT count(*) AS n FROM retail.customers WHERE email = $1 OR email = 'canary@example.com'";
    await succeed(client, 'execute_query', { sql, params: ['other-canary@example.com'] });
    await vi.waitFor(async () => expect(await services.history.slow('everybody')).toHaveLength(1), { timeout: 15_000 });
    const [slow] = await services.history.slow('everybody');
    expect(slow).toMatchObject({
      database: 'retail',
      tool: 'execute_query',
      sql: expect.stringContaining('email = $1 OR email = $2'),
      plan: expect.stringMatching(/ on customers /),
    });
    expect(JSON.stringify(slow)).not.toContain('canary');
    // Its own EXPLAIN is no call.
    expect((await services.history.calls('everybody')).items).toHaveLength(1);
  });
});
