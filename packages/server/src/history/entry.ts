import { z } from 'zod';
import { callerKey, type FinishedCall } from '../call.ts';
import { redact } from '../observe/redact.ts';
import type { StatementRecord } from '../statement-record.ts';

/** Longest statement that is kept, in characters, and most statements of one call: a history is no dump. */
const MAX_SQL = 4_000;
const MAX_STATEMENTS = 20;

const statementSchema = z.object({
  database: z.string(),
  kind: z.string(),
  sql: z.string().optional(),
  fingerprint: z.string().optional(),
  parametersHash: z.string().optional(),
  rows: z.number(),
  bytes: z.number(),
  truncated: z.boolean(),
  durationMs: z.number(),
  sqlstate: z.string().optional(),
  refusedBy: z.string().optional(),
  timedOut: z.boolean(),
  cancelled: z.boolean(),
});

/** How a call ended. */
export const OUTCOMES = ['ok', 'refused', 'failed', 'cancelled'] as const;

/** One call as it is remembered. */
export const historyEntrySchema = z.object({
  requestId: z.string(),
  /** When it began: ISO 8601, UTC. */
  at: z.string(),
  /** `callerKey`. */
  caller: z.string(),
  tool: z.string(),
  outcome: z.enum(OUTCOMES),
  /** Error code of a call that did not end well. */
  code: z.string().optional(),
  durationMs: z.number(),
  /** Databases of its statements. */
  databases: z.array(z.string()),
  statements: z.array(statementSchema),
});

/** One call as it is remembered: no literal, no parameter, no row. */
export type HistoryEntry = Readonly<z.output<typeof historyEntrySchema>>;

/** One statement of a {@link HistoryEntry}. */
export type HistoryStatement = HistoryEntry['statements'][number];

/** Codes that say that the call was turned down before it did anything. */
const REFUSALS: ReadonlySet<string> = new Set([
  'UNSAFE_SQL',
  'SYNTAX_ERROR',
  'VALIDATION_ERROR',
  'UNKNOWN_DATABASE',
  'AMBIGUOUS_QUERY',
  'RATE_LIMIT_EXCEEDED',
  'ACCESS_DENIED',
  'COST_LIMIT_EXCEEDED',
]);

/** How a call ended, in one word. */
export function outcomeOf({ error }: Pick<FinishedCall, 'error'>): (typeof OUTCOMES)[number] {
  if (!error) return 'ok';
  if (error.code === 'CANCELLED') return 'cancelled';
  return REFUSALS.has(error.code) ? 'refused' : 'failed';
}

/** What is remembered of a call. */
export function historyEntry(finished: FinishedCall): HistoryEntry {
  const { call, startedAtMs, durationMs, error } = finished;
  const statements = finished.statements.slice(-MAX_STATEMENTS).map(historyStatement);
  return {
    requestId: call.requestId,
    at: new Date(startedAtMs).toISOString(),
    caller: callerKey(call.caller),
    tool: call.tool,
    outcome: outcomeOf(finished),
    ...(error && { code: error.code }),
    durationMs: tenths(durationMs),
    databases: [...new Set(statements.map(({ database }) => database))],
    statements,
  };
}

/** A statement as it is remembered. Names that a client chose stay in the normalised text; known secrets do not. */
export function historyStatement({ normalized, durationMs, ...same }: StatementRecord): HistoryStatement {
  return {
    ...same,
    durationMs: tenths(durationMs),
    ...(normalized !== undefined && { sql: redact(normalized).slice(0, MAX_SQL) }),
  };
}

const tenths = (milliseconds: number): number => Math.round(milliseconds * 10) / 10;
