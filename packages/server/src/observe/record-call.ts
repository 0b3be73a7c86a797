import type { FinishedCall } from '../call.ts';
import type { Logger } from './logger.ts';

/** Codes that say something about the server itself, not about the call. */
const SERVER_FAULTS = new Set(['INTERNAL_ERROR', 'CONNECTION_ERROR', 'OPENAI_ERROR']);

/** One log line per tool call. It holds no SQL, no question and no value. */
export function recordCall(logger: Logger, { call, durationMs, error, thrown }: FinishedCall): void {
  const fields = {
    requestId: call.requestId,
    tool: call.tool,
    caller: call.caller.id,
    durationMs: Math.round(durationMs * 10) / 10,
    ...(error && { code: error.code }),
    ...(typeof error?.details?.['sqlstate'] === 'string' && { sqlstate: error.details['sqlstate'] }),
  };
  if (!error) logger.info(fields, 'tool call');
  else if (SERVER_FAULTS.has(error.code)) logger.error({ ...fields, err: thrown }, 'tool call failed');
  else logger.info(fields, 'tool call refused or failed');
}
