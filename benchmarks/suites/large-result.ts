import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { interleave } from '../measure/interleave.ts';
import { startLineClient } from '../measure/line-client.ts';
import { residentBytes } from '../measure/resident-bytes.ts';
import { rowsSql } from '../measure/rows-sql.ts';
import { serverSettings } from '../measure/server-settings.ts';
import type { Suite, SuiteContext } from '../suite.ts';

const floorFile = fileURLToPath(new URL('../floors/echo-by-hand.mjs', import.meta.url));

/** Thousands of rows through the caps raised: time and bytes. */
function largeResult(count: number, goal: string): Suite {
  return {
    name: `result-${count}`,
    title: `A result of ${count.toLocaleString('en')} rows of 8 columns over stdio`,
    goal,
    run: (context) => measure(count, context),
  };
}

/** A page of rows. */
export const result1k = largeResult(1_000, 'pgmcp <= 3x of text arrays written once by hand (P6)');
/** Ten times as many: what grows with rows alone. */
export const result10k = largeResult(10_000, 'pgmcp <= 2x of text arrays written once by hand (P6)');

async function measure(count: number, { databaseUrl, stdioProgram, rounds }: SuiteContext) {
  const bare = new pg.Client({ connectionString: databaseUrl, types: { getTypeParser: () => (text: string) => text } });
  await bare.connect();
  const byHand = await startLineClient(process.execPath, [floorFile], { DATABASE_URL: databaseUrl });
  const pgmcp = await startLineClient(process.execPath, [stdioProgram], {
    ...serverSettings(databaseUrl),
    PG_MCP_SERVER_MAX_RESULT_ROWS: '1000000',
    PG_MCP_SERVER_MAX_RESULT_BYTES: '256MiB',
    PG_MCP_SERVER_MAX_RESULT_TOKENS: '100000000',
  });
  const sql = rowsSql(count);
  try {
    let floorBytes = 0;
    let answer: unknown;
    const measurements = await interleave(
      [
        {
          name: 'text arrays of the driver, JSON written once, no transport',
          call: async () => {
            const { rows } = await bare.query({ text: sql, rowMode: 'array' });
            floorBytes = JSON.stringify({ rows }).length;
          },
        },
        { name: 'by hand with the driver, over stdio', call: () => byHand.callTool('x', { sql }) },
        {
          name: 'pgmcp execute_query',
          call: async () => {
            answer = await pgmcp.callTool('execute_query', { sql });
          },
        },
      ],
      { rounds, calls: 2, warmUpCalls: 3 },
    );
    return {
      measurements,
      facts: {
        'bytes beside the floor, the rows once': `${(textOf(answer).length / floorBytes).toFixed(2)}x`,
        'bytes beside the floor, as text and structured': `${(JSON.stringify(answer).length / floorBytes).toFixed(2)}x`,
        'resident memory of pgmcp': `${((await residentBytes(pgmcp.process)) / 1e6).toFixed(0)} MB`,
      },
    };
  } finally {
    await Promise.all([bare.end(), byHand.close(), pgmcp.close()]);
  }
}

function textOf(answer: unknown): string {
  return (answer as { content: readonly { text: string }[] }).content[0]?.text ?? '';
}
