import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { useDatabase } from '@pgmcp/testing/vitest';
import { describe, expect, it } from 'vitest';
import { startHttpServer } from './running-server.ts';
import { callTool, startLoad } from './topology/tool-call.ts';

const database = useDatabase({ template: 'retail' });

const CLIENTS = 16;
const SAMPLE_MS = 2_000;

/** Two minutes by default where it runs at all: `PGMCP_SOAK_SECONDS=120 pnpm exec vitest run --project e2e e2e/soak.e2e.ts`. */
const SOAK_SECONDS = Number(process.env['PGMCP_SOAK_SECONDS'] ?? 0);

const SQL = [
  'SELECT * FROM retail.orders LIMIT 200',
  'SELECT count(*) FROM retail.order_items',
  'SELECT s.name, count(*) FROM retail.orders o JOIN retail.stores s USING (store_id) GROUP BY 1',
  'SELECT nothing FROM retail.orders',
];

describe.skipIf(SOAK_SECONDS === 0)('a server under load for minutes', () => {
  it(
    'answers every call, and needs no more memory at the end than in the middle',
    async () => {
      // As the image runs: without a bound V8 lets garbage lie for as long as the machine has memory.
      const server = await startHttpServer({ DATABASE_URL: database.url, NODE_OPTIONS: '--max-old-space-size=384' });
      let refused = 0;
      const load = startLoad(CLIENTS, async (_client, count) => {
        const sql = SQL[count % SQL.length] ?? '';
        const answer = await callTool(server.url, 'none', 'execute_query', { sql });
        // The fourth is an error of the tool, which is as good as a result here.
        if (sql.includes('nothing') && answer.text.includes('isError')) {
          refused += 1;
          return { status: 200, text: '"structuredContent"' };
        }
        return answer;
      });
      const memory: number[] = [];
      for (let elapsed = 0; elapsed < SOAK_SECONDS * 1_000; elapsed += SAMPLE_MS) {
        await sleep(SAMPLE_MS);
        const exposed = await (await fetch(new URL('/metrics', server.adminUrl))).text();
        memory.push(Number(/^process_memory_usage(?:\{[^}]*\})? (\d+)/m.exec(exposed)?.[1]));
      }
      const { count, failures } = await load.stop();
      await server.stop();
      const third = Math.floor(memory.length / 3);
      const middle = Math.max(...memory.slice(third, 2 * third));
      const end = Math.max(...memory.slice(2 * third));
      process.stderr.write(
        `soak: ${count} calls in ${SOAK_SECONDS} s, ${refused} of them errors of the tool as expected; ` +
          `resident MB every ${SAMPLE_MS} ms: ${memory.map((bytes) => Math.round(bytes / 1e6)).join(' ')}\n`,
      );
      expect(failures).toEqual([]);
      expect(refused).toBeGreaterThan(0);
      expect(end).toBeLessThan(middle * 1.15);
    },
    SOAK_SECONDS * 1_000 + 60_000,
  );
});

/** Each gives a result that is cut, and keeps thousands of rows behind a handle. */
const CUT = "SELECT n, repeat('all these words ', 60) AS words FROM generate_series(1, 5000) AS n";
const FIRST_CALLS = 40;
const LATER_CALLS = 80;
/** What may be in the young generation by chance, in MiB. */
const CHANCE_MIB = 60;

describe('results that are cut, one after the other', () => {
  it('need no more memory later than at first: what is given up is gone', async () => {
    // Without a bound V8 lets garbage lie for as long as the machine has memory, and nothing could be seen.
    const server = await startHttpServer({
      DATABASE_URL: database.url,
      NODE_OPTIONS: '--max-old-space-size=200 --max-semi-space-size=8',
    });
    const residentMib = () => {
      const status = readFileSync(`/proc/${server.process.pid}/status`, 'utf8');
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1_024;
    };
    const call = async (calls: number) => {
      for (let n = 0; n < calls; n += 1) {
        const answer = await callTool(server.url, 'none', 'execute_query', { sql: CUT });
        expect(answer.text).toContain('query_id');
      }
    };
    await call(FIRST_CALLS);
    const before = residentMib();
    await call(LATER_CALLS);
    const after = residentMib();
    await server.stop();
    process.stderr.write(
      `cut results: ${Math.round(before)} MiB after ${FIRST_CALLS}, ${Math.round(after)} MiB after ${LATER_CALLS} more\n`,
    );
    expect(after).toBeLessThan(before + CHANCE_MIB);
  });
});
