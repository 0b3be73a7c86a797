import { z } from 'zod';

/** One column as the wire describes it. */
const fieldSchema = z.object({
  name: z.string(),
  typeOid: z.number(),
  typeModifier: z.number(),
  tableOid: z.number(),
  columnNumber: z.number(),
});

/** A type that is not built in, kept with the rows so that they can be read without the database. */
const typeFactSchema = z.object({
  oid: z.number(),
  name: z.string(),
  kind: z.enum(['base', 'enum', 'composite', 'domain', 'range', 'multirange', 'array', 'pseudo']),
  elementOid: z.number().optional(),
  baseOid: z.number().optional(),
  delimiter: z.string(),
});

/** What is known of the rows that were captured so far. */
const capturedSchema = z.object({
  fields: z.array(fieldSchema),
  types: z.array(typeFactSchema),
  rowCount: z.number(),
  /** Bytes of the rows as they stood on the wire. */
  byteCount: z.number(),
  /** Index of the first row of each page. */
  pageStarts: z.array(z.number()),
  /** The cap that ended the capture before the last row. */
  truncated: z.union([z.literal(false), z.enum(['rows', 'bytes'])]),
});

/** See {@link KeptResult}. */
export const keptResultSchema = z.object({
  database: z.string(),
  status: z.enum(['running', 'complete', 'failed', 'cancelled']),
  captured: capturedSchema,
  startedAtMs: z.number(),
  endedAtMs: z.number().optional(),
  /** When the process that captures last said that it lives. */
  heartbeatAtMs: z.number(),
  /** Somebody asked for its end; the process that captures sees it at its next heartbeat. */
  cancelRequested: z.boolean().optional(),
  error: z
    .object({
      code: z.string(),
      message: z.string(),
      details: z.record(z.string(), z.unknown()).optional(),
    })
    .optional(),
});

/**
 * What is stored of one result beside its pages: the rows of one run of one statement, captured once and never read again from
 * the database.
 */
export type KeptResult = z.output<typeof keptResultSchema>;

/** See {@link KeptResult}. */
export type CapturedRows = KeptResult['captured'];

/** A row in PostgreSQL's text format. */
export type TextRow = readonly (string | null)[];

/** Before the first batch nothing is known. */
export const NOTHING_CAPTURED: CapturedRows = {
  fields: [],
  types: [],
  rowCount: 0,
  byteCount: 0,
  pageStarts: [],
  truncated: false,
};
