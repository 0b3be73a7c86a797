import { startHttpContestants } from '../measure/http-contestants.ts';
import { interleave } from '../measure/interleave.ts';
import type { Suite } from '../suite.ts';

/** One `SELECT 1` after another over stateless Streamable HTTP. */
export const httpCall: Suite = {
  name: 'http-call',
  title: 'One tool call over HTTP: `SELECT 1`, one at a time',
  goal: 'pgmcp <= 1.25x of an echo by the SDK (P3)',
  async run({ databaseUrl, httpProgram, rounds }) {
    const { echo, pgmcp } = await startHttpContestants(databaseUrl, httpProgram);
    const sql = { sql: 'SELECT 1' };
    try {
      return {
        measurements: await interleave(
          [
            { name: 'echo by the SDK, no database', call: () => echo.callTool('execute_query', sql) },
            { name: 'pgmcp execute_query', call: () => pgmcp.callTool('execute_query', sql) },
          ],
          { rounds, calls: 100, warmUpCalls: 300 },
        ),
      };
    } finally {
      await Promise.all([echo.close(), pgmcp.close()]);
    }
  },
};
