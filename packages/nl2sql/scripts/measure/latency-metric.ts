import { createReplayModel } from '../../src/eval/index.ts';
import { createAsk } from '../../src/index.ts';
import { openDatabase } from './evaluation-databases.ts';
import type { Metric } from './metric.ts';
import { models, readPredictions, readQuestions } from './recorded.ts';

const percentile = (sorted: readonly number[], share: number): number =>
  Math.round((sorted[Math.floor(share * sorted.length)] ?? 0) * 100) / 100;

/**
 * M9: what the pipeline adds to the model and to the run, warm, over recorded predictions of one model; their tables lie
 * in schemas of their own in the large database, so nearly every statement goes through repair and feedback there.
 */
export const latency: Metric = async ({ data, serverUrl }) => {
  const results: Record<string, unknown> = {};
  const questions = readQuestions(data);
  for (const name of ['bird', 'union_dev']) {
    const database = await openDatabase(serverUrl, name);
    const durations: number[] = [];
    const stages: Record<string, number> = {};
    for (const pass of ['warm', 'measured']) {
      for (const { i, sql } of readPredictions(data, models[0])) {
        const ask = createAsk({ ...database.ports, model: createReplayModel([sql]) }, { maxRepairs: 1 });
        const outcome = await ask(questions[i]?.question ?? '', { execute: false });
        if (pass === 'warm') continue;
        const generated = outcome.attempts.reduce((sum, { durationsMs }) => sum + (durationsMs.generate ?? 0), 0);
        durations.push(outcome.durationMs - generated);
        for (const { durationsMs } of outcome.attempts) {
          for (const [stage, durationMs] of Object.entries(durationsMs))
            stages[stage] = (stages[stage] ?? 0) + durationMs;
        }
      }
    }
    durations.sort((left, right) => left - right);
    const meanOf = (total: number): number => Math.round((total / durations.length) * 1_000) / 1_000;
    results[name] = {
      tables: database.snapshot.tables.length,
      p50Ms: percentile(durations, 0.5),
      p95Ms: percentile(durations, 0.95),
      meanMsByStage: Object.fromEntries(Object.entries(stages).map(([stage, total]) => [stage, meanOf(total)])),
    };
    await database.close();
  }
  return results;
};
