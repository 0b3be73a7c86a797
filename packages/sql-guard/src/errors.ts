/**
 * Codes of {@link GuardError}.
 *
 * - `INVALID_OPTIONS`: an option or the context of a check is unknown or wrong; the message says what to write instead.
 * - `CLOSED`: the guard, or the threads that it shares, were closed.
 * - `PARSER_UNAVAILABLE`: the parser cannot be loaded in this thread; only with `engine: 'same-thread'`.
 */
export type GuardErrorCode = 'INVALID_OPTIONS' | 'CLOSED' | 'PARSER_UNAVAILABLE';

/** Misuse of the guard, or a parser that cannot be started. A refused text is never an exception. */
export class GuardError extends Error {
  readonly code: GuardErrorCode;
  /** Whether the same call may succeed later. */
  readonly retryable: boolean;

  constructor(code: GuardErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'GuardError';
    this.code = code;
    this.retryable = code === 'PARSER_UNAVAILABLE';
  }
}
