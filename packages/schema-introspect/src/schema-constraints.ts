/** A primary key or unique constraint. */
export interface KeyConstraint {
  readonly name: string;
  /** In the order of the constraint. */
  readonly columns: readonly string[];
  /** `NULLS NOT DISTINCT` (PostgreSQL 15). */
  readonly nullsNotDistinct?: true;
  /** The last column is a range `WITHOUT OVERLAPS` (PostgreSQL 18). */
  readonly withoutOverlaps?: true;
  readonly deferrable?: 'initially immediate' | 'initially deferred';
}

/** What happens to the referencing rows. */
export type ReferentialAction = 'no action' | 'restrict' | 'cascade' | 'set null' | 'set default';

/** A foreign key: `columns[i]` references `references.columns[i]`. */
export interface ForeignKey {
  readonly name: string;
  readonly columns: readonly string[];
  readonly references: { readonly schema: string; readonly table: string; readonly columns: readonly string[] };
  readonly onUpdate: ReferentialAction;
  readonly onDelete: ReferentialAction;
  /** `MATCH FULL`; absent for the usual `MATCH SIMPLE`. */
  readonly matchFull?: true;
  readonly deferrable?: 'initially immediate' | 'initially deferred';
  /** `NOT VALID`: existing rows were never checked. */
  readonly notValidated?: true;
  /** `NOT ENFORCED` (PostgreSQL 18): nothing is checked. */
  readonly notEnforced?: true;
  /** `PERIOD` (PostgreSQL 18): the last column is a range. */
  readonly period?: true;
}

/** A check constraint of a table or a domain. */
export interface CheckConstraint {
  readonly name: string;
  /** The expression as `pg_get_expr` prints it. */
  readonly expression: string;
  readonly notValidated?: true;
  readonly notEnforced?: true;
}

/** An exclusion constraint. */
export interface ExclusionConstraint {
  readonly name: string;
  /** As `pg_get_constraintdef` prints it. */
  readonly definition: string;
  /** Plain columns among the excluded expressions. */
  readonly columns: readonly string[];
}

/** One key of an index: a column or an expression. */
export interface IndexKey {
  readonly column?: string;
  readonly expression?: string;
  readonly descending?: true;
  /** Present where it differs from the default of the direction. */
  readonly nulls?: 'first' | 'last';
}

/** An index, those behind constraints included. */
export interface Index {
  readonly name: string;
  /** Access method: `btree`, `gin`, `gist`, `hnsw` … */
  readonly method: string;
  readonly keys: readonly IndexKey[];
  /** Columns that are only carried along (`INCLUDE`). */
  readonly include: readonly string[];
  /** Predicate of a partial index. */
  readonly predicate?: string;
  readonly unique: boolean;
  /** Belongs to the primary key. */
  readonly primary: boolean;
  /** `false`: left by a failed `CREATE INDEX CONCURRENTLY`, or still building; no query uses it. */
  readonly valid: boolean;
  /** As `pg_get_indexdef` prints it. */
  readonly definition: string;
  readonly comment?: string;
}

/** A trigger that a user created. */
export interface Trigger {
  readonly name: string;
  /** As `pg_get_triggerdef` prints it. */
  readonly definition: string;
  readonly enabled: boolean;
  /** Schema and name of the function it calls. */
  readonly function: { readonly schema: string; readonly name: string };
  readonly comment?: string;
}

/** A row-level security policy. */
export interface Policy {
  readonly name: string;
  readonly command: 'all' | 'select' | 'insert' | 'update' | 'delete';
  readonly permissive: boolean;
  /** Role names; `public` stands for every role. */
  readonly roles: readonly string[];
  /** Rows that are visible. */
  readonly using?: string;
  /** Rows that may be written. */
  readonly check?: string;
  readonly comment?: string;
}
