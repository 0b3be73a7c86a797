// biome-ignore-all lint/suspicious/noConsole: it prints its measurements.
/**
 * Cost of a verdict through the worker against the round trip of the same mechanism with a bare parse, in one process:
 *
 *     PGMCP_EVAL_DATA=… node --conditions=@pgmcp/source bench/verdict-cost.ts
 *
 * On as many processors as there are, which are kept from halting: idle ones wake each other from halts whose depth the machine chooses,
 * which would then be what is measured.
 *
 * `ROUNDS` (default 24) passes over the gold statements after `WARM_UP` (default 12) of them. Both sides are measured in turns of a few
 * dozen statements, so that what else the machine does hits both. Ratios are given twice: of the percentiles over all samples, and of
 * the percentiles over the statements, each standing for the median of its rounds, which leaves the pauses of a busy machine out.
 */
import { keepProcessorsAwake } from '../../../benchmarks/measure/keep-processors-awake.ts';
import { pinThreadsApart } from '../../../benchmarks/measure/pin-apart.ts';
import { createGuard } from '../src/index.ts';
import { readGoldStatements } from './gold-statements.ts';
import { startBareParser } from './start-bare-parser.ts';

const gold = readGoldStatements();
if (!gold) throw new Error('PGMCP_EVAL_DATA must name the folder of the evaluation data.');
const statements = gold;

const rounds = Number(process.env['ROUNDS'] ?? 24);
const warmUp = Number(process.env['WARM_UP'] ?? 12);
/** Two threads that are woken in turns cost each other their place on a processor, which no program does to its guard: not one by one. */
const turn = 50;
const percentile = (values: readonly number[], share: number) =>
  [...values].sort((left, right) => left - right)[Math.floor(values.length * share)] ?? 0;
const report = (name: string, values: readonly number[]) =>
  console.log(
    `${name.padEnd(28)} p50 ${percentile(values, 0.5).toFixed(1)} µs   p99 ${percentile(values, 0.99).toFixed(1)} µs   (${values.length})`,
  );
const letSleep = keepProcessorsAwake();
if (!letSleep) console.log('processors may halt: there is no chrt here');
const megabytes = () => `${(process.memoryUsage.rss() / 2 ** 20).toFixed(0)} MB`;

console.log(`memory before                ${megabytes()}`);
const startedAt = performance.now();
const guard = await createGuard({ limits: { maxCachedVerdicts: 0, killTimeoutMs: 5_000 } });
await guard.check('SELECT 1');
console.log(`start to first verdict       ${(performance.now() - startedAt).toFixed(0)} ms`);
console.log(`memory with the guard        ${megabytes()}`);

const bare = await startBareParser();
const release = pinThreadsApart(['sql-guard', 'bare-parser']);
if (!release) console.log('threads run where the scheduler puts them');

async function time(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return (performance.now() - from) * 1_000;
}
/** Microseconds by statement, over the rounds that count. */
type Samples = readonly number[][];
const samplesOf = (): Samples => statements.map(() => []);
const verdicts = samplesOf();
const yardstick = samplesOf();
let refused = 0;
const judge = async (sql: string) => {
  if (!(await guard.check(sql)).allowed) refused += 1;
};
for (let round = 0; round < warmUp + rounds; round += 1) {
  for (let from = 0; from < statements.length; from += turn) {
    const part = statements.slice(from, from + turn);
    for (const [work, samples] of [
      [bare.parse, yardstick],
      [judge, verdicts],
    ] as const) {
      for (const [index, sql] of part.entries()) {
        const elapsedUs = await time(() => work(sql));
        if (round >= warmUp) samples[from + index]?.push(elapsedUs);
      }
    }
  }
}
const medians = (samples: Samples) => samples.map((values) => percentile(values, 0.5));
const ratio = (name: string, above: readonly number[], below: readonly number[]) =>
  console.log(
    `${name.padEnd(28)} p50 ${(percentile(above, 0.5) / percentile(below, 0.5)).toFixed(2)}   p99 ${(percentile(above, 0.99) / percentile(below, 0.99)).toFixed(2)}`,
  );
report('worker round trip + parse', yardstick.flat());
report('verdict through the worker', verdicts.flat());
ratio('ratio of all samples', verdicts.flat(), yardstick.flat());
ratio('ratio of medians', medians(verdicts), medians(yardstick));
console.log(`gold refused                 ${refused} of ${statements.length * (warmUp + rounds)}`);
release?.();

const caching = await createGuard({ engine: 'same-thread', limits: { maxCachedVerdicts: 2_000 } });
for (let round = 0; round < 10; round += 1) for (const sql of statements) await caching.check(sql);
const hits: number[] = [];
for (let round = 0; round < 10; round += 1)
  for (const sql of statements) hits.push(await time(() => caching.check(sql)));
report('cached verdict', hits);
console.log(`memory after                 ${megabytes()}`);
await Promise.all([guard.close(), caching.close(), bare.close()]);
letSleep?.();
