/** What a store reports through `onEvent`. Nothing in it is data of a record. */
export type StoreEvent =
  | { readonly type: 'migrated'; readonly statements: number; readonly durationMs: number }
  /** The same id came more than once in one batch; the last one was kept. */
  | { readonly type: 'duplicates-dropped'; readonly collection: string; readonly count: number }
  | { readonly type: 'swept'; readonly collection: string; readonly count: number; readonly durationMs: number }
  | { readonly type: 'partition-created'; readonly collection: string; readonly partition: string }
  | { readonly type: 'partition-dropped'; readonly collection: string; readonly partition: string }
  | { readonly type: 'index-built'; readonly collection: string; readonly index: string; readonly durationMs: number }
  | {
      readonly type: 'backed-up';
      readonly file: string;
      readonly bytes: number;
      /** Old backups that were removed. */
      readonly removed: number;
      readonly durationMs: number;
    }
  | { readonly type: 'backup-failed'; readonly directory: string; readonly error: unknown }
  /** The memory store held more than `maxRecords`; the least recently used record went. */
  | { readonly type: 'evicted'; readonly collection: string; readonly count: number };

/** Takes the events of a store. It must not throw. */
export type StoreEventListener = (event: StoreEvent) => void;
