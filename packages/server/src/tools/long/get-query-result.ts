import { z } from 'zod';
import { PgmcpError } from '../../errors.ts';
import { typeLookup } from '../../results/captured-stream.ts';
import { columnStatisticsSchema } from '../../results/column-statistics.ts';
import { RESULT_EXPORTS, resultUri } from '../../results/result-uri.ts';
import type { FoundResult } from '../../results/results.ts';
import { encodeTable, formatTable, type ResultFormat } from '../../values/index.ts';
import { defineTool, READS_ONLY, type ToolContext } from '../define-tool.ts';
import { limitInput } from '../inputs.ts';
import { formatInput, tableShape } from '../query/table-result.ts';
import { resultBudget } from '../result-budget.ts';
import { countStatistics } from './count-statistics.ts';
import { findVisible } from './find-visible.ts';
import { queryIdInput } from './query-id-input.ts';

const DEFAULT_WAIT_SECONDS = 10;

/** Below the minute after which some clients give a silent call up. */
const MAX_WAIT_SECONDS = 50;

const output = z.object({
  database: z.string(),
  status: z.enum(['running', 'complete', 'cancelled']),
  /** Rows captured, so far or in all. */
  total_rows: z.number(),
  elapsed_ms: z.number(),
  expires_at: z.string().optional(),
  ...tableShape,
  query_id: z.string(),
  columns: tableShape.columns.optional(),
  row_count: tableShape.row_count.optional(),
  truncated: tableShape.truncated.optional(),
  offset: z.number().optional(),
  /** Where to go on; absent on the last page. */
  next_offset: z.number().optional(),
  statistics: z.array(columnStatisticsSchema).optional(),
  /** Resources with all rows, `{part}` from 1 to `parts`. */
  export: z.object({ csv: z.string(), ndjson: z.string(), parts: z.number() }).optional(),
});

type Output = z.output<typeof output>;

/** Reads the rows behind a handle. */
export const getQueryResult = defineTool({
  name: 'get_query_result',
  title: 'Read a kept result',
  description:
    'Reads the rows behind a query_id page by page, all of one run. While the statement runs: how far it is.',
  input: z.strictObject({
    query_id: queryIdInput,
    offset: z.int().min(0).max(1_000_000_000).optional().describe('Rows to skip: next_offset of the page before.'),
    limit: limitInput,
    format: formatInput,
    statistics: z.boolean().optional().describe('Also count what each column holds.'),
    wait_seconds: z
      .int()
      .min(0)
      .max(MAX_WAIT_SECONDS)
      .optional()
      .describe('Wait for its end so long; at most 50, default 10.'),
  }),
  output,
  annotations: READS_ONLY,
  toolset: 'long',
  scope: 'db:read',
  async run(input, context): Promise<Output> {
    const { services, call } = context;
    const { query_id: id, wait_seconds: waitSeconds = DEFAULT_WAIT_SECONDS } = input;
    await findVisible(services, call.caller, id);
    const found = await services.backgroundQueries.settled(call.caller, id, waitSeconds * 1_000, call.signal);
    const { result } = found;
    switch (result.status) {
      case 'running':
        return { ...factsOf(found), notice: `Still running, ${result.captured.rowCount} rows so far: call again.` };
      case 'cancelled':
        return { ...factsOf(found), notice: 'The statement was cancelled. Start it again for its rows.' };
      case 'failed':
        throw failureOf(found);
      case 'complete': {
        const statistics = input.statistics === true ? await countStatistics(found, context) : undefined;
        return { ...(await readPage(found, input, context)), ...(statistics && { statistics }) };
      }
    }
  },
});

function factsOf({ id, result, expiresAt }: FoundResult): Pick<
  Output,
  'query_id' | 'database' | 'total_rows' | 'elapsed_ms' | 'expires_at'
> & {
  status: 'running' | 'complete' | 'cancelled';
} {
  return {
    query_id: id,
    database: result.database,
    status: result.status === 'failed' ? 'cancelled' : result.status,
    total_rows: result.captured.rowCount,
    elapsed_ms: (result.endedAtMs ?? Date.now()) - result.startedAtMs,
    ...(expiresAt && { expires_at: expiresAt.toISOString() }),
  };
}

/** The failure of the statement, as it would have been the failure of a call that had waited. */
function failureOf({ result: { error } }: FoundResult): PgmcpError {
  const { code = 'EXECUTION_ERROR', message = 'The statement failed.', details } = error ?? {};
  return new PgmcpError(code as PgmcpError['code'], message, { details });
}

interface PageRequest {
  readonly offset?: number | undefined;
  readonly limit?: number | undefined;
  readonly format?: ResultFormat | undefined;
}

async function readPage(
  found: FoundResult,
  { offset = 0, limit, format = 'rows' }: PageRequest,
  { services, call, attach }: ToolContext,
): Promise<Output> {
  const { fields, types, rowCount, truncated, pageStarts } = found.result.captured;
  refuseBeyondEnd(offset, rowCount);
  const count = Math.min(limit ?? Number.POSITIVE_INFINITY, services.configuration.server.maxResultRows);
  const rows = await services.results.rows(call.caller, found, offset, count);
  const budget = resultBudget(services);
  const encoded = encodeTable(
    { fields, rows, truncated: false, byteCount: 0, command: '' },
    { typeOf: typeLookup(types), budget, notices: captureNotices(rowCount, truncated) },
  );
  const page = formatTable(encoded, format, budget);
  // A row that is larger than a whole page must not stop the reader for ever: its place is told, and the next page is behind it.
  const next = offset + Math.max(page.row_count, rows.length === 0 ? 0 : 1);
  const parts = pageStarts.length;
  for (const { extension, mimeType } of parts === 0 ? [] : RESULT_EXPORTS) {
    const name = `result.${extension}`;
    attach({ type: 'resource_link', uri: resultUri(found.id, extension, 1), name, mimeType });
  }
  return {
    ...factsOf(found),
    ...page,
    offset,
    ...(next < rowCount && { next_offset: next }),
    ...(parts > 0 && {
      export: {
        csv: resultUri(found.id, 'csv', '{part}'),
        ndjson: resultUri(found.id, 'ndjson', '{part}'),
        parts,
      },
    }),
  };
}

function captureNotices(rowCount: number, truncated: 'rows' | 'bytes' | false): readonly string[] {
  if (truncated === false) return [];
  return [
    `The capture ended at the ${truncated} cap: these are the first ${rowCount} rows of the result, there are more.`,
  ];
}

function refuseBeyondEnd(offset: number, rowCount: number): void {
  if (offset === 0 || offset < rowCount) return;
  throw new PgmcpError(
    'VALIDATION_ERROR',
    `offset ${offset} is beyond the last of ${rowCount} rows, which is ${rowCount - 1}.`,
  );
}
