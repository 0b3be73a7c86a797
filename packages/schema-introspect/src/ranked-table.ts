import type { TableFamily } from './families.ts';

/** A table or family with its place in a ranking. */
export interface RankedTable extends TableFamily {
  /** Relevance; comparable within one ranking only. */
  readonly score: number;
  /** Why it stands where it stands: `name: order`, `column: status`, `joined to customers`. */
  readonly reasons: readonly string[];
  /** Stands here because the ones before it cannot be joined without it: at least its keys have to be shown. */
  readonly connects?: true;
}
