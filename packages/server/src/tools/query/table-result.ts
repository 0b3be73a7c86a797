import { z } from 'zod';

/** One column of a result: its name as the statement gives it (duplicates are kept) and its PostgreSQL type. */
const columnSchema = z.object({ name: z.string(), type: z.string() });

/** The keys of every result with rows. Cells are JSON values by the contract of docs/types.md. */
export const tableShape = {
  columns: z.array(columnSchema),
  rows: z.array(z.array(z.unknown())),
  row_count: z.number(),
  truncated: z.boolean(),
  notice: z.string().optional(),
};
