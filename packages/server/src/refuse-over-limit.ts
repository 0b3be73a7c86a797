import { PgmcpError } from './errors.ts';
import type { Admission, LimitName } from './limits/index.ts';

const WORDS: Readonly<Record<LimitName, string>> = {
  requests_per_minute: 'calls a minute',
  requests_per_hour: 'calls an hour',
  model_tokens_per_minute: 'model tokens a minute',
  database_seconds_per_minute: 'seconds of database time a minute',
  concurrent_calls: 'calls at once',
};

/**
 * Throws when a limit said no.
 * @throws PgmcpError `RATE_LIMIT_EXCEEDED` with the time after which to try again.
 */
export function refuseOverLimit(admission: Admission): void {
  if (admission.allowed) return;
  const { limit, maximum, retryAfterMs } = admission;
  throw new PgmcpError(
    'RATE_LIMIT_EXCEEDED',
    `The limit of ${maximum} ${WORDS[limit]} is used up. Try again in ${Math.ceil(retryAfterMs / 1000)} s.`,
    { retryable: true, retryAfterMs, details: { limit, maximum } },
  );
}
