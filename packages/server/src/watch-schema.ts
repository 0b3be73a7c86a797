import type { Database } from '@pgmcp/pool';
import { type CatalogCache, watchDdl } from '@pgmcp/schema-introspect';
import { type Logger, redact } from './observe/index.ts';

/** Starts hearing of changes once; calls after the first do nothing. Never fails. */
export type WatchSchema = () => void;

/**
 * Lets the snapshot of a schema follow DDL within moments, where an event trigger of the database announces it (`pgmcp doctor
 * --schema-notifier` prints it). Takes one connection. What is not announced, or not heard, is found by asking as ever.
 */
export function createSchemaWatch(
  {
    name,
    connections,
    catalogs,
  }: { readonly name: string; readonly connections: Database; readonly catalogs: CatalogCache },
  isWanted: boolean,
  logger: Logger,
): WatchSchema {
  let isStarted = !isWanted;
  return () => {
    if (isStarted) return;
    isStarted = true;
    if (connections.settings.pooler === 'transaction') {
      logger.warn({ database: name }, 'schema notifications cannot be heard through a pooler in transaction mode');
      return;
    }
    watchDdl(connections, catalogs).catch((error: unknown) => {
      // Heard at the next start, or not at all; the interval goes on.
      isStarted = false;
      const reason = redact(error instanceof Error ? error.message : String(error));
      logger.warn({ database: name, reason }, 'schema notifications cannot be heard');
    });
  };
}
