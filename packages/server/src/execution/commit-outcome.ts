import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '@pgmcp/pool';
import { PgmcpError } from '../errors.ts';

/** How often the server is asked what became of a transaction, and how long to wait in between. */
const ATTEMPTS = 5;
const PAUSE_MS = 400;

/**
 * Finds out how a COMMIT ended whose answer was lost. A transaction is never run a second time instead: it may have been committed.
 *
 * @param transactionId of `pg_current_xact_id()`
 * @returns when it was committed
 * @throws PgmcpError `EXECUTION_ERROR` when it was rolled back, `COMMIT_UNKNOWN` when nobody can tell
 */
export async function resolveLostCommit(connections: Database, transactionId: string, cause: unknown): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (attempt > 0) await sleep(PAUSE_MS);
    const status = await askStatus(connections, transactionId);
    if (status === 'committed') return;
    if (status === 'aborted') {
      throw new PgmcpError(
        'EXECUTION_ERROR',
        'The connection was lost while the changes were committed, and the server has rolled them back: nothing was written. Preview them again.',
        { cause },
      );
    }
  }
  throw new PgmcpError(
    'COMMIT_UNKNOWN',
    'The connection was lost while the changes were committed, and the server does not say whether they were. Look whether they are there before you repeat anything.',
    { details: { transaction_id: transactionId }, cause },
  );
}

async function askStatus(connections: Database, transactionId: string): Promise<string | null | undefined> {
  try {
    const { rows } = await connections.query<{ status: string | null }>(
      'SELECT pg_catalog.pg_xact_status($1::xid8) AS status',
      [transactionId],
    );
    return rows[0]?.status;
  } catch {
    // The server may be starting again: asked once more.
    return undefined;
  }
}
