import { areaUnderCurve } from './area-under-curve.ts';
import { type PairedDifference, pairedBootstrap } from './bootstrap.ts';
import { calibrationError } from './calibration-error.ts';
import { countBy } from './count-by.ts';
import type { CaseResult } from './evaluate.ts';
import { percentile } from './percentile.ts';

/** The numbers of a run: counts of cases, where nothing else is said. */
export interface EvalSummary {
  readonly cases: number;
  readonly answered: number;
  /** By the kind of their outcome. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** By `errorClass` of {@link CaseResult}. */
  readonly errors: Readonly<Record<string, number>>;
  /** Replies of the model for each case. */
  readonly meanRounds: number;
  /** Those with a comparison, answered or not, and what it says: see `ResultComparison`. */
  readonly compared: number;
  readonly exact: number;
  readonly set: number;
  readonly subset: number;
  /** Cases that cannot be answered, and how many of them ended so. */
  readonly unanswerable: number;
  readonly unanswerableRecognised: number;
  /** Whether confidence tells right from wrong answers: area under the curve, and the mean distance of score and share. */
  readonly confidenceAuc?: number | undefined;
  readonly calibrationError?: number | undefined;
  /** `exact` among the compared cases of each database. */
  readonly byDatabase: Readonly<Record<string, { readonly exact: number; readonly compared: number }>>;
  /** Of all calls of the model. */
  readonly totalTokens: number;
  /** Wall time of a case, half and 95 % of them at most. */
  readonly p50Ms: number;
  readonly p95Ms: number;
}

/** Two runs over the same cases. */
export interface EvalDifference {
  /** Of the share of `exact` results. */
  readonly exact: PairedDifference;
  /** Cases that were right before and are not now, and the other way round. */
  readonly lost: readonly string[];
  readonly gained: readonly string[];
}

/** Sums up a run. */
export function summarize(results: readonly CaseResult[]): EvalSummary {
  const durations = results.map(({ durationMs }) => durationMs);
  const unanswerable = results.filter(({ answerable }) => answerable === false);
  const scored = results.flatMap(({ confidence, comparison }) =>
    confidence === undefined || comparison === undefined ? [] : [{ score: confidence, isPositive: comparison.exact }],
  );
  const comparisons = results.flatMap(({ comparison }) => (comparison === undefined ? [] : [comparison]));
  const count = (key: 'exact' | 'set' | 'subset'): number => comparisons.filter((comparison) => comparison[key]).length;
  return {
    cases: results.length,
    answered: results.filter(({ kind }) => kind === 'answered').length,
    outcomes: countBy(results.map(({ kind }) => kind)),
    errors: countBy(results.flatMap(({ errorClass }) => (errorClass === undefined ? [] : [errorClass]))),
    meanRounds: results.reduce((sum, { rounds }) => sum + rounds, 0) / Math.max(1, results.length),
    compared: comparisons.length,
    exact: count('exact'),
    set: count('set'),
    subset: count('subset'),
    totalTokens: results.reduce((sum, { totalTokens }) => sum + totalTokens, 0),
    unanswerable: unanswerable.length,
    unanswerableRecognised: unanswerable.filter(({ kind }) => kind === 'unanswerable').length,
    confidenceAuc: areaUnderCurve(scored),
    calibrationError: scored.length === 0 ? undefined : calibrationError(scored),
    byDatabase: byDatabase(results),
    p50Ms: percentile(durations, 0.5),
    p95Ms: percentile(durations, 0.95),
  };
}

function byDatabase(results: readonly CaseResult[]): EvalSummary['byDatabase'] {
  const compared = results.filter(({ comparison }) => comparison !== undefined);
  return Object.fromEntries(
    [...Map.groupBy(compared, ({ database }) => database)].map(([database, some]) => [
      database,
      { exact: some.filter(({ comparison }) => comparison?.exact === true).length, compared: some.length },
    ]),
  );
}

/** Compares two runs case by case; only cases that are in both count. */
export function compareRuns(before: readonly CaseResult[], after: readonly CaseResult[]): EvalDifference {
  const earlier = new Map(before.map((result) => [result.id, result]));
  const pairs = after.flatMap((result) => {
    const other = earlier.get(result.id);
    return other === undefined
      ? []
      : [{ id: result.id, was: other.comparison?.exact === true, is: result.comparison?.exact === true }];
  });
  return {
    exact: pairedBootstrap(
      pairs.map(({ was }) => Number(was)),
      pairs.map(({ is }) => Number(is)),
    ),
    lost: pairs.filter(({ was, is }) => was && !is).map(({ id }) => id),
    gained: pairs.filter(({ was, is }) => !was && is).map(({ id }) => id),
  };
}

const percent = (part: number, whole: number): string => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`);

/** A run as Markdown, with its difference to another one where that is given. */
export function renderReport(title: string, summary: EvalSummary, difference?: EvalDifference): string {
  const rows: [string, string][] = [
    ['cases', String(summary.cases)],
    ['answered', `${summary.answered} (${percent(summary.answered, summary.cases)})`],
    ['rounds per question', summary.meanRounds.toFixed(2)],
    ...(summary.compared === 0
      ? []
      : (['exact', 'set', 'subset'] as const).map((key): [string, string] => [
          key,
          `${summary[key]} of ${summary.compared} (${percent(summary[key], summary.compared)})`,
        ])),
    ...(summary.unanswerable === 0
      ? []
      : [
          ['unanswerable, recognised', `${summary.unanswerableRecognised} of ${summary.unanswerable}`] as [
            string,
            string,
          ],
        ]),
    ...(summary.confidenceAuc === undefined
      ? []
      : [
          [
            'confidence: AUC / calibration error',
            `${summary.confidenceAuc.toFixed(3)} / ${(summary.calibrationError ?? 0).toFixed(3)}`,
          ] as [string, string],
        ]),
    ['tokens', String(summary.totalTokens)],
    ['time per question, p50 / p95', `${summary.p50Ms.toFixed(1)} / ${summary.p95Ms.toFixed(1)} ms`],
  ];
  const counted = (counts: Readonly<Record<string, number>>): string =>
    Object.entries(counts)
      .sort(([, left], [, right]) => right - left)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ');
  const lines = [
    `# ${title}`,
    '',
    '| | |',
    '|---|---|',
    ...rows.map(([name, value]) => `| ${name} | ${value} |`),
    '',
    `Outcomes: ${counted(summary.outcomes)}.`,
  ];
  if (Object.keys(summary.errors).length > 0) lines.push(`Errors: ${counted(summary.errors)}.`);
  const databases = Object.entries(summary.byDatabase);
  if (databases.length > 1) {
    lines.push('', '| database | exact |', '|---|---|');
    for (const [name, { exact, compared }] of databases)
      lines.push(`| ${name} | ${exact} of ${compared} (${percent(exact, compared)}) |`);
  }
  if (difference !== undefined) {
    const { difference: mean, low, high, questions } = difference.exact;
    const points = (value: number): string => (100 * value).toFixed(1);
    lines.push(
      '',
      `Against the run before: ${points(mean)} points of exact (95 % interval ${points(low)} to ${points(high)}, ${questions} questions).`,
      `Gained: ${difference.gained.join(', ') || 'none'}. Lost: ${difference.lost.join(', ') || 'none'}.`,
    );
  }
  return `${lines.join('\n')}\n`;
}
