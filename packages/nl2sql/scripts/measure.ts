/**
 * Prints the measures of repair, feedback, values, plausibility, replay and latency over the recorded predictions of the evaluation data.
 *
 *   PGMCP_EVAL_DATA=folder PGMCP_EVAL_URL=postgresql://user@host:port/ node --conditions=@pgmcp/source scripts/measure.ts
 *       [repair] [mixed-case] [feedback] [values] [plausibility] [confidence] [replay] [latency] [answerability] [gold]   which ones; all without an argument
 *       [--raw=FOLDER]                                            one JSON line per item, one file per measure
 */
import { appendFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { answerability } from './measure/answerability-metric.ts';
import { confidence } from './measure/confidence-metric.ts';
import { feedback } from './measure/feedback-metric.ts';
import { gold } from './measure/gold-metric.ts';
import { latency } from './measure/latency-metric.ts';
import type { Metric } from './measure/metric.ts';
import { plausibility } from './measure/plausibility-metric.ts';
import { mixedCase, repair } from './measure/repair-metrics.ts';
import { replay } from './measure/replay-metric.ts';
import { values } from './measure/value-metric.ts';

const metrics: Readonly<Record<string, Metric>> = {
  repair,
  'mixed-case': mixedCase,
  feedback,
  values,
  plausibility,
  confidence,
  replay,
  latency,
  answerability,
  gold,
};

const data = process.env['PGMCP_EVAL_DATA'];
const serverUrl = process.env['PGMCP_EVAL_URL'];
if (data === undefined || !existsSync(data) || serverUrl === undefined) {
  console.error(
    'Set PGMCP_EVAL_DATA to the folder of the evaluation data and PGMCP_EVAL_URL to the server that holds its databases.',
  );
  process.exit(2);
}
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const folder = process.argv.find((argument) => argument.startsWith('--raw='))?.slice('--raw='.length);
const unknown = wanted.find((name) => !Object.hasOwn(metrics, name));
if (unknown !== undefined) {
  console.error(`There is no measure ${unknown}. Known: ${Object.keys(metrics).join(', ')}.`);
  process.exit(2);
}
if (folder !== undefined) mkdirSync(folder, { recursive: true });
const begun = new Set<string>();
const raw = (name: string, line: object): void => {
  if (folder === undefined) return;
  const file = join(folder, `${name.replaceAll(/[^\w.-]+/g, '-')}.jsonl`);
  if (!begun.has(file)) rmSync(file, { force: true });
  begun.add(file);
  appendFileSync(file, `${JSON.stringify(line)}\n`);
};
for (const [name, measure] of Object.entries(metrics)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const startedAt = performance.now();
  const result = await measure({ data, serverUrl, raw });
  console.log(
    JSON.stringify(
      { measure: name, seconds: Math.round((performance.now() - startedAt) / 100) / 10, ...result },
      null,
      1,
    ),
  );
}
