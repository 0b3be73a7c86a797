/**
 * What went wrong, stable across versions.
 *
 * - `UNKNOWN_DATABASE`: no database of that name is configured; `details.known` lists the names.
 * - `INVALID_SETTINGS`: a setting or an argument is not valid; nothing was sent to a server.
 * - `CONNECT_FAILED`: no connection could be opened; `cause` is the last error of the network or the server.
 * - `BUSY`: every connection is lent and the wait was over, or too many callers wait; see `retryAfterMs`.
 * - `TIMEOUT`: the server did not answer within the deadline kept on this side; the statement was cancelled.
 * - `CANCELLED`: the caller's signal was aborted; the statement was cancelled on the server.
 * - `RESULT_TOO_LARGE`: one message or one row is larger than the limit; the connection was closed.
 * - `COPY_REFUSED`: the statement answered with the COPY protocol, which is not read here.
 * - `TRANSACTION_LOST`: the transaction was ended by the statement's own text, or is used after its end.
 * - `CONNECTION_LOST`: the connection ended while it was in use; `cause` says why.
 * - `CLOSED`: the pools are closed.
 */
export type PoolErrorCode =
  | 'UNKNOWN_DATABASE'
  | 'INVALID_SETTINGS'
  | 'CONNECT_FAILED'
  | 'BUSY'
  | 'TIMEOUT'
  | 'CANCELLED'
  | 'RESULT_TOO_LARGE'
  | 'COPY_REFUSED'
  | 'TRANSACTION_LOST'
  | 'CONNECTION_LOST'
  | 'CLOSED';

/** Everything about a {@link PoolError} besides its code and message. */
export interface PoolErrorOptions {
  /** Whether the same call may succeed when it is repeated. Default: false. */
  readonly retryable?: boolean | undefined;
  /** How long to wait before a repetition, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
  /** Name of the database the call was for. */
  readonly database?: string | undefined;
  readonly details?: Readonly<Record<string, unknown>> | undefined;
  readonly cause?: unknown;
}

/**
 * The one error class of this package. Errors that PostgreSQL reports for a statement are not wrapped: they pass through as
 * the driver's `DatabaseError` with the SQLSTATE in `code`. An error that ended the connection (severity FATAL) is
 * `CONNECTION_LOST` with the server's error as `cause`.
 */
export class PoolError extends Error {
  override readonly name = 'PoolError';
  readonly code: PoolErrorCode;
  readonly retryable: boolean;
  // Declared only: an error without them has no such properties.
  declare readonly retryAfterMs?: number;
  declare readonly database?: string;
  declare readonly details?: Readonly<Record<string, unknown>>;

  constructor(code: PoolErrorCode, message: string, options: PoolErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable ?? false;
    if (options.retryAfterMs !== undefined) this.retryAfterMs = options.retryAfterMs;
    if (options.database !== undefined) this.database = options.database;
    if (options.details !== undefined) this.details = options.details;
  }
}

/** The `code` of any error: a SQLSTATE, a system code like `ECONNREFUSED`, a {@link PoolErrorCode}; otherwise undefined. */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** The message of anything that was thrown. */
export function errorMessage(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(errorMessage).join('; ');
  return error instanceof Error ? error.message : String(error);
}

/** Makes an `Error` of anything that was thrown. */
export function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

/** The error of a call whose signal was aborted. */
export function cancelled(database: string, signal: AbortSignal | undefined): PoolError {
  return new PoolError('CANCELLED', 'The call was cancelled.', { database, cause: signal?.reason });
}

const BUSY_RETRY_AFTER_MS = 500;

/** The error of a caller for whom there is no connection now. */
export function busyError(database: string, message: string, cause: Error | undefined): PoolError {
  return new PoolError('BUSY', message, { database, retryable: true, retryAfterMs: BUSY_RETRY_AFTER_MS, cause });
}

/** The error of a caller who has waited all his time while not one connection could be opened. */
export function unreachable(database: string, failure: Error | undefined, waitedMs: number): PoolError {
  if (failure instanceof PoolError) return failure;
  return new PoolError(
    'CONNECT_FAILED',
    failure === undefined
      ? `Database "${database}" did not accept a connection within ${waitedMs} ms.`
      : `Database "${database}" cannot be reached: ${errorMessage(failure)}`,
    { database, retryable: true, cause: failure },
  );
}
