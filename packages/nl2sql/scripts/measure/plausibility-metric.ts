import { confidenceOf } from '../../src/confidence.ts';
import { inspectResult } from '../../src/inspect/inspect-result.ts';
import { inspectStatement } from '../../src/inspect/inspect-statement.ts';
import { tiesFinding, withTies } from '../../src/inspect/inspect-ties.ts';
import { openDatabase, parse } from './evaluation-databases.ts';
import type { Metric } from './metric.ts';
import { models, readPredictions, readQuestions, unstable } from './recorded.ts';

interface Scored {
  readonly score: number;
  readonly right: boolean;
  readonly kinds: readonly string[];
  readonly isStrong: boolean;
}

/** M7: reasons to doubt recorded answers that ran, against whether they are right. */
export const plausibility: Metric = async ({ data, serverUrl, raw }) => {
  const database = await openDatabase(serverUrl, 'bird');
  const questions = readQuestions(data);
  const scored: Scored[] = [];
  for (const model of models) {
    for (const { i, sql, stage, result } of readPredictions(data, model)) {
      if (stage !== 'ok' || result === null || unstable.has(i)) continue;
      const outcome = await parse.parse(sql);
      const tree = outcome.parsed ? outcome.tree : undefined;
      const question = questions[i]?.question ?? '';
      const table = await database.table(sql);
      const { snapshot } = database;
      const lint = tree && inspectStatement(tree, { snapshot });
      const findings = inspectResult({ question, sql, result: table, tree, snapshot, lint });
      const statement = sql.trim().replace(/;$/, '');
      const probe = tree && (await withTies({ sql: statement, tree, rows: table.rows.length }, parse));
      const ties = probe !== undefined && (await database.table(probe.sql)).rows.length > probe.limit;
      if (probe !== undefined && ties) findings.push(tiesFinding(probe.limit));
      const attempts = [{ source: 'model', stage: 'done' }] as const;
      const { score } = confidenceOf({ source: 'model', attempts, findings });
      const kinds = [...new Set(findings.map(({ kind }) => kind))];
      raw('m7', { model, i, flags: kinds, confidence: score });
      scored.push({ score, right: result.exact, kinds, isStrong: findings.some((finding) => finding.isStrong) });
    }
  }
  await database.close();
  const count = (among: readonly Scored[]) => ({
    wrong: among.filter(({ right }) => !right).length,
    right: among.filter(({ right }) => right).length,
  });
  const kinds = [...new Set(scored.flatMap((entry) => entry.kinds))];
  return {
    answers: count(scored),
    strong: count(scored.filter(({ isStrong }) => isStrong)),
    any: count(scored.filter((entry) => entry.kinds.length > 0)),
    byKind: Object.fromEntries(
      kinds.map((kind) => [kind, count(scored.filter((entry) => entry.kinds.includes(kind)))]),
    ),
    confidenceAuc: areaUnderCurve(scored),
  };
};

/** Share of pairs of a right and a wrong answer in which the right one scores higher; ties count half. */
function areaUnderCurve(scored: readonly { readonly score: number; readonly right: boolean }[]): number {
  const right = scored.filter((entry) => entry.right);
  const wrong = scored.filter((entry) => !entry.right);
  let sum = 0;
  for (const { score } of right)
    for (const other of wrong) sum += score > other.score ? 1 : score === other.score ? 0.5 : 0;
  return sum / (right.length * wrong.length);
}
