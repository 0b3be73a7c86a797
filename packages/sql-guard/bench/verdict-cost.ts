// biome-ignore-all lint/suspicious/noConsole: it prints its measurements.
/**
 * Cost of a verdict through the worker against the bare round trip with a parse, interleaved in one process:
 *
 *     PGMCP_EVAL_DATA=… node --conditions=@pgmcp/source bench/verdict-cost.ts
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { createGuard } from '../src/index.ts';
import { readGoldStatements } from './gold-statements.ts';

const statements = readGoldStatements();
if (!statements) throw new Error('PGMCP_EVAL_DATA must name the folder of the evaluation data.');

const rounds = Number(process.env['ROUNDS'] ?? 6);
const percentile = (values: readonly number[], share: number) =>
  [...values].sort((left, right) => left - right)[Math.floor(values.length * share)] ?? 0;
const report = (name: string, values: readonly number[]) =>
  console.log(
    `${name.padEnd(28)} p50 ${percentile(values, 0.5).toFixed(1)} µs   p99 ${percentile(values, 0.99).toFixed(1)} µs   (${values.length})`,
  );

const startedAt = performance.now();
const guard = await createGuard({ limits: { maxCachedVerdicts: 0, killTimeoutMs: 5_000 } });
await guard.check('SELECT 1');
console.log(`start to first verdict       ${(performance.now() - startedAt).toFixed(0)} ms`);
const cached = await createGuard({ engine: 'same-thread' });
const bare = new Worker(new URL('./bare-worker.ts', import.meta.url), { resourceLimits: { stackSizeMb: 16 } });
await once(bare, 'message');

async function time(work: () => Promise<unknown>): Promise<number> {
  const from = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - from) / 1_000;
}
const verdicts: number[] = [];
const yardstick: number[] = [];
let refused = 0;
for (let round = 0; round < rounds; round += 1) {
  for (const sql of statements) {
    const parsed = await time(
      () =>
        new Promise<void>((resolve) => {
          bare.once('message', () => resolve());
          bare.postMessage(sql);
        }),
    );
    const judged = await time(async () => {
      if (!(await guard.check(sql)).allowed) refused += 1;
    });
    if (round > 0) {
      yardstick.push(parsed);
      verdicts.push(judged);
    }
  }
}
report('worker round trip + parse', yardstick);
report('verdict through the worker', verdicts);
console.log(
  `ratio                        p50 ${(percentile(verdicts, 0.5) / percentile(yardstick, 0.5)).toFixed(2)}   p99 ${(percentile(verdicts, 0.99) / percentile(yardstick, 0.99)).toFixed(2)}`,
);
console.log(`gold refused                 ${refused} of ${statements.length * rounds}`);

const hits: number[] = [];
for (let round = 0; round < 3; round += 1)
  for (const sql of statements.slice(0, 300)) hits.push(await time(() => cached.check(sql)));
report('cached verdict', hits.slice(-600));
await Promise.all([guard.close(), cached.close(), bare.terminate()]);
