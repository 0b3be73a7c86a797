import { abortable } from './abort.ts';
import type { AttemptError } from './attempt-error.ts';
import { isCurable, isPassing, queryCanceled, readDatabaseError, readOnlyTransaction } from './database-error.ts';
import { Nl2sqlError } from './errors.ts';
import type { Finding } from './inspect/finding.ts';
import type { Attempt, SqlSource } from './outcome.ts';
import { passGate } from './pass-gate.ts';
import type { AskPorts, Plan, ResultTable, SqlViolation, TokenUsage } from './ports.ts';
import { isChoice } from './repair/repair-step.ts';
import { type Trace, timed } from './trace.ts';

/** A statement on its way through check, EXPLAIN and run. */
export interface Statement {
  readonly sql: string;
  readonly source: SqlSource;
  readonly round: number;
  readonly generateMs?: number | undefined;
  readonly usage?: TokenUsage | undefined;
  /** Holds the statement when rules had to choose what it means. */
  readonly holdsChoices?: boolean | undefined;
  /** Holds the statement when it looks wrong before it runs. */
  readonly holdsDoubts?: boolean | undefined;
}

/** How the statement is treated. */
export interface StatementOptions {
  readonly signal: AbortSignal | undefined;
  readonly limit: number | undefined;
  readonly execute: boolean;
  /** Joins that are right without a foreign key, as `table.column=table.column`. */
  readonly approvedJoins?: ReadonlySet<string> | undefined;
  /** `false` keeps stored values out of what is said about the statement, also to the model. Default `true`. */
  readonly tellsValues?: boolean | undefined;
}

/**
 * `passed`: it passed all stages. `held`: it would, but only by the choices of rules or in spite of a strong finding, and was not run, since
 * the model may still say what it meant. `curable`: other SQL may do better. `fatal`: no other SQL would help.
 */
export type StatementResult<Table extends ResultTable> =
  | {
      readonly kind: 'passed';
      /** The statement that passed: as it was written, or as rules repaired it. */
      readonly sql: string;
      readonly plan: Plan;
      readonly result?: Table;
      readonly tables: readonly string[];
      /** What looked wrong about it before it ran. */
      readonly lint: readonly Finding[];
      readonly attempt: Attempt;
    }
  | { readonly kind: 'held'; readonly attempt: Attempt }
  | { readonly kind: 'curable'; readonly attempt: Attempt; readonly cause: unknown }
  | { readonly kind: 'fatal'; readonly error: Nl2sqlError };

/**
 * Through the gate (check, names, repair by rule, lint, EXPLAIN), then run. Each stage is reached only when the one before it passed;
 * the attempt is recorded however it ends.
 */
export async function tryStatement<Table extends ResultTable>(
  ports: AskPorts<Table>,
  trace: Trace,
  statement: Statement,
  options: StatementOptions,
): Promise<StatementResult<Table>> {
  const { source, round } = statement;
  const { signal } = options;
  const durationsMs: { -readonly [Stage in keyof Attempt['durationsMs']]: Attempt['durationsMs'][Stage] } = {};
  if (statement.generateMs !== undefined) durationsMs.generate = statement.generateMs;
  const inStage = <Value>(stage: keyof typeof durationsMs, work: () => Promise<Value>): Promise<Value> =>
    timed(work, (durationMs) => {
      durationsMs[stage] = (durationsMs[stage] ?? 0) + durationMs;
    });

  trace.emit({ type: 'validating', round, source });
  // What a person verified is not changed by rule: when it no longer binds, the question takes the long way.
  const gate = await passGate(ports, {
    sql: statement.sql,
    mayRepair: source === 'model',
    approvedJoins: options.approvedJoins,
    tellsValues: options.tellsValues,
    signal,
    inStage,
  });
  const { sql, repairs, first } = gate;
  if (repairs.length > 0) trace.emit({ type: 'repaired', round, repairs });
  const attempt = (stage: Attempt['stage'], error?: AttemptError): Attempt => {
    const recorded: Attempt = {
      round,
      source,
      stage,
      sql,
      ...(repairs.length === 0 ? {} : { writtenSql: statement.sql, repairs }),
      durationsMs,
      ...(error === undefined ? {} : { error }),
      ...(statement.usage === undefined ? {} : { usage: statement.usage }),
    };
    trace.attempted(recorded);
    return recorded;
  };
  if (gate.kind === 'stopped') {
    const recorded = attempt(gate.stage, gate.error);
    if (gate.isBusy) return { kind: 'fatal', error: busyCheckError(gate.error.violations ?? []) };
    return { kind: 'curable', attempt: recorded, cause: gate.thrown };
  }
  if (gate.kind === 'broken') {
    attempt(gate.stage, readDatabaseError(gate.thrown) ?? { message: messageOf(gate.thrown) });
    return { kind: 'fatal', error: fatalError(gate.stage, gate.thrown) };
  }
  const { plan, tables, lint } = gate;
  const choice = first !== undefined && repairs.some(isChoice) ? { ...first, heldSql: sql } : undefined;
  const held =
    (statement.holdsChoices === true ? choice : undefined) ??
    (statement.holdsDoubts === true ? doubtsAbout(sql, lint) : undefined);
  if (held !== undefined) {
    const recorded: Attempt = { ...held, round, source, repairs, durationsMs, usage: statement.usage };
    trace.attempted(recorded);
    return { kind: 'held', attempt: recorded };
  }
  if (!options.execute) {
    return { kind: 'passed', sql, plan, tables, lint, attempt: attempt('done') };
  }
  trace.emit({ type: 'executing', round, source });
  try {
    const run = () => abortable(signal, () => ports.runner.run(sql, { signal, limit: options.limit }));
    const result = await inStage('run', run);
    return { kind: 'passed', sql, plan, result, tables, lint, attempt: attempt('done') };
  } catch (thrown) {
    const error = readDatabaseError(thrown);
    const recorded = attempt('run', error ?? { message: messageOf(thrown) });
    return error !== undefined && isCurable(error.sqlState)
      ? { kind: 'curable', attempt: recorded, cause: thrown }
      : { kind: 'fatal', error: fatalError('run', thrown) };
  }
}

function doubtsAbout(sql: string, lint: readonly Finding[]): Pick<Attempt, 'stage' | 'sql' | 'error'> | undefined {
  const doubts = lint.filter(({ isStrong }) => isStrong).map(({ message }) => message);
  return doubts.length === 0 ? undefined : { stage: 'lint', sql, error: { message: doubts.join(' ') } };
}

const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

function busyCheckError(violations: readonly SqlViolation[]): Nl2sqlError {
  const reason = violations[0]?.message ?? 'The check is busy.';
  return new Nl2sqlError('CONTEXT_ERROR', `The statement could not be checked now: ${reason} Ask again.`, {
    retryable: true,
  });
}

function fatalError(stage: Attempt['stage'], thrown: unknown): Nl2sqlError {
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
