import { type DoubtedAnswer, doubtAnswer, summarizeDoubts } from '../../src/eval/offline/doubts.ts';
import { openDatabase, parse } from './evaluation-databases.ts';
import type { Metric } from './metric.ts';
import { models, readPredictions, readQuestions, unstable } from './recorded.ts';

/** M7: reasons to doubt recorded answers that ran, against whether they are right. */
export const plausibility: Metric = async ({ data, serverUrl, raw }) => {
  const database = await openDatabase(serverUrl, 'bird');
  const { snapshot, table: run } = database;
  const questions = readQuestions(data);
  const answers: DoubtedAnswer[] = [];
  for (const model of models) {
    for (const { i, sql, stage, result } of readPredictions(data, model)) {
      if (stage !== 'ok' || result === null || unstable.has(i)) continue;
      const question = questions[i]?.question ?? '';
      const doubts = await doubtAnswer({ question, sql, result: await run(sql) }, { parse, snapshot, run });
      raw('m7', { model, i, flags: doubts.flags, confidence: doubts.confidence });
      answers.push({ right: result.exact, ...doubts });
    }
  }
  await database.close();
  return { ...summarizeDoubts(answers) };
};
