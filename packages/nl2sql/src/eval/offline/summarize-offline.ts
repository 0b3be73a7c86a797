import { areaUnderCurve } from '../area-under-curve.ts';
import { type PairedDifference, pairedBootstrap } from '../bootstrap.ts';
import { countBy } from '../count-by.ts';
import { percentile } from '../percentile.ts';
import { type DoubtSummary, summarizeDoubts } from './doubts.ts';
import type { PredictionResult } from './judge-prediction.ts';
import type { AddedStage, OfflineResult, PromptSection } from './measure-case.ts';

/** How recorded statements fared. */
export interface PredictionSummary {
  readonly statements: number;
  /** Those that do not bind as they are. */
  readonly failing: number;
  /** Of the failing ones, those that bind after repair by rule. */
  readonly repaired: number;
  /** Those that bind as they are and were changed: must be 0. */
  readonly changed: number;
  /** SQLSTATE of the failing ones: how many, and how many of them were repaired. */
  readonly byError: Readonly<Record<string, { readonly failing: number; readonly repaired: number }>>;
  /** Right answers before and after repair, of the statements that were compared; absent where nothing was run. */
  readonly right?: { readonly before: number; readonly after: number; readonly compared: number } | undefined;
  /** Statements with an unknown column that lack one of the right statement: how often the feedback names one, and all. */
  readonly feedback: { readonly lacking: number; readonly any: number; readonly all: number };
  readonly doubts?: DoubtSummary | undefined;
}

/** The numbers of a run without a model; shares are 0 to 1 and absent where there is nothing to count. */
export interface OfflineSummary {
  readonly cases: number;
  /** Share of right statements' tables that the schema text shows, and of cases with all of them. */
  readonly tableRecall?: number | undefined;
  readonly strictTableRecall?: number | undefined;
  /** Tokens of the schema text, half and 95 % of the cases at most. */
  readonly schemaTokensP50: number;
  readonly schemaTokensP95: number;
  /** Right statements, those of them that do not pass as they are, and why. */
  readonly goldStatements: number;
  readonly goldStopped: number;
  readonly goldErrors: Readonly<Record<string, number>>;
  /** Right statements that bind, where necessary after repair: on a schema whose names were changed to mixed case, the stress of quoting. */
  readonly goldBinding: number;
  /** Share of the texts in right statements that were found from the question. */
  readonly valueRecall?: number | undefined;
  readonly valueHitsPerQuestion?: number | undefined;
  /** Area under the curve of "the database knows the words" between cases that can be answered and those that cannot. */
  readonly answerabilityAuc?: number | undefined;
  /** Of the recorded statements; absent when none were given. */
  readonly predictions?: PredictionSummary | undefined;
  /** Median estimated tokens of each section of the prompt. */
  readonly promptTokensP50: Readonly<Record<PromptSection, number>>;
  /** Share of each stage in the added time of all cases. */
  readonly stageShares: Readonly<Record<AddedStage, number>>;
  /** What the stages add to a question besides the model, half and 95 % of the cases at most. */
  readonly addedMsP50: number;
  readonly addedMsP95: number;
}

const share = (part: number, whole: number): number | undefined => (whole === 0 ? undefined : part / whole);

/** Sums up a run without a model. */
export function summarizeOffline(results: readonly OfflineResult[]): OfflineSummary {
  const sum = (pick: (result: OfflineResult) => number): number => results.reduce((total, one) => total + pick(one), 0);
  const percentileOf = (pick: (result: OfflineResult) => number, part: number): number =>
    percentile(results.map(pick), part);
  const linked = results.filter(({ tables }) => tables > 0);
  const valued = results.filter(({ literals }) => literals > 0);
  const judged = results.filter(({ goldPasses }) => goldPasses !== undefined);
  const stopped = judged.filter(({ goldPasses }) => goldPasses === false);
  const all = sum(({ addedMs }) => addedMs);
  const literals = sum((result) => result.literals);
  return {
    cases: results.length,
    tableRecall: share(
      sum(({ tablesShown }) => tablesShown),
      sum(({ tables }) => tables),
    ),
    strictTableRecall: share(linked.filter(isShownWhole).length, linked.length),
    schemaTokensP50: percentileOf(({ schemaTokens }) => schemaTokens, 0.5),
    schemaTokensP95: percentileOf(({ schemaTokens }) => schemaTokens, 0.95),
    goldStatements: judged.length,
    goldStopped: stopped.length,
    goldErrors: countBy(stopped.map(({ goldError = 'unknown' }) => goldError)),
    goldBinding: judged.filter(({ goldBinds }) => goldBinds === true).length,
    valueRecall: share(
      sum(({ literalsFound }) => literalsFound),
      literals,
    ),
    valueHitsPerQuestion: share(
      valued.reduce((total, { valueHits }) => total + valueHits, 0),
      valued.length,
    ),
    answerabilityAuc: areaUnderCurve(
      results.map(({ coverage, answerable }) => ({ score: coverage, isPositive: answerable })),
    ),
    predictions: summarizePredictions(results.flatMap(({ predictions }) => predictions)),
    promptTokensP50: mapKeys(promptSections, (section) =>
      percentileOf(({ promptTokens }) => promptTokens[section], 0.5),
    ),
    stageShares: mapKeys(
      addedStages,
      (stage) =>
        share(
          sum(({ stageMs }) => stageMs[stage]),
          all,
        ) ?? 0,
    ),
    addedMsP50: percentileOf(({ addedMs }) => addedMs, 0.5),
    addedMsP95: percentileOf(({ addedMs }) => addedMs, 0.95),
  };
}

function summarizePredictions(predictions: readonly PredictionResult[]): PredictionSummary | undefined {
  if (predictions.length === 0) return undefined;
  const failing = predictions.filter(({ fate }) => fate !== 'binds');
  const isRepaired = ({ fate }: PredictionResult): boolean => fate === 'repaired';
  const compared = predictions.filter(({ right }) => right !== undefined);
  const right = compared.filter((prediction) => prediction.right);
  const feedback = predictions.flatMap((prediction) => prediction.feedback ?? []);
  const byError = Map.groupBy(failing, ({ error = 'unknown' }) => error);
  return {
    statements: predictions.length,
    failing: failing.length,
    repaired: failing.filter(isRepaired).length,
    changed: predictions.filter(({ wasChanged }) => wasChanged === true).length,
    byError: Object.fromEntries(
      [...byError].map(([error, some]) => [error, { failing: some.length, repaired: some.filter(isRepaired).length }]),
    ),
    ...(compared.length === 0
      ? {}
      : {
          right: {
            before: right.filter(({ fate }) => fate === 'binds').length,
            after: right.length,
            compared: compared.length,
          },
        }),
    feedback: {
      lacking: feedback.length,
      any: feedback.filter(({ named }) => named > 0).length,
      all: feedback.filter(({ named, missing }) => named === missing).length,
    },
    doubts: summarizeDoubts(predictions.flatMap(({ doubts }) => doubts ?? [])),
  };
}

const promptSections = ['rules', 'schema', 'values', 'question'] as const;
const addedStages = ['linking', 'values', 'prompt', 'check', 'resolve', 'repair', 'lint', 'explain'] as const;

const mapKeys = <Key extends string>(keys: readonly Key[], count: (key: Key) => number): Record<Key, number> =>
  Object.fromEntries(keys.map((key) => [key, count(key)])) as Record<Key, number>;

const isShownWhole = ({ tables, tablesShown }: OfflineResult): boolean => tables === tablesShown;

/** Measures that two runs without a model are compared by, each as a score of a case; `undefined`: the case says nothing. */
const comparedMeasures: Readonly<Record<string, (result: OfflineResult) => number | undefined>> = {
  'all tables shown': (result) => (result.tables === 0 ? undefined : Number(isShownWhole(result))),
  'right statement binds': ({ goldBinds }) => (goldBinds === undefined ? undefined : Number(goldBinds)),
  'recorded statements that bind': ({ predictions }) =>
    share(predictions.filter(({ fate }) => fate !== 'fails').length, predictions.length),
  'recorded statements that are right': ({ predictions }) => {
    const compared = predictions.filter(({ right }) => right !== undefined);
    return share(compared.filter(({ right }) => right === true).length, compared.length);
  },
};

/** Two runs without a model over the same cases, by measure; only cases that are in both count. */
export function compareOfflineRuns(
  before: readonly OfflineResult[],
  after: readonly OfflineResult[],
): Readonly<Record<string, PairedDifference>> {
  const earlier = new Map(before.map((result) => [result.id, result]));
  const differences: Record<string, PairedDifference> = {};
  for (const [measure, scoreOf] of Object.entries(comparedMeasures)) {
    const pairs = after.flatMap((result) => {
      const other = earlier.get(result.id);
      const [was, is] = [other === undefined ? undefined : scoreOf(other), scoreOf(result)];
      return was === undefined || is === undefined ? [] : [{ was, is }];
    });
    if (pairs.length === 0) continue;
    differences[measure] = pairedBootstrap(
      pairs.map(({ was }) => was),
      pairs.map(({ is }) => is),
    );
  }
  return differences;
}
