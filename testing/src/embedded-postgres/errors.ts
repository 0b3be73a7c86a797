/** What went wrong; stable, for programs. */
export type EmbeddedPostgresErrorCode =
  | 'NOT_INSTALLED'
  | 'UNSUPPORTED_PLATFORM'
  | 'INVALID_SETTINGS'
  | 'INITDB_FAILED'
  | 'START_FAILED';

/** An embedded PostgreSQL that could not be found, prepared or started. The message says what to do next. */
export class EmbeddedPostgresError extends Error {
  readonly code: EmbeddedPostgresErrorCode;

  constructor(code: EmbeddedPostgresErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'EmbeddedPostgresError';
    this.code = code;
  }
}
