import type { SessionBinding } from '@pgmcp/pool';
import type { ConnectedDatabase } from '../databases.ts';
import { ADVICE_TIMEOUT_MS } from './limits.ts';

/** Asks a database one of our own questions about itself; the rows, values parsed. */
export type AskDatabase = <Row>(sql: string, values?: readonly unknown[]) => Promise<readonly Row[]>;

/**
 * Our own catalog queries for one call: READ ONLY, as the caller, each within seconds, and waiting for nobody's lock: advice must not
 * add to the trouble it looks for.
 */
export function askDatabase(
  { connections }: ConnectedDatabase,
  session: SessionBinding | undefined,
  signal: AbortSignal,
): AskDatabase {
  const bound = connections.with({
    signal,
    timeoutMs: ADVICE_TIMEOUT_MS,
    lockTimeoutMs: 500,
    maxRowBytes: 1024 * 1024,
    access: 'read-only',
    session: { ...session, settings: { ...session?.settings, jit: 'off' } },
  });
  return async <Row>(sql: string, values?: readonly unknown[]) => (await bound.query<Row>(sql, values)).rows;
}
