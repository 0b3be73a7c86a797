import { createReplayModel, type EvalCase, evaluate, summarize } from '../../src/eval/index.ts';
import { createAsk } from '../../src/index.ts';
import { openDatabase, parse } from './evaluation-databases.ts';
import type { Metric } from './metric.ts';
import { hidden, type ModelName, readPredictions, readQuestions, unstable, withRows } from './recorded.ts';

const lists: readonly (readonly ModelName[])[] = [
  ['gpt-4-turbo'],
  ['mixtral-8x7b', 'llama3-70b', 'gpt-4-turbo'],
  ['gpt-35-turbo-instruct', 'gpt-35-turbo', 'gpt-4-turbo'],
  ['gpt-4-turbo', 'gpt-35-turbo', 'llama3-70b'],
];

/** M10: the whole pipeline with a model that answers the n-th call with the recorded SQL of the n-th model of a list. */
export const replay: Metric = async ({ data, serverUrl, raw }) => {
  const database = await openDatabase(serverUrl, 'bird');
  const cases: EvalCase[] = readQuestions(data).flatMap(({ db_id, question, SQL }, at) =>
    hidden.has(db_id)
      ? []
      : [{ id: String(at), database: db_id, question, gold: withRows.has(db_id) && !unstable.has(at) ? [SQL] : [] }],
  );
  const results: Record<string, unknown> = {};
  for (const list of lists) {
    const predictions = list.map((model) => readPredictions(data, model));
    for (const mode of ['without rules', 'with rules', 'with rules and second tries'] as const) {
      const withRules = mode !== 'without rules';
      const retryImplausible = mode === 'with rules and second tries';
      const { parse: _, catalog: __, ...bare } = database.ports;
      const ports = withRules ? database.ports : bare;
      // Where tables have no rows every result is implausible, so only scored questions say something about second tries.
      const asked = retryImplausible ? cases.filter((entry) => entry.gold.length > 0) : cases;
      const found = await evaluate(asked, {
        ask: ({ id }) => {
          const model = createReplayModel(predictions.map((recorded) => recorded[Number(id)]?.sql ?? ''));
          return createAsk({ ...ports, model }, { maxRepairs: list.length - 1, retryImplausible });
        },
        run: (_case, sql) => database.table(sql),
        parse,
        execute: retryImplausible,
      });
      const name = `${list.join(' > ')}, ${mode}`;
      for (const { id, kind, sql, rounds } of found)
        raw(`m10 ${name}`, { i: Number(id), sql: sql ?? null, rounds, outcome: kind });
      const { answered, exact, meanRounds, outcomes } = summarize(found);
      results[name] = { binds: answered / asked.length, exact, of: 87, rounds: meanRounds, outcomes };
    }
  }
  await database.close();
  return results;
};
