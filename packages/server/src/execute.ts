import { withoutPrefix } from '@pgmcp/nl2sql';
import type { TextTable } from '@pgmcp/pool';
import type { AllowedVerdict, CheckContext, Guard, StatementKind, Verdict } from '@pgmcp/sql-guard';
import type { Call } from './call.ts';
import type { ConnectedDatabase } from './databases.ts';
import { PgmcpError } from './errors.ts';
import { isPostgresError, postgresFailure } from './postgres-error.ts';
import { refusal } from './refusal.ts';
import { type RenderedPlan, renderPlan } from './render-plan.ts';
import type { TypeNames } from './type-names.ts';
import { type EncodedTable, encodeTable, type ResultBudget } from './values/index.ts';

/** A statement from outside: written by a client, its model, ours, or a person who verified it. */
export interface OutsideStatement {
  readonly database: ConnectedDatabase;
  readonly sql: string;
  /** Values for `$1` ... */
  readonly parameters?: readonly unknown[] | undefined;
  /** Most rows wanted; lowers the configured cap, never raises it. */
  readonly limit?: number | undefined;
}

/** A statement to be explained. */
export interface ExplainedStatement extends OutsideStatement {
  /** Run it and report what happened. Default: false. */
  readonly analyze?: boolean;
}

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
  run(statement: OutsideStatement, signal: AbortSignal): Promise<EncodedTable>;
  /** As `explain` without `analyze`, with PostgreSQL's errors as they are, their position in the statement itself. */
  plan(statement: ExplainedStatement, signal: AbortSignal): Promise<RenderedPlan>;
}

/** Makes the executor. One serves every database and every call. */
export function createExecutor({ guard, typeNames, limits }: ExecutorParts): Executor {
  async function admit(statement: OutsideStatement, purpose: 'run' | 'explain-analyze'): Promise<AllowedVerdict> {
    const parameterCount = statement.parameters?.length ?? 0;
    const verdict = await judge(guard, statement.database, statement.sql, { parameterCount, purpose });
    if (!verdict.allowed) throw refusal(verdict.violations);
    return verdict;
  }

  function send(
    statement: OutsideStatement,
    text: string,
    caps: { readonly maxRows: number; readonly maxBytes: number },
    signal: AbortSignal,
  ): Promise<TextTable> {
    return statement.database.connections
      .with({ signal, timeoutMs: limits.timeoutMs, ...caps, access: 'read-only' })
      .table(text, statement.parameters);
  }

  async function run(statement: OutsideStatement, signal: AbortSignal): Promise<EncodedTable> {
    await admit(statement, 'run');
    const maxRows = Math.min(statement.limit ?? limits.maxRows, limits.maxRows);
    const table = await send(statement, statement.sql, { maxRows, maxBytes: limits.maxBytes }, signal);
    const typeOf = await typeNames.resolve(statement.database, table.fields);
    const clamped = statement.limit !== undefined && statement.limit > limits.maxRows;
    const notices = clamped ? [`limit ${statement.limit} was lowered to the cap of ${limits.maxRows} rows.`] : [];
    return encodeTable(table, { typeOf, budget: limits, notices });
  }

  async function plan(
    { analyze = false, ...statement }: ExplainedStatement,
    signal: AbortSignal,
  ): Promise<RenderedPlan> {
    const { statements } = await admit(statement, analyze ? 'explain-analyze' : 'run');
    refuseWithoutPlan(statements[0]?.kind);
    const prefix = analyze ? 'EXPLAIN (FORMAT JSON, ANALYZE, BUFFERS) ' : 'EXPLAIN (FORMAT JSON) ';
    try {
      // A plan is one value, and large where a table has a thousand partitions; what is shown of it is cut below.
      const table = await send(statement, prefix + statement.sql, { maxRows: 1, maxBytes: MAX_PLAN_BYTES }, signal);
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
    read: (statement, call) => placed(statement.sql, run(statement, call.signal)),
    explain: (statement, call) => placed(statement.sql, plan(statement, call.signal)),
  };
}

/** EXPLAIN goes before statements that have a plan, and not before itself. */
function refuseWithoutPlan(kind: StatementKind | undefined): void {
  if (kind === 'explain') throw new PgmcpError('VALIDATION_ERROR', 'Give the statement itself, without EXPLAIN.');
  if (kind === 'show') throw new PgmcpError('VALIDATION_ERROR', 'SHOW has no plan: run it with execute_query.');
}

/** How old a catalog must be before a name that it lacks is worth another reading, in milliseconds. */
const MIN_CATALOG_AGE_MS = 5_000;

/**
 * Judges a statement for the place where it will run. A relation that the catalog does not know may be new, and a view: the
 * catalog is read again, unless it was read just now.
 */
export async function judge(
  guard: Guard,
  database: ConnectedDatabase,
  sql: string,
  context: Pick<CheckContext, 'parameterCount' | 'purpose'> = {},
): Promise<Verdict> {
  const [{ serverVersionNum }, catalog] = await Promise.all([database.facts(), database.structure()]);
  const place = { ...context, ...(serverVersionNum !== undefined && { serverVersionNum }) };
  const verdict = await guard.check(sql, { ...place, ...(catalog && { catalog }) });
  const age = database.catalogs.current()?.ageMs ?? 0;
  if (!verdict.allowed || !verdict.needsCatalog || !catalog || age < MIN_CATALOG_AGE_MS) return verdict;
  await database.catalogs.refresh().catch(() => undefined);
  const newer = await database.structure();
  return guard.check(sql, { ...place, ...(newer && { catalog: newer }) });
}
