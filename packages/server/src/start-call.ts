import { randomUUID } from 'node:crypto';
import type { Call, FinishedCall } from './call.ts';
import type { StatementRecord } from './statement-record.ts';

/** A call under way, and how it is ended. */
export interface StartedCall {
  readonly call: Call;
  /** What is recorded of the call now: its duration and its statements so far. */
  finish(failure?: Pick<FinishedCall, 'error' | 'thrown'>): FinishedCall;
}

/** Gives a call its id, its clock and its list of statements. */
export function startCall(parts: Omit<Call, 'requestId' | 'record'>): StartedCall {
  const startedAtMs = Date.now();
  const startedAt = performance.now();
  const statements: StatementRecord[] = [];
  const call: Call = {
    ...parts,
    requestId: randomUUID(),
    record: (statement) => void statements.push(statement),
  };
  return {
    call,
    finish: (failure) => ({
      call,
      startedAtMs,
      durationMs: performance.now() - startedAt,
      statements,
      ...failure,
    }),
  };
}
