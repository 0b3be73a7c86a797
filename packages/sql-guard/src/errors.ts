/** Codes of {@link GuardError}. */
export type GuardErrorCode = 'INVALID_OPTIONS' | 'CLOSED' | 'PARSER_UNAVAILABLE';

/** Misuse of the guard, or a parser that cannot be started. A refused text is never an exception. */
export class GuardError extends Error {
  readonly code: GuardErrorCode;
  readonly retryable: boolean;

  constructor(code: GuardErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'GuardError';
    this.code = code;
    this.retryable = code === 'PARSER_UNAVAILABLE';
  }
}
