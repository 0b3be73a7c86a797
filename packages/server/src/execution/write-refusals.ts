import type { StatementKind } from '@pgmcp/sql-guard';
import { PgmcpError } from '../errors.ts';
import type { Changes, WriteRequest } from './write-request.ts';

/** The failure of one statement among several. */
export function inStatement(error: PgmcpError, index: number): PgmcpError {
  return new PgmcpError(error.code, `${error.message} (in statement ${index + 1}; nothing was written)`, {
    details: { ...error.details, statement: index + 1 },
    retryable: error.retryable,
    cause: error.cause,
  });
}

/** The caller, or the database, has a mode that is not enough. */
export function refusedByMode(database: string, needed: string): PgmcpError {
  return new PgmcpError(
    'ACCESS_DENIED',
    `In the database ${database} this caller may not do that: it needs the mode ${needed} (PG_MCP_SECURITY_MODE, or the database's own) and the scope for it.`,
    { details: { mode: needed } },
  );
}

/** A statement of another kind than its tool is for. */
export function refusedHere(kind: StatementKind, what: WriteRequest['what']): PgmcpError {
  const cure =
    what === 'structure'
      ? 'Rows are changed with execute_transaction, read with execute_query.'
      : 'Structure is changed with execute_ddl, tables are maintained with maintain_table, plans shown with explain_query.';
  return new PgmcpError('UNSAFE_SQL', `The statement was refused: ${kind.toUpperCase()} does not run here. ${cure}`, {
    details: { operation: kind },
  });
}

/** The second run does something else than the preview. */
export function changedMeanwhile(expected: Changes, actual: Changes): PgmcpError {
  return new PgmcpError(
    'PREVIEW_CHANGED',
    'Nothing was written: the statements would change something else now than in the preview, because the data has changed in between. Preview them again.',
    { details: { previewed: expected, now: actual } },
  );
}
