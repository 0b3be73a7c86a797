import { Nl2sqlError } from '@pgmcp/nl2sql';
import { PoolError } from '@pgmcp/pool';
import { StoreError } from '@pgmcp/store';
import type { Call } from './call.ts';
import { connectionCure } from './connection-cure.ts';
import { databaseText } from './database-text.ts';
import { type ErrorCode, PgmcpError } from './errors.ts';
import { redact } from './observe/index.ts';
import { isPostgresError, postgresFailure } from './postgres-error.ts';

/**
 * Turns whatever was thrown into an error that may be shown: codes of the libraries are mapped, messages are redacted, and
 * what nobody foresaw becomes `INTERNAL_ERROR` with the request id that the log line carries too.
 */
export function toPgmcpError(thrown: unknown, call: Pick<Call, 'requestId' | 'signal'>): PgmcpError {
  if (thrown instanceof PgmcpError) return thrown;
  if (thrown instanceof PoolError) return poolFailure(thrown);
  if (isPostgresError(thrown)) return postgresFailure(thrown);
  if (thrown instanceof Nl2sqlError) return nl2sqlFailure(thrown, call);
  if (thrown instanceof StoreError && thrown.code === 'MIGRATION_NEEDED') return recordsNotReady(thrown);
  if (call.signal.aborted) return new PgmcpError('CANCELLED', 'The call was cancelled.', { cause: thrown });
  return new PgmcpError(
    'INTERNAL_ERROR',
    `Something failed inside the server. The log on standard error has the details under request id ${call.requestId}.`,
    { cause: thrown },
  );
}

function recordsNotReady(cause: StoreError): PgmcpError {
  return new PgmcpError(
    'CONNECTION_ERROR',
    'The tables of the records of this server are not there. The operator runs `pgmcp store migrate`, or sets PG_MCP_STORE_AUTO_MIGRATE.',
    { cause },
  );
}

/** Options of the libraries, which their messages name, as the settings of this server. */
const POOL_SETTINGS = { maxConnections: 'PG_MCP_DATABASE_MAX_POOL_SIZE', maxMessageBytes: 'the limit of a message' };
const MODEL_SETTINGS = { timeoutMs: 'PG_MCP_OPENAI_TIMEOUT', maxRetries: 'PG_MCP_OPENAI_MAX_RETRIES' };

function inSettings(message: string, settings: Readonly<Record<string, string>>): string {
  return Object.entries(settings).reduce((text, [option, setting]) => text.replaceAll(option, setting), message);
}

const POOL_CODES: Readonly<Record<PoolError['code'], ErrorCode>> = {
  UNKNOWN_DATABASE: 'UNKNOWN_DATABASE',
  INVALID_SETTINGS: 'CONNECTION_ERROR',
  CONNECT_FAILED: 'CONNECTION_ERROR',
  CONNECTION_LOST: 'CONNECTION_ERROR',
  CLOSED: 'CONNECTION_ERROR',
  BUSY: 'CONNECTION_ERROR',
  TIMEOUT: 'EXECUTION_TIMEOUT',
  CANCELLED: 'CANCELLED',
  RESULT_TOO_LARGE: 'RESULT_TOO_LARGE',
  COPY_REFUSED: 'UNSAFE_SQL',
  TRANSACTION_LOST: 'UNSAFE_SQL',
};

function poolFailure(error: PoolError): PgmcpError {
  const cure = POOL_CODES[error.code] === 'CONNECTION_ERROR' ? connectionCure(error) : undefined;
  const message = inSettings(databaseText(redact(error.message)), POOL_SETTINGS);
  return new PgmcpError(POOL_CODES[error.code], cure === undefined ? message : `${message} ${cure}`, {
    retryable: error.retryable,
    retryAfterMs: error.retryAfterMs,
    cause: error,
  });
}

function nl2sqlFailure(error: Nl2sqlError, call: Pick<Call, 'requestId' | 'signal'>): PgmcpError {
  const underneath = error.cause;
  switch (error.code) {
    case 'MODEL_ERROR':
      // The limit in front of the model speaks for itself.
      if (underneath instanceof PgmcpError) return underneath;
      return modelFailure(error);
    case 'INVALID_REPLY':
    case 'DIMENSION_MISMATCH':
      return modelFailure(error);
    case 'STATEMENT_TIMEOUT':
      return new PgmcpError('EXECUTION_TIMEOUT', databaseText(redact(error.message)), { cause: error });
    case 'INVALID_QUESTION':
    case 'INVALID_TEXT':
      return new PgmcpError('VALIDATION_ERROR', redact(error.message), { cause: error });
    case 'ABORTED':
      return new PgmcpError('CANCELLED', 'The call was cancelled.', { cause: error });
    case 'SQL_ERROR':
    case 'DATABASE_ERROR':
    case 'CONTEXT_ERROR':
      if (underneath !== undefined && !(underneath instanceof Nl2sqlError)) return toPgmcpError(underneath, call);
      return new PgmcpError('EXECUTION_ERROR', databaseText(redact(error.message)), { cause: error });
    case 'INVALID_OPTIONS':
      return new PgmcpError('INTERNAL_ERROR', `The server is misconfigured (request id ${call.requestId}).`, {
        cause: error,
      });
  }
}

function modelFailure(error: Nl2sqlError): PgmcpError {
  return new PgmcpError('OPENAI_ERROR', inSettings(databaseText(redact(error.message)), MODEL_SETTINGS), {
    retryable: error.retryable,
    retryAfterMs: error.retryAfterMs,
    ...(error.status !== undefined && { details: { status: error.status } }),
    cause: error,
  });
}
