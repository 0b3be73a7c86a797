import type { Connection } from './connection.ts';
import { PoolError } from './errors.ts';
import { END_READ, isClean } from './flight.ts';
import type { Outcome } from './messages.ts';
import type { ResolvedSettings } from './settings.ts';
import { simpleQuery } from './wire.ts';

/** How long the end of a transaction and the clean-up may take before the connection is destroyed. */
const END_LIMIT_MS = 1_000;

/**
 * The end of a write. Deferred constraints are checked while role and settings still hold; then everything that the statements
 * may have set for the session is taken back, since COMMIT would make it permanent.
 */
const COMMIT = simpleQuery('SET CONSTRAINTS ALL IMMEDIATE; RESET ALL; RESET ROLE; COMMIT');

/** Prepared statements, LISTEN, held cursors, temporary tables, advisory locks. Not allowed inside a transaction. */
const DISCARD_ALL = simpleQuery('DISCARD ALL');

/** Through a pooler the server connection is ours only as long as one message lasts, so all of it stands in one. */
const COMMIT_THROUGH_POOLER = simpleQuery(
  'SET CONSTRAINTS ALL IMMEDIATE; CLOSE ALL; UNLISTEN *; DISCARD TEMP; RESET ALL; RESET ROLE; COMMIT; DEALLOCATE ALL; SELECT pg_catalog.pg_advisory_unlock_all()',
);

/** Waits for an answer; destroys the connection when it does not come in time. */
export async function limited(connection: Connection, limitMs: number, answer: Promise<Outcome>): Promise<Outcome> {
  const timer = setTimeout(
    () =>
      connection.destroy(
        new PoolError('TIMEOUT', `The server did not answer within ${limitMs} ms.`, {
          database: connection.facts.database,
        }),
      ),
    limitMs,
  );
  const outcome = await answer;
  clearTimeout(timer);
  return outcome;
}

/**
 * Commits and cleans the session.
 *
 * @returns whether the connection may be lent again.
 * @throws the server's error when a deferred constraint or the COMMIT itself failed; `CONNECTION_LOST`, not retryable, when the
 * connection ended before the server confirmed, so that it is not known whether the transaction is committed.
 */
export async function commit(connection: Connection, settings: ResolvedSettings, limitMs: number): Promise<boolean> {
  const throughPooler = settings.pooler === 'transaction';
  const outcome = await limited(connection, limitMs, connection.send(throughPooler ? COMMIT_THROUGH_POOLER : COMMIT));
  if (outcome.status === undefined) {
    throw new PoolError(
      'CONNECTION_LOST',
      'The connection was lost while the transaction was committed. Look whether its changes are there before you repeat it.',
      {
        database: settings.name,
        cause: outcome.error,
      },
    );
  }
  // A COMMIT of a failed transaction is answered with ROLLBACK and no error.
  if (!outcome.commands.includes('COMMIT')) {
    throw (
      outcome.error ??
      new PoolError('TRANSACTION_LOST', 'The server rolled the transaction back instead of committing it.', {
        database: settings.name,
      })
    );
  }
  if (throughPooler) return isClean(outcome);
  return isClean(await limited(connection, END_LIMIT_MS, connection.send(DISCARD_ALL)));
}

/**
 * Rolls back and cleans the session; never throws.
 *
 * @returns whether the connection may be lent again.
 */
export async function rollBack(
  connection: Connection,
  settings: ResolvedSettings,
  hasWritten: boolean,
): Promise<boolean> {
  if (connection.broken !== undefined) return false;
  const ended = await limited(connection, END_LIMIT_MS, connection.send(END_READ));
  if (!isClean(ended)) return false;
  // What a rolled back write leaves in the session: the values of sequences.
  if (!hasWritten || settings.pooler === 'transaction') return true;
  return isClean(await limited(connection, END_LIMIT_MS, connection.send(DISCARD_ALL)));
}
