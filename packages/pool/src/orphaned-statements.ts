import { sendCancel } from './cancel.ts';
import type { Connection } from './connection.ts';
import { toError } from './errors.ts';
import type { PoolEvent } from './events.ts';
import type { ResolvedSettings } from './settings.ts';

/** Statements that the server still runs for connections that are gone. */
interface OrphanedStatements {
  /** Asks the server to stop what it runs for a connection. */
  stop(connection: Connection): void;
  /** Ends when every request has been sent, or has failed. */
  allStopped(): Promise<void>;
}

export function createOrphanedStatements(
  settings: ResolvedSettings,
  emit: (event: PoolEvent) => void,
): OrphanedStatements {
  const { name: database } = settings;
  const underWay = new Set<Promise<void>>();
  return {
    stop(connection) {
      const { processId } = connection.facts;
      // No other backend has this secret key, so a request that comes too late hits nobody.
      const stopped = sendCancel(connection, settings, () => true).then(
        () => emit({ type: 'cancel-sent', database, processId, reason: 'lost' }),
        (failure: unknown) => emit({ type: 'cancel-failed', database, processId, error: toError(failure) }),
      );
      underWay.add(stopped);
      stopped.finally(() => underWay.delete(stopped)).catch(() => {});
    },
    async allStopped() {
      await Promise.all(underWay);
    },
  };
}
