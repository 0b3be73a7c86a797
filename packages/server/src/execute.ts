import { withoutPrefix } from '@pgmcp/nl2sql';
import type { TextTable } from '@pgmcp/pool';
import type { AllowedVerdict, Guard, StatementKind, Verdict } from '@pgmcp/sql-guard';
import type { Call } from './call.ts';
import { PgmcpError } from './errors.ts';
import { judge } from './execution/judge.ts';
import type { ObserveStatement, StatementNotes } from './execution/observe-statement.ts';
import type { ExplainedStatement, OutsideStatement } from './execution/statement.ts';
import { isPostgresError, postgresFailure } from './postgres-error.ts';
import { refusal } from './refusal.ts';
import { type RenderedPlan, renderPlan } from './render-plan.ts';
import type { TypeNames } from './type-names.ts';
import { type EncodedTable, encodeTable, type ResultBudget } from './values/index.ts';

export type { ExplainedStatement, OutsideStatement } from './execution/statement.ts';

/** Limits of every statement from outside. */
export interface ExecutionLimits extends ResultBudget {
  readonly maxRows: number;
  readonly maxBytes: number;
  readonly timeoutMs: number;
}

/** Largest plan that is read, in bytes. */
const MAX_PLAN_BYTES = 7 * 1024 * 1024;

/** What the executor stands on. */
export interface ExecutorParts {
  readonly guard: Guard;
  readonly typeNames: TypeNames;
  readonly limits: ExecutionLimits;
  readonly observe: ObserveStatement;
}

/**
 * The only way by which SQL that came from outside reaches a database:
 *
 *     guard -> READ ONLY transaction with a timeout -> extended protocol, one statement -> portal with row cap and byte cap
 *     -> ROLLBACK -> encode
 *
 * Row caps never rewrite SQL text; they stop the portal. Refusals and failures are thrown as `PgmcpError`; `run` and `plan`
 * let PostgreSQL's own errors through untouched, for a pipeline that learns from them.
 */
export interface Executor {
  /** Runs one statement and returns its rows. */
  read(statement: OutsideStatement, call: Call): Promise<EncodedTable>;
  /** Shows the plan of one statement. */
  explain(statement: ExplainedStatement, call: Call): Promise<RenderedPlan>;
  /** As `read`, with PostgreSQL's errors as they are. */
  run(statement: OutsideStatement, call: Call): Promise<EncodedTable>;
  /** As `explain` without `analyze`, with PostgreSQL's errors as they are, their position in the statement itself. */
  plan(statement: ExplainedStatement, call: Call): Promise<RenderedPlan>;
  /** Says whether the caller may run a statement, and runs nothing. */
  check(statement: OutsideStatement, call: Call): Promise<Verdict>;
}

/** Makes the executor. One serves every database and every call. */
export function createExecutor({ guard, typeNames, limits, observe }: ExecutorParts): Executor {
  function check(
    { database, sql, parameters = [] }: OutsideStatement,
    purpose: 'run' | 'explain-analyze',
  ): Promise<Verdict> {
    return judge(guard, database, sql, { parameterCount: parameters.length, purpose });
  }

  async function admit(
    statement: OutsideStatement,
    _call: Call,
    notes: StatementNotes,
    purpose: 'run' | 'explain-analyze',
  ): Promise<AllowedVerdict> {
    const verdict = await check(statement, purpose);
    if (!verdict.allowed) {
      notes.violated(verdict.violations);
      throw refusal(verdict.violations);
    }
    notes.admitted(verdict);
    return verdict;
  }

  function send(
    statement: OutsideStatement,
    text: string,
    caps: { readonly maxRows: number; readonly maxBytes: number },
    { signal }: Call,
    notes: StatementNotes,
  ): Promise<TextTable> {
    notes.sent();
    return statement.database.connections
      .with({ signal, timeoutMs: limits.timeoutMs, ...caps, access: 'read-only' })
      .table(text, statement.parameters);
  }

  const run = (statement: OutsideStatement, call: Call) =>
    observe(statement, call, (notes) => runObserved(statement, call, notes));

  async function runObserved(statement: OutsideStatement, call: Call, notes: StatementNotes): Promise<EncodedTable> {
    await admit(statement, call, notes, 'run');
    const maxRows = Math.min(statement.limit ?? limits.maxRows, limits.maxRows);
    const table = await send(statement, statement.sql, { maxRows, maxBytes: limits.maxBytes }, call, notes);
    notes.answered({ rows: table.rows.length, bytes: table.byteCount, truncated: table.truncated !== false });
    const typeOf = await typeNames.resolve(statement.database, table.fields);
    const clamped = statement.limit !== undefined && statement.limit > limits.maxRows;
    const notices = clamped ? [`limit ${statement.limit} was lowered to the cap of ${limits.maxRows} rows.`] : [];
    return encodeTable(table, { typeOf, budget: limits, notices });
  }

  const plan = (statement: ExplainedStatement, call: Call) =>
    observe(statement, call, (notes) => planObserved(statement, call, notes));

  async function planObserved(
    { analyze = false, ...statement }: ExplainedStatement,
    call: Call,
    notes: StatementNotes,
  ): Promise<RenderedPlan> {
    const { statements } = await admit(statement, call, notes, analyze ? 'explain-analyze' : 'run');
    notes.explained();
    refuseWithoutPlan(statements[0]?.kind);
    const prefix = analyze ? 'EXPLAIN (FORMAT JSON, ANALYZE, BUFFERS) ' : 'EXPLAIN (FORMAT JSON) ';
    try {
      // A plan is one value, and large where a table has a thousand partitions; what is shown of it is cut below.
      const table = await send(
        statement,
        prefix + statement.sql,
        { maxRows: 1, maxBytes: MAX_PLAN_BYTES },
        call,
        notes,
      );
      return renderPlan(JSON.parse(table.rows[0]?.[0] ?? '[]'));
    } catch (error) {
      throw withoutPrefix(error, prefix);
    }
  }

  const placed = async <T>(sql: string, work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      throw isPostgresError(error) ? postgresFailure(error, sql) : error;
    }
  };

  return {
    run,
    plan,
    check: (statement) => check(statement, 'run'),
    read: (statement, call) => placed(statement.sql, run(statement, call)),
    explain: (statement, call) => placed(statement.sql, plan(statement, call)),
  };
}

/** EXPLAIN goes before statements that have a plan, and not before itself. */
function refuseWithoutPlan(kind: StatementKind | undefined): void {
  if (kind === 'explain') throw new PgmcpError('VALIDATION_ERROR', 'Give the statement itself, without EXPLAIN.');
  if (kind === 'show') throw new PgmcpError('VALIDATION_ERROR', 'SHOW has no plan: run it with execute_query.');
}
