import { callerKey, type FinishedCall } from './call.ts';
import type { Limits } from './limits/index.ts';

/** Charges the caller with the time that the statements of a call took. Nobody waits for it. */
export function chargeDatabaseTime(limits: Limits, { call, statements }: FinishedCall): void {
  const durationMs = statements.reduce((sum, statement) => sum + statement.durationMs, 0);
  // A place that does not answer is met by the insurance, which is memory.
  if (durationMs > 0) void limits.chargeDatabaseTime(callerKey(call.caller), durationMs).catch(() => undefined);
}
