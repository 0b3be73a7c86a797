import { passGate } from '../../pass-gate.ts';
import type { CatalogSnapshot } from '../../ports.ts';
import type { GateStage } from '../../static-gate.ts';
import type { EvalCase } from '../cases.ts';
import type { TypedTable } from '../compare-results.ts';
import { bestComparison } from '../evaluate.ts';
import { type DoubtedAnswer, doubtAnswer } from './doubts.ts';
import { judgeFeedback } from './feedback-quality.ts';
import type { OfflinePorts } from './offline-ports.ts';
import { usedColumns } from './used-columns.ts';

/** What becomes of a statement in the gate. */
export interface GateFate {
  readonly passed: boolean;
  readonly isRepaired: boolean;
  /** The statement as it passed. */
  readonly sql: string;
  /** SQLSTATE, or the word of the check for what it refused. */
  readonly error?: string | undefined;
  /** In milliseconds. */
  readonly stageMs: Readonly<Partial<Record<GateStage, number>>>;
}

/** Takes a statement through the gate. */
export async function throughGate(
  ports: OfflinePorts,
  sql: string,
  { mayRepair, signal }: { readonly mayRepair: boolean; readonly signal: AbortSignal | undefined },
): Promise<GateFate> {
  const stageMs: Partial<Record<GateStage, number>> = {};
  const inStage = async <Value>(stage: GateStage, work: () => Promise<Value>): Promise<Value> => {
    const startedAt = performance.now();
    try {
      return await work();
    } finally {
      stageMs[stage] = (stageMs[stage] ?? 0) + performance.now() - startedAt;
    }
  };
  const result = await passGate(ports, { sql, mayRepair, signal, inStage });
  const error = result.kind === 'stopped' ? (result.error.sqlState ?? result.error.violations?.[0]?.code) : undefined;
  return {
    passed: result.kind === 'passed',
    isRepaired: result.repairs.length > 0,
    sql: result.sql,
    ...(error === undefined ? {} : { error }),
    stageMs,
  };
}

/** What is known of a recorded statement. */
export interface PredictionResult {
  /** Whether PostgreSQL takes it: as it is, after repair by rule, or not at all. */
  readonly fate: 'binds' | 'repaired' | 'fails';
  /** Why it does not bind as it is. */
  readonly error?: string | undefined;
  /** It binds as it is and was changed all the same: must never be. */
  readonly wasChanged?: true | undefined;
  /** Only for an unknown column: how many columns it lacks, and how many of these the feedback names. */
  readonly feedback?: { readonly missing: number; readonly named: number } | undefined;
  /** Whether it returns what the right statement returns, as it is or after repair; absent where nothing is run. */
  readonly right?: boolean | undefined;
  /** What speaks against its result; only when it ran as it is. */
  readonly doubts?: DoubtedAnswer | undefined;
}

/** What a recorded statement is judged with. */
export interface PredictionSetup {
  readonly ports: OfflinePorts;
  readonly snapshot: CatalogSnapshot;
  /** Runs a statement; absent: nothing is run. */
  readonly run: ((sql: string) => Promise<TypedTable>) | undefined;
  readonly signal: AbortSignal | undefined;
}

/** Judges one recorded statement: whether it binds, what rules and feedback make of it, whether its result is doubted. */
export async function judgePrediction(
  evalCase: EvalCase,
  sql: string,
  setup: PredictionSetup,
): Promise<PredictionResult> {
  const { ports, signal } = setup;
  const asIs = await throughGate(ports, sql, { mayRepair: false, signal });
  const gated = await throughGate(ports, sql, { mayRepair: true, signal });
  if (asIs.passed) {
    const ran = await answerOf(evalCase, sql, setup);
    return { fate: 'binds', ...(gated.isRepaired ? { wasChanged: true } : {}), ...ran };
  }
  const feedback = asIs.error === '42703' ? await feedbackOn(evalCase, sql, setup) : undefined;
  const right = gated.passed ? (await answerOf(evalCase, gated.sql, setup)).right : undefined;
  return {
    fate: gated.passed ? 'repaired' : 'fails',
    ...(asIs.error === undefined ? {} : { error: asIs.error }),
    ...(feedback === undefined ? {} : { feedback }),
    ...(right === undefined ? {} : { right }),
  };
}

async function answerOf(
  evalCase: EvalCase,
  sql: string,
  { ports, snapshot, run }: PredictionSetup,
): Promise<Pick<PredictionResult, 'right' | 'doubts'>> {
  if (run === undefined || evalCase.gold.length === 0) return {};
  const { parse } = ports;
  const [gold = ''] = evalCase.gold;
  try {
    // Where the right statement returns nothing every wrong one that returns nothing looks right.
    if ((await run(gold)).rows.length === 0) return {};
  } catch {
    // That it fails is told with the case; with it nothing can be compared.
    return {};
  }
  try {
    const result = await run(sql);
    const { exact: right } = await bestComparison(evalCase, result, { run: (_, statement) => run(statement), parse });
    const doubts = await doubtAnswer({ question: evalCase.question, sql, result }, { parse, snapshot, run });
    return { right, doubts: { right, ...doubts } };
  } catch {
    // It bound and does not run: no answer to doubt, and not a right one.
    return { right: false };
  }
}

async function feedbackOn(
  { question, gold: [gold] }: EvalCase,
  sql: string,
  { ports: { parse }, snapshot }: PredictionSetup,
): Promise<PredictionResult['feedback']> {
  const [failing, right] = await Promise.all([parse.parse(sql), gold === undefined ? undefined : parse.parse(gold)]);
  if (!failing.parsed || right?.parsed !== true) return undefined;
  const judged = judgeFeedback(failing.tree, { snapshot, question, wanted: usedColumns(right.tree, snapshot) });
  return judged === undefined ? undefined : { missing: judged.missing, named: judged.named };
}
