/**
 * `INVALID_OPTIONS`: an option of a factory is wrong or unknown · `INVALID_QUESTION`: the question is empty ·
 * `INVALID_TEXT`: a text to be embedded is empty or too long · `DIMENSION_MISMATCH`: a vector is not as long as agreed ·
 * `MODEL_ERROR`: the model could not be reached, refused the call or broke off · `INVALID_REPLY`: the model answered,
 * but never with exactly one usable statement · `SQL_ERROR`: the last statement still fails in PostgreSQL ·
 * `STATEMENT_TIMEOUT`: PostgreSQL stopped the statement (57014) · `DATABASE_ERROR`: the database is unavailable or
 * failed for a reason no other SQL would cure · `CONTEXT_ERROR`: the schema could not be described or the check itself
 * failed · `ABORTED`: the caller's signal.
 */
export type Nl2sqlErrorCode =
  | 'INVALID_OPTIONS'
  | 'INVALID_QUESTION'
  | 'INVALID_TEXT'
  | 'DIMENSION_MISMATCH'
  | 'MODEL_ERROR'
  | 'INVALID_REPLY'
  | 'SQL_ERROR'
  | 'STATEMENT_TIMEOUT'
  | 'DATABASE_ERROR'
  | 'CONTEXT_ERROR'
  | 'ABORTED';

/** Facts that go with an error. */
export interface Nl2sqlErrorDetails {
  /** What was thrown underneath, untouched. */
  readonly cause?: unknown;
  /** Whether the same call may succeed later. Default `false`. */
  readonly retryable?: boolean | undefined;
  /** HTTP status of a provider's reply. */
  readonly status?: number | undefined;
  /** What the provider asked to wait before the next call, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
  /** SQLSTATE of PostgreSQL's error. */
  readonly sqlState?: string | undefined;
}

/** The one error class of this package. `code` is stable, the message says what to do. */
export class Nl2sqlError extends Error {
  override readonly name = 'Nl2sqlError';
  readonly code: Nl2sqlErrorCode;
  /** Whether the same call may succeed later. */
  readonly retryable: boolean;
  /** HTTP status of the provider's reply. */
  readonly status: number | undefined;
  /** What the provider asked to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  /** SQLSTATE of PostgreSQL's error. */
  readonly sqlState: string | undefined;

  constructor(code: Nl2sqlErrorCode, message: string, details: Nl2sqlErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.retryable = details.retryable ?? false;
    this.status = details.status;
    this.retryAfterMs = details.retryAfterMs;
    this.sqlState = details.sqlState;
  }
}
