import { compareResults, createReplayModel, isOrdered } from '../../src/eval/index.ts';
import { type Answered, createAsk } from '../../src/index.ts';
import { isChoice } from '../../src/repair/repair-step.ts';
import { resultDigest } from '../../src/result-digest.ts';
import { type EvaluationDatabase, openDatabase, parse } from './evaluation-databases.ts';
import type { Metric } from './metric.ts';
import { models, readPredictions, readQuestions, unstable, withRows } from './recorded.ts';

/** Models whose answers vote: three of the five, of different makers and sizes. */
const voters = ['gpt-4-turbo', 'gpt-35-turbo', 'llama3-70b'] as const;

type Tally = { right: number; of: number };

/**
 * The shares of right answers that `confidence.ts` holds as constants: by what is known of an answer, for each of the databases with
 * rows apart, so that one can be held against the other; and by how many of three models agree.
 */
export const confidence: Metric = async ({ data, serverUrl }) => {
  const database = await openDatabase(serverUrl, 'bird');
  const questions = readQuestions(data);
  const tallies: Record<string, Record<string, Tally>> = {};
  const count = (group: string, name: string, isRight: boolean): void => {
    tallies[group] ??= {};
    const tally = tallies[group][name] ?? { right: 0, of: 0 };
    tallies[group][name] = tally;
    tally.of += 1;
    if (isRight) tally.right += 1;
  };
  const answers = new Map<string, { digest: string | undefined; isRight: boolean }>();
  let squared = 0;
  let scored = 0;
  for (const model of models) {
    for (const { i, db, sql } of readPredictions(data, model)) {
      if (!withRows.has(db) || unstable.has(i)) continue;
      const ask = createAsk({ ...database.ports, model: createReplayModel([sql]) }, { maxRepairs: 0 });
      const outcome = await ask(questions[i]?.question ?? '');
      if (outcome.kind !== 'answered') continue;
      const isRight = await isExact(database, questions[i]?.SQL ?? '', outcome.sql);
      const name = classOf(outcome);
      count('all', name, isRight);
      count(db, name, isRight);
      squared += (outcome.confidence.score - Number(isRight)) ** 2;
      scored += 1;
      const digest = outcome.result === undefined ? undefined : resultDigest(outcome.result);
      answers.set(`${model} ${i}`, { digest, isRight });
    }
  }
  for (const [i, { db_id }] of questions.entries()) {
    if (!withRows.has(db_id) || unstable.has(i)) continue;
    const votes = voters
      .flatMap((model) => answers.get(`${model} ${i}`) ?? [])
      .filter(({ digest }) => digest !== undefined);
    const [first] = votes;
    if (first === undefined) continue;
    const sizes = votes.map((vote) => votes.filter(({ digest }) => digest === vote.digest).length);
    const most = Math.max(...sizes);
    const winner = votes[sizes.indexOf(most)] ?? first;
    count('votes', `${most} of ${voters.length}`, winner.isRight);
  }
  await database.close();
  return { shares: tallies, brierScore: squared / scored, answers: scored };
};

/** The class that decides the score: the lowest that an answer belongs to. */
function classOf({ findings, attempts }: Answered): string {
  if (findings.some(({ isStrong }) => isStrong)) return 'implausible';
  if (findings.length > 0) return 'doubtful';
  const repairs = attempts.at(-1)?.repairs ?? [];
  if (repairs.length === 0) return 'clean';
  return repairs.some(isChoice) ? 'repaired by choice' : 'repaired in notation';
}

async function isExact(database: EvaluationDatabase, gold: string, sql: string): Promise<boolean> {
  const candidate = await database.table(sql);
  return compareResults(await database.table(gold), candidate, { ordered: await isOrdered(gold, parse) }).exact;
}
