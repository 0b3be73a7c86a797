import type { Filter } from './filter.ts';
import type { NewRecord, RecordLabels, StoredRecord } from './record.ts';
import type { OnConflict, Saved } from './record-table.ts';

/** Which records of the scope. */
export interface SelectOptions {
  readonly where?: Filter;
  /** Only records whose namespace begins with these elements. @default [] */
  readonly namespace?: readonly string[];
}

/** How a page is ordered and where it begins. */
export interface ListOptions extends SelectOptions {
  /** One field; ties by id in the same direction; records that lack the field come last. @default id ascending */
  readonly orderBy?: { readonly field: string; readonly direction?: 'asc' | 'desc' };
  /** 1 to 1,000. @default 50 */
  readonly limit?: number;
  /** `next` of the page before. */
  readonly after?: string;
}

/** A page. `next` is absent on the last one. */
export interface Page<T> {
  readonly items: readonly StoredRecord<T>[];
  readonly next?: string;
}

/** What an update sets besides the data, and which version it may change. What is left out stays as it is. */
export interface UpdateOptions extends RecordLabels {
  /** Change only this version; otherwise the answer is a conflict, with the record as it is. */
  readonly ifVersion?: number;
  /** A new end of life from now, or `null` for never. @default the old end stays */
  readonly ttlMs?: number | null;
  /** Only in a collection with `bytes`. */
  readonly bytes?: Uint8Array;
  /** Only in a collection with `vector`. */
  readonly embedding?: readonly number[];
}

/** What became of an update. */
export type UpdateResult<T> =
  | { readonly outcome: 'updated'; readonly record: StoredRecord<T> }
  | { readonly outcome: 'missing' }
  | { readonly outcome: 'conflict'; readonly current: StoredRecord<T> };

/** What became of a removal. */
export type RemoveResult<T> =
  | { readonly outcome: 'removed' }
  | { readonly outcome: 'missing' }
  | { readonly outcome: 'conflict'; readonly current: StoredRecord<T> };

/** A record and its distance, as pgvector counts it: smaller is nearer. */
export interface Neighbour<T> {
  readonly record: StoredRecord<T>;
  readonly distance: number;
}

/**
 * The records of one collection in one scope. Nothing of another scope is ever read, counted or changed; what has expired is not there.
 *
 * Every method may throw a `StoreError`: for an argument `INVALID_OPTIONS`, `INVALID_RECORD`, `INVALID_FILTER`, `INVALID_CURSOR`;
 * at the first use `MIGRATION_NEEDED`, or with `autoMigrate` what `migrate` throws; for a write by time `PARTITION_MISSING`. What the
 * driver throws passes through.
 */
export interface ScopedCollection<T> {
  /**
   * Saves one record.
   *
   * @param options `onConflict`, default `replace`: a record with the same id is overwritten; `merge` sets the given top-level keys of
   *   `data` and `metadata` and the given labels, and leaves the rest, but its lifetime begins anew (`ttlMs` of the record, else of the
   *   collection, else for ever); `skip` leaves it as it is; `append` too, and is all that a role without the right to UPDATE may do
   *   (one that has expired may count as there until it is swept).
   */
  save(record: NewRecord<T>, options?: { readonly onConflict?: OnConflict }): Promise<Saved>;
  /**
   * Saves many records, in statements of at most 1,000 records and 8 MiB. Each statement is one transaction; what was saved before a
   * failure stays. The last of several records with one id wins.
   *
   * @returns One answer for each different id, in the order of their last appearance.
   */
  saveMany(records: Iterable<NewRecord<T>>, options?: { readonly onConflict?: OnConflict }): Promise<readonly Saved[]>;
  /** The record, with its bytes; `undefined` when it is not there. */
  load(id: string): Promise<StoredRecord<T> | undefined>;
  /** The records that are there, with their bytes, in the order of the ids: at most 1,000 different ones. */
  loadMany(ids: readonly string[]): Promise<readonly StoredRecord<T>[]>;
  /**
   * Changes a record under a row lock. A record that is not there, or is of another version, is an answer and no error.
   *
   * @param patch Top-level keys of `data` to set, or a function of the old data that returns the new.
   */
  update(id: string, patch: Partial<T> | ((data: T) => T), options?: UpdateOptions): Promise<UpdateResult<T>>;
  /** Removes a record; with `ifVersion` only this version of it. */
  remove(id: string, options?: { readonly ifVersion?: number }): Promise<RemoveResult<T>>;
  /** @returns How many were there. */
  removeMany(ids: readonly string[]): Promise<number>;
  /** One page, without bytes. */
  list(options?: ListOptions): Promise<Page<T>>;
  /** @param options `estimate: true` asks the planner instead of counting. */
  count(options?: SelectOptions & { readonly estimate?: boolean }): Promise<number>;
  /** All records, page by page; holds no transaction open, so what is written meanwhile may or may not appear. */
  stream(
    options?: Omit<ListOptions, 'limit' | 'after'> & { readonly signal?: AbortSignal },
  ): AsyncGenerator<StoredRecord<T>>;
  /**
   * The records nearest to a vector, the nearest first, without bytes. `limit` 1 to 1,000, default 10.
   *
   * @throws StoreError `VECTOR_UNAVAILABLE` where PostgreSQL has no pgvector.
   */
  nearest(
    vector: readonly number[],
    options?: SelectOptions & { readonly limit?: number },
  ): Promise<readonly Neighbour<T>[]>;
}

/** A collection of a store. */
export interface Collection<T> {
  readonly name: string;
  /** The records of one tenant, user or other owner: 1 to 512 characters, never left out. */
  within(scope: string): ScopedCollection<T>;
}
