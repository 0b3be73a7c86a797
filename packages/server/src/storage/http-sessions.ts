import type { Collection } from '@pgmcp/store';
import type { Configuration } from '../config/index.ts';
import type { Storage } from './storage.ts';

/** What another replica needs to go on with a session of a 2025-era client. */
export interface StoredHttpSession {
  /** The caller that began it. */
  readonly owner: string;
  /** The message that began it. */
  readonly initialize: unknown;
}

/**
 * Declares the sessions of `pgmcp-http`, here and not in that program, so that `store migrate` of either program makes their table.
 * Unlogged: after a crash of the database clients begin again.
 */
export function declareHttpSessions(
  storage: Storage,
  { sessions, sessionIdleMs }: Configuration['http'],
): Collection<StoredHttpSession> | undefined {
  return sessions ? storage.collection('http_sessions', { ttlMs: sessionIdleMs, unlogged: true }) : undefined;
}
