import type { AttemptError } from './attempt-error.ts';

/** PostgreSQL's error as drivers throw it, read field by field: nothing of it can be relied on. */
export interface DatabaseError extends AttemptError {
  readonly sqlState: string;
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** Reads an error with a SQLSTATE; `undefined` for anything else. */
export function readDatabaseError(error: unknown): DatabaseError | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { code, message, position, hint, detail } = error as Record<string, unknown>;
  if (typeof code !== 'string' || !/^[0-9A-Z]{5}$/.test(code)) return undefined;
  const offset = Number(position);
  const hintText = textOf(hint);
  const detailText = textOf(detail);
  return {
    sqlState: code,
    message: textOf(message) ?? `PostgreSQL error ${code}`,
    ...(Number.isInteger(offset) && offset > 0 ? { position: offset } : {}),
    ...(hintText === undefined ? {} : { hint: hintText }),
    ...(detailText === undefined ? {} : { detail: detailText }),
  };
}

/** SQLSTATE of a cancelled statement: by statement_timeout or on request. */
export const queryCanceled = '57014';
/** SQLSTATE of a write in a read-only transaction. */
export const readOnlyTransaction = '25006';

// Classes of https://www.postgresql.org/docs/current/errcodes-appendix.html that other SQL can cure: the statement is
// wrong, reads what it may not, computes what cannot be computed, or is too large.
const curableClasses = new Set(['0A', '20', '21', '22', '2F', '38', '39', '42', '44', '54', 'P0']);

/** Whether another statement for the same question may succeed where this one failed. */
export const isCurable = (sqlState: string): boolean =>
  sqlState === readOnlyTransaction || curableClasses.has(sqlState.slice(0, 2));

const passingClasses = new Set(['08', '40', '53', '55', '57']);

/** Whether the same statement may succeed later: lost connections, conflicts, missing resources. */
export const isPassing = (sqlState: string): boolean =>
  sqlState !== queryCanceled && passingClasses.has(sqlState.slice(0, 2));

/**
 * PostgreSQL's error for `prefix` + statement as an error for the statement alone: `position` counts from the
 * statement's first character. Anything without a position comes back as it is; the given error is not changed.
 *
 * @example
 * await client.query(`EXPLAIN (FORMAT JSON) ${sql}`).catch((error) => {
 *   throw withoutPrefix(error, 'EXPLAIN (FORMAT JSON) ');
 * });
 */
export function withoutPrefix(error: unknown, prefix: string): unknown {
  const position = readDatabaseError(error)?.position;
  if (position === undefined || !(error instanceof Error)) return error;
  const shifted = position - [...prefix].length;
  const value = shifted >= 1 ? String(shifted) : undefined;
  return Object.create(error, { position: { value, enumerable: true, writable: true, configurable: true } });
}
