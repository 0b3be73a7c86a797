import { inFlight } from '../measure/in-flight.ts';
import { startLineClient } from '../measure/line-client.ts';
import { serverSettings } from '../measure/server-settings.ts';
import type { Curve, CurvePoint } from './curve.ts';
import { median } from './measured-calls.ts';

/** What a call takes by how many are under way at once in one process. */
export async function callersCurve(databaseUrl: string, program: string): Promise<Curve> {
  const client = await startLineClient(process.execPath, [program], serverSettings(databaseUrl));
  const points: CurvePoint[] = [];
  try {
    await inFlight(16, 2_000, () => client.callTool('execute_query', { sql: 'SELECT 1' }));
    for (const size of [1, 2, 4, 8, 16, 32, 48]) {
      const durations: number[] = [];
      const startedAt = performance.now();
      await inFlight(size, 1_500, async () => {
        const from = performance.now();
        await client.callTool('execute_query', { sql: 'SELECT 1' });
        durations.push(performance.now() - from);
      });
      const seconds = (performance.now() - startedAt) / 1_000;
      points.push({ size, values: [median(durations), durations.length / seconds] });
    }
  } finally {
    await client.close();
  }
  return {
    title: 'Cost of a call by the callers at once',
    size: 'callers',
    columns: ['ms a call', 'calls a second'],
    points,
    reason:
      'As soon as the thread of the server has no pause left, calls a second stay what they are and each caller waits for the others; the pool (10 connections) is not what bends it while statements are short. More than 50 at once are turned away with a time to come back: 10 connections, and 40 may wait.',
  };
}
