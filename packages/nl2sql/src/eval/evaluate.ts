import type { Ask } from '../ask.ts';
import type { Outcome } from '../outcome.ts';
import type { ResultTable, SqlParse } from '../ports.ts';
import type { EvalCase } from './cases.ts';
import { compareResults, type ResultComparison, type TypedTable } from './compare-results.ts';

/** What a run of cases needs from outside. */
export interface EvalSetup {
  /** The pipeline that answers a case: the same one for all, or one per case for a replay. */
  readonly ask: (evalCase: EvalCase) => Ask | Promise<Ask>;
  /** Runs a statement on the database of a case, for comparison. Absent: results are not compared. */
  readonly run?: ((evalCase: EvalCase, sql: string) => Promise<TypedTable>) | undefined;
  /** Tells whether the right statement is ordered. Required with `run`. */
  readonly parse?: SqlParse | undefined;
  /** Whether the pipeline runs statements, so that it can look at their results. Default `false`. */
  readonly execute?: boolean | undefined;
  /** Ends the run before the next case: `evaluate` rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
  /** Hears of each case when it is done. */
  readonly onCase?: ((result: CaseResult) => void) | undefined;
}

/** What became of one case. */
export interface CaseResult {
  readonly id: string;
  readonly database: string;
  /** `false` when the case cannot be answered. */
  readonly answerable?: boolean | undefined;
  readonly kind: Outcome<ResultTable>['kind'];
  readonly sql?: string | undefined;
  /** Replies of the model that were used. */
  readonly rounds: number;
  /** How often rules repaired a statement. */
  readonly repairs: number;
  /** SQLSTATE or code of what stopped the case; behind `right statement:` when it is its right statement that fails. */
  readonly errorClass?: string | undefined;
  /** With the right result; a case that was not answered equals nothing. Absent where nothing is compared, or the right statement fails. */
  readonly comparison?: ResultComparison | undefined;
  /** Of the answer, 0 to 1. */
  readonly confidence?: number | undefined;
  readonly totalTokens: number;
  readonly durationMs: number;
}

/** Asks every case in turn and compares what came out with what is right. A case that fails does not stop the run. */
export async function evaluate(cases: readonly EvalCase[], setup: EvalSetup): Promise<CaseResult[]> {
  const results: CaseResult[] = [];
  for (const evalCase of cases) {
    setup.signal?.throwIfAborted();
    const ask = await setup.ask(evalCase);
    const { question, evidence } = evalCase;
    const outcome = await ask(evidence === undefined || evidence === '' ? question : `${question}\n${evidence}`, {
      execute: setup.execute ?? false,
      signal: setup.signal,
    });
    const result = await judge(evalCase, outcome, setup);
    results.push(result);
    setup.onCase?.(result);
  }
  return results;
}

async function judge(evalCase: EvalCase, outcome: Outcome<ResultTable>, setup: EvalSetup): Promise<CaseResult> {
  const { id, database } = evalCase;
  const last = outcome.attempts.at(-1);
  const stoppedBy =
    outcome.kind === 'failed'
      ? (outcome.error.sqlState ?? outcome.error.code)
      : outcome.kind === 'refused'
        ? outcome.violations[0]?.code
        : undefined;
  const isCompared = setup.run !== undefined && evalCase.gold.length > 0;
  const compared = outcome.kind === 'answered' ? await compare(evalCase, outcome.sql, setup) : undefined;
  const comparison = outcome.kind === 'answered' ? compared?.comparison : isCompared ? unequal : undefined;
  const errorClass = stoppedBy ?? compared?.errorClass;
  return {
    id,
    database,
    ...(evalCase.answerable === undefined ? {} : { answerable: evalCase.answerable }),
    kind: outcome.kind,
    rounds: outcome.usage.modelCalls,
    repairs: last?.repairs?.length ?? 0,
    totalTokens: outcome.usage.totalTokens,
    durationMs: outcome.durationMs,
    ...(outcome.sql === undefined ? {} : { sql: outcome.sql }),
    ...(errorClass === undefined ? {} : { errorClass }),
    ...(outcome.kind === 'answered' ? { confidence: outcome.confidence.score } : {}),
    ...(comparison === undefined ? {} : { comparison }),
  };
}

const unequal: ResultComparison = { exact: false, set: false, subset: false };

async function compare(
  evalCase: EvalCase,
  sql: string,
  { run, parse }: EvalSetup,
): Promise<Pick<CaseResult, 'comparison' | 'errorClass'> | undefined> {
  if (run === undefined || evalCase.gold.length === 0) return undefined;
  let candidate: TypedTable;
  try {
    candidate = await run(evalCase, sql);
  } catch {
    return { comparison: unequal };
  }
  try {
    return { comparison: await bestComparison(evalCase, candidate, { run, parse }) };
  } catch (thrown) {
    // A mistake in one case must not cost the calls of all that were asked before it.
    return { errorClass: `right statement: ${codeOf(thrown)}` };
  }
}

function codeOf(thrown: unknown): string {
  const { sqlState, code } = (typeof thrown === 'object' && thrown !== null ? thrown : {}) as Record<string, unknown>;
  return String(sqlState ?? code ?? 'failed');
}

/** The best comparison with what any of the statements that are right returns. Throws what the first of them that fails throws. */
export async function bestComparison(
  evalCase: EvalCase,
  candidate: TypedTable,
  { run, parse }: { readonly run: NonNullable<EvalSetup['run']>; readonly parse: SqlParse | undefined },
): Promise<ResultComparison> {
  let best = unequal;
  for (const gold of evalCase.gold) {
    const ordered = await isOrdered(gold, parse);
    const found = compareResults(await run(evalCase, gold), candidate, { ordered });
    best = { exact: best.exact || found.exact, set: best.set || found.set, subset: best.subset || found.subset };
  }
  return best;
}

/** Whether the outermost SELECT has ORDER BY. */
export async function isOrdered(sql: string, parse: SqlParse | undefined): Promise<boolean> {
  const outcome = await parse?.parse(sql);
  if (outcome?.parsed !== true) return false;
  const select = outcome.tree.stmts[0]?.stmt['SelectStmt'] as { readonly sortClause?: unknown } | undefined;
  return Array.isArray(select?.sortClause) && select.sortClause.length > 0;
}
