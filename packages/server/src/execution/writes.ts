import { isDeepStrictEqual } from 'node:util';
import { withoutPrefix } from '@pgmcp/nl2sql';
import { PoolError, type Transaction } from '@pgmcp/pool';
import type { StatementKind } from '@pgmcp/sql-guard';
import type { Call } from '../call.ts';
import { PgmcpError } from '../errors.ts';
import { withoutComments } from '../observe/without-comments.ts';
import { isPostgresError, postgresFailure } from '../postgres-error.ts';
import { type StatementRecord, unknownStatement } from '../statement-record.ts';
import type { Admitted } from './admission.ts';
import { type ChangedRows, changesBetween, readCounters } from './changed-rows.ts';
import { type Objects, readChangedObjects, readObjects } from './changed-structure.ts';
import { resolveLostCommit } from './commit-outcome.ts';
import type { ExecutorParts } from './executor-parts.ts';
import type { StatementNotes } from './observe-statement.ts';
import { presentResults, type RawResult } from './present-results.ts';
import { presentSamples, type RawSamples, readNewRows, readOldRowsAfterRollback } from './row-samples.ts';
import type { OutsideStatement } from './statement.ts';
import { addChanges, afterTruncate, beforeTruncate } from './truncated-tables.ts';
import { changedMeanwhile, inStatement, refusedByMode, refusedHere } from './write-refusals.ts';
import type { Changes, WriteOutcome, WritePreview, WriteRequest } from './write-request.ts';

const KINDS: Readonly<Record<WriteRequest['what'], ReadonlySet<StatementKind>>> = {
  rows: new Set(['select', 'insert', 'update', 'delete', 'merge', 'truncate']),
  structure: new Set(['create', 'alter', 'drop', 'comment', 'refresh', 'grant']),
};

/** Tells the pool to roll back, with what the run has found. */
class RolledBack extends Error {
  override readonly name = 'RolledBack';
  readonly run: Run;
  constructor(run: Run) {
    super('The transaction was only a preview.');
    this.run = run;
  }
}

interface Run {
  readonly transactionId: string;
  readonly changedRows: readonly ChangedRows[];
  readonly changes: Changes;
  readonly results: readonly RawResult[];
  readonly newRows: RawSamples;
}

/** The writing half of the executor. */
export function createWrites(parts: ExecutorParts) {
  const { admission, limits, observe } = parts;

  /** Before the transaction is opened: it must not hold locks, or the only connection, while statements are judged. */
  async function admitAll(request: WriteRequest, call: Call): Promise<readonly Admitted[]> {
    const { mode } = admission.policyOf(request.database, call);
    const needed = request.what === 'rows' ? 'standard' : 'admin';
    if (mode === 'read-only' || (needed === 'admin' && mode !== 'admin'))
      throw refusedByMode(request.database.name, needed);
    const admitted: Admitted[] = [];
    for (const statement of statementsOf(request)) {
      const silent: StatementNotes = { ...SILENT };
      const judged = await admit(statement, request, call, silent).catch(async (error: unknown) => {
        // Judged once more, for the record of a statement that was refused.
        await observe(statement, call, (notes) => admit(statement, request, call, notes));
        throw error;
      });
      admitted.push(judged);
    }
    return admitted;
  }

  async function admit(statement: OutsideStatement, { what }: WriteRequest, call: Call, notes: StatementNotes) {
    const admitted = await admission.admit(statement, call, notes, { purpose: 'write' });
    const kind = admitted.verdict.statements[0]?.kind ?? 'call';
    if (!KINDS[what].has(kind)) {
      notes.refused('policy.operation');
      throw refusedHere(kind, what);
    }
    return admitted;
  }

  async function inTransaction<Result>(
    { database }: WriteRequest,
    call: Call,
    work: (transaction: Transaction) => Promise<Result>,
  ): Promise<Result> {
    const session = await database.sessionOf(call.caller);
    // Each statement has the timeout; so has the whole, because locks are held until its end.
    const late = AbortSignal.timeout(limits.timeoutMs);
    const { maxRows, maxBytes, timeoutMs } = limits;
    const connections = database.connections.with({
      signal: AbortSignal.any([call.signal, late]),
      timeoutMs,
      maxRows,
      maxBytes,
      access: 'read-write',
      session,
    });
    try {
      return await connections.transaction(work);
    } catch (error) {
      if (late.aborted && !call.signal.aborted && error instanceof PoolError && error.code === 'CANCELLED') {
        throw new PgmcpError(
          'EXECUTION_TIMEOUT',
          `The transaction as a whole took longer than ${timeoutMs} ms and was rolled back. Change fewer rows at a time.`,
          { cause: error },
        );
      }
      throw error;
    }
  }

  async function run(
    request: WriteRequest,
    admitted: readonly Admitted[],
    transaction: Transaction,
    call: Call,
  ): Promise<Omit<Run, 'newRows'>> {
    const { rows } = await transaction.query<{ id: string }>('SELECT pg_catalog.pg_current_xact_id()::text AS id');
    const counters = await readCounters(transaction);
    const objects: Objects | undefined = request.what === 'structure' ? await readObjects(transaction) : undefined;
    const results: RawResult[] = [];
    const emptied: ChangedRows[] = [];
    for (const [index, statement] of statementsOf(request).entries()) {
      const judged = admitted[index];
      if (judged === undefined) throw new Error('A statement that was not judged must not run.');
      const truncates = judged.verdict.statements[0]?.kind === 'truncate';
      const truncation = truncates ? await beforeTruncate(transaction, judged.verdict.relations) : undefined;
      results.push(await runStatement(statement, judged, transaction, call, index));
      if (truncation) emptied.push(...(await afterTruncate(transaction, truncation)));
    }
    // What waits for the end of the transaction, constraints and their triggers, belongs to what is previewed.
    await transaction.query('SET CONSTRAINTS ALL IMMEDIATE');
    const changedRows = addChanges(changesBetween(counters, await readCounters(transaction)), emptied);
    const changedObjects = objects === undefined ? [] : await readChangedObjects(transaction, objects);
    const changes = { rows: changedRows.map(({ oid: _, ...change }) => change), objects: changedObjects };
    return { transactionId: rows[0]?.id ?? '', changedRows, changes, results };
  }

  async function runStatement(
    statement: OutsideStatement,
    { verdict }: Admitted,
    transaction: Transaction,
    call: Call,
    index: number,
  ): Promise<RawResult> {
    return observe(statement, call, async (notes) => {
      notes.admitted(verdict);
      notes.sent();
      const answer = await transaction
        .table(notes.comment + statement.sql, statement.parameters)
        .catch((thrown: unknown) => {
          const error = withoutPrefix(thrown, notes.comment);
          throw isPostgresError(error) ? inStatement(postgresFailure(error, statement.sql), index) : error;
        });
      const rows = changedBy(answer.command) ?? answer.rows.length;
      notes.answered({ rows, bytes: answer.byteCount, truncated: answer.truncated !== false });
      return { rows, answer };
    });
  }

  async function commitRun(
    request: WriteRequest,
    admitted: readonly Admitted[],
    expected: Changes,
    call: Call,
  ): Promise<Omit<Run, 'newRows'>> {
    let done: Omit<Run, 'newRows'> | undefined;
    try {
      return await inTransaction(request, call, async (transaction) => {
        const result = await run(request, admitted, transaction, call);
        if (!isDeepStrictEqual(result.changes, expected)) throw changedMeanwhile(expected, result.changes);
        done = result;
        return result;
      });
    } catch (error) {
      // Only a COMMIT whose answer was lost leaves anything open; every other failure has rolled back.
      const lost = done !== undefined && error instanceof PoolError && error.code === 'CONNECTION_LOST';
      if (done === undefined || !lost) throw error;
      await resolveLostCommit(request.database.connections, done.transactionId, error);
      return done;
    }
  }

  return {
    async preview(request: WriteRequest, call: Call): Promise<WritePreview> {
      const admitted = await admitAll(request, call);
      const found = await inTransaction(request, call, async (transaction) => {
        const result = await run(request, admitted, transaction, call);
        const newRows = await readNewRows(transaction, result.changedRows).catch(() => new Map());
        throw new RolledBack({ ...result, newRows });
      }).catch((error: unknown) => {
        if (error instanceof RolledBack) return error.run;
        throw error;
      });
      const { database } = request;
      const binding = {
        signal: call.signal,
        timeoutMs: limits.timeoutMs,
        session: await database.sessionOf(call.caller),
      };
      const before = await readOldRowsAfterRollback(database, binding, found.changedRows, found.transactionId);
      const shown = { before, after: found.newRows };
      const samples = await presentSamples(parts, database, found.changedRows, shown, call);
      return {
        changes: found.changes,
        results: await presentResults(parts, database, admitted, found.results),
        samples,
      };
    },

    /** Runs statements and commits when they change as many rows of the same tables, and the same objects, as is expected. */
    async commit(request: WriteRequest, expected: Changes, call: Call): Promise<WriteOutcome> {
      const { database } = request;
      const admitted = await admitAll(request, call);
      await parts.beginWrite(
        call,
        admitted.map((one) => aboutToRun(request, one)),
      );
      const done = await commitRun(request, admitted, expected, call);
      // What was made just now can be named by the next call.
      if (request.what === 'structure') await database.catalogs.check().catch(() => undefined);
      // It is committed: that its rows cannot be shown must not look like a failure.
      const counted = done.results.map(({ rows }) => ({ rows }));
      return {
        changes: done.changes,
        results: await presentResults(parts, database, admitted, done.results).catch(() => counted),
      };
    },
  };
}

/** A statement before it runs. */
function aboutToRun({ database }: WriteRequest, { verdict }: Admitted): StatementRecord {
  return {
    ...unknownStatement(database.name),
    kind: verdict.statements[0]?.kind ?? 'unknown',
    normalized: withoutComments(verdict.normalized),
    fingerprint: verdict.fingerprint,
  };
}

const ignore = () => undefined;
const SILENT: StatementNotes = {
  comment: '',
  admitted: ignore,
  explained: ignore,
  violated: ignore,
  refused: ignore,
  sent: ignore,
  answered: ignore,
};

function statementsOf({ database, statements }: WriteRequest): readonly OutsideStatement[] {
  return statements.map((statement) => ({ ...statement, database }));
}

/** The number in a command tag: `UPDATE 3`, `INSERT 0 3`. */
function changedBy(command: string): number | undefined {
  const found = /^(?:INSERT \d+|UPDATE|DELETE|MERGE|SELECT) (\d+)$/.exec(command)?.[1];
  return found === undefined ? undefined : Number(found);
}
