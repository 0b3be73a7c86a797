import { z } from 'zod';
import type { FinishedCall } from '../call.ts';
import { outcomeOf } from '../history/entry.ts';
import { redact } from '../observe/redact.ts';

const statementSchema = z.object({
  database: z.string(),
  kind: z.string(),
  sql: z.string().optional(),
  fingerprint: z.string().optional(),
  parametersHash: z.string().optional(),
  rows: z.number(),
  bytes: z.number(),
  durationMs: z.number(),
  decision: z.enum(['allow', 'deny']),
  rule: z.string().optional(),
  sqlstate: z.string().optional(),
  cancelled: z.boolean(),
});

/** What the audit log says of one call, before it has its place in the chain. */
export const auditRecordSchema = z.object({
  time: z.string(),
  requestId: z.string(),
  traceId: z.string().optional(),
  principal: z.string(),
  tenant: z.string().optional(),
  client: z.string().optional(),
  tool: z.string(),
  /** `deny` when the call was turned down, or any statement of it. */
  decision: z.enum(['allow', 'deny']),
  outcome: z.string(),
  code: z.string().optional(),
  durationMs: z.number(),
  statements: z.array(statementSchema),
});

/** See {@link auditRecordSchema}: no literal, no parameter, no row. */
export type AuditRecord = Readonly<z.output<typeof auditRecordSchema>>;

/** The audit record of a call. */
export function auditRecord(finished: FinishedCall): AuditRecord {
  const { call, startedAtMs, durationMs, statements, error } = finished;
  const { id, tenant } = call.caller;
  const outcome = outcomeOf(finished);
  return {
    time: new Date(startedAtMs).toISOString(),
    requestId: call.requestId,
    ...(call.trace?.traceId !== undefined && { traceId: call.trace.traceId }),
    principal: id,
    ...(tenant !== undefined && { tenant }),
    ...(call.client !== undefined && { client: call.client }),
    tool: call.tool,
    decision: outcome === 'refused' || statements.some(({ refusedBy }) => refusedBy !== undefined) ? 'deny' : 'allow',
    outcome,
    ...(error && { code: error.code }),
    durationMs: Math.round(durationMs),
    statements: statements.map(({ normalized, durationMs: took, refusedBy, truncated: _, timedOut: __, ...same }) => ({
      ...same,
      durationMs: Math.round(took),
      decision: refusedBy === undefined ? ('allow' as const) : ('deny' as const),
      ...(normalized !== undefined && { sql: redact(normalized) }),
      ...(refusedBy !== undefined && { rule: refusedBy }),
    })),
  };
}
