import type { Failed, Refused } from '@pgmcp/nl2sql';
import type { Call } from '../call.ts';
import { toPgmcpError } from '../classify-error.ts';
import { PgmcpError } from '../errors.ts';
import { isPostgresError, postgresFailure } from '../postgres-error.ts';
import { refusal } from '../refusal.ts';

/** The error of a question that ended in no answer; the last SQL goes with it, so that the caller can repair it. */
export function outcomeFailure(outcome: Refused | Failed, call: Pick<Call, 'requestId' | 'signal'>): PgmcpError {
  const failure = outcome.kind === 'refused' ? refusal(outcome.violations) : failedQuestion(outcome, call);
  const details = {
    ...failure.details,
    ...(outcome.sql !== undefined && { sql: outcome.sql }),
    attempts: outcome.attempts.length,
  };
  return new PgmcpError(failure.code, failure.message, {
    details,
    retryable: failure.retryable,
    retryAfterMs: failure.retryAfterMs,
    cause: failure.cause,
  });
}

function failedQuestion({ error, sql }: Failed, call: Pick<Call, 'requestId' | 'signal'>): PgmcpError {
  if (error.code !== 'MODEL_ERROR' && isPostgresError(error.cause)) return postgresFailure(error.cause, sql);
  return toPgmcpError(error, call);
}
