import type { GuardMode, StatementOption } from './policy.ts';
import type { StatementKind } from './verdict.ts';

/** Whether a mode has a statement: always, only when the policy names the option, or (absent) not at all. */
type Acceptance = true | StatementOption;

/** One row of the table of statements. */
export interface StatementRule {
  readonly kind: StatementKind;
  readonly modes: Readonly<Partial<Record<GuardMode, Acceptance>>>;
  /** Changes nothing by itself. */
  readonly readOnly?: true;
  /** Rows or structure can be lost. */
  readonly destructive?: true;
}

const everyMode = { 'read-only': true, standard: true, admin: true } as const;
const changesRows = { standard: true, admin: true } as const;
const changesStructure = { admin: true } as const;

/** Every statement that some mode accepts, by its tag in the grammar. All others are refused in every mode. */
export const statementRules: Readonly<Record<string, StatementRule>> = {
  SelectStmt: { kind: 'select', modes: everyMode, readOnly: true },
  VariableShowStmt: { kind: 'show', modes: everyMode, readOnly: true },
  ExplainStmt: { kind: 'explain', modes: everyMode, readOnly: true },
  InsertStmt: { kind: 'insert', modes: changesRows },
  UpdateStmt: { kind: 'update', modes: changesRows, destructive: true },
  DeleteStmt: { kind: 'delete', modes: changesRows, destructive: true },
  MergeStmt: { kind: 'merge', modes: changesRows, destructive: true },
  TruncateStmt: { kind: 'truncate', modes: { standard: 'truncate', admin: true }, destructive: true },
  RefreshMatViewStmt: { kind: 'refresh', modes: { standard: 'refresh-materialized-view', admin: true } },
  CreateStmt: { kind: 'create', modes: changesStructure },
  CreateTableAsStmt: { kind: 'create', modes: changesStructure },
  ViewStmt: { kind: 'create', modes: changesStructure },
  IndexStmt: { kind: 'create', modes: changesStructure },
  CreateSeqStmt: { kind: 'create', modes: changesStructure },
  CreateEnumStmt: { kind: 'create', modes: changesStructure },
  CompositeTypeStmt: { kind: 'create', modes: changesStructure },
  CreateRangeStmt: { kind: 'create', modes: changesStructure },
  CreateDomainStmt: { kind: 'create', modes: changesStructure },
  CreateSchemaStmt: { kind: 'create', modes: changesStructure },
  CreateStatsStmt: { kind: 'create', modes: changesStructure },
  AlterTableStmt: { kind: 'alter', modes: changesStructure, destructive: true },
  AlterSeqStmt: { kind: 'alter', modes: changesStructure, destructive: true },
  AlterEnumStmt: { kind: 'alter', modes: changesStructure, destructive: true },
  AlterDomainStmt: { kind: 'alter', modes: changesStructure, destructive: true },
  AlterStatsStmt: { kind: 'alter', modes: changesStructure, destructive: true },
  RenameStmt: { kind: 'alter', modes: changesStructure, destructive: true },
  AlterObjectSchemaStmt: { kind: 'alter', modes: changesStructure, destructive: true },
  CommentStmt: { kind: 'comment', modes: changesStructure },
  DropStmt: { kind: 'drop', modes: changesStructure, destructive: true },
  VacuumStmt: { kind: 'maintenance', modes: changesStructure },
  ReindexStmt: { kind: 'maintenance', modes: changesStructure },
  ClusterStmt: { kind: 'maintenance', modes: changesStructure },
  CreateFunctionStmt: { kind: 'create', modes: { admin: 'create-function' }, destructive: true },
  CreateTrigStmt: { kind: 'create', modes: { admin: 'create-trigger' } },
  RuleStmt: { kind: 'create', modes: { admin: 'create-rule' } },
  CreatePolicyStmt: { kind: 'create', modes: { admin: 'create-policy' } },
  AlterPolicyStmt: { kind: 'alter', modes: { admin: 'create-policy' }, destructive: true },
  GrantStmt: { kind: 'grant', modes: { admin: 'grant' }, destructive: true },
  CreateExtensionStmt: { kind: 'create', modes: { admin: 'create-extension' } },
};

/** Kinds of objects that admin may DROP, RENAME, COMMENT ON or move, by the grammar's ObjectType. */
export const structureObjects: ReadonlySet<string> = new Set([
  'OBJECT_TABLE',
  'OBJECT_INDEX',
  'OBJECT_VIEW',
  'OBJECT_MATVIEW',
  'OBJECT_SEQUENCE',
  'OBJECT_TYPE',
  'OBJECT_DOMAIN',
  'OBJECT_SCHEMA',
  'OBJECT_COLUMN',
  'OBJECT_ATTRIBUTE',
  'OBJECT_TABCONSTRAINT',
  'OBJECT_DOMCONSTRAINT',
  'OBJECT_STATISTIC_EXT',
]);

/** Objects that need the same option for DROP, RENAME and COMMENT as for CREATE. */
export const optionalObjects: Readonly<Record<string, StatementOption>> = {
  OBJECT_FUNCTION: 'create-function',
  OBJECT_PROCEDURE: 'create-function',
  OBJECT_ROUTINE: 'create-function',
  OBJECT_AGGREGATE: 'create-function',
  OBJECT_TRIGGER: 'create-trigger',
  OBJECT_RULE: 'create-rule',
  OBJECT_POLICY: 'create-policy',
  OBJECT_EXTENSION: 'create-extension',
};

const columnsAndConstraints = `AT_AddColumn AT_AddColumnToView AT_ColumnDefault AT_DropNotNull AT_SetNotNull AT_SetExpression AT_DropExpression
  AT_SetStatistics AT_SetOptions AT_ResetOptions AT_SetStorage AT_SetCompression AT_DropColumn AT_AddIndex AT_AddConstraint
  AT_AlterConstraint AT_ValidateConstraint AT_AddIndexConstraint AT_DropConstraint AT_AlterColumnType AT_ClusterOn AT_DropCluster
  AT_SetLogged AT_SetUnLogged AT_DropOids AT_SetRelOptions AT_ResetRelOptions AT_AddInherit AT_DropInherit AT_AddOf AT_DropOf
  AT_ReplicaIdentity AT_AttachPartition AT_DetachPartition AT_DetachPartitionFinalize AT_AddIdentity AT_SetIdentity AT_DropIdentity`;

/** Which forms of ALTER TABLE admin has; `true` without an option. Others are in {@link refusedAlterTableForms}. */
export const alterTableForms: Readonly<Record<string, Acceptance>> = {
  ...Object.fromEntries(columnsAndConstraints.split(/\s+/).map((form) => [form, true as const])),
  AT_EnableTrig: 'create-trigger',
  AT_EnableTrigUser: 'create-trigger',
  AT_DisableTrig: 'create-trigger',
  AT_DisableTrigUser: 'create-trigger',
  AT_EnableRowSecurity: 'create-policy',
  AT_DisableRowSecurity: 'create-policy',
  AT_ForceRowSecurity: 'create-policy',
  AT_NoForceRowSecurity: 'create-policy',
  AT_EnableRule: 'create-rule',
  AT_DisableRule: 'create-rule',
};

/** Forms of ALTER TABLE that no mode has, by what they would do. */
export const refusedAlterTableForms: Readonly<Record<string, string>> = {
  AT_ChangeOwner: 'OWNER TO would give what it names to another role',
  AT_SetTableSpace: 'SET TABLESPACE would choose where files are kept',
  AT_SetAccessMethod: 'SET ACCESS METHOD would choose the code that stores the table',
  AT_EnableTrigAll: 'ENABLE TRIGGER ALL would change the triggers behind foreign keys',
  AT_DisableTrigAll: 'DISABLE TRIGGER ALL would switch foreign keys off',
  AT_EnableAlwaysTrig: 'ENABLE ALWAYS TRIGGER would run code while changes are replicated',
  AT_EnableReplicaTrig: 'ENABLE REPLICA TRIGGER would run code while changes are replicated',
  AT_EnableAlwaysRule: 'ENABLE ALWAYS RULE would rewrite changes that are replicated',
  AT_EnableReplicaRule: 'ENABLE REPLICA RULE would rewrite changes that are replicated',
  AT_GenericOptions: 'OPTIONS would change the way to another server',
  AT_AlterColumnGenericOptions: 'OPTIONS would change the way to another server',
};

/** What the forms of ALTER TABLE behind an option switch. */
export const switchedByOption: Readonly<Partial<Record<StatementOption, string>>> = {
  'create-trigger': 'a trigger',
  'create-policy': 'row-level security',
  'create-rule': 'a rule',
};
