/** What went wrong, for programs. */
export type StoreErrorCode =
  | 'INVALID_OPTIONS'
  | 'INVALID_RECORD'
  | 'INVALID_FILTER'
  | 'INVALID_CURSOR'
  | 'INVALID_BACKUP'
  | 'MIGRATION_NEEDED'
  | 'MIGRATION_CHANGED'
  | 'SCHEMA_TOO_NEW'
  | 'DECLARATION_CHANGED'
  | 'PARTITION_MISSING'
  | 'VECTOR_UNAVAILABLE'
  | 'DIRECTORY_LOCKED'
  | 'UNEXPECTED_ANSWER';

/**
 * The only error class of this package. Errors of PostgreSQL itself pass through untouched.
 *
 * - `INVALID_OPTIONS`: an argument or a declaration is wrong; the message names it.
 * - `INVALID_RECORD`: a record cannot be held exactly as JSON, or `parse` refused it; the message names the path.
 * - `INVALID_FILTER`: an unknown operator, an undeclared field, an operand of the wrong type.
 * - `INVALID_CURSOR`: the cursor is not from this collection and order.
 * - `INVALID_BACKUP`: a line of a backup is no record; the message names the line.
 * - `MIGRATION_NEEDED`: the schema or a collection is not (wholly) there; run `migrate()`.
 * - `MIGRATION_CHANGED`: an applied migration has another text in this version.
 * - `SCHEMA_TOO_NEW`: a newer version made a breaking change; update this program.
 * - `DECLARATION_CHANGED`: a collection exists in a shape that cannot be changed in place.
 * - `PARTITION_MISSING`: no partition holds the record's time; run `maintainPartitions()`.
 * - `VECTOR_UNAVAILABLE`: `nearest` needs pgvector in this database.
 * - `DIRECTORY_LOCKED`: another process uses the folder; the message names it.
 * - `UNEXPECTED_ANSWER`: the driver gave something that is no answer to the statement.
 */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: StoreErrorCode;
  /** Whether the same call may succeed later without a change of the program. */
  readonly retryable: boolean;

  constructor(code: StoreErrorCode, message: string, options?: { cause?: unknown; retryable?: boolean }) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.retryable = options?.retryable ?? false;
  }
}

/** What to say of a fault. An AggregateError, as Node gives when no address of a name answers, has an empty message. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.message !== '') return error.message;
  return error instanceof AggregateError ? error.errors.map(messageOf).join('; ') : error.name;
}

/** Refuses options that nobody reads: a misspelled option must not be a silent default. */
export function refuseUnknownOptions(what: string, options: object, known: readonly string[]): void {
  // Typed callers cannot get here; JavaScript and JSON from elsewhere can.
  if (typeof options !== 'object' || options === null || Array.isArray(options))
    throw new StoreError('INVALID_OPTIONS', `${what}: expected an object with ${known.join(', ')}.`);
  for (const name of Object.keys(options)) {
    if (!known.includes(name)) {
      throw new StoreError('INVALID_OPTIONS', `${what} has no option "${name}"; it takes ${known.join(', ')}.`);
    }
  }
}
