import { connectMcpClient } from '@pgmcp/testing';
import { useDatabase } from '@pgmcp/testing/vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorOf, type RunningServer, startServer, VERIFIED_QUERIES, WAYS } from './running-server.ts';
import { ALL_CASES } from './tool-cases/all-cases.ts';
import { argumentsOf, type CaseContext } from './tool-cases/tool-case.ts';

const database = useDatabase({ template: 'retail' });

/** A server with every tool that there is. */
const settings = () => ({
  PG_MCP_DATABASE_NAME: 'retail',
  PG_MCP_DATABASE_URL: database.url,
  PG_MCP_SERVER_TOOLSETS: 'all',
  PG_MCP_SERVER_VERIFIED_QUERIES: VERIFIED_QUERIES,
  PG_MCP_SERVER_QUERY_TIMEOUT: '120s',
  PG_MCP_SECURITY_ALLOWED_FUNCTIONS: 'pg_sleep',
  PG_MCP_SECURITY_MODE: 'admin',
  PG_MCP_CONNECTIONS_ALLOWED_HOSTS: `127.0.0.1:${database.port}`,
  PG_MCP_CONNECTIONS_REQUIRE_TLS: 'false',
  PG_MCP_RESULTS_MAX_RUNNING_PER_CALLER: '10',
});

describe.each(WAYS)('every tool for a $era client over $transport', (way) => {
  let server: RunningServer;
  let context: CaseContext;

  beforeAll(async () => {
    server = await startServer(way, settings());
    const connection = await database.connect();
    context = { client: server.client, owner: async (sql) => (await connection.query(sql)).rows };
  });
  afterAll(() => server?.close());

  const isActive = async (statement: string): Promise<boolean> => {
    const quoted = statement.replaceAll("'", "''");
    const rows = await context.owner(
      `SELECT 1 FROM pg_stat_activity WHERE query LIKE '${quoted}' AND state = 'active' AND pid <> pg_backend_pid()`,
    );
    return rows.length > 0;
  };

  it('has a case', async () => {
    const listed = await server.client.listTools();
    expect(listed.map(({ name }) => name)).toEqual(ALL_CASES.map(({ tool }) => tool).toSorted());
  });

  describe.each(ALL_CASES)('$tool', ({ tool, good, bad, valid = good[0]?.args ?? {}, slow }) => {
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
      for (const name of Object.keys(args)) {
        const result = await server.client.callTool(tool, { ...args, [name]: { wrong: true } });
        expect(errorOf(result)).toMatchObject({
          code: 'VALIDATION_ERROR',
          message: expect.stringContaining(name),
        });
      }
    });

    it.runIf(slow !== undefined)('tells early how far it is, and ends on the server when it is cancelled', async () => {
      if (slow === undefined) return;
      const { args, statement } = slow;
      const cancelling = new AbortController();
      // A client of 2025 over HTTP without a session has one way to cancel: to go. Its notification belongs to no request.
      const leaves = way.transport === 'http' && way.era === 'legacy' && server.url !== undefined;
      const client = leaves ? await connectMcpClient({ era: way.era, url: server.url ?? '' }) : server.client;
      const messages: (string | undefined)[] = [];
      const call = client.callTool(tool, await argumentsOf(args, context), {
        signal: cancelling.signal,
        timeoutMs: 100_000,
        onProgress: ({ message }) => messages.push(message),
      });
      const ended = call.then(
        (result) => result.isError,
        () => true,
      );
      // Some clients give a silent call up after a minute.
      await expect.poll(() => messages.length, { timeout: 30_000 }).toBeGreaterThan(0);
      expect(await isActive(statement)).toBe(true);
      if (leaves) await client.close();
      else cancelling.abort();
      expect(await ended).toBe(true);
      await expect.poll(() => isActive(statement), { timeout: 10_000 }).toBe(false);
    });
  });
});
