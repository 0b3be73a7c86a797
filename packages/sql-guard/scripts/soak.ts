// biome-ignore-all lint/suspicious/noConsole: it prints its measurements.
/**
 * A million verdicts through one worker, with the memory of the process beside them; for nightly runs.
 *
 *     node --conditions=@pgmcp/source scripts/soak.ts [VERDICTS]
 *
 * Ends with 1 when a fixed text gets another verdict than at the start, or when memory at the end is more than 1.5 times what it was after
 * the first tenth.
 */
import { isDeepStrictEqual } from 'node:util';
import { readHostileCases } from '../src/corpus.ts';
import { createGuard } from '../src/index.ts';
import { readHonestCases } from '../test/corpus-files.ts';

const total = Number(process.argv[2] ?? 1_000_000);
const texts = [...readHonestCases(), ...(await readHostileCases())].map(({ sql }) => sql);
const fixed = [
  'SELECT a FROM t WHERE b = 1',
  'SELECT pg_sleep(1)',
  'SELECT',
  'DROP TABLE t',
  'WITH x AS (SELECT 1) SELECT * FROM x',
];
let discarded = 0;
const guard = await createGuard({
  limits: { maxCachedVerdicts: 0, killTimeoutMs: 5_000 },
  onEvent: ({ type }) => {
    if (type === 'worker-discarded') discarded += 1;
  },
});
const judgeFixed = () => Promise.all(fixed.map((sql) => guard.check(sql)));
const reference = await judgeFixed();
const megabytes = () => Math.round(process.memoryUsage.rss() / 2 ** 20);
const startedAt = performance.now();
let early = 0;
let wrong = 0;
const inFlight = 32;
const step = Math.max(inFlight, Math.floor(total / 10));
for (let done = 0; done < total; ) {
  const until = Math.min(total, done + step);
  while (done < until) {
    const batch = Array.from(
      { length: Math.min(inFlight, until - done) },
      (_value, index) => texts[(done + index) % texts.length] ?? '',
    );
    await Promise.all(batch.map((sql) => guard.check(sql)));
    done += batch.length;
  }
  if (!isDeepStrictEqual(await judgeFixed(), reference)) wrong += 1;
  early ||= megabytes();
  console.log(`${done} verdicts, ${megabytes()} MB, ${Math.round((performance.now() - startedAt) / 1_000)} s`);
}
await guard.close();
const late = megabytes();
console.log(
  `wrong verdicts of fixed texts: ${wrong}; workers discarded: ${discarded}; memory ${early} MB -> ${late} MB`,
);
if (wrong > 0 || late > early * 1.5) process.exitCode = 1;
