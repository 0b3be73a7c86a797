import type {
  CheckConstraint,
  ExclusionConstraint,
  ForeignKey,
  Index,
  KeyConstraint,
  Policy,
  Trigger,
} from './schema-constraints.ts';
import type {
  BaseType,
  CompositeType,
  DatabaseFunction,
  DomainType,
  EnumType,
  Extension,
  RangeType,
  Sequence,
  UserCast,
  UserOperator,
  UserTypeName,
} from './schema-objects.ts';

/**
 * The structure of one database as one role sees it: a plain value, deeply frozen, that survives
 * `JSON.parse(JSON.stringify(catalog))` unchanged. A fact that does not exist is an absent property; lists are always
 * there. Comments are cut at 4,000 characters. Names are exactly as stored; {@link quoteIdentifier} writes them for SQL.
 */
export interface DatabaseCatalog {
  /** Name of the database that was read. */
  readonly database: string;
  /** `current_user` of the reading connection; every `selectable` and `executable` is about this role. */
  readonly role: string;
  /** `server_version`, for example `18.4`. */
  readonly serverVersion: string;
  /** `server_version_num`, for example `180004`. */
  readonly serverVersionNum: number;
  /** Schemas searched for an unqualified name, in order, as `current_schemas(false)` reports them. */
  readonly searchPath: readonly string[];
  readonly schemas: readonly Schema[];
  /** Tables, views, materialized views and foreign tables; partitions stand under their parent. Ordered by schema, then name. */
  readonly tables: readonly Table[];
  readonly enums: readonly EnumType[];
  readonly domains: readonly DomainType[];
  readonly composites: readonly CompositeType[];
  readonly ranges: readonly RangeType[];
  /** Types with input and output functions of their own. */
  readonly baseTypes: readonly BaseType[];
  readonly functions: readonly DatabaseFunction[];
  readonly sequences: readonly Sequence[];
  /** Operators outside the system schemas. */
  readonly operators: readonly UserOperator[];
  /** Casts that did not come with the server. */
  readonly casts: readonly UserCast[];
  readonly extensions: readonly Extension[];
}

/** A schema (namespace) outside the system's own. */
export interface Schema {
  readonly name: string;
  readonly owner: string;
  /** The role has USAGE; without it nothing inside can be named in a statement. */
  readonly usable: boolean;
  readonly comment?: string;
}

/** Kinds of relation that a statement can select from. */
export type TableKind = 'table' | 'partitioned table' | 'view' | 'materialized view' | 'foreign table';

/** A relation with columns that a statement can select from. */
export interface Table {
  readonly oid: number;
  readonly schema: string;
  readonly name: string;
  readonly kind: TableKind;
  readonly owner: string;
  /** The role may select the table or at least one of its columns. Where only some: see {@link Column.selectable}. */
  readonly selectable: boolean;
  /** An unqualified name finds this relation (`pg_table_is_visible`). */
  readonly inSearchPath: boolean;
  readonly comment?: string;
  /** Rows by the statistics (`reltuples`); of a partitioned table the sum over its partitions. Absent before the first ANALYZE. */
  readonly estimatedRows?: number;
  /** Bytes on disk with indexes and TOAST by the statistics (`relpages`), so that reading never waits for a lock on the table. */
  readonly estimatedBytes?: number;
  readonly columns: readonly Column[];
  readonly primaryKey?: KeyConstraint;
  readonly uniqueConstraints: readonly KeyConstraint[];
  readonly foreignKeys: readonly ForeignKey[];
  readonly checks: readonly CheckConstraint[];
  readonly exclusions: readonly ExclusionConstraint[];
  readonly indexes: readonly Index[];
  readonly triggers: readonly Trigger[];
  readonly rowSecurity: 'off' | 'enabled' | 'forced';
  readonly policies: readonly Policy[];
  /** Parents by plain inheritance (`INHERITS`), never by partitioning. */
  readonly inherits: readonly TableName[];
  readonly partitioning?: Partitioning;
  /** The query of a view or materialized view, as `pg_get_viewdef` prints it with every name outside `pg_catalog` qualified. */
  readonly definition?: string;
  /** Storage parameters and view options as stored, for example `security_invoker=true`. */
  readonly options: readonly string[];
  /** Foreign server of a foreign table. */
  readonly server?: string;
  /** `unlogged` or `temporary`; absent for permanent relations. */
  readonly persistence?: 'unlogged' | 'temporary';
  /** Name of the extension that owns the relation. */
  readonly extension?: string;
}

/** A relation by its two names. */
export interface TableName {
  readonly schema: string;
  readonly name: string;
}

/** A column, in the order of `SELECT *`. */
export interface Column {
  readonly name: string;
  /** `attnum`: stable over dropped columns, so it may have gaps. It is the column number of a RowDescription. */
  readonly position: number;
  /** Full name as `format_type` prints it, modifiers included: `numeric(12,2)`, `retail.order_status[]`. */
  readonly type: string;
  readonly typeOid: number;
  /** Schema and name of a type that did not come with the server; of an array those of its elements. */
  readonly userType?: UserTypeName;
  readonly nullable: boolean;
  /** Default expression; of a generated column see `generated`. */
  readonly default?: string;
  readonly identity?: 'always' | 'by default';
  readonly generated?: { readonly expression: string; readonly stored: boolean };
  readonly comment?: string;
  /** Labels in their order, when the column is an enum, an array of one, or a domain over one. */
  readonly enumLabels?: readonly string[];
  /** Type under the domain, or under the chain of domains. */
  readonly domainBaseType?: string;
  /** Element type of an array. */
  readonly elementType?: string;
  /** `false` when the role may select other columns of the table but not this one; otherwise absent. */
  readonly selectable?: false;
  readonly statistics?: ColumnStatistics;
}

/** What the planner knows of a column's values (`pg_stats`). Read only on request, since it holds data. */
export interface ColumnStatistics {
  /** Estimated number of distinct values; negative: minus their share of the rows, as `n_distinct` has it. */
  readonly distinct: number;
  /** Share of NULLs, 0 to 1. */
  readonly nullFraction: number;
  /** Most common values as text, most frequent first, at most ten. Data: untrusted. */
  readonly commonValues: readonly string[];
}

/** How a partitioned table is split. */
export interface Partitioning {
  /** As `pg_get_partkeydef` prints it: `RANGE (created_at)`. */
  readonly key: string;
  /** What the names of all partitions have in common, `*` for digits that differ: `events_*_*`. Absent when they differ otherwise. */
  readonly namePattern?: string;
  /** All partitions of all levels, ordered by schema and name; sub-partitioned ones included. */
  readonly partitions: readonly Partition[];
}

/** One partition. Its columns are the parent's. */
export interface Partition {
  readonly oid: number;
  readonly schema: string;
  readonly name: string;
  /** The direct parent, when that is itself a partition. */
  readonly parent?: TableName;
  /** `FOR VALUES FROM ('2024-01-01') TO ('2024-02-01')` or `DEFAULT`. */
  readonly bound: string;
  readonly selectable: boolean;
  /** Present when it is a foreign table: its rows are on another server. */
  readonly foreign?: true;
  readonly estimatedRows?: number;
}
