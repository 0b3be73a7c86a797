export type { BackupOptions, RestoreOptions, RestoreResult } from './backup.ts';
export { type BackupSchedule, type BackupScheduleOptions, scheduleBackups } from './backup-schedule.ts';
export type {
  Collection,
  ListOptions,
  Neighbour,
  Page,
  RemoveResult,
  ScopedCollection,
  SelectOptions,
  UpdateOptions,
  UpdateResult,
} from './collection-api.ts';
export type { CollectionOptions, Partitioning, VectorDeclaration, VectorMetric } from './declaration.ts';
export { type DirectoryLock, lockDirectory } from './directory-lock.ts';
export { StoreError, type StoreErrorCode } from './errors.ts';
export type { StoreEvent, StoreEventListener } from './events.ts';
export type { FieldDeclaration, FieldType } from './fields.ts';
export type { Condition, Filter, Operand } from './filter.ts';
export { type ClientPool, fromPool, type LentClient } from './from-pool.ts';
export type { IndexAdvice, IndexUsage } from './index-building.ts';
export type { IndexDeclaration, IndexMethod } from './index-declaration.ts';
export type { Json, JsonObject } from './json.ts';
export { escapeLike } from './like.ts';
export { createMemoryStore, type MemoryStoreOptions } from './memory-store.ts';
export type { MigrationStatus } from './migrate.ts';
export type { PartitionMaintenance } from './partitions.ts';
export type { Queryable, Transactional } from './ports.ts';
export type { NewRecord, RecordLabels, StoredRecord } from './record.ts';
export type { OnConflict, Saved } from './record-table.ts';
export type { CollectionStats, StoreHealth } from './stats.ts';
export { createStore, type StoreOptions } from './store.ts';
export type { Store, SweepOptions } from './store-api.ts';
