import {
  type Bar,
  compareRuns,
  createReplayModel,
  type EvalCase,
  evaluate,
  evaluateOffline,
  renderBars,
  renderOfflineReport,
  renderReport,
  summarize,
  summarizeOffline,
} from '@pgmcp/nl2sql/eval';
import type { Call } from '../../call.ts';
import { PgmcpError } from '../../errors.ts';
import type { Services } from '../../services.ts';
import { questionPorts } from '../question-ports.ts';
import { type CaseFileFormat, readCaseFile, readPredictionFile, readRun } from './read-files.ts';
import { runForComparison } from './run-for-comparison.ts';

/** What is measured. */
export interface EvaluationRequest {
  readonly casesPath: string;
  readonly format: CaseFileFormat | undefined;
  readonly mode: 'offline' | 'replay' | 'live';
  /** Files of recorded statements; the n-th answers the n-th call. */
  readonly predictionPaths: readonly string[];
  /** False: replay without repair by rule. */
  readonly repairs: boolean;
  readonly baselinePath: string | undefined;
  /** Where cases without a database are asked. */
  readonly database: string | undefined;
  readonly most: number | undefined;
}

/** What a run gives. */
export interface Evaluation {
  readonly markdown: string;
  /** For `--json`. */
  readonly run: object;
  /** SVG. */
  readonly plot: string;
  /** Fewer right answers than the baseline, by more than chance explains. */
  readonly isWorse: boolean;
}

/** What a run works with. */
export interface EvaluationTools {
  readonly services: Services;
  readonly call: Call;
  readonly progress: (line: string) => void;
}

/** Measures how well questions are answered. Every statement goes the way of every other: policy, session, limits. */
export async function runEvaluation(request: EvaluationRequest, tools: EvaluationTools): Promise<Evaluation> {
  const { casesPath, format, mode, most, predictionPaths } = request;
  const cases = readCaseFile(casesPath, format).slice(0, most);
  if (cases.length === 0) throw new PgmcpError('VALIDATION_ERROR', `${casesPath} holds no cases.`);
  const predictions = predictionPaths.map(readPredictionFile);
  return mode === 'offline'
    ? runOffline(cases, predictions[0], request, tools)
    : runWithModel(cases, predictions, request, tools);
}

const today = (): string => new Date().toISOString().slice(0, 10);

async function runOffline(
  cases: readonly EvalCase[],
  predictions: ReadonlyMap<string, string> | undefined,
  { database }: EvaluationRequest,
  { services, call }: EvaluationTools,
): Promise<Evaluation> {
  const { executor, policies, configuration } = services;
  const results = await evaluateOffline(cases, {
    ports: (evalCase) => {
      const connected = services.databases.resolve(evalCase.database || database);
      return questionPorts({ executor, policies, database: connected, meanings: undefined }, call);
    },
    maxSchemaTokens: configuration.questions.maxSchemaTokens,
    predictions,
    signal: call.signal,
  });
  const summary = summarizeOffline(results);
  const bar = (label: string, share: number | undefined): Bar[] => (share === undefined ? [] : [{ label, share }]);
  const { goldStatements, goldStopped, predictionsFailing, predictionsRepaired } = summary;
  const bars = [
    ...bar('tables shown', summary.tableRecall),
    ...bar('right statements let through', goldStatements === 0 ? undefined : 1 - goldStopped / goldStatements),
    ...bar('texts of conditions found', summary.valueRecall),
    ...bar('answerable told apart (AUC)', summary.answerabilityAuc),
    ...bar('failing ones repaired', predictionsFailing ? (predictionsRepaired ?? 0) / predictionsFailing : undefined),
  ];
  const title = `Evaluation without a model, ${today()}`;
  return {
    markdown: renderOfflineReport(title, summary),
    run: { pgmcp: 'evaluation', mode: 'offline', date: today(), summary, cases: results },
    plot: renderBars(title, bars),
    isWorse: false,
  };
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
  const baseline = baselinePath === undefined ? undefined : readRun(baselinePath);
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
  const title = `Evaluation: ${mode}${repairs ? '' : ' without rules'}, ${today()}`;
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
    run: { pgmcp: 'evaluation', mode, date: today(), summary, cases: results },
    plot: renderBars(title, bars),
    isWorse: difference !== undefined && difference.exact.high < 0,
  };
}
