import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { inFlight } from '../measure/in-flight.ts';
import { interleave, percentile } from '../measure/interleave.ts';
import { type LineClient, startLineClient } from '../measure/line-client.ts';
import { residentBytes } from '../measure/resident-bytes.ts';
import { serverSettings } from '../measure/server-settings.ts';
import type { Suite } from '../suite.ts';

const CALLS = 320;

/** Calls in flight over one stdio connection. */
function throughput(width: number, goal: string): Suite {
  return {
    name: `throughput-${width}`,
    title: `${CALLS} calls of \`SELECT 1\` over stdio, ${width} in flight`,
    goal,
    async run({ databaseUrl, stdioProgram, rounds }) {
      const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 });
      const floor = fileURLToPath(new URL('../floors/echo-by-hand.mjs', import.meta.url));
      const byHand = await startLineClient(process.execPath, [floor], { DATABASE_URL: databaseUrl });
      const pgmcp = await startLineClient(process.execPath, [stdioProgram], serverSettings(databaseUrl));
      const batch = (work: () => Promise<unknown>) => () => inFlight(width, CALLS, work);
      const sql = { sql: 'SELECT 1' };
      try {
        const measurements = await interleave(
          [
            { name: 'pg.Pool of 10 connections', call: batch(() => pool.query('SELECT 1')) },
            { name: 'by hand with one connection', call: batch(() => byHand.callTool('x', sql)) },
            { name: 'pgmcp execute_query', call: batch(() => pgmcp.callTool('execute_query', sql)) },
          ],
          { rounds, calls: 1, warmUpCalls: 3 },
        );
        const facts: Record<string, string> = {};
        for (const { name, medianMs } of measurements)
          facts[`calls a second, ${name}`] = Math.round((CALLS / medianMs) * 1_000).toLocaleString('en');
        facts['resident memory of pgmcp'] = `${((await residentBytes(pgmcp.process)) / 1e6).toFixed(0)} MB`;
        if (width > 1) Object.assign(facts, await besideSlowQueries(pgmcp));
        return { measurements, facts };
      } finally {
        await Promise.all([pool.end(), byHand.close(), pgmcp.close()]);
      }
    },
  };
}

/** One after another: beside it stands what overlapping gains. */
export const throughput1 = throughput(1, 'the floor of the next two');
/** Fewer calls than the pool has connections. */
export const throughput8 = throughput(8, 'see 32');
/** More calls than the pool has connections: most of them wait. */
export const throughput32 = throughput(
  32,
  '0.30 of the bare pool, which is a ratio of 3.3 here; a slow query delays no fast one (P2)',
);

const SLOW = {
  'a query of seconds': 'SELECT count(*) FROM generate_series(1, 900000) AS a, generate_series(1, 8) AS b',
  '100,000 rows asked': 'SELECT n, md5(n::text) FROM generate_series(1, 100000) AS n',
};

/** How long `SELECT 1` takes while another call runs. */
async function besideSlowQueries(pgmcp: LineClient): Promise<Record<string, string>> {
  const facts: Record<string, string> = {};
  for (const [name, sql] of Object.entries(SLOW)) {
    const durations: number[] = [];
    for (let repetition = 0; repetition < 3; repetition += 1) {
      let running = true;
      const slow = pgmcp.callTool('execute_query', { sql: `${sql} -- ${repetition}` }).finally(() => {
        running = false;
      });
      while (running) {
        const startedAt = performance.now();
        await pgmcp.callTool('execute_query', { sql: 'SELECT 1' });
        durations.push(performance.now() - startedAt);
      }
      await slow;
    }
    facts[`SELECT 1 beside ${name}`] =
      `p50 ${percentile(durations, 0.5).toFixed(2)} ms, p99 ${percentile(durations, 0.99).toFixed(2)} ms (${durations.length} calls)`;
  }
  return facts;
}
