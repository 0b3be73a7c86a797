import { createPools, type Database } from '@pgmcp/pool';
import {
  type Collection,
  type CollectionOptions,
  createMemoryStore,
  createStore,
  type Store,
  type StoreEvent,
  scheduleBackups,
} from '@pgmcp/store';
import { poolSettings, STORE_STATEMENT_TIMEOUT_MS, type StoreConfiguration } from '../config/index.ts';
import type { Logger } from '../observe/index.ts';
import { recordPoolEvent, recordStoreEvent } from '../observe/record-event.ts';
import { createStoreMeasures } from '../observe/store-measures.ts';
import { startMaintenance } from './maintenance.ts';
import { openFolder } from './open-folder.ts';

/** How the records of the server are now. */
export interface StorageHealth {
  readonly kind: Storage['kind'];
  readonly status: 'up' | 'down';
  readonly latencyMs: number;
  /** What is wrong or will be soon, and what to run, in sentences. */
  readonly problems: readonly string[];
}

/** Where the server keeps its own records: never the database that assistants query by the role they query it with. */
export interface Storage {
  /** `memory`: everything is lost at the end of the process, and no other replica sees it. */
  readonly kind: 'memory' | 'directory' | 'postgresql';
  /** Migrations, sweeps, backups; for the commands of an operator. */
  readonly store: Store;
  /**
   * The database of the records, for tables of another shape (counters). Absent in memory and in a folder.
   * Bound to `read-write`.
   */
  readonly connections: Database | undefined;
  /**
   * Declares a collection. Each is declared once per process, while the services are put together, so that `store check` and
   * `store migrate` know all of them; nothing is read or written until it is used.
   *
   * @throws StoreError `INVALID_OPTIONS`.
   */
  collection<T>(name: string, options?: CollectionOptions<T>): Collection<T>;
  /**
   * Calls `listener` when a connection that listens (`connections.listen`) is there again: what was notified meanwhile is lost.
   * @returns ends it
   */
  onListenRestored(listener: () => void): () => void;
  /** Never rejects. */
  health(): Promise<StorageHealth>;
  /** Begins to remove what has expired, to make partitions and to write backups, on timers that keep no process alive. */
  startMaintenance(): void;
  close(): Promise<void>;
}

/** Opens the place of the records. Connects to nothing, but that a folder is taken. */
export function createStorage(configuration: StoreConfiguration, logger: Logger): Storage {
  const restored = new Set<() => void>();
  const onListenRestored = () => {
    for (const listener of restored) listener();
  };
  const measures = createStoreMeasures();
  const onEvent = (event: StoreEvent) => {
    measures.event(event);
    recordStoreEvent(logger, event);
  };
  const { store, connections, close } = open(configuration, logger, onEvent, onListenRestored);
  const { kind } = configuration.place;
  let stop: (() => Promise<void>) | undefined;
  return {
    kind,
    store,
    connections,
    collection: (name, options) => measures.counting(store.collection(name, options)),
    onListenRestored(listener) {
      restored.add(listener);
      return () => void restored.delete(listener);
    },
    async health() {
      const { ok, durationMs, problems } = await store.health();
      return { kind, status: ok ? 'up' : 'down', latencyMs: durationMs, problems };
    },
    startMaintenance() {
      stop ??= startUpkeep(store, configuration, logger);
    },
    async close() {
      await stop?.();
      await close();
    },
  };
}

function startUpkeep(store: Store, configuration: StoreConfiguration, logger: Logger): () => Promise<void> {
  const stopMaintenance = startMaintenance(store, configuration, logger);
  const onEvent = (event: StoreEvent) => recordStoreEvent(logger, event);
  const backups = configuration.backup && scheduleBackups(store, { ...configuration.backup, onEvent });
  return async () => {
    await stopMaintenance();
    await backups?.stop();
  };
}

interface Opened {
  readonly store: Store;
  readonly connections: Database | undefined;
  close(): Promise<void>;
}

function open(
  { place, schema, autoMigrate }: StoreConfiguration,
  logger: Logger,
  onEvent: (event: StoreEvent) => void,
  onListenRestored: () => void,
): Opened {
  switch (place.kind) {
    case 'memory': {
      const store = createMemoryStore({ maxRecords: place.maxRecords, onEvent });
      return { store, connections: undefined, close: async () => undefined };
    }
    case 'directory': {
      const folder = openFolder(place.path);
      return {
        store: createStore({ db: folder.db, schema, autoMigrate, onEvent }),
        connections: undefined,
        close: folder.close,
      };
    }
    case 'postgresql': {
      // Replicas count in the same rows: whoever waits there for long is still next, and has nothing better to do.
      const settings = { ...poolSettings(place.connection, STORE_STATEMENT_TIMEOUT_MS), lockTimeoutMs: 0 };
      const pools = createPools([settings], {
        onEvent: (event) => {
          recordPoolEvent(logger, event);
          if (event.type === 'listen-restored') onListenRestored();
        },
      });
      const connections = pools.database(place.connection.name).with({ access: 'read-write' });
      const store = createStore({ db: connections, schema, autoMigrate, onEvent });
      return { store, connections, close: () => pools.close() };
    }
  }
}
