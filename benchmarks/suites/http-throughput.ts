import { startHttpContestants } from '../measure/http-contestants.ts';
import { inFlight } from '../measure/in-flight.ts';
import { interleave, type Measurement } from '../measure/interleave.ts';
import type { Suite } from '../suite.ts';

/** Calls that are under way at the same time. */
const CONCURRENCY = 16;
/** Calls of one burst; its time is one measurement. */
const BURST = 320;

/** As many calls at once as a busy replica has, over kept connections. */
export const httpThroughput: Suite = {
  name: 'http-throughput',
  title: `Many tool calls at once over HTTP: \`SELECT 1\`, ${BURST} calls, ${CONCURRENCY} at a time`,
  goal: 'calls per second beside an echo by the SDK, which asks no database',
  async run({ databaseUrl, httpProgram, rounds }) {
    const { echo, pgmcp } = await startHttpContestants(databaseUrl, httpProgram);
    const burst = (client: typeof echo) =>
      inFlight(CONCURRENCY, BURST, () => client.callTool('execute_query', { sql: 'SELECT 1' }));
    try {
      const measurements = await interleave(
        [
          { name: 'echo by the SDK, no database', call: () => burst(echo) },
          { name: 'pgmcp execute_query', call: () => burst(pgmcp) },
        ],
        { rounds, calls: 3, warmUpCalls: 4 },
      );
      return { measurements, facts: Object.fromEntries(measurements.map(perSecond)) };
    } finally {
      await Promise.all([echo.close(), pgmcp.close()]);
    }
  },
};

const perSecond = ({ name, medianMs, ratio }: Measurement) => [
  name,
  `${Math.round((BURST * 1_000) / medianMs)} calls/s, ${(1 / ratio).toFixed(2)} of the floor`,
];
