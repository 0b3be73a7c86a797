import { connectMcpClient } from '@pgmcp/testing';
import { useDatabase } from '@pgmcp/testing/vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PausableProxy, startPausableProxy } from './pausable-proxy.ts';
import { errorOf, type RunningServer, startServer, WAYS } from './running-server.ts';
import { ALL_CASES } from './tool-cases/all-cases.ts';
import { CROWD, type VerifiedQueries, writeVerifiedQueries } from './tool-cases/prepared.ts';
import { type Arguments, argumentsOf, type CaseContext, type SlowCall } from './tool-cases/tool-case.ts';

const database = useDatabase({ template: 'retail' });
let owner: Awaited<ReturnType<typeof database.connect>>;
let holder: typeof owner;
let proxy: PausableProxy;
let verifiedQueries: VerifiedQueries;

beforeAll(async () => {
  owner = await database.connect();
  holder = await database.connect();
  proxy = await startPausableProxy(database.port);
  verifiedQueries = await writeVerifiedQueries();
  await owner.query(CROWD);
});
afterAll(() => Promise.all([proxy?.close(), verifiedQueries?.remove()]));

/** A server with every tool that there is. */
const settings = () => ({
  PG_MCP_DATABASE_NAME: 'retail',
  PG_MCP_DATABASE_URL: database.url,
  PG_MCP_SERVER_TOOLSETS: 'all',
  PG_MCP_SERVER_VERIFIED_QUERIES: verifiedQueries.path,
  PG_MCP_SERVER_QUERY_TIMEOUT: '120s',
  // Tables are held so that calls wait until they are cancelled, however busy the machine is.
  PG_MCP_DATABASE_LOCK_TIMEOUT: '120s',
  PG_MCP_SECURITY_ALLOWED_FUNCTIONS: 'pg_sleep',
  PG_MCP_SECURITY_MODE: 'admin',
  PG_MCP_CONNECTIONS_ALLOWED_HOSTS: `127.0.0.1:${database.port},127.0.0.1:${proxy.port}`,
  PG_MCP_CONNECTIONS_REQUIRE_TLS: 'false',
  PG_MCP_RESULTS_MAX_RUNNING_PER_CALLER: '10',
});

/** Caps so low that every result meets them. */
const LOW_CAPS = {
  PG_MCP_SERVER_MAX_RESULT_ROWS: '20',
  PG_MCP_SERVER_MAX_RESULT_TOKENS: '400',
  PG_MCP_SERVER_MAX_RESULT_BYTES: '4KiB',
  PG_MCP_SERVER_MAX_CELL_CHARACTERS: '100',
  PG_MCP_HISTORY_SLOW_THRESHOLD: '1ms',
};

/** No result of a server with those caps is longer, in characters: what stands beside rows and lists is bounded too. */
const LONGEST_RESULT = 40_000;

const contextOf = ({ client }: RunningServer): CaseContext => ({
  client,
  owner: async (sql) => (await owner.query(sql)).rows,
  proxy,
});

async function isActive(statement: string): Promise<boolean> {
  const { rows } = await owner.query(
    "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND query LIKE $1 AND state = 'active' AND pid <> pg_backend_pid()",
    [statement],
  );
  return rows.length > 0;
}

/** Whether anybody waits for the table of comments: the statement that reads the schema is longer than what the server shows of it. */
async function isWaiting(): Promise<boolean> {
  const { rows } = await owner.query(
    "SELECT 1 FROM pg_locks WHERE relation = 'pg_catalog.pg_description'::regclass AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND NOT granted",
  );
  return rows.length > 0;
}

/** Runs some work while somebody holds a table. */
async function whileHeld<Result>(table: string | undefined, work: () => Promise<Result>): Promise<Result> {
  if (table === undefined) return work();
  await holder.query('BEGIN');
  try {
    await holder.query(`LOCK TABLE ${table}`);
    return await work();
  } finally {
    await holder.query('ROLLBACK');
  }
}

/** Slow calls that can wait together: those that nothing else disturbs, and those that wait for one table. */
function slowCases(): readonly { readonly tools: string; readonly cases: readonly SlowCase[] }[] {
  const groups = new Map<string, SlowCase[]>();
  for (const { tool, slow } of ALL_CASES) {
    if (slow === 'schema' || 'never' in slow) continue;
    const together = slow.begin ? tool : (slow.hold ?? '');
    groups.set(together, [...(groups.get(together) ?? []), { tool, slow }]);
  }
  return [...groups.values()].map((cases) => ({ tools: cases.map(({ tool }) => tool).join(', '), cases }));
}

interface SlowCase {
  readonly tool: string;
  readonly slow: SlowCall;
}

describe.each(WAYS)('every tool for a $era client over $transport', (way) => {
  let server: RunningServer;
  let context: CaseContext;

  beforeAll(async () => {
    server = await startServer(way, settings());
    context = contextOf(server);
  });
  afterAll(() => server?.close());

  it('has a case', async () => {
    const listed = await server.client.listTools();
    expect(listed.map(({ name }) => name)).toEqual(ALL_CASES.map(({ tool }) => tool).toSorted());
  });

  /**
   * Calls a tool, waits for its first progress, looks at its work, and cancels it. Some clients give a silent call up after a minute.
   */
  const cancelled = async (tool: string, args: Record<string, unknown>, whileRunning: () => Promise<void>) => {
    const cancelling = new AbortController();
    // A client of 2025 over HTTP without a session has one way to cancel: to go. Its notification belongs to no request.
    const leaves = way.transport === 'http' && way.era === 'legacy' && server.url !== undefined;
    const client = leaves ? await connectMcpClient({ era: way.era, url: server.url ?? '' }) : server.client;
    const messages: (string | undefined)[] = [];
    const call = client.callTool(tool, args, {
      signal: cancelling.signal,
      timeoutMs: 100_000,
      onProgress: ({ message }) => messages.push(message),
    });
    const ended = call.then(
      (result) => result.isError,
      () => true,
    );
    await expect.poll(() => messages.length, { timeout: 30_000 }).toBeGreaterThan(0);
    await whileRunning();
    if (leaves) await client.close();
    else cancelling.abort();
    expect(await ended).toBe(true);
  };

  const showSlow = async ({ tool, slow }: { readonly tool: string; readonly slow: SlowCall }, args: Arguments) => {
    const { statement } = slow;
    slow.begin?.(context);
    await cancelled(tool, { ...args }, async () => {
      if (statement !== undefined)
        await expect.poll(() => isActive(statement), { timeout: 10_000, message: tool }).toBe(true);
    });
    if (statement === undefined) return;
    if (slow.outlives) expect(await isActive(statement), tool).toBe(true);
    else await expect.poll(() => isActive(statement), { timeout: 10_000, message: tool }).toBe(false);
  };

  it.each(slowCases())(
    'tells early how far $tools are, and ends their work when they are cancelled',
    async ({ cases }) => {
      const given: Arguments[] = [];
      for (const { slow } of cases) given.push(await argumentsOf(slow.args, context));
      await whileHeld(cases[0]?.slow.hold, () =>
        Promise.all(cases.map((each, index) => showSlow(each, given[index] ?? {}))),
      );
      for (const { slow } of cases) await slow.end?.(context);
    },
  );

  it('tells early how far tools are that wait for the schema to be read, and their clients need not wait', async () => {
    const waiting = ALL_CASES.filter(({ slow }) => slow === 'schema');
    expect(waiting).not.toEqual([]);
    const calls: { tool: string; args: Arguments }[] = [];
    for (const { tool, valid, good } of waiting)
      calls.push({ tool, args: await argumentsOf(valid ?? good[0]?.args ?? {}, context) });
    // The snapshot is believed for a moment without a question.
    await new Promise((resolve) => setTimeout(resolve, 5_100));
    await whileHeld('pg_catalog.pg_description', async () => {
      const reading = () => expect.poll(isWaiting, { timeout: 10_000 }).toBe(true);
      await Promise.all(calls.map(({ tool, args }) => cancelled(tool, { ...args }, reading)));
    });
    for (const { tool, args } of calls) {
      const result = await server.client.callTool(tool, { ...args });
      expect(result.isError, result.text).toBe(false);
    }
  });

  describe.each(ALL_CASES)('$tool', ({ tool, good, bad, valid = good[0]?.args ?? {} }) => {
    it.each(good)('does its work: $what', async ({ args, check }) => {
      const result = await server.client.callTool<Record<string, unknown>>(tool, await argumentsOf(args, context));
      expect(result.isError, result.text).toBe(false);
      // Models of some clients see only the one, those of others only the other.
      expect(JSON.parse(result.text)).toEqual(result.structuredContent);
      await check(result.structuredContent, context);
    });

    it.each(bad)('refuses $why, and says the cure', async ({ args, code, message }) => {
      const result = await server.client.callTool(tool, await argumentsOf(args, context));
      const error = errorOf(result);
      expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
      expect(result.text.length).toBeLessThan(11_000);
    });

    it('refuses an argument that it does not know', async () => {
      const args = { ...(await argumentsOf(valid, context)), databse: 'retail' };
      expect(errorOf(await server.client.callTool(tool, args))).toMatchObject({
        code: 'VALIDATION_ERROR',
        message: expect.stringMatching(/unknown argument "databse"/),
      });
    });

    it('refuses arguments of a wrong type', async () => {
      const args = await argumentsOf(valid, context);
      const listed = (await server.client.listTools()).find(({ name }) => name === tool);
      const names = Object.keys(listed?.inputSchema['properties'] ?? {});
      // Some tools take none.
      expect(names).toEqual(expect.arrayContaining(Object.keys(args)));
      for (const name of names) {
        const result = await server.client.callTool(tool, { ...args, [name]: { wrong: true } });
        expect(errorOf(result), name).toMatchObject({
          code: 'VALIDATION_ERROR',
          message: expect.stringContaining(name),
        });
      }
    });
  });
});

describe.each(WAYS)('results beyond every cap for a $era client over $transport', (way) => {
  let server: RunningServer;
  let context: CaseContext;

  beforeAll(async () => {
    server = await startServer(way, { ...settings(), ...LOW_CAPS });
    context = contextOf(server);
  });
  afterAll(() => server?.close());

  const beyond = ALL_CASES.flatMap(({ tool, beyond: calls }) =>
    'never' in calls ? [] : calls.map((call) => ({ tool, ...call })),
  );

  it.each(beyond)('are cut by $tool: $what', async ({ tool, args, check }) => {
    const result = await server.client.callTool<Record<string, unknown>>(tool, await argumentsOf(args, context));
    expect(result.isError, result.text).toBe(false);
    expect(result.text.length).toBeLessThan(LONGEST_RESULT);
    await check(result.structuredContent, context);
  });
});
