/**
 * The answer of the catalog query: a row per set of facts, with one JSON object that holds an array per
 * column.
 *
 * What a `pg_get_…` function prints may be NULL: it looks at the present, while the rows come from the snapshot of the
 * statement, so it finds nothing where an object was dropped in between.
 */
export type Columnar<Row> = { readonly [Name in keyof Row]: readonly Row[Name][] };

export interface SettingRow {
  database: string;
  role: string;
  version: string;
  versionNum: number;
  searchPath: readonly string[];
  blockSize: number;
}

export interface SchemaRow {
  oid: number;
  name: string;
  owner: string;
  usable: boolean;
}

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

export interface PartitionRow {
  oid: number;
  root: number;
  parent: number;
  parentSchema: string;
  parentName: string;
  schema: string;
  name: string;
  leaf: boolean;
  bound: string | null;
  selectable: boolean;
  rows: number;
  pages: number;
}

export interface PartitionKeyRow {
  relation: number;
  key: string | null;
}

export interface InheritanceRow {
  relation: number;
  parentSchema: string;
  parentName: string;
}

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

export interface ColumnTypeRow {
  typeOid: number;
  typeModifier: number;
  type: string;
  elementType: string | null;
  userSchema: string | null;
  userName: string | null;
}

export interface DefaultRow {
  relation: number;
  position: number;
  expression: string | null;
}

export interface HiddenColumnRow {
  relation: number;
  position: number;
}

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

export interface OutsideColumnRow {
  relation: number;
  schema: string;
  table: string;
  position: number;
  name: string;
}

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

export interface TriggerRow {
  oid: number;
  relation: number;
  name: string;
  definition: string | null;
  enabled: boolean;
  functionSchema: string;
  functionName: string;
}

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

export interface DefinitionRow {
  relation: number;
  definition: string | null;
}

export interface ServerRow {
  relation: number;
  server: string;
}

export interface TypeRow {
  oid: number;
  schema: string;
  name: string;
  kind: string;
  arrayOid: number;
  baseOid: number;
  underlyingType: string | null;
  userSchema: string | null;
  userName: string | null;
  multirange: string | null;
  notNull: boolean;
  default: string | null;
}

export interface EnumLabelRow {
  type: number;
  labels: readonly string[];
}

export interface DomainCheckRow {
  type: number;
  name: string;
  expression: string | null;
  validated: boolean;
}

export interface AttributeRow {
  type: number;
  name: string;
  attributeType: string;
  userSchema: string | null;
  userName: string | null;
}

export interface FunctionRow {
  oid: number;
  schema: string;
  name: string;
  kind: string;
  arguments: string | null;
  argumentTypes: readonly string[];
  result: string | null;
  language: string;
  volatility: string;
  strict: boolean;
  securityDefiner: boolean;
  settings: readonly string[] | null;
  owner: string;
  executable: boolean;
}

export interface SequenceRow {
  oid: number;
  schema: string;
  name: string;
  type: string;
  start: string;
  increment: string;
  minimum: string;
  maximum: string;
  cycle: boolean;
  ownerSchema: string | null;
  ownerTable: string | null;
  ownerColumn: string | null;
}

export interface OperatorRow {
  oid: number;
  schema: string;
  name: string;
  left: string | null;
  right: string;
  result: string;
  functionSchema: string;
  functionName: string;
}

export interface CastRow {
  oid: number;
  source: string;
  sourceUserSchema: string | null;
  sourceUserName: string | null;
  target: string;
  targetUserSchema: string | null;
  targetUserName: string | null;
  context: string;
  method: string;
  functionSchema: string | null;
  functionName: string | null;
}

export interface ExtensionRow {
  oid: number;
  name: string;
  version: string;
  schema: string;
}

export interface ExtensionMemberRow {
  catalog: string;
  object: number;
  extension: string;
}

export interface CommentRow {
  catalog: string;
  object: number;
  column: number;
  comment: string;
}

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
