import {
  type Bar,
  compareOfflineRuns,
  type EvalCase,
  evaluateOffline,
  isSignificantlyWorse,
  type OfflineResult,
  type OfflineSummary,
  renderBars,
  renderOfflineReport,
  summarizeOffline,
} from '@pgmcp/nl2sql/eval';
import type { ConnectedDatabase } from '../../databases.ts';
import { questionPorts } from '../question-ports.ts';
import { day } from './day.ts';
import type { Evaluation, EvaluationRequest, EvaluationTools } from './evaluation-request.ts';
import { readRun } from './read-files.ts';
import { runForComparison } from './run-for-comparison.ts';

/** Measures everything that needs no model. Recorded statements that bind are run, so that their results can be doubted. */
export async function runOffline(
  cases: readonly EvalCase[],
  predictions: readonly ReadonlyMap<string, string>[],
  { database, baselinePath }: EvaluationRequest,
  { services, call, progress }: EvaluationTools,
): Promise<Evaluation> {
  const baseline = baselinePath === undefined ? undefined : readRun<OfflineResult>(baselinePath, ['offline']);
  const { executor, policies, configuration } = services;
  const databaseOf = (evalCase: EvalCase): ConnectedDatabase =>
    services.databases.resolve(evalCase.database || database);
  let done = 0;
  const results = await evaluateOffline(cases, {
    ports: (evalCase) =>
      questionPorts({ executor, policies, database: databaseOf(evalCase), meanings: undefined }, call),
    maxSchemaTokens: configuration.questions.maxSchemaTokens,
    predictions,
    run: (evalCase, sql) => runForComparison(services, { database: databaseOf(evalCase), sql }, call),
    signal: call.signal,
    onCase: () => {
      done += 1;
      if (done % PROGRESS_EVERY === 0) progress(`${done}/${cases.length}`);
    },
  });
  const summary = summarizeOffline(results);
  const differences = baseline === undefined ? {} : compareOfflineRuns(baseline.cases, results);
  const title = `Evaluation without a model, ${day()}`;
  return {
    markdown: renderOfflineReport(title, summary, differences),
    run: { pgmcp: 'evaluation', mode: 'offline', date: day(), summary, differences, cases: results },
    plot: renderBars(title, barsOf(summary, baseline && summarizeOffline(baseline.cases))),
    isWorse: Object.values(differences).some(isSignificantlyWorse),
  };
}

/** Cases between two lines of progress: they take milliseconds each. */
const PROGRESS_EVERY = 50;

function barsOf(summary: OfflineSummary, before: OfflineSummary | undefined): Bar[] {
  const bars: Bar[] = [];
  for (const [label, shareOf] of Object.entries(SHARES)) {
    const share = shareOf(summary);
    const earlier = before && shareOf(before);
    if (share !== undefined) bars.push({ label, share, ...(earlier !== undefined && { before: earlier }) });
  }
  return bars;
}

const ratio = (part: number, whole: number): number | undefined => (whole === 0 ? undefined : part / whole);

const SHARES: Readonly<Record<string, (summary: OfflineSummary) => number | undefined>> = {
  'tables shown': ({ tableRecall }) => tableRecall,
  'right statements let through': ({ goldStatements, goldStopped }) =>
    ratio(goldStatements - goldStopped, goldStatements),
  'right statements that bind': ({ goldStatements, goldBinding }) => ratio(goldBinding, goldStatements),
  'failing ones repaired': ({ predictions: recorded }) => recorded && ratio(recorded.repaired, recorded.failing),
  'feedback names a missing column': ({ predictions: recorded }) =>
    recorded && ratio(recorded.feedback.any, recorded.feedback.lacking),
  'feedback names all of them': ({ predictions: recorded }) =>
    recorded && ratio(recorded.feedback.all, recorded.feedback.lacking),
  'texts of conditions found': ({ valueRecall }) => valueRecall,
  'answerable told apart (AUC)': ({ answerabilityAuc }) => answerabilityAuc,
  'confidence tells right (AUC)': ({ predictions: recorded }) => recorded?.doubts?.confidenceAuc,
};
