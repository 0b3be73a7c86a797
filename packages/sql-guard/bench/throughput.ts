// biome-ignore-all lint/suspicious/noConsole: it prints its measurements.
/**
 * Verdicts per second with 32 texts in flight, by number of threads, and what starting them takes:
 *
 *     PGMCP_EVAL_DATA=… node --conditions=@pgmcp/source bench/throughput.ts [WORKERS…]
 */
import { createGuard } from '../src/index.ts';
import { readGoldStatements } from './gold-statements.ts';

const statements = readGoldStatements();
if (!statements) throw new Error('PGMCP_EVAL_DATA must name the folder of the evaluation data.');
const counts = process.argv.slice(2).map(Number);
const inFlight = 32;
const rounds = 12;

for (const workers of counts.length > 0 ? counts : [1, 2]) {
  const startedAt = performance.now();
  const starts: number[] = [];
  const guard = await createGuard({
    workers,
    limits: { maxCachedVerdicts: 0, killTimeoutMs: 5_000 },
    onEvent: (event) => {
      if (event.type === 'worker-started') starts.push(event.startMs);
    },
  });
  await guard.check('SELECT 1');
  const firstMs = performance.now() - startedAt;
  let judged = 0;
  let elapsedMs = 0;
  for (let round = 0; round < rounds; round += 1) {
    const from = performance.now();
    for (let at = 0; at < statements.length; at += inFlight)
      await Promise.all(statements.slice(at, at + inFlight).map((sql) => guard.check(sql)));
    // The first half warms up.
    if (round < rounds / 2) continue;
    judged += statements.length;
    elapsedMs += performance.now() - from;
  }
  console.log(
    `${workers} threads: ${Math.round((judged / elapsedMs) * 1_000)} verdicts/s; first verdict after ${firstMs.toFixed(0)} ms; threads started in ${starts.map((startMs) => startMs.toFixed(0)).join(', ')} ms`,
  );
  await guard.close();
}
