import { z } from 'zod';
import { RESULT_FORMATS } from '../../values/index.ts';

/** One column of a result: its name as the statement gives it (duplicates are kept) and its PostgreSQL type. */
const columnSchema = z.object({ name: z.string(), type: z.string() });

/** The keys of every result with rows. Cells are JSON values by the contract of docs/types.md. */
export const tableShape = {
  columns: z.array(columnSchema),
  /** Lists of cells in the order of `columns`; objects for `format` json; absent for csv and markdown. */
  rows: z.array(z.union([z.array(z.unknown()), z.record(z.string(), z.unknown())])).optional(),
  /** The rows as one text, for `format` csv and markdown. */
  text: z.string().optional(),
  row_count: z.number(),
  truncated: z.boolean(),
  /** Handle of the rows that are not here, for `get_query_result`. */
  query_id: z.string().optional(),
  notice: z.string().optional(),
};

/** The `format` argument of tools that return rows. */
export const formatInput = z.enum(RESULT_FORMATS).optional().describe('Default rows.');
