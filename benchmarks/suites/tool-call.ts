import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { interleave } from '../measure/interleave.ts';
import { startLineClient } from '../measure/line-client.ts';
import { serverSettings } from '../measure/server-settings.ts';
import type { Suite } from '../suite.ts';

const floorFile = (name: string) => fileURLToPath(new URL(`../floors/${name}.mjs`, import.meta.url));

/** One `SELECT 1` after another over stdio: everything between a client's line and the answer. */
export const toolCall: Suite = {
  name: 'tool-call',
  title: 'One tool call over stdio: `SELECT 1`, one at a time',
  goal: 'pgmcp <= 8x of a bare client of the driver (performance goal P1)',
  async run({ databaseUrl, stdioProgram, rounds }) {
    const bare = new pg.Client({ connectionString: databaseUrl });
    await bare.connect();
    const node = process.execPath;
    const byHand = await startLineClient(node, [floorFile('echo-by-hand')], {});
    const bySdk = await startLineClient(node, [floorFile('echo-by-sdk')], {});
    const byHandWithDatabase = await startLineClient(node, [floorFile('echo-by-hand')], { DATABASE_URL: databaseUrl });
    const pgmcp = await startLineClient(node, [stdioProgram], serverSettings(databaseUrl));
    const sql = { sql: 'SELECT 1' };
    try {
      return {
        measurements: await interleave(
          [
            { name: 'bare client of the driver', call: () => bare.query({ text: sql.sql, rowMode: 'array' }) },
            { name: 'echo by hand, no database', call: () => byHand.callTool('execute_query', sql) },
            { name: 'echo by the SDK, no database', call: () => bySdk.callTool('execute_query', sql) },
            { name: 'by hand with the driver, no transaction', call: () => byHandWithDatabase.callTool('x', sql) },
            { name: 'pgmcp execute_query', call: () => pgmcp.callTool('execute_query', sql) },
          ],
          { rounds, calls: 200, warmUpCalls: 500 },
        ),
      };
    } finally {
      await Promise.all([bare.end(), byHand.close(), bySdk.close(), byHandWithDatabase.close(), pgmcp.close()]);
    }
  },
};
