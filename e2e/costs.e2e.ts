// What a call costs in counts that do not depend on the machine. Times are measured in benchmarks/.
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connectMcpClient } from '@pgmcp/testing';
import { useDatabase } from '@pgmcp/testing/vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectCost } from './expected-costs.ts';
import { END_TIMEOUT_MS, type RunningServer, STDIO_PROGRAM, serverEnvironment, startServer } from './running-server.ts';

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

describe('counts that are checked in', () => {
  it('modules that a start of pgmcp loads until the first answer, and their bytes', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'pgmcp-costs-'));
    try {
      const list = join(folder, 'loaded.json');
      const hook = fileURLToPath(new URL('./record-loaded-modules.mjs', import.meta.url));
      const client = await connectMcpClient({
        era: 'modern',
        command: process.execPath,
        args: ['--import', hook, STDIO_PROGRAM],
        env: serverEnvironment({ PG_MCP_DATABASE_URL: database.url, LOADED_MODULES: list }),
        endTimeoutMs: END_TIMEOUT_MS,
      });
      const { isError } = await client.callTool('execute_query', { sql: 'SELECT 1' });
      await client.close();
      expect(isError).toBe(false);
      const { files, ran, ownModules } = JSON.parse(await readFile(list, 'utf8')) as {
        readonly files: readonly { readonly url: string; readonly bytes: number }[];
        /** Paths of the modules in the bundle that were run. */
        readonly ran: readonly string[];
        readonly ownModules: number;
      };
      expect(files.map(({ url }) => basename(url))).not.toContain('openai.cjs');
      for (const lazy of [
        '/cli/commands/',
        '/cli/help.ts',
        '/doctor/',
        '/same-thread-engine.ts',
        '/grammar.ts',
        'src/demo.ts',
        '/node_modules/yaml/',
      ])
        expect(ran.filter((path) => path.includes(lazy))).toEqual([]);
      expectCost('modules run at the start of pgmcp', ran.length);
      expectCost('files loaded at the start of pgmcp', files.length);
      expectCost(
        'kilobytes of code loaded at the start of pgmcp',
        kilobytes(files.reduce((sum, { bytes }) => sum + bytes, 0)),
      );
      expectCost('modules of Node loaded at the start of pgmcp', ownModules);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('bytes of a result, of a list of tools and of an error', async () => {
    const server = await startServer({ transport: 'stdio', era: 'modern' }, { PG_MCP_DATABASE_URL: database.url });
    try {
      const { content } = await server.client.callTool('execute_query', {
        sql: 'SELECT order_id, store_id, status FROM retail.orders ORDER BY order_id LIMIT 100',
      });
      expectCost('bytes of the text of 100 rows of 3 columns', textOf(content).length);
      const refused = await server.client.callTool('execute_query', { sql: 'DELETE FROM retail.orders' });
      expectCost('bytes of the text of a refusal', textOf(refused.content).length);
      expectCost('kilobytes of the list of tools', kilobytes(JSON.stringify(await server.client.listTools()).length));
    } finally {
      await server.close();
    }
  });

  it('bytes of the bundle of pgmcp', async () => {
    const folder = new URL('../apps/stdio/dist/', import.meta.url);
    const sizes = await Promise.all(
      (await readdir(folder, { recursive: true, withFileTypes: true }))
        .filter((entry) => entry.isFile())
        .map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).size),
    );
    expectCost('kilobytes of the bundle of pgmcp', kilobytes(sizes.reduce((sum, size) => sum + size, 0)));
  });
});

const kilobytes = (bytes: number): number => Math.round(bytes / 1_000);

function textOf(content: readonly unknown[]): string {
  const [first] = content as readonly { readonly text?: string }[];
  return first?.text ?? '';
}
