import {
  type Bar,
  compareRuns,
  createReplayModel,
  type EvalCase,
  evaluate,
  isSignificantlyWorse,
  renderBars,
  renderReport,
  summarize,
} from '@pgmcp/nl2sql/eval';
import { PgmcpError } from '../../errors.ts';
import { day } from './day.ts';
import type { Evaluation, EvaluationRequest, EvaluationTools } from './evaluation-request.ts';
import { readCaseFile, readPredictionFile, readRun } from './read-files.ts';
import { runForComparison } from './run-for-comparison.ts';
import { runOffline } from './run-offline.ts';

/** Measures how well questions are answered. Every statement goes the way of every other: policy, session, limits. */
export async function runEvaluation(request: EvaluationRequest, tools: EvaluationTools): Promise<Evaluation> {
  const { casesPath, format, mode, most, predictionPaths } = request;
  const cases = readCaseFile(casesPath, format).slice(0, most);
  if (cases.length === 0) throw new PgmcpError('VALIDATION_ERROR', `${casesPath} holds no cases.`);
  const predictions = predictionPaths.map(readPredictionFile);
  return mode === 'offline'
    ? runOffline(cases, predictions, request, tools)
    : runWithModel(cases, predictions, request, tools);
}

async function runWithModel(
  cases: readonly EvalCase[],
  predictions: readonly ReadonlyMap<string, string>[],
  { mode, repairs, baselinePath, database }: EvaluationRequest,
  { services, call, progress }: EvaluationTools,
): Promise<Evaluation> {
  if (mode === 'replay' && predictions.length === 0) {
    throw new PgmcpError('VALIDATION_ERROR', 'A replay needs --predictions FILE[,FILE ...].');
  }
  if (mode === 'live' && services.configuration.openai === undefined) {
    throw new PgmcpError('VALIDATION_ERROR', 'A live run needs a model: set PG_MCP_OPENAI_MODEL.');
  }
  const baseline = baselinePath === undefined ? undefined : readRun(baselinePath, ['replay', 'live']);
  const parse = await services.policies.parser();
  let done = 0;
  const results = await evaluate(cases, {
    ask: (evalCase) => {
      const connected = services.databases.resolve(evalCase.database || database);
      const replies = predictions.map((recorded) => recorded.get(evalCase.id) ?? '');
      const recorded = mode === 'replay' ? createReplayModel(replies) : undefined;
      const rounds = mode === 'replay' ? { maxRepairs: predictions.length - 1 } : {};
      return (question, { execute = true } = {}) =>
        connected.ask(
          question,
          { execute, onAmbiguity: 'assume', repairs, ...rounds, ...(recorded && { model: recorded }) },
          call,
        );
    },
    run: (evalCase, sql) => {
      const connected = services.databases.resolve(evalCase.database || database);
      return runForComparison(services, { database: connected, sql }, call);
    },
    parse,
    execute: true,
    signal: call.signal,
    onCase: ({ id, kind, comparison }) => {
      done += 1;
      const verdict = comparison === undefined ? '' : comparison.exact ? ', right' : ', wrong';
      progress(`${done}/${cases.length} ${id}: ${kind}${verdict}`);
    },
  });
  const summary = summarize(results);
  const difference = baseline && compareRuns(baseline.cases, results);
  const title = `Evaluation: ${mode}${repairs ? '' : ' without rules'}, ${day()}`;
  const before = baseline && summarize(baseline.cases);
  const bars: Bar[] = (['exact', 'set', 'subset'] as const).flatMap((key) =>
    summary.compared === 0
      ? []
      : [
          {
            label: key,
            share: summary[key] / summary.compared,
            note: `${summary[key]} of ${summary.compared}`,
            ...(before && before.compared > 0 && { before: before[key] / before.compared }),
          },
        ],
  );
  for (const [name, { exact, compared }] of Object.entries(summary.byDatabase)) {
    bars.push({ label: `exact, ${name}`, share: exact / compared, note: `${exact} of ${compared}` });
  }
  bars.push({
    label: 'answered',
    share: summary.answered / summary.cases,
    note: `${summary.answered} of ${summary.cases}`,
  });
  return {
    markdown: renderReport(title, summary, difference),
    run: { pgmcp: 'evaluation', mode, date: day(), summary, cases: results },
    plot: renderBars(title, bars),
    isWorse: difference !== undefined && isSignificantlyWorse(difference.exact),
  };
}
