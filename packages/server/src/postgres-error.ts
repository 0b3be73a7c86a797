import { databaseText } from './database-text.ts';
import { PgmcpError } from './errors.ts';
import { tableCure } from './no-such-table.ts';
import { redact } from './observe/index.ts';
import { positionOf } from './text-position.ts';

/** The fields of an ErrorResponse that are used here, as `pg` names them (PostgreSQL documentation, 54.8). */
export interface PostgresError extends Error {
  /** SQLSTATE. */
  readonly code: string;
  readonly severity: string;
  /** 1-based offset in characters into the statement. */
  readonly position?: string;
  readonly hint?: string;
  /** The function of PostgreSQL's source that reported it: tells apart what one SQLSTATE stands for, in any language. */
  readonly routine?: string;
}

/** Whether an error was sent by PostgreSQL, told by its shape: the driver is known to `@pgmcp/pool` alone. */
export function isPostgresError(thrown: unknown): thrown is PostgresError {
  return (
    thrown instanceof Error &&
    'severity' in thrown &&
    'code' in thrown &&
    typeof thrown.code === 'string' &&
    /^[0-9A-Z]{5}$/.test(thrown.code)
  );
}

/**
 * An error of PostgreSQL for the caller, named as the words of the database: SQLSTATE, message, hint, and the place in the statement.
 * DETAIL stays in the log: it quotes rows that the caller may not be allowed to see.
 *
 * @param sql the statement, when it is known: the position becomes a line and a column.
 * @param nearest tables that were probably meant by one that does not exist
 */
export function postgresFailure(error: PostgresError, sql?: string, nearest: readonly string[] = []): PgmcpError {
  const offset = Number(error.position) - 1;
  const position = sql !== undefined && offset >= 0 ? positionOf(sql, offset) : undefined;
  const details = {
    sqlstate: error.code,
    ...(position
      ? { position }
      : error.position !== undefined && sql === undefined && { offset: Number(error.position) }),
    ...(error.hint !== undefined && { hint: databaseText(redact(error.hint)) }),
    ...(nearest.length > 0 && { nearest }),
  };
  const code = codeOf(error.code);
  const place = position ? ` (line ${position.line}, column ${position.column})` : '';
  return new PgmcpError(code, `PostgreSQL: ${databaseText(redact(error.message))}${place}${cureOf(error, nearest)}`, {
    details,
    retryable: code === 'CONNECTION_ERROR' || GAVE_WAY.has(error.code),
    cause: error,
  });
}

function codeOf(sqlState: string): PgmcpError['code'] {
  if (sqlState === '57014') return 'EXECUTION_TIMEOUT';
  if (sqlState === '42501') return 'EXECUTION_ERROR';
  if (sqlState === '25006') return 'UNSAFE_SQL';
  if (sqlState.startsWith('42')) return 'SYNTAX_ERROR';
  if (sqlState.startsWith('08') || sqlState.startsWith('28') || sqlState.startsWith('57P') || sqlState === '53300') {
    return 'CONNECTION_ERROR';
  }
  if (sqlState === '3D000') return 'CONNECTION_ERROR';
  return 'EXECUTION_ERROR';
}

/** A serialization failure, a deadlock, a wait for a lock that took too long: nothing was done, and a later attempt may succeed. */
const GAVE_WAY: ReadonlySet<string> = new Set(['40001', '40P01', '55P03']);

const CURES: Readonly<Record<string, string>> = {
  '57014':
    '. The statement ran longer than the server allows: narrow it (filter, aggregate, fewer joins); it is not tried again.',
  '55P03': '. Another session holds a lock on it, such as a change of its structure: try again later.',
  '42703': '. Use get_table_schema to see the columns.',
  '42501': '. The database role of this server may not do that; its owner can GRANT it.',
  '25006': '. Only reading is allowed here.',
};

/** PostgreSQL reports an alias that FROM lacks under the SQLSTATE of a table that does not exist. */
const MISSING_FROM = 'errorMissingRTE';

function cureOf({ code, routine }: PostgresError, nearest: readonly string[]): string {
  if (code !== '42P01') return CURES[code] ?? '';
  return routine === MISSING_FROM ? '. Name that table in FROM, or use its alias.' : `. ${tableCure(nearest)}`;
}
