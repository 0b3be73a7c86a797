/** Commands whose tag in the grammar does not read like the command. */
const irregular: Readonly<Record<string, string>> = {
  CreateStmt: 'CREATE TABLE',
  IndexStmt: 'CREATE INDEX',
  ViewStmt: 'CREATE VIEW',
  RuleStmt: 'CREATE RULE',
  CreateTrigStmt: 'CREATE TRIGGER',
  CreateSeqStmt: 'CREATE SEQUENCE',
  AlterSeqStmt: 'ALTER SEQUENCE',
  CompositeTypeStmt: 'CREATE TYPE',
  CreateEnumStmt: 'CREATE TYPE',
  CreateRangeStmt: 'CREATE TYPE',
  AlterEnumStmt: 'ALTER TYPE',
  CreateStatsStmt: 'CREATE STATISTICS',
  AlterStatsStmt: 'ALTER STATISTICS',
  CreatedbStmt: 'CREATE DATABASE',
  DropdbStmt: 'DROP DATABASE',
  AlterDatabaseSetStmt: 'ALTER DATABASE',
  AlterDatabaseRefreshCollStmt: 'ALTER DATABASE',
  RefreshMatViewStmt: 'REFRESH MATERIALIZED VIEW',
  TransactionStmt: 'Transaction control',
  ConstraintsSetStmt: 'SET CONSTRAINTS',
  VariableSetStmt: 'SET',
  VariableShowStmt: 'SHOW',
  ClosePortalStmt: 'CLOSE',
  DeclareCursorStmt: 'DECLARE',
  DefineStmt: 'CREATE of an aggregate, operator, type or collation',
  CheckPointStmt: 'CHECKPOINT',
  RenameStmt: 'ALTER … RENAME',
  AlterObjectSchemaStmt: 'ALTER … SET SCHEMA',
  AlterOwnerStmt: 'ALTER … OWNER TO',
  AlterObjectDependsStmt: 'ALTER … DEPENDS ON',
  AlterTableMoveAllStmt: 'ALTER TABLE ALL IN TABLESPACE',
  AlterTableSpaceOptionsStmt: 'ALTER TABLESPACE',
  CreateTableSpaceStmt: 'CREATE TABLESPACE',
  DropTableSpaceStmt: 'DROP TABLESPACE',
  AlterExtensionContentsStmt: 'ALTER EXTENSION',
  CreatePLangStmt: 'CREATE LANGUAGE',
  CreateFdwStmt: 'CREATE FOREIGN DATA WRAPPER',
  AlterFdwStmt: 'ALTER FOREIGN DATA WRAPPER',
  CreateAmStmt: 'CREATE ACCESS METHOD',
  CreateOpClassStmt: 'CREATE OPERATOR CLASS',
  CreateOpFamilyStmt: 'CREATE OPERATOR FAMILY',
  AlterOpFamilyStmt: 'ALTER OPERATOR FAMILY',
  CreateEventTrigStmt: 'CREATE EVENT TRIGGER',
  AlterEventTrigStmt: 'ALTER EVENT TRIGGER',
  GrantRoleStmt: 'GRANT',
  AlterRoleSetStmt: 'ALTER ROLE',
  SecLabelStmt: 'SECURITY LABEL',
  CurrentOfExpr: 'WHERE CURRENT OF',
  AlterTSConfigurationStmt: 'ALTER TEXT SEARCH CONFIGURATION',
  AlterTSDictionaryStmt: 'ALTER TEXT SEARCH DICTIONARY',
};

/** The SQL command of a statement's tag: `DeleteStmt` is DELETE, `AlterRoleStmt` is ALTER ROLE. Other nodes keep their tag. */
export function commandName(tag: string): string {
  const known = Object.hasOwn(irregular, tag) ? irregular[tag] : undefined;
  if (known !== undefined) return known;
  if (!tag.endsWith('Stmt')) return tag;
  return tag
    .slice(0, -'Stmt'.length)
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toUpperCase();
}
