import type { TextTable } from '@pgmcp/pool';
import { PgmcpError } from '../errors.ts';
import { maskTable } from '../policy/mask-table.ts';
import { type EncodedTable, type EncodeOptions, encodeTable, type ResultBudget } from '../values/index.ts';
import type { Admitted } from './admission.ts';
import type { ExecutorParts } from './executor-parts.ts';
import type { StatementResult, WriteRequest } from './write-request.ts';

/** Enough for the names of some columns and the notice. */
const LEAST_TOKENS = 250;
const LEAST_BYTES = 1_500;

/** What one statement did and returned, as the database gave it: not yet fit to be shown. */
export interface RawResult {
  readonly rows: number;
  readonly answer: TextTable;
}

/**
 * What statements of a transaction returned, masked and cut to one result together. After the transaction: names of types may have to be
 * asked for, and the only connection of a pool may be the transaction's.
 */
export async function presentResults(
  { limits, typeNames, hashKey }: ExecutorParts,
  database: WriteRequest['database'],
  admitted: readonly Admitted[],
  results: readonly RawResult[],
): Promise<readonly StatementResult[]> {
  const presented: StatementResult[] = [];
  const budget = shareOf(limits, results.filter(({ answer }) => answer.fields.length > 0).length);
  for (const [index, { rows, answer }] of results.entries()) {
    const judged = admitted[index];
    if (answer.fields.length === 0 || judged === undefined) {
      presented.push({ rows });
      continue;
    }
    const { hiding } = judged.policy;
    const catalog = hiding.hidesColumns ? await database.catalog().catch(() => undefined) : undefined;
    const masked = maskTable(answer, { columns: judged.verdict.columns, catalog, hiding, hashKey });
    const typeOf = await typeNames.resolve(database, masked.table.fields);
    const table = encodeOrSay(masked.table, { typeOf, budget, notices: masked.notices });
    presented.push({ rows, table });
  }
  return presented;
}

/** What one of several tables in a result may take: together they are one result. */
function shareOf({ maxTokens, maxBytes, maxCellCharacters }: ResultBudget, tables: number): ResultBudget {
  const share = (most: number) => Math.floor(most / Math.max(1, tables));
  return {
    maxTokens: Math.max(LEAST_TOKENS, share(maxTokens)),
    ...(maxBytes !== undefined && { maxBytes: Math.max(LEAST_BYTES, share(maxBytes)) }),
    maxCellCharacters,
  };
}

/** What a statement does matters more than what it returns: names of columns that are too many for a result do not end the preview. */
function encodeOrSay(table: TextTable, options: EncodeOptions): EncodedTable {
  try {
    return encodeTable(table, options);
  } catch (error) {
    if (!(error instanceof PgmcpError) || error.code !== 'RESULT_TOO_LARGE') throw error;
    return { columns: [], rows: [], row_count: 0, truncated: true, notice: `TRUNCATED: ${error.message}` };
  }
}
