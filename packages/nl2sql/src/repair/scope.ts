import type { CatalogTable } from '../ports.ts';

/** A relation of a FROM clause as the rest of its query sees it. */
export interface Relation {
  /** The name that qualifies its columns; absent for a subquery without alias. */
  readonly alias: string | undefined;
  /** Whether the alias is the table's own name, so that quoting or qualifying the table changes it. */
  readonly aliasIsTableName: boolean;
  /** The table behind it, when it is one and the catalog knows it. */
  readonly table: CatalogTable | undefined;
  /** Names of its columns; `undefined` when they cannot be known, and then every name is taken to exist. */
  readonly columns: ReadonlySet<string> | undefined;
  /** Byte offset of the table's name; `undefined` for anything but a table. */
  readonly location: number | undefined;
  /** The name as it was written, when that is not how the table must be written. */
  readonly writtenName?: string | undefined;
}

/** A column of a relation in scope. */
export interface ScopeColumn {
  readonly relation: Relation;
  readonly column: string;
}

/** The relations that one SELECT can name, and the SELECT around it. */
export interface Scope {
  readonly parent: Scope | undefined;
  readonly relations: Relation[];
  /** Columns merged by USING or NATURAL: unqualified they are never ambiguous. */
  readonly merged: Set<string>;
  /** Equations between columns that hold for every row. */
  readonly equations: (readonly [ScopeColumn, ScopeColumn])[];
  /** Relations that an outer join fills up with NULLs: there their columns are not what they are equal to elsewhere. */
  readonly filled: Set<Relation>;
  /** Names that the SELECT list gives its expressions, with the byte offset where each begins. */
  readonly outputs: Map<string, number>;
}

/** A scope in which nothing is visible yet but what is around it. */
export const createScope = (parent: Scope | undefined): Scope => ({
  parent,
  relations: [],
  merged: new Set(),
  equations: [],
  filled: new Set(),
  outputs: new Map(),
});

/** A scope and those around it, innermost first. */
export function* scopesOf(scope: Scope): Generator<Scope> {
  for (let current: Scope | undefined = scope; current !== undefined; current = current.parent) yield current;
}

/** Columns that every table has without naming them (https://www.postgresql.org/docs/current/ddl-system-columns.html). */
export const systemColumns = new Set(['tableoid', 'xmin', 'cmin', 'xmax', 'cmax', 'ctid']);

/** What a column name without qualifier means in one scope alone. */
export function relationsWith(scope: Scope, column: string): readonly Relation[] | 'unknowable' {
  const having = scope.relations.filter(({ columns }) => columns?.has(column) === true);
  if (having.length === 0 && scope.relations.some(({ columns }) => columns === undefined)) return 'unknowable';
  return having;
}
