// What a call costs in counts that do not depend on the machine. Times are measured in benchmarks/.
import { readFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { useDatabase } from '@pgmcp/testing/vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningServer, startServer } from './running-server.ts';

/** A relay to a database that counts how often the client spoke after the server had answered. */
interface RoundTripCounter {
  readonly port: number;
  /** Round trips since the last call of it. */
  take(): number;
  close(): Promise<void>;
}

async function countRoundTrips(host: string, port: number): Promise<RoundTripCounter> {
  let count = 0;
  const server = createServer((client) => {
    const upstream = connect({ host, port });
    let serverSpokeLast = true;
    client.on('data', (chunk) => {
      if (serverSpokeLast) count += 1;
      serverSpokeLast = false;
      upstream.write(chunk);
    });
    upstream.on('data', (chunk) => {
      serverSpokeLast = true;
      client.write(chunk);
    });
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return {
    port: address.port,
    take() {
      const taken = count;
      count = 0;
      return taken;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

const database = useDatabase({ template: 'retail' });

/** Most memory that a process has ever held, in MiB. */
async function peakMemoryMib(processId: number): Promise<number> {
  const status = await readFile(`/proc/${processId}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}

// V8 optimizes the WebAssembly of the SQL parser after some dozens of statements when it is let, which takes 600 MiB.
it.skipIf(process.platform !== 'linux')(
  'a thousand different statements need no memory by the hundred megabytes',
  async () => {
    const server = await startServer({ transport: 'stdio', era: 'modern' }, { PG_MCP_DATABASE_URL: database.url });
    try {
      for (let n = 0; n < 1_000; n += 1) {
        const { isError } = await server.client.callTool('execute_query', {
          sql: `SELECT store_id, ${n} AS n FROM retail.stores WHERE store_id > ${n} ORDER BY 1 LIMIT 2`,
        });
        expect(isError).toBe(false);
      }
      expect(await peakMemoryMib(server.pid)).toBeLessThan(350);
    } finally {
      await server.close();
    }
  },
);

describe.each([
  { pooler: 'none', statement: 1 },
  { pooler: 'transaction', statement: 4 },
])('round trips to the database, pooler $pooler', ({ pooler, statement }) => {
  let counter: RoundTripCounter;
  let server: RunningServer;

  /** Round trips of a call, the least of three: one of them may fall together with the question whether the structure still holds. */
  async function roundTripsOf(
    tool: string,
    input: Readonly<Record<string, unknown>>,
    refused = false,
  ): Promise<number> {
    const counts: number[] = [];
    for (let attempt = 0; attempt < 3; attempt += 1) {
      counter.take();
      const { isError } = await server.client.callTool(tool, input);
      expect(isError).toBe(refused);
      counts.push(counter.take());
    }
    return Math.min(...counts);
  }

  beforeAll(async () => {
    const url = new URL(database.url);
    counter = await countRoundTrips(url.hostname, Number(url.port));
    url.port = String(counter.port);
    url.searchParams.set('sslmode', 'disable');
    server = await startServer(
      { transport: 'stdio', era: 'modern' },
      { PG_MCP_DATABASE_URL: url.href, PG_MCP_DATABASE_POOLER: pooler },
    );
    // The types of results and the structure are known from then on.
    await server.client.callTool('execute_query', { sql: 'SELECT * FROM retail.stores' });
  });

  afterAll(async () => {
    await server.close();
    await counter.close();
  });

  it(`a statement costs at most ${statement}`, async () => {
    expect(await roundTripsOf('execute_query', { sql: 'SELECT count(*) FROM retail.orders' })).toBeLessThanOrEqual(
      statement,
    );
  });

  it('judging costs nothing: a refused statement never reaches the database', async () => {
    expect(await roundTripsOf('execute_query', { sql: 'DELETE FROM retail.orders' }, true)).toBe(0);
  });

  it('describing a table costs nothing', async () => {
    expect(await roundTripsOf('get_table_schema', { tables: ['retail.orders'] })).toBe(0);
  });
});
