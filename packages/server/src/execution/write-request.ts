import type { ConnectedDatabase } from '../databases.ts';
import type { EncodedTable } from '../values/index.ts';
import type { ChangedRows } from './changed-rows.ts';
import type { ChangedObject } from './changed-structure.ts';
import type { RowSample } from './row-samples.ts';

/** One statement of a transaction. */
export interface WriteStatement {
  readonly sql: string;
  readonly parameters?: readonly unknown[] | undefined;
}

/** Statements that are run together or not at all. */
export interface WriteRequest {
  readonly database: ConnectedDatabase;
  readonly statements: readonly WriteStatement[];
  /** What may be among them: rows, or structure. */
  readonly what: 'rows' | 'structure';
}

/** What one statement gave. */
export interface StatementResult {
  /** Rows that it returned, or changed when it returns none. */
  readonly rows: number;
  /** Of a statement that returns rows. */
  readonly table?: EncodedTable;
}

/** Everything that a transaction changes, rows by their number: two runs that change other rows in equal numbers are equal. */
export interface Changes {
  readonly rows: readonly Omit<ChangedRows, 'oid'>[];
  readonly objects: readonly ChangedObject[];
}

/** What statements would do, found out by running them and rolling back. */
export interface WritePreview {
  readonly changes: Changes;
  readonly results: readonly StatementResult[];
  readonly samples: readonly RowSample[];
}

/** What statements have done. */
export interface WriteOutcome {
  readonly changes: Changes;
  readonly results: readonly StatementResult[];
}
