import { withoutPrefix } from '@pgmcp/nl2sql';
import type { TextBatch } from '@pgmcp/pool';
import type { StatementKind } from '@pgmcp/sql-guard';
import { commentPlan } from '../advice/plan/comment-plan.ts';
import type { Call } from '../call.ts';
import { PgmcpError } from '../errors.ts';
import { type MaskContext, maskTable } from '../policy/mask-table.ts';
import { limitsPlans, refuseExpensivePlan } from '../policy/plan-cost.ts';
import { type RenderedPlan, renderPlan } from '../render-plan.ts';
import { typesOf } from '../results/captured-stream.ts';
import { firstRows } from '../results/rest.ts';
import { type EncodedTable, encodeTable } from '../values/index.ts';
import type { Admitted } from './admission.ts';
import type { ExecutorParts } from './executor-parts.ts';
import type { StatementNotes } from './observe-statement.ts';
import { observedStream, type StreamCaps } from './observed-stream.ts';
import { sendStatement } from './send-statement.ts';
import type { ExplainedStatement, OutsideStatement } from './statement.ts';

/** Largest plan that is read, in bytes. */
const MAX_PLAN_BYTES = 7 * 1024 * 1024;

/** The reading half of the executor; PostgreSQL's errors as they are. */
export function createReads({ admission, typeNames, limits, observe, hashKey, rest }: ExecutorParts) {
  async function readPlan(
    statement: OutsideStatement,
    options: string,
    call: Call,
    notes: StatementNotes,
  ): Promise<unknown> {
    const prefix = `EXPLAIN (${options}) `;
    const caps = { maxRows: 1, maxBytes: MAX_PLAN_BYTES, timeoutMs: limits.timeoutMs };
    try {
      // A plan is one value, and large where a table has a thousand partitions; what is shown of it is cut.
      const table = await sendStatement(statement, prefix + statement.sql, caps, call, notes);
      return JSON.parse(table.rows[0]?.[0] ?? '[]');
    } catch (error) {
      throw withoutPrefix(error, prefix);
    }
  }

  /** Only where a policy limits plans: nothing is asked otherwise. */
  async function refuseExpensive(
    statement: OutsideStatement,
    { verdict, policy: { configuration } }: Admitted,
    call: Call,
    notes: StatementNotes,
  ): Promise<void> {
    const kind = verdict.statements[0]?.kind;
    if (!limitsPlans(configuration) || kind === 'show' || kind === 'explain') return;
    const document = await readPlan(statement, 'FORMAT JSON, VERBOSE', call, notes);
    try {
      refuseExpensivePlan(document, configuration, await statement.database.catalog().catch(() => undefined));
    } catch (error) {
      notes.refused('cost');
      throw error;
    }
  }

  async function run(statement: OutsideStatement, call: Call, notes: StatementNotes): Promise<EncodedTable> {
    const { database, sql, limit } = statement;
    const admitted = await admission.admit(statement, call, notes, { purpose: 'read' });
    await refuseExpensive(statement, admitted, call, notes);
    const caps = { ...limits, maxRows: Math.min(limit ?? limits.maxRows, limits.maxRows) };
    const { maxRows, maxBytes, timeoutMs } = caps;
    const reach = statement.keepsRest ? rest.reach(maxRows, maxBytes) : { maxRows, maxBytes };
    const answer = await sendStatement(statement, sql, { ...reach, timeoutMs }, call, notes);
    notes.answered({ rows: answer.rows.length, bytes: answer.byteCount, truncated: answer.truncated !== false });
    const masked = maskTable(answer, await maskContext(statement, admitted));
    const typeOf = await typeNames.resolve(database, masked.table.fields);
    const clamped = limit !== undefined && limit > limits.maxRows;
    const notices = clamped ? [`limit ${limit} was lowered to the cap of ${limits.maxRows} rows.`] : [];
    const encoded = encodeTable(firstRows(masked.table, maxRows), {
      typeOf,
      budget: limits,
      notices: [...notices, ...masked.notices],
    });
    if (!statement.keepsRest || !encoded.truncated) return encoded;
    return rest.keep(encoded, { statement, call, table: masked.table, typeOf });
  }

  async function maskContext({ database }: OutsideStatement, { verdict, policy: { hiding } }: Admitted) {
    const catalog = hiding.hidesColumns ? await database.catalog().catch(() => undefined) : undefined;
    return { columns: verdict.columns, catalog, hiding, hashKey };
  }

  /** As `run`, batch by batch: the same admission, and every batch is masked. */
  async function openRows(
    statement: OutsideStatement,
    call: Call,
    caps: StreamCaps,
    notes: StatementNotes,
  ): Promise<AsyncIterable<TextBatch>> {
    const admitted = await admission.admit(statement, call, notes, { purpose: 'read' });
    await refuseExpensive(statement, admitted, call, notes);
    const context = await maskContext(statement, admitted);
    const session = await statement.database.sessionOf(call.caller);
    notes.sent();
    const stream = statement.database.connections
      .with({ signal: call.signal, ...caps, access: 'read-only', session })
      .stream(notes.comment + statement.sql, statement.parameters);
    return maskedBatches(stream, context, notes.comment);
  }

  async function plan(
    { analyze = false, ...statement }: ExplainedStatement,
    call: Call,
    notes: StatementNotes,
  ): Promise<RenderedPlan> {
    const admitted = await admission.admit(statement, call, notes, { purpose: 'read', analyze });
    notes.explained();
    refuseWithoutPlan(admitted.verdict.statements[0]?.kind);
    if (analyze) await refuseExpensive(statement, admitted, call, notes);
    const options = analyze ? 'FORMAT JSON, ANALYZE, BUFFERS' : 'FORMAT JSON';
    const document = await readPlan(statement, options, call, notes);
    return { ...renderPlan(document), remarks: commentPlan(document) };
  }

  return {
    run: (statement: OutsideStatement, call: Call) => observe(statement, call, (notes) => run(statement, call, notes)),
    openRows: (statement: OutsideStatement, call: Call, caps: StreamCaps) =>
      observedStream(
        (work) => observe(statement, call, work),
        (notes) => openRows(statement, call, caps, notes),
        async (fields) => typesOf(fields, await typeNames.resolve(statement.database, fields)),
      ),
    plan: (statement: ExplainedStatement, call: Call) =>
      observe(statement, call, (notes) => plan(statement, call, notes)),
  };
}

async function* maskedBatches(
  stream: AsyncIterable<TextBatch>,
  context: MaskContext,
  prefix: string,
): AsyncGenerator<TextBatch> {
  try {
    for await (const batch of stream) {
      const { fields, rows } = maskTable({ ...batch, byteCount: 0, command: '' }, context).table;
      yield { fields, rows, truncated: batch.truncated };
    }
  } catch (error) {
    throw withoutPrefix(error, prefix);
  }
}

/** EXPLAIN goes before statements that have a plan, and not before itself. */
function refuseWithoutPlan(kind: StatementKind | undefined): void {
  if (kind === 'explain') throw new PgmcpError('VALIDATION_ERROR', 'Give the statement itself, without EXPLAIN.');
  if (kind === 'show') throw new PgmcpError('VALIDATION_ERROR', 'SHOW has no plan: run it with execute_query.');
}
