/** What went wrong, for programs. */
export type IntrospectionErrorCode = 'INVALID_OPTIONS' | 'UNEXPECTED_ANSWER' | 'CLOSED';

/**
 * The only error class of this package. Errors of PostgreSQL itself pass through untouched.
 *
 * - `INVALID_OPTIONS`: an argument is wrong; the message names it.
 * - `UNEXPECTED_ANSWER`: the driver or the server gave something that is no catalog.
 * - `CLOSED`: the cache was closed.
 */
export class IntrospectionError extends Error {
  override readonly name = 'IntrospectionError';
  readonly code: IntrospectionErrorCode;
  /** Whether the same call may succeed later. */
  readonly retryable: boolean;

  constructor(code: IntrospectionErrorCode, message: string, options?: { cause?: unknown; retryable?: boolean }) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.retryable = options?.retryable ?? false;
  }
}
