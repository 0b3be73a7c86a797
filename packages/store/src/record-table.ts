import type { Position } from './cursor.ts';
import type { Field } from './fields.ts';
import type { FilterNode } from './filter.ts';
import type { Draft, RecordRow } from './record.ts';

/** What happens to a record whose id is taken; `ScopedCollection.save` says what each does. */
export type OnConflict = 'replace' | 'merge' | 'skip' | 'append';

/** What became of one record of a save. A skipped one has no version of its own to tell. */
export interface Saved {
  readonly id: string;
  readonly outcome: 'inserted' | 'updated' | 'skipped';
  readonly version?: number;
}

/** Which records of one scope. */
export interface Selection {
  readonly scope: string;
  readonly namespace: readonly string[];
  readonly filter: FilterNode | undefined;
}

/** A page of a selection. */
export interface PageRequest extends Selection {
  readonly field: Field;
  readonly descending: boolean;
  readonly after: Position | undefined;
  readonly limit: number;
}

/** A record and where it stands in the order of its page. */
export interface PlacedRow {
  readonly row: RecordRow;
  readonly position: Position;
}

/** What an update or a removal met. */
export type Changed =
  | { readonly outcome: 'done'; readonly row: RecordRow }
  | { readonly outcome: 'missing' }
  | { readonly outcome: 'conflict'; readonly row: RecordRow };

/** A change of one record. */
export interface Change {
  readonly scope: string;
  readonly id: string;
  readonly ifVersion: number | undefined;
}

/** Where the nearest records are looked for. */
export interface NearestRequest extends Selection {
  readonly vector: readonly number[];
  readonly limit: number;
}

/** The records of one collection in one place. The memory and SQL implementations are held to the same contract by the tests. */
export interface RecordTable {
  /** Saves drafts with different ids; answers in the same order. */
  save(scope: string, drafts: readonly Draft[], onConflict: OnConflict): Promise<readonly Saved[]>;
  /** Bytes are read only here. */
  load(scope: string, ids: readonly string[]): Promise<readonly RecordRow[]>;
  /** Replaces a record by what `change` makes of it; a `ttlMs` of `undefined` keeps its end. */
  update(change: Change, next: (row: RecordRow) => Omit<Draft, 'ttlMs'> & { ttlMs?: number | null }): Promise<Changed>;
  remove(change: Change): Promise<Changed>;
  removeMany(scope: string, ids: readonly string[]): Promise<number>;
  page(request: PageRequest): Promise<readonly PlacedRow[]>;
  count(selection: Selection): Promise<number>;
  estimate(selection: Selection): Promise<number>;
  nearest(request: NearestRequest): Promise<readonly { readonly row: RecordRow; readonly distance: number }[]>;
  /** All records of all scopes in the order of scope and id, with bytes and embeddings. */
  scan(
    after: { readonly scope: string; readonly id: string } | undefined,
    limit: number,
  ): Promise<readonly RecordRow[]>;
  /** Writes rows as they are, times and versions too. */
  restore(rows: readonly RecordRow[], onConflict: 'replace' | 'skip'): Promise<number>;
  /** Removes up to `batch` expired records. */
  sweep(batch: number): Promise<number>;
}
