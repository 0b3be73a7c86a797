import { createHash } from 'node:crypto';
import { type Caller, callerKey, type FinishedCall, LOCAL_CALLER } from '../call.ts';
import type { StatementRecord } from '../statement-record.ts';
import type { Logger } from './logger.ts';

/** Codes that say something about the server itself, not about the call. */
const SERVER_FAULTS = new Set(['INTERNAL_ERROR', 'CONNECTION_ERROR', 'OPENAI_ERROR']);

/** One log line per tool call. It holds no SQL, no question and no value. */
export function recordCall(logger: Logger, { call, durationMs, statements, error, thrown }: FinishedCall): void {
  const fields = {
    requestId: call.requestId,
    tool: call.tool,
    caller: principal(call.caller),
    ...(call.trace?.traceId !== undefined && { traceId: call.trace.traceId }),
    ...databasesOf(statements),
    durationMs: Math.round(durationMs * 10) / 10,
    ...(error && { code: error.code }),
    ...sqlstateOf(error, statements),
  };
  if (!error) logger.info(fields, 'tool call');
  else if (SERVER_FAULTS.has(error.code)) logger.error({ ...fields, err: thrown }, 'tool call failed');
  else logger.info(fields, 'tool call refused or failed');
}

/** Who called, fit for a log that more people read than the audit log: equal for equal callers, and nobody's name. */
function principal(caller: Caller): string {
  if (caller.id === LOCAL_CALLER.id && caller.tenant === undefined) return caller.id;
  return createHash('sha256').update(callerKey(caller)).digest('hex').slice(0, 16);
}

function databasesOf(statements: readonly StatementRecord[]): { database?: string } {
  const names = [...new Set(statements.map(({ database }) => database))];
  return names.length === 0 ? {} : { database: names.join(',') };
}

function sqlstateOf(error: FinishedCall['error'], statements: readonly StatementRecord[]): { sqlstate?: string } {
  const told: unknown = error?.details?.['sqlstate'];
  const sqlstate = typeof told === 'string' ? told : statements.findLast((one) => one.sqlstate !== undefined)?.sqlstate;
  return error === undefined || sqlstate === undefined ? {} : { sqlstate };
}
