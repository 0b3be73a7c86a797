import type { PgmcpError } from './errors.ts';

/** An error as clients read it. */
export interface ErrorBody {
  readonly code: string;
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly retryable?: true;
  readonly retry_after_ms?: number;
}

/** The JSON of an error: everything that may be shown, and nothing else of it. */
export function errorBody(error: PgmcpError): ErrorBody {
  return {
    code: error.code,
    message: error.message,
    ...(error.details && { details: error.details }),
    ...(error.retryable && { retryable: true as const }),
    ...(error.retryAfterMs !== undefined && { retry_after_ms: error.retryAfterMs }),
  };
}
