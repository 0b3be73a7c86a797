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
  /**
   * Says what the schema and the declared collections lack, without changing anything.
   *
   * @throws StoreError `SCHEMA_TOO_NEW`, `MIGRATION_CHANGED`, `DECLARATION_CHANGED`.
   */
  check(): Promise<MigrationStatus>;
  /**
   * Makes what `check` says is missing, in one transaction; safe with many starters at once. Never drops anything.
   *
   * @returns How many statements it took; 0 when nothing was missing.
   * @throws StoreError as `check` does.
   */
  migrate(): Promise<{ readonly statements: number }>;
  /** Builds declared indexes that existing tables lack, without blocking writes (but on partitioned tables). @returns their names */
  buildIndexes(): Promise<readonly string[]>;
  /** How the indexes of the declared collections are used. */
  indexUsage(): Promise<readonly IndexUsage[]>;
  /** What to change about the indexes, from their usage and from the fields this process filtered and ordered by. */
  indexAdvice(): Promise<readonly IndexAdvice[]>;
  /**
   * Removes expired records in batches until none is left or `maxMs` is over; reads never see them anyway. Any number of workers may run
   * it at once.
   *
   * @returns How many it removed.
   */
  sweep(options?: SweepOptions): Promise<number>;
  /** Makes time partitions ahead and drops those past their keep; run it on a timer. */
  maintainPartitions(): Promise<PartitionMaintenance>;
  /** The size of every declared collection. */
  stats(): Promise<readonly CollectionStats[]>;
  /** Never throws: what is wrong is in `problems`. */
  health(): Promise<StoreHealth>;
  /**
   * Writes all living records as NDJSON, with `Readable.from(store.backup())` into a file or a compressor. Pages are read one after the
   * other: what is written meanwhile may or may not be in it.
   *
   * @throws StoreError `INVALID_OPTIONS` for a collection that is not declared.
   */
  backup(options?: BackupOptions): AsyncGenerator<string>;
  /**
   * Reads NDJSON back: of any back end, or of another program, where each line has at least `collection`, `scope` and `data`. Written in
   * batches of 500 records a collection; what was written before a wrong line stays.
   *
   * @throws StoreError `INVALID_BACKUP` with the number of the line.
   */
  restore(source: AsyncIterable<string | Uint8Array>, options?: RestoreOptions): Promise<RestoreResult>;
}
