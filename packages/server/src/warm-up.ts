import type { ConnectedDatabase } from './databases.ts';
import { type Logger, redact } from './observe/index.ts';
import { SUPERUSER_WARNING } from './superuser-warning.ts';

/**
 * Connects to a database and reads its structure ahead of the first call. A database that is down is a log line, not an end:
 * calls try again.
 */
export async function warmUp(database: ConnectedDatabase, logger: Logger, signal: AbortSignal): Promise<void> {
  const fields = { database: database.name };
  try {
    const facts = await database.facts();
    if (facts.superuser === true) logger.warn(fields, SUPERUSER_WARNING);
    await database.catalog();
    logger.info({ ...fields, serverVersion: facts.serverVersion }, 'database is ready');
  } catch (error) {
    // A server that ends at once takes the connections away from under the warm-up; that is nobody's trouble.
    if (signal.aborted) return;
    const reason = redact(error instanceof Error ? error.message : String(error));
    logger.warn({ ...fields, reason }, 'database is not ready; the next call tries again');
  }
}
