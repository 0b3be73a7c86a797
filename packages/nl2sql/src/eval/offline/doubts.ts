import { confidenceOf } from '../../confidence.ts';
import type { FindingKind } from '../../inspect/finding.ts';
import { inspectResult } from '../../inspect/inspect-result.ts';
import { inspectStatement } from '../../inspect/inspect-statement.ts';
import { tiesFinding, withTies } from '../../inspect/inspect-ties.ts';
import type { CatalogSnapshot, SqlParse } from '../../ports.ts';
import { areaUnderCurve } from '../area-under-curve.ts';
import { calibrationError } from '../calibration-error.ts';
import type { TypedTable } from '../compare-results.ts';

/** What speaks against an answer, and whether it is right. */
export interface DoubtedAnswer {
  readonly right: boolean;
  /** Kinds of its findings, each once. */
  readonly flags: readonly FindingKind[];
  /** One of them is strong. */
  readonly isImplausible: boolean;
  /** 0 to 1. */
  readonly confidence: number;
}

/** Looks at a recorded answer as the pipeline looks at its own. */
export async function doubtAnswer(
  { question, sql, result }: { readonly question: string; readonly sql: string; readonly result: TypedTable },
  {
    parse,
    snapshot,
    run,
  }: {
    readonly parse: SqlParse;
    readonly snapshot: CatalogSnapshot;
    readonly run: (sql: string) => Promise<TypedTable>;
  },
): Promise<Omit<DoubtedAnswer, 'right'>> {
  const outcome = await parse.parse(sql);
  const tree = outcome.parsed ? outcome.tree : undefined;
  const lint = tree && inspectStatement(tree, { snapshot });
  const findings = inspectResult({ question, sql, result, tree, snapshot, lint });
  const statement = sql.trim().replace(/;$/, '');
  const probe = tree && (await withTies({ sql: statement, tree, rows: result.rows.length }, parse));
  if (probe !== undefined && (await run(probe.sql)).rows.length > probe.limit) findings.push(tiesFinding(probe.limit));
  const attempts = [{ source: 'model', stage: 'done' }] as const;
  const { score } = confidenceOf({ source: 'model', attempts, findings });
  return {
    flags: [...new Set(findings.map(({ kind }) => kind))],
    isImplausible: findings.some(({ isStrong }) => isStrong),
    confidence: score,
  };
}

/** Answers with something in common, by whether they are right. */
export interface DoubtCount {
  readonly wrong: number;
  readonly right: number;
}

/** How well doubts tell wrong answers from right ones. */
export interface DoubtSummary {
  readonly answers: DoubtCount;
  /** With any finding. */
  readonly flagged: DoubtCount;
  /** With a strong finding. */
  readonly implausible: DoubtCount;
  readonly byFlag: Readonly<Record<string, DoubtCount>>;
  /** How well confidence orders right before wrong answers: 0.5 is chance, 1 is always. */
  readonly confidenceAuc?: number | undefined;
  /** Mean distance of confidence and the share of right answers, 0 to 1. */
  readonly calibrationError: number;
}

/** Counts doubted answers; `undefined` when there are none. */
export function summarizeDoubts(answers: readonly DoubtedAnswer[]): DoubtSummary | undefined {
  if (answers.length === 0) return undefined;
  const count = (has: (answer: DoubtedAnswer) => boolean): DoubtCount => {
    const some = answers.filter(has);
    const right = some.filter((answer) => answer.right).length;
    return { wrong: some.length - right, right };
  };
  const flags = [...new Set(answers.flatMap((answer) => answer.flags))].sort();
  const scored = answers.map(({ confidence, right }) => ({ score: confidence, isPositive: right }));
  return {
    answers: count(() => true),
    flagged: count((answer) => answer.flags.length > 0),
    implausible: count(({ isImplausible }) => isImplausible),
    byFlag: Object.fromEntries(flags.map((flag) => [flag, count((answer) => answer.flags.includes(flag))])),
    confidenceAuc: areaUnderCurve(scored),
    calibrationError: calibrationError(scored),
  };
}
