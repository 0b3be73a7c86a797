import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { judgeFeedback } from '../../src/eval/offline/feedback-quality.ts';
import { openDatabase, parse } from './evaluation-databases.ts';
import type { Metric } from './metric.ts';
import { hidden, models, readPredictions, readQuestions } from './recorded.ts';

interface LinkedQuestion {
  readonly columns: readonly string[];
}

/** M4b: whether the feedback on an unknown column names a column that the right statement uses and this one does not. */
export const feedback: Metric = async ({ data, serverUrl, raw }) => {
  const database = await openDatabase(serverUrl, 'bird');
  const { snapshot } = database;
  const questions = readQuestions(data);
  const linked = JSON.parse(
    readFileSync(join(data, 'linking/bird_minidev.questions.json'), 'utf8'),
  ) as LinkedQuestion[];
  let [failures, any, all, longest] = [0, 0, 0, 0];
  for (const model of models) {
    for (const { i, db, sql, sqlstate } of readPredictions(data, model)) {
      if (sqlstate !== '42703' || hidden.has(db)) continue;
      const outcome = await parse.parse(sql);
      if (!outcome.parsed) continue;
      const wanted = (linked[i]?.columns ?? []).map((column) => column.toLowerCase());
      const judged = judgeFeedback(outcome.tree, { snapshot, question: questions[i]?.question ?? '', wanted });
      if (judged === undefined) continue;
      failures++;
      longest = Math.max(longest, judged.text.length);
      raw('m4b', { model, i, sql, feedback: judged.text });
      if (judged.named > 0) any++;
      if (judged.named === judged.missing) all++;
    }
  }
  await database.close();
  return { failures, any, all, anyShare: any / failures, allShare: all / failures, longestCharacters: longest };
};
