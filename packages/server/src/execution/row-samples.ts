import type { SessionBinding, TextTable, Transaction } from '@pgmcp/pool';
import { qualifiedName } from '@pgmcp/schema-introspect';
import type { Call } from '../call.ts';
import type { ConnectedDatabase } from '../databases.ts';
import { maskTable } from '../policy/mask-table.ts';
import { type EncodedTable, encodeTable } from '../values/index.ts';
import type { ChangedRows } from './changed-rows.ts';
import type { ExecutorParts } from './executor-parts.ts';

/** Some of the rows of one table, before and after. Absent where the policy hides them or the table is too large to look through. */
export interface RowSample {
  readonly schema: string;
  readonly table: string;
  readonly before?: EncodedTable;
  readonly after?: EncodedTable;
}

/** Rows of a sample, and tables of which there is one. */
const SAMPLE_ROWS = 3;
const SAMPLED_TABLES = 5;

/** Rows are found by their version, which no index knows: larger tables are not looked through. */
const MAX_TABLE_BYTES = 64 * 1024 * 1024;

const SAMPLE_BUDGET = { maxTokens: 600, maxCellCharacters: 200 };

/** Rows as the database gave them, not yet fit to be shown. */
export type RawSamples = ReadonlyMap<number, TextTable>;

const isSampled = (changes: readonly ChangedRows[], removed: boolean) =>
  changes
    .filter(({ inserted, updated, deleted }) => (removed ? updated + deleted : inserted + updated) > 0)
    .slice(0, SAMPLED_TABLES);

/** Reads what this transaction has written: new versions of rows carry its number. */
export async function readNewRows(transaction: Transaction, changes: readonly ChangedRows[]): Promise<RawSamples> {
  return readRows(transaction, isSampled(changes, false), 'xmin = pg_catalog.pg_current_xact_id()::xid', []);
}

/** Reads what a transaction that was rolled back wanted to replace or remove: old versions still carry its number. */
export async function readOldRows(
  transaction: Transaction,
  changes: readonly ChangedRows[],
  transactionId: string,
): Promise<RawSamples> {
  // Row versions hold the lower half of the number.
  const short = String(BigInt(transactionId) & 0xffffffffn);
  return readRows(transaction, isSampled(changes, true), 'xmax = $1::xid', [short]);
}

async function readRows(
  transaction: Transaction,
  changes: readonly ChangedRows[],
  condition: string,
  values: readonly string[],
): Promise<RawSamples> {
  const samples = new Map<number, TextTable>();
  for (const { oid, schema, table } of changes) {
    const size = await transaction.query<{ small: boolean }>(
      'SELECT pg_catalog.pg_relation_size($1::oid) <= $2 AS small',
      [oid, MAX_TABLE_BYTES],
    );
    if (size.rows[0]?.small !== true) continue;
    const name = qualifiedName(schema, table);
    samples.set(
      oid,
      await transaction.table(`SELECT * FROM ONLY ${name} WHERE ${condition} LIMIT ${SAMPLE_ROWS}`, values),
    );
  }
  return samples;
}

/** Reads old versions in a transaction of their own; a sample that cannot be read is no sample. */
export async function readOldRowsAfterRollback(
  database: ConnectedDatabase,
  binding: { readonly signal: AbortSignal; readonly timeoutMs: number; readonly session: SessionBinding | undefined },
  changes: readonly ChangedRows[],
  transactionId: string,
): Promise<RawSamples> {
  try {
    return await database.connections
      .with({ ...binding, access: 'read-only' })
      .transaction((transaction) => readOldRows(transaction, changes, transactionId));
  } catch {
    return new Map();
  }
}

/** Makes samples fit to be shown: only of tables that the caller may read, masked as a SELECT of them would be. */
export async function presentSamples(
  { admission, typeNames, hashKey }: ExecutorParts,
  database: ConnectedDatabase,
  changes: readonly ChangedRows[],
  samples: { readonly before: RawSamples; readonly after: RawSamples },
  call: Call,
): Promise<readonly RowSample[]> {
  const presented: RowSample[] = [];
  for (const { oid, schema, table } of changes) {
    const before = samples.before.get(oid);
    const after = samples.after.get(oid);
    if (before === undefined && after === undefined) continue;
    const statement = { database, sql: `SELECT * FROM ONLY ${qualifiedName(schema, table)}` };
    const verdict = await admission.check(statement, call, { purpose: 'read' });
    if (!verdict.allowed) continue;
    const { hiding } = admission.policyOf(database, call);
    const catalog = hiding.hidesColumns ? await database.catalog().catch(() => undefined) : undefined;
    const show = async (rows: TextTable) => {
      const masked = maskTable(rows, { columns: verdict.columns, catalog, hiding, hashKey });
      const typeOf = await typeNames.resolve(database, masked.table.fields);
      return encodeTable(masked.table, { typeOf, budget: SAMPLE_BUDGET });
    };
    presented.push({
      schema,
      table,
      ...(before && before.rows.length > 0 && { before: await show(before) }),
      ...(after && after.rows.length > 0 && { after: await show(after) }),
    });
  }
  return presented;
}
