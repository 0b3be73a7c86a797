import type { JsonObject } from './json.ts';

/** What is stored with a record beside its data. */
export interface RecordLabels {
  /** A word of the caller for the kind of record: 1 to 512 characters, like the two ids below. */
  readonly type?: string;
  readonly sessionId?: string;
  readonly threadId?: string;
  /** Where the record lies: `['users', '42']`, at most 16 elements. Listing takes a prefix of whole elements. @default [] */
  readonly namespace?: readonly string[];
  /** A JSON object of the caller. @default {} */
  readonly metadata?: JsonObject;
}

/** A record as it was read. */
export interface StoredRecord<T> extends RecordLabels {
  /** Unique within its scope. */
  readonly id: string;
  readonly data: T;
  readonly namespace: readonly string[];
  readonly metadata: JsonObject;
  /** 1 at first; rises by one with each write. */
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly expiresAt?: Date;
  /** Only from `load` and `loadMany`. */
  readonly bytes?: Uint8Array;
}

/** A record to save. */
export interface NewRecord<T> extends RecordLabels {
  /** An object of JSON: what JSON would change silently (`undefined`, NaN, `Date`) is refused. */
  readonly data: T;
  /** 1 to 512 characters; where the collection is cut by time a UUID of version 7. @default such a UUID, whose order is that of creation */
  readonly id?: string;
  /** Milliseconds until the record expires; `null` is never. @default `ttlMs` of the collection */
  readonly ttlMs?: number | null;
  /** At most 64 MiB; only in a collection with `bytes`. */
  readonly bytes?: Uint8Array;
  /** The position in space, in a collection with `vector`. */
  readonly embedding?: readonly number[];
}

/** A record inside the library: checked, times in milliseconds since 1970. */
export interface RecordRow {
  readonly scope: string;
  readonly id: string;
  readonly namespace: readonly string[];
  readonly type?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly threadId?: string | undefined;
  readonly metadata: JsonObject;
  readonly data: JsonObject;
  readonly bytes?: Uint8Array | undefined;
  readonly embedding?: readonly number[] | undefined;
  readonly version: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly expiresAt?: number | undefined;
}

/** A checked record on its way in: what it keeps absent stays absent or as it was. */
export interface Draft {
  readonly id: string;
  readonly namespace?: readonly string[] | undefined;
  readonly type?: string | undefined;
  readonly sessionId?: string | undefined;
  readonly threadId?: string | undefined;
  /** JSON text of an object. */
  readonly metadata?: string | undefined;
  /** JSON text of an object: written once, and parsed only where it stays in memory. */
  readonly data: string;
  readonly bytes?: Uint8Array | undefined;
  readonly embedding?: readonly number[] | undefined;
  /** `null`: never expires. */
  readonly ttlMs: number | null;
  /** Set where the time is part of the key. */
  readonly createdAt?: number | undefined;
}
