/**
 * Every code that a tool result may carry. A client can branch on it; the message is for people and models.
 */
export const ERROR_CODES = [
  'UNKNOWN_DATABASE',
  'AMBIGUOUS_QUERY',
  'UNSAFE_SQL',
  'COST_LIMIT_EXCEEDED',
  'CONNECTION_NOT_FOUND',
  'CONFIRMATION_INVALID',
  'PREVIEW_CHANGED',
  'COMMIT_UNKNOWN',
  'SYNTAX_ERROR',
  'EXECUTION_ERROR',
  'EXECUTION_TIMEOUT',
  'CANCELLED',
  'CONNECTION_ERROR',
  'OPENAI_ERROR',
  'RESULT_TOO_LARGE',
  'RESULT_NOT_FOUND',
  'VALIDATION_ERROR',
  'RATE_LIMIT_EXCEEDED',
  'ACCESS_DENIED',
  'INTERNAL_ERROR',
] as const;

/** See {@link ERROR_CODES}. */
export type ErrorCode = (typeof ERROR_CODES)[number];

/** What may stand beside code and message: plain JSON, free of secrets. */
export type ErrorDetails = Readonly<Record<string, unknown>>;

/** Options of a {@link PgmcpError}. */
export interface PgmcpErrorOptions {
  /** Facts that help to repair the call: available names, position, SQLSTATE, hint. */
  readonly details?: ErrorDetails | undefined;
  /** Whether the same call may succeed later. Default: false. */
  readonly retryable?: boolean | undefined;
  /** When to try again, in milliseconds from now. */
  readonly retryAfterMs?: number | undefined;
  /** What went wrong underneath; logged, never sent to a client. */
  readonly cause?: unknown;
}

/**
 * A failure that the caller can understand: its message names the cause and the cure. Anything else that is thrown becomes
 * `INTERNAL_ERROR` with a request id (see `toPgmcpError`).
 */
export class PgmcpError extends Error {
  override readonly name = 'PgmcpError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails | undefined;
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, message: string, options: PgmcpErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.details = options.details;
    this.retryable = options.retryable ?? false;
    this.retryAfterMs = options.retryAfterMs;
  }
}
