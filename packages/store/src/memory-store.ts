import { assembleStore, type Declared } from './assemble.ts';
import { refuseUnknownOptions, StoreError } from './errors.ts';
import type { StoreEventListener } from './events.ts';
import { createMemoryTable, type MemorySpace } from './memory-table.ts';
import type { CollectionStats } from './stats.ts';
import type { Store } from './store-api.ts';

/** How a store in memory behaves. */
export interface MemoryStoreOptions {
  /** Most records of all collections together; the least recently used goes. @default 100000 */
  readonly maxRecords?: number;
  /** Milliseconds since 1970. @default Date.now */
  readonly clock?: () => number;
  /** Hears what the store does, such as `evicted`. */
  readonly onEvent?: StoreEventListener;
}

/**
 * A store in the memory of this process: the same interface and the same answers as {@link createStore}, for tests and for programs
 * without a database. Everything is lost at the end of the process, and every process has its own.
 *
 * @throws StoreError `INVALID_OPTIONS`.
 */
export function createMemoryStore(options: MemoryStoreOptions = {}): Store {
  refuseUnknownOptions('createMemoryStore', options, ['maxRecords', 'clock', 'onEvent']);
  const { maxRecords = 100_000, clock = Date.now, onEvent = () => undefined } = options;
  if (!Number.isInteger(maxRecords) || maxRecords < 1)
    throw new StoreError('INVALID_OPTIONS', `maxRecords is ${maxRecords}; it takes whole numbers from 1.`);
  const space: MemorySpace = {
    now: clock,
    maxRecords,
    rows: new Map(),
    onEvict: (collection) => onEvent({ type: 'evicted', collection, count: 1 }),
  };
  const declared: Declared = new Map();

  const statsOf = (collection: string): CollectionStats => {
    const rows = [...space.rows.values()].filter((entry) => entry.collection === collection);
    const expired = rows.filter(({ row }) => row.expiresAt !== undefined && row.expiresAt <= clock());
    return {
      collection,
      estimatedRecords: rows.length,
      expiredRecords: expired.length,
      totalBytes: 0,
      indexBytes: 0,
      partitions: 0,
    };
  };

  return assembleStore(
    {
      now: clock,
      onEvent,
      onFieldUse: () => undefined,
      createTable: (declaration) => createMemoryTable(declaration, space),
      check: async () => ({ ready: true, statements: [], missingIndexes: [] }),
      migrate: async () => ({ statements: 0 }),
      buildIndexes: async () => [],
      indexUsage: async () => [],
      indexAdvice: async () => [],
      maintainPartitions: async () => ({ created: [], dropped: [] }),
      stats: async () => [...declared.keys()].map(statsOf),
      health: async () => ({ ok: true, backend: 'memory', durationMs: 0, problems: [] }),
    },
    declared,
  );
}
