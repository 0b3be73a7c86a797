/** A database's structure as the guard needs it: plain data, from any introspection. Names are spelt as the catalog stores them. */
export interface CatalogSnapshot {
  /** Changes whenever anything below changes; verdicts are cached under it. */
  readonly fingerprint: string;
  /** Schemas that an unqualified name is looked up in, in order, without `pg_catalog`, which comes first. */
  readonly searchPath: readonly string[];
  /**
   * True when definitions and checks were printed with `search_path` set to `pg_catalog`: a name without a schema in them is then
   * PostgreSQL's own. Without it they are read by `searchPath`, and refused where a user's object may be meant.
   */
  readonly definitionsQualified?: boolean;
  readonly relations: readonly CatalogRelation[];
  /** Functions outside `pg_catalog` and `information_schema`. */
  readonly functions: readonly CatalogFunction[];
  /** Operators outside `pg_catalog`. */
  readonly operators: readonly CatalogOperator[];
  /** Casts made after the database was created. */
  readonly casts: readonly CatalogCast[];
  /** Types outside `pg_catalog`, row types of tables left out. */
  readonly types: readonly CatalogType[];
}

/** A relation outside the system schemas. */
export interface CatalogRelation {
  readonly schema: string;
  readonly name: string;
  readonly kind: 'table' | 'partitioned-table' | 'view' | 'materialized-view' | 'foreign-table' | 'sequence';
  /** Live columns in order. */
  readonly columns: readonly CatalogColumn[];
  /** True when the columns are right and their order may not be, as for a partition described by its parent: `*` shows none of them then. */
  readonly columnOrderUnknown?: true;
  /** `pg_get_viewdef(oid)` of views and materialized views. Names that it leaves unqualified are resolved by `searchPath`. */
  readonly definition?: string;
  /** Parents by partition or inheritance. */
  readonly parents: readonly { readonly schema: string; readonly name: string }[];
}

/** A column of a relation. */
export interface CatalogColumn {
  readonly name: string;
  readonly typeSchema: string;
  readonly typeName: string;
  /** `pg_get_expr` of a generated column: it holds what it is computed from, and is protected as that is. */
  readonly generated?: string;
}

/** A function, aggregate, window function or procedure. */
export interface CatalogFunction {
  readonly schema: string;
  readonly name: string;
  readonly argumentTypes: readonly string[];
  readonly kind: 'function' | 'procedure' | 'aggregate' | 'window';
  readonly volatility: 'immutable' | 'stable' | 'volatile';
  readonly securityDefiner: boolean;
  /** True when the function carries SET clauses (`proconfig`). */
  readonly changesSettings: boolean;
  /** Extension that owns it. */
  readonly extension?: string;
}

/** An operator outside `pg_catalog`. */
export interface CatalogOperator {
  readonly schema: string;
  readonly name: string;
  readonly functionSchema: string;
  readonly functionName: string;
  /** Extension that owns it. */
  readonly extension?: string;
}

/** A cast that is not PostgreSQL's own. */
export interface CatalogCast {
  readonly sourceSchema: string;
  readonly sourceName: string;
  readonly targetSchema: string;
  readonly targetName: string;
  /** Absent for binary-coercible and input/output casts. */
  readonly functionSchema?: string;
  readonly functionName?: string;
}

/** A type outside `pg_catalog`. */
export interface CatalogType {
  readonly schema: string;
  readonly name: string;
  readonly kind: 'enum' | 'domain' | 'composite' | 'range' | 'multirange' | 'base';
  /** Base type of a domain, or subtype of a range. */
  readonly baseSchema?: string;
  readonly baseName?: string;
  /** `pg_get_expr(conbin)` of each CHECK of a domain. */
  readonly checks?: readonly string[];
  /** Types of a composite's attributes. */
  readonly attributes?: readonly { readonly name: string; readonly typeSchema: string; readonly typeName: string }[];
  readonly extension?: string;
}
