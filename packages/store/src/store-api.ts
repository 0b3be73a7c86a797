import type { BackupOptions, RestoreOptions, RestoreResult } from './backup.ts';
import type { Collection } from './collection-api.ts';
import type { CollectionOptions } from './declaration.ts';
import type { IndexAdvice, IndexUsage } from './index-building.ts';
import type { JsonObject } from './json.ts';
import type { MigrationStatus } from './migrate.ts';
import type { PartitionMaintenance } from './partitions.ts';
import type { CollectionStats, StoreHealth } from './stats.ts';

/** How long a sweep may go on. */
export interface SweepOptions {
  /** Records per statement, 1 to 50,000. @default 5000 */
  readonly batch?: number;
  /** No new statement is begun after this many milliseconds. @default 30000 */
  readonly maxMs?: number;
}

/** Collections of records, in PostgreSQL, PGlite or memory. */
export interface Store {
  /**
   * Declares a collection. Nothing is read or written until it is used, and only one declaration per name is taken.
   *
   * @throws StoreError `INVALID_OPTIONS`.
   */
  collection<T = JsonObject>(name: string, options?: CollectionOptions<T>): Collection<T>;
  /** Says what the schema and the declared collections lack, without changing anything. */
  check(): Promise<MigrationStatus>;
  /**
   * Makes what `check` says is missing, in one transaction; safe with many starters at once. Never drops anything.
   *
   * @returns What was there to do.
   */
  migrate(): Promise<{ readonly statements: number }>;
  /** Builds declared indexes that existing tables lack, without blocking writes (but on partitioned tables). */
  buildIndexes(): Promise<readonly string[]>;
  indexUsage(): Promise<readonly IndexUsage[]>;
  /** What to change about the indexes, from their usage and from the fields this process filtered and ordered by. */
  indexAdvice(): Promise<readonly IndexAdvice[]>;
  /** Removes expired records in batches; reads never see them anyway. Any number of workers may run it at once. */
  sweep(options?: SweepOptions): Promise<number>;
  /** Makes time partitions ahead and drops those past their keep; run it on a timer. */
  maintainPartitions(): Promise<PartitionMaintenance>;
  stats(): Promise<readonly CollectionStats[]>;
  /** Never throws: what is wrong is in `problems`. */
  health(): Promise<StoreHealth>;
  /**
   * Writes all living records as NDJSON, with `Readable.from(store.backup())` into a file or a compressor. Pages are read one after the
   * other: what is written meanwhile may or may not be in it.
   */
  backup(options?: BackupOptions): AsyncGenerator<string>;
  /** Reads NDJSON back: of any back end, or of another program, where each line has at least `collection`, `scope` and `data`. */
  restore(source: AsyncIterable<string | Uint8Array>, options?: RestoreOptions): Promise<RestoreResult>;
}
