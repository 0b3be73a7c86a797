import { compareResults, createReplayModel, isOrdered } from '../../src/eval/index.ts';
import { createAsk, type Outcome } from '../../src/index.ts';
import { type EvaluationDatabase, openDatabase, parse } from './evaluation-databases.ts';
import type { Metric } from './metric.ts';
import {
  hidden,
  type ModelName,
  models,
  type Prediction,
  readPredictions,
  readQuestions,
  unstable,
  withRows,
} from './recorded.ts';

const repaired = async ({ ports }: EvaluationDatabase, sql: string) =>
  createAsk({ ...ports, model: createReplayModel([sql]) }, { maxRepairs: 0 })('?', { execute: false });

interface RepairedPrediction {
  readonly model: ModelName;
  readonly prediction: Prediction;
  readonly outcome: Outcome;
}

/** M4: recorded predictions that do not bind, and how many bind after repair by rule. */
export const repair: Metric = async ({ data, serverUrl, raw }) => {
  const database = await openDatabase(serverUrl, 'bird');
  const questions = readQuestions(data);
  const all: RepairedPrediction[] = [];
  for (const model of models) {
    for (const prediction of readPredictions(data, model)) {
      const outcome = await repaired(database, prediction.sql);
      const used = (outcome.attempts[0]?.repairs ?? []).map(({ rule }) => rule);
      raw('m4', { model, i: prediction.i, sql: outcome.sql ?? prediction.sql, used });
      all.push({ model, prediction, outcome });
    }
  }
  const failing = all.filter(({ prediction }) => prediction.stage !== 'ok' && !hidden.has(prediction.db));
  const running = all.filter(({ prediction }) => prediction.stage === 'ok');
  const bound = failing.filter(({ outcome }) => outcome.kind === 'answered');
  const rightBefore = all.filter(({ prediction }) => prediction.result?.exact === true && !unstable.has(prediction.i));
  let gained = 0;
  for (const { prediction, outcome } of bound) {
    const isScored = withRows.has(prediction.db) && !unstable.has(prediction.i);
    if (isScored && (await isRight(database, questions[prediction.i]?.SQL ?? '', outcome.sql ?? ''))) gained++;
  }
  await database.close();
  const shareBy = (keyOf: (entry: RepairedPrediction) => string): Record<string, string> => {
    const keys = [...new Set(failing.map(keyOf))].sort();
    const count = (list: readonly RepairedPrediction[], key: string) =>
      list.filter((entry) => keyOf(entry) === key).length;
    return Object.fromEntries(keys.map((key) => [key, `${count(bound, key)} of ${count(failing, key)}`]));
  };
  return {
    failing: failing.length,
    binding: bound.length,
    share: bound.length / failing.length,
    changedRunning: running.filter(
      ({ outcome }) => outcome.kind !== 'answered' || outcome.attempts[0]?.repairs !== undefined,
    ).length,
    right: { before: rightBefore.length, after: rightBefore.length + gained },
    byModel: shareBy(({ model }) => model),
    byState: shareBy(({ prediction }) => prediction.sqlstate ?? prediction.stage),
  };
};

async function isRight(database: EvaluationDatabase, gold: string, sql: string): Promise<boolean> {
  try {
    const candidate = await database.table(sql);
    return compareResults(await database.table(gold), candidate, { ordered: await isOrdered(gold, parse) }).exact;
  } catch {
    return false;
  }
}

/** M5: right statements without quotes on a schema with mixed-case names. */
export const mixedCase: Metric = async ({ data, serverUrl, raw }) => {
  const mixed = await openDatabase(serverUrl, 'bird_mixed');
  const plain = await openDatabase(serverUrl, 'bird');
  let binding = 0;
  let [same, comparable] = [0, 0];
  for (const [i, { db_id, SQL }] of readQuestions(data).entries()) {
    const outcome = await repaired(mixed, SQL);
    const sql = outcome.sql ?? SQL;
    raw('m5', { i, sql });
    if (outcome.kind === 'answered') binding++;
    if (!withRows.has(db_id) || unstable.has(i)) continue;
    comparable++;
    const ordered = await isOrdered(SQL, parse);
    const [left, right] = [await plain.table(SQL), await mixed.table(sql).catch(() => undefined)];
    if (right !== undefined && compareResults(left, right, { ordered }).exact) same++;
  }
  await mixed.close();
  await plain.close();
  return { binding, of: 500, same, comparable };
};
