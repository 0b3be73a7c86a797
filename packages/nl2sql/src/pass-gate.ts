import { abortable } from './abort.ts';
import type { AttemptError } from './attempt-error.ts';
import { type DatabaseError, isCurable, readDatabaseError } from './database-error.ts';
import type { AskPorts, Plan, ResultTable, SqlVerdict, SqlViolation } from './ports.ts';
import { type Repaired, repairStatement } from './repair/repair.ts';
import type { Repair } from './repair/repair-step.ts';

/** A statement in front of the gate. */
export interface GateEntry {
  readonly sql: string;
  /** Whether rules may repair it. */
  readonly mayRepair: boolean;
  readonly signal: AbortSignal | undefined;
  /** Runs a stage and keeps how long it took. */
  readonly inStage: <Value>(stage: 'check' | 'explain' | 'repair', work: () => Promise<Value>) => Promise<Value>;
}

interface GateState {
  readonly sql: string;
  readonly repairs: readonly Repair[];
  /** What stopped the statement as it was written, when rules repaired it. */
  readonly first?: Stop | undefined;
}

/** The stage that stopped a statement, and why. */
export interface Stop {
  readonly stage: 'check' | 'explain';
  readonly error: AttemptError;
}

/** What the gate made of a statement: the SQL as it stands now, and the stage that stopped it, if one did. */
export type GateResult = GateState &
  (
    | { readonly kind: 'passed'; readonly plan: Plan; readonly tables: readonly string[] }
    | (Stop & { readonly kind: 'stopped'; readonly isBusy: boolean })
    | { readonly kind: 'broken'; readonly stage: 'check' | 'explain'; readonly thrown: unknown }
  ) & { readonly thrown?: unknown };

/** Rules repair one class of error after the other; more steps than this would mean that they undo each other. */
const maxSteps = 8;

/**
 * Check, then EXPLAIN. A statement that fails is repaired by rule, as long as a rule applies, and starts again at the
 * check: nothing reaches the database that the check has not seen in this very form. One that passes is never changed.
 */
export async function passGate(ports: AskPorts<ResultTable>, entry: GateEntry): Promise<GateResult> {
  const seen = new Set<string>();
  let state: GateState = { sql: entry.sql, repairs: [] };
  let readable: GateResult | undefined;
  for (let step = 0; ; step++) {
    seen.add(state.sql);
    const judged: GateResult = { ...(await judge(ports, entry, state.sql)), ...state };
    if (judged.kind !== 'stopped' || !entry.mayRepair || judged.isBusy) return judged;
    const isReadable = judged.error.sqlState !== syntaxError;
    if (isReadable) readable = judged;
    const repaired = step === maxSteps ? undefined : await repair(ports, entry, state.sql, judged.error);
    // Rules that made a readable statement unreadable did not help: the model is told about what it could be read as.
    if (repaired === undefined || seen.has(repaired.sql)) return isReadable ? judged : (readable ?? judged);
    const { stage, error } = judged;
    state = {
      sql: repaired.sql,
      repairs: [...state.repairs, ...repaired.repairs],
      first: state.first ?? { stage, error },
    };
  }
}

const syntaxError = '42601';

type Judged = GateResult extends infer Result
  ? Result extends unknown
    ? Omit<Result, 'sql' | 'repairs' | 'first'>
    : never
  : never;

async function judge(ports: AskPorts<ResultTable>, { signal, inStage }: GateEntry, sql: string): Promise<Judged> {
  let verdict: SqlVerdict;
  try {
    verdict = await inStage('check', () => abortable(signal, () => ports.check.check(sql)));
  } catch (thrown) {
    return { kind: 'broken', stage: 'check', thrown };
  }
  if (!verdict.allowed) {
    return {
      kind: 'stopped',
      stage: 'check',
      error: refusalError(sql, verdict.violations),
      isBusy: verdict.retryable === true,
    };
  }
  const relations = verdict.relations ?? [];
  const tables = relations.map(({ schema, name }) => (schema === undefined ? name : `${schema}.${name}`));
  try {
    const plan = await inStage('explain', () => abortable(signal, () => ports.runner.explain(sql, { signal })));
    return { kind: 'passed', plan, tables: [...new Set(tables)] };
  } catch (thrown) {
    const error = readDatabaseError(thrown);
    return error !== undefined && isCurable(error.sqlState)
      ? { kind: 'stopped', stage: 'explain', error, isBusy: false, thrown }
      : { kind: 'broken', stage: 'explain', thrown };
  }
}

async function repair(
  ports: AskPorts<ResultTable>,
  { signal, inStage }: GateEntry,
  sql: string,
  error: AttemptError,
): Promise<Repaired | undefined> {
  const { parse, catalog } = ports;
  const failing = curableByRule(sql, error);
  if (parse === undefined || catalog === undefined || failing === undefined) return undefined;
  const work = async () => repairStatement({ sql, error: failing }, { parse, snapshot: await catalog.snapshot() });
  try {
    return await inStage('repair', () => abortable(signal, work));
  } catch (thrown) {
    // Rules are an aid: without a tree or a snapshot the model gets the error as it is.
    if (signal?.aborted === true) throw thrown;
    return undefined;
  }
}

/** The error as the rules read it: a function or a name that the check does not know counts as one that does not exist. */
function curableByRule(sql: string, error: AttemptError): DatabaseError | undefined {
  const { sqlState } = error;
  if (sqlState !== undefined) return { ...error, sqlState };
  const [violation] = error.violations ?? [];
  if (violation?.position === undefined) return undefined;
  const position = offsetOf(sql, violation.position);
  const name = violation.name?.split('.').at(-1);
  if (violation.code === 'function' && name !== undefined) {
    return { sqlState: '42883', message: `function ${name}() does not exist`, position };
  }
  return violation.code === 'relation' || violation.code === 'column'
    ? { sqlState: '42703', message: violation.message, position }
    : undefined;
}

/** A text the check could not read is a syntax error like PostgreSQL's own, not a refusal. */
function refusalError(sql: string, violations: readonly SqlViolation[]): AttemptError {
  const [first] = violations;
  if (first !== undefined && violations.every((violation) => violation.code === 'syntax')) {
    const position = first.position === undefined ? undefined : offsetOf(sql, first.position);
    return {
      sqlState: '42601',
      message: first.message,
      ...(position === undefined ? {} : { position }),
      ...(first.hint === undefined ? {} : { hint: first.hint }),
    };
  }
  return { message: 'The statement may not run.', violations };
}

/** PostgreSQL's 1-based position in characters for a line and a column. */
function offsetOf(sql: string, place: { readonly line: number; readonly column: number }): number {
  const before = sql.split('\n').slice(0, place.line - 1);
  return before.reduce((sum, line) => sum + [...line].length + 1, 0) + place.column;
}
