import type { Verdict } from '@pgmcp/sql-guard';
import type { Call } from './call.ts';
import type { ExecutorParts } from './execution/executor-parts.ts';
import {
  createHypotheticalPlans,
  type HypotheticalPlans,
  type HypotheticalStatement,
} from './execution/hypothetical-plans.ts';
import { createMaintenance, type MaintenanceOutcome, type MaintenanceRequest } from './execution/maintenance.ts';
import { nearestTables } from './execution/nearest-tables.ts';
import type { StreamCaps } from './execution/observed-stream.ts';
import { createReads } from './execution/reads.ts';
import type { ExplainedStatement, OutsideStatement } from './execution/statement.ts';
import type { Changes, WriteOutcome, WritePreview, WriteRequest } from './execution/write-request.ts';
import { createWrites } from './execution/writes.ts';
import { visibleCatalog } from './policy/visible-catalog.ts';
import { isPostgresError, postgresFailure } from './postgres-error.ts';
import type { RenderedPlan } from './render-plan.ts';
import type { CapturedStream } from './results/captured-stream.ts';
import type { EncodedTable } from './values/index.ts';

export type { ExecutorParts } from './execution/executor-parts.ts';
export type { ExplainedStatement, OutsideStatement } from './execution/statement.ts';

/**
 * The only way by which SQL that came from outside reaches a database:
 *
 *     policy of the caller -> guard -> limits of the plan -> READ ONLY transaction as the caller, with a timeout
 *     -> extended protocol, one statement -> portal with row cap and byte cap -> ROLLBACK -> masks -> encode
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
  /** Plans a statement, runs nothing, and plans it again with each of some indexes that do not exist (HypoPG). */
  hypotheticalPlans(statement: HypotheticalStatement, call: Call): Promise<HypotheticalPlans>;
  /**
   * Admits a statement and gives its rows batch by batch, in PostgreSQL's text format: for results that are kept.
   * @throws PgmcpError when it is refused; while batches are read, whatever goes wrong.
   */
  openRows(statement: OutsideStatement, call: Call, caps: StreamCaps): Promise<CapturedStream>;
  /** Says whether the caller may read with a statement, and runs nothing. */
  check(statement: OutsideStatement, call: Call): Promise<Verdict>;
  /** Runs statements that write, says what they change, and rolls them back. */
  preview(request: WriteRequest, call: Call): Promise<WritePreview>;
  /**
   * Runs statements that write, and commits them when they change as many rows of the same tables, and the same objects, as a preview has counted.
   * @throws PgmcpError `PREVIEW_CHANGED` when they do not: nothing is written; `COMMIT_UNKNOWN` when the answer to COMMIT was lost for good
   */
  commit(request: WriteRequest, expected: Changes, call: Call): Promise<WriteOutcome>;
  /** Runs VACUUM, ANALYZE or REINDEX on a table of the catalog, outside a transaction. */
  maintain(request: MaintenanceRequest, call: Call): Promise<MaintenanceOutcome>;
}

/** Makes the executor. One serves every database and every call. */
export function createExecutor(parts: ExecutorParts): Executor {
  const { run, plan, openRows } = createReads(parts);
  const { preview, commit } = createWrites(parts);
  const hypotheticalPlans = createHypotheticalPlans(parts);

  const placeOf = (statement: OutsideStatement, call: Call) => async (error: unknown) => {
    if (!isPostgresError(error)) return error;
    const { database, sql } = statement;
    const policy = parts.admission.policyOf(database, call);
    const readCatalog = () => visibleCatalog({ policies: { of: () => policy } }, database, call.caller);
    return postgresFailure(error, sql, await nearestTables(error, sql, readCatalog));
  };
  const placed = async <T>(statement: OutsideStatement, call: Call, work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      throw await placeOf(statement, call)(error);
    }
  };

  return {
    run,
    plan,
    preview,
    commit,
    maintain: createMaintenance(parts),
    check: (statement, call) => parts.admission.check(statement, call, { purpose: 'read' }),
    async openRows(statement, call, caps) {
      const rows = await placed(statement, call, openRows(statement, call, caps));
      return { ...rows, batches: placedBatches(rows.batches, placeOf(statement, call)) };
    },
    read: (statement, call) => placed(statement, call, run(statement, call)),
    hypotheticalPlans: (statement, call) => placed(statement, call, hypotheticalPlans(statement, call)),
    explain: (statement, call) => placed(statement, call, plan(statement, call)),
  };
}

/** Batches whose failures of PostgreSQL are placed in the statement. */
async function* placedBatches<Batch>(
  batches: AsyncIterable<Batch>,
  place: (error: unknown) => Promise<unknown>,
): AsyncGenerator<Batch, void, undefined> {
  try {
    yield* batches;
  } catch (error) {
    throw await place(error);
  }
}
