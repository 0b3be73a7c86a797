import type { TextTable } from '@pgmcp/pool';
import type { Call } from '../call.ts';
import type { ResultsConfiguration } from '../config/index.ts';
import type { OutsideStatement } from '../execution/statement.ts';
import { type Logger, redact } from '../observe/index.ts';
import type { TypeLookup } from '../values/built-in-types.ts';
import { type EncodedTable, withRemark } from '../values/index.ts';
import { typesOf } from './captured-stream.ts';
import type { Results, ResultWriter } from './results.ts';

/** Keeps what was read of a result that is cut, so that its reader can go on in the same snapshot. */
export interface Rest {
  /** How far to read: beyond what is shown, when rows are kept at all. */
  reach(maxRows: number, maxBytes: number): { readonly maxRows: number; readonly maxBytes: number };
  /** Gives a cut result the handle of its rows. Never rejects: a result without a handle is still a result. */
  keep(encoded: EncodedTable, read: ReadResult): Promise<EncodedTable>;
}

/** One read result with everything that was read. */
export interface ReadResult {
  readonly statement: OutsideStatement;
  readonly call: Call;
  readonly table: TextTable;
  readonly typeOf: TypeLookup;
}

/** Joins results with the caps of what is read ahead. */
export function createRest(
  results: Pick<Results, 'open'>,
  { keepRows, keepBytes }: Pick<ResultsConfiguration, 'keepRows' | 'keepBytes'>,
  logger: Logger,
): Rest {
  return {
    reach: (maxRows, maxBytes) =>
      keepRows === 0
        ? { maxRows, maxBytes }
        : { maxRows: Math.max(maxRows, keepRows), maxBytes: Math.max(maxBytes, keepBytes) },
    async keep(encoded, { statement, call, table, typeOf }) {
      if (keepRows === 0) return encoded;
      let writer: ResultWriter | undefined;
      try {
        writer = await results.open(call.caller, statement.database.name);
        const { rows, byteCount } = table;
        await writer.add({ fields: [...table.fields], types: typesOf(table.fields, typeOf), rows, byteCount });
        await writer.end({ status: 'complete', truncated: table.truncated });
        return { ...encoded, query_id: writer.id, notice: withRemark(encoded.notice, remarkOn(writer.id, table)) };
      } catch (error) {
        const reason = redact(error instanceof Error ? error.message : String(error));
        logger.warn({ requestId: call.requestId, reason }, 'the rows of a cut result could not be kept');
        // One that never ends would hold its room against the results of everybody.
        await writer?.end({ status: 'failed' }).catch(() => undefined);
        return encoded;
      }
    },
  };
}

function remarkOn(id: string, { rows, truncated }: TextTable): string {
  const all = truncated === false ? `All ${rows.length} rows` : `The first ${rows.length} rows (start_query gets more)`;
  return `${all} of this run are kept: get_query_result with query_id ${id} reads on.`;
}

/** What is shown of a table that was read further than that. */
export function firstRows(table: TextTable, maxRows: number): TextTable {
  if (table.rows.length <= maxRows) return table;
  return { ...table, rows: table.rows.slice(0, maxRows), truncated: 'rows' };
}
