import { abortable } from './abort.ts';
import { isCurable, isPassing, queryCanceled, readDatabaseError, readOnlyTransaction } from './database-error.ts';
import { Nl2sqlError } from './errors.ts';
import type { Attempt, AttemptError, SqlSource } from './outcome.ts';
import type { AskPorts, Plan, ResultTable, SqlVerdict, SqlViolation, TokenUsage } from './ports.ts';
import { type Trace, timed } from './trace.ts';

/** A statement on its way through check, EXPLAIN and run. */
export interface Statement {
  readonly sql: string;
  readonly source: SqlSource;
  readonly round: number;
  readonly generateMs?: number | undefined;
  readonly usage?: TokenUsage | undefined;
}

/** How the statement is treated. */
export interface StatementOptions {
  readonly signal: AbortSignal | undefined;
  readonly limit: number | undefined;
  readonly execute: boolean;
}

/** `passed` all stages; `curable`: other SQL may do better; `fatal`: no other SQL would help. */
export type StatementResult<Table extends ResultTable> =
  | { readonly kind: 'passed'; readonly plan: Plan; readonly result?: Table; readonly tables: readonly string[] }
  | { readonly kind: 'curable'; readonly attempt: Attempt; readonly cause: unknown }
  | { readonly kind: 'fatal'; readonly error: Nl2sqlError };

type Stage = 'check' | 'explain' | 'run';

/** Check, EXPLAIN, run. Each stage is reached only when the one before it passed; the attempt is recorded however it ends. */
export async function tryStatement<Table extends ResultTable>(
  ports: AskPorts<Table>,
  trace: Trace,
  statement: Statement,
  options: StatementOptions,
): Promise<StatementResult<Table>> {
  const { sql, source, round } = statement;
  const { signal } = options;
  const durationsMs: Partial<Record<'generate' | Stage, number>> = {};
  if (statement.generateMs !== undefined) durationsMs.generate = statement.generateMs;
  const attempt = (stage: Attempt['stage'], error?: AttemptError): Attempt => {
    const usage = statement.usage === undefined ? {} : { usage: statement.usage };
    const recorded = { round, source, stage, sql, durationsMs, ...(error === undefined ? {} : { error }), ...usage };
    trace.attempted(recorded);
    return recorded;
  };
  const inStage = <Value>(stage: Stage, work: () => Promise<Value>): Promise<Value> =>
    timed(
      () => abortable(signal, work),
      (durationMs) => {
        durationsMs[stage] = durationMs;
      },
    );
  const failure = (stage: Stage, thrown: unknown): StatementResult<Table> => {
    const error = readDatabaseError(thrown);
    const recorded = attempt(stage, error ?? { message: messageOf(thrown) });
    return error !== undefined && isCurable(error.sqlState) && !(thrown instanceof Nl2sqlError)
      ? { kind: 'curable', attempt: recorded, cause: thrown }
      : { kind: 'fatal', error: fatalError(stage, thrown) };
  };

  trace.emit({ type: 'validating', round, source });
  let verdict: SqlVerdict;
  try {
    verdict = await inStage('check', () => ports.check.check(sql));
  } catch (thrown) {
    return failure('check', thrown);
  }
  if (!verdict.allowed) {
    const recorded = attempt('check', refusalError(sql, verdict.violations));
    if (verdict.retryable === true) return { kind: 'fatal', error: busyCheckError(verdict.violations) };
    return { kind: 'curable', attempt: recorded, cause: undefined };
  }
  const tables = (verdict.relations ?? []).map(({ schema, name }) =>
    schema === undefined ? name : `${schema}.${name}`,
  );
  let plan: Plan;
  try {
    plan = await inStage('explain', () => ports.runner.explain(sql, { signal }));
  } catch (thrown) {
    return failure('explain', thrown);
  }
  if (!options.execute) {
    attempt('done');
    return { kind: 'passed', plan, tables: [...new Set(tables)] };
  }
  trace.emit({ type: 'executing', round, source });
  let result: Table;
  try {
    result = await inStage('run', () => ports.runner.run(sql, { signal, limit: options.limit }));
  } catch (thrown) {
    return failure('run', thrown);
  }
  attempt('done');
  return { kind: 'passed', plan, result, tables: [...new Set(tables)] };
}

const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

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

function offsetOf(sql: string, place: { readonly line: number; readonly column: number }): number {
  const before = sql.split('\n').slice(0, place.line - 1);
  return before.reduce((sum, line) => sum + [...line].length + 1, 0) + place.column;
}

function busyCheckError(violations: readonly SqlViolation[]): Nl2sqlError {
  const reason = violations[0]?.message ?? 'The check is busy.';
  return new Nl2sqlError('CONTEXT_ERROR', `The statement could not be checked now: ${reason} Ask again.`, {
    retryable: true,
  });
}

function fatalError(stage: Stage, thrown: unknown): Nl2sqlError {
  if (thrown instanceof Nl2sqlError) return thrown;
  const error = readDatabaseError(thrown);
  if (error?.sqlState === queryCanceled) {
    const message = 'PostgreSQL stopped the statement at its time limit. Ask for less: a shorter period, fewer groups.';
    return new Nl2sqlError('STATEMENT_TIMEOUT', message, { cause: thrown, sqlState: queryCanceled });
  }
  if (stage === 'check') {
    return new Nl2sqlError('CONTEXT_ERROR', `The statement could not be checked: ${messageOf(thrown)}`, {
      cause: thrown,
    });
  }
  return new Nl2sqlError('DATABASE_ERROR', `The database failed: ${messageOf(thrown)}`, {
    cause: thrown,
    sqlState: error?.sqlState,
    retryable: error === undefined ? isRetryable(thrown) : isPassing(error.sqlState),
  });
}

const isRetryable = (thrown: unknown): boolean =>
  typeof thrown === 'object' && thrown !== null && (thrown as { retryable?: unknown }).retryable === true;

/** How a question ends when its last attempt was curable and no round is left. */
export function lastFailure(attempt: Attempt, cause: unknown): Nl2sqlError | readonly SqlViolation[] {
  const { error, stage } = attempt;
  if (error?.violations !== undefined) return error.violations;
  if (error?.sqlState === readOnlyTransaction) {
    return [{ code: 'statement', message: `PostgreSQL refused a write in a read-only transaction: ${error.message}` }];
  }
  const details = { cause, sqlState: error?.sqlState };
  return stage === 'reply'
    ? new Nl2sqlError(
        'INVALID_REPLY',
        `The model never answered with one statement. ${error?.message ?? ''}`.trim(),
        details,
      )
    : new Nl2sqlError('SQL_ERROR', `The SQL still fails: ${error?.message ?? 'unknown error'}`, details);
}
