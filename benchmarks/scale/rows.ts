import { startLineClient } from '../measure/line-client.ts';
import { residentBytes } from '../measure/resident-bytes.ts';
import { rowsSql } from '../measure/rows-sql.ts';
import { serverSettings } from '../measure/server-settings.ts';
import type { Curve, CurvePoint } from './curve.ts';
import { median, timeCalls } from './measured-calls.ts';

/** What a result costs by its rows, caps raised. */
export async function rowsCurve(databaseUrl: string, program: string): Promise<Curve> {
  const points: CurvePoint[] = [];
  for (const size of [1, 10, 100, 1_000, 10_000, 50_000]) {
    const client = await startLineClient(process.execPath, [program], {
      ...serverSettings(databaseUrl),
      PG_MCP_SERVER_MAX_RESULT_ROWS: '1000000',
      PG_MCP_SERVER_MAX_RESULT_BYTES: '256MiB',
      PG_MCP_SERVER_MAX_RESULT_TOKENS: '100000000',
    });
    const sql = rowsSql(size);
    const durations = await timeCalls(size > 5_000 ? 8 : 40, () => client.callTool('execute_query', { sql }));
    points.push({ size, values: [median(durations), (await residentBytes(client.process)) / 1e6] });
    await client.close();
  }
  return {
    title: 'Cost of a result by its rows',
    size: 'rows',
    columns: ['ms a call', 'MB resident'],
    points,
    reason:
      'A row costs the same at every size; memory grows with the answer, which is held as rows, as text and as the message. The shipped caps end both.',
  };
}
