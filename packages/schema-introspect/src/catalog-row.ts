import type {
  AttributeRow,
  CastRow,
  DomainCheckRow,
  EnumLabelRow,
  ExtensionMemberRow,
  ExtensionRow,
  FunctionRow,
  OperatorRow,
  SequenceRow,
  TypeRow,
} from './object-row.ts';

/**
 * The answer of the catalog query: a row per set of facts, with one JSON object that holds an array per
 * column.
 *
 * What a `pg_get_…` function prints may be NULL: it looks at the present, while the rows come from the snapshot of the
 * statement, so it finds nothing where an object was dropped in between.
 */
export type Columnar<Row> = { readonly [Name in keyof Row]: readonly Row[Name][] };

/** The server, the role and the database that were read: one row. */
export interface SettingRow {
  database: string;
  role: string;
  version: string;
  versionNum: number;
  searchPath: readonly string[];
  blockSize: number;
}

/** A schema outside the system's own. */
export interface SchemaRow {
  oid: number;
  name: string;
  owner: string;
  usable: boolean;
}

/** A table, view, materialized view or foreign table. */
export interface RelationRow {
  oid: number;
  schema: string;
  name: string;
  kind: string;
  owner: string;
  visible: boolean;
  /** `all`, `some` or `none` of the columns may be selected. */
  selectable: string;
  rowSecurity: boolean;
  forceRowSecurity: boolean;
  persistence: string;
  rows: number;
  pages: number;
  options: readonly string[] | null;
}

/** A partition of any level, with the root of its tree. */
export interface PartitionRow {
  oid: number;
  root: number;
  parent: number;
  parentSchema: string;
  parentName: string;
  schema: string;
  name: string;
  leaf: boolean;
  foreign: boolean;
  bound: string | null;
  selectable: boolean;
  rows: number;
  pages: number;
}

/** How a partitioned table is split. */
export interface PartitionKeyRow {
  relation: number;
  key: string | null;
}

/** A parent by `INHERITS`. */
export interface InheritanceRow {
  relation: number;
  parentSchema: string;
  parentName: string;
}

/** A column; nine tenths of a catalog are these. */
export interface ColumnRow {
  relation: number;
  position: number;
  name: string;
  typeOid: number;
  typeModifier: number;
  notNull: boolean;
  identity: string;
  generated: string;
}

/** What a type with its modifier is called. */
export interface ColumnTypeRow {
  typeOid: number;
  typeModifier: number;
  type: string;
  elementType: string | null;
  userSchema: string | null;
  userName: string | null;
}

/** The expression of a default or of a generated column. */
export interface DefaultRow {
  relation: number;
  position: number;
  expression: string | null;
}

/** A column that the role may not select beside others that it may. */
export interface HiddenColumnRow {
  relation: number;
  position: number;
}

/** A primary, unique or foreign key, a check or an exclusion. */
export interface ConstraintRow {
  relation: number;
  name: string;
  kind: string;
  columns: readonly number[] | null;
  target: number;
  targetColumns: readonly number[] | null;
  onUpdate: string;
  onDelete: string;
  match: string;
  deferrable: boolean;
  deferred: boolean;
  validated: boolean;
  enforced: boolean;
  period: boolean;
  expression: string | null;
}

/** A column of a relation outside the chosen schemas, to which a key points. */
export interface OutsideColumnRow {
  relation: number;
  schema: string;
  table: string;
  position: number;
  name: string;
}

/** An index. */
export interface IndexRow {
  oid: number;
  relation: number;
  name: string;
  method: string;
  unique: boolean;
  primary: boolean;
  valid: boolean;
  nullsNotDistinct: boolean;
  keyCount: number;
  columns: readonly number[];
  options: readonly number[];
  expressions: readonly (string | null)[] | null;
  predicate: string | null;
  /** NULL for plain indexes, whose definition follows from the rest. */
  definition: string | null;
  pages: number;
}

/** A trigger. */
export interface TriggerRow {
  oid: number;
  relation: number;
  name: string;
  definition: string | null;
  enabled: boolean;
  functionSchema: string;
  functionName: string;
}

/** A policy of row level security. */
export interface PolicyRow {
  oid: number;
  relation: number;
  name: string;
  command: string;
  permissive: boolean;
  roles: readonly string[];
  using: string | null;
  check: string | null;
}

/** The query of a view. */
export interface DefinitionRow {
  relation: number;
  definition: string | null;
}

/** The foreign server of a foreign table. */
export interface ServerRow {
  relation: number;
  server: string;
}

/** A comment on an object, or on a column of a relation. */
export interface CommentRow {
  catalog: string;
  object: number;
  column: number;
  comment: string;
}

/** What the planner knows of a column's values. */
export interface StatisticsRow {
  relation: number;
  column: string;
  distinct: number;
  nullFraction: number;
  commonValues: readonly string[] | null;
}

/** Every set of facts that the catalog query reads, by name. */
export interface CatalogRows {
  settings: SettingRow;
  schemas: SchemaRow;
  relations: RelationRow;
  partitions: PartitionRow;
  partitionKeys: PartitionKeyRow;
  inheritance: InheritanceRow;
  columns: ColumnRow;
  columnTypes: ColumnTypeRow;
  hiddenColumns: HiddenColumnRow;
  defaults: DefaultRow;
  constraints: ConstraintRow;
  outsideColumns: OutsideColumnRow;
  indexes: IndexRow;
  triggers: TriggerRow;
  policies: PolicyRow;
  definitions: DefinitionRow;
  servers: ServerRow;
  types: TypeRow;
  enumLabels: EnumLabelRow;
  domainChecks: DomainCheckRow;
  attributes: AttributeRow;
  functions: FunctionRow;
  sequences: SequenceRow;
  operators: OperatorRow;
  casts: CastRow;
  extensions: ExtensionRow;
  extensionMembers: ExtensionMemberRow;
  comments: CommentRow;
  statistics: StatisticsRow;
}

/** Name of a set of facts. */
export type SetName = keyof CatalogRows;

/** The parsed answer of the catalog query. */
export type CatalogAnswer = { readonly [Name in SetName]: Columnar<CatalogRows[Name]> };
