/** Statements and nodes of the grammar that no mode accepts, by what they would do. The end of the sentence "it ...". */
export const refusedNodes: readonly { readonly reason: string; readonly nodes: string }[] = [
  {
    reason: 'would begin, end or change the transaction, which belongs to the caller',
    nodes: 'TransactionStmt ConstraintsSetStmt',
  },
  { reason: 'would change the session, which is shared by later statements', nodes: 'VariableSetStmt DiscardStmt' },
  {
    reason: 'would leave a prepared statement or a cursor behind, or run one that was not checked',
    nodes: 'PrepareStmt ExecuteStmt DeallocateStmt DeclareCursorStmt FetchStmt ClosePortalStmt CurrentOfExpr',
  },
  {
    reason: 'would send messages to, or receive them from, other sessions',
    nodes: 'ListenStmt NotifyStmt UnlistenStmt',
  },
  { reason: 'would lock tables', nodes: 'LockStmt' },
  { reason: 'would move data between tables and files, programs or the connection', nodes: 'CopyStmt' },
  {
    reason: 'would run code that this check cannot see',
    nodes: 'DoStmt CallStmt LoadStmt InlineCodeBlock CallContext',
  },
  {
    reason: 'would administer the server',
    nodes:
      'CheckPointStmt AlterSystemStmt CreateTableSpaceStmt DropTableSpaceStmt AlterTableSpaceOptionsStmt AlterTableMoveAllStmt',
  },
  {
    reason: 'would create, change or drop roles, or move what they own',
    nodes:
      'CreateRoleStmt AlterRoleStmt AlterRoleSetStmt DropRoleStmt GrantRoleStmt AlterDefaultPrivilegesStmt AlterOwnerStmt ReassignOwnedStmt DropOwnedStmt',
  },
  { reason: 'would change what security modules of the server allow', nodes: 'SecLabelStmt' },
  {
    reason: 'would create, change or drop a database',
    nodes: 'CreatedbStmt DropdbStmt AlterDatabaseStmt AlterDatabaseSetStmt AlterDatabaseRefreshCollStmt',
  },
  {
    reason: 'would open a way to other servers',
    nodes: `CreateFdwStmt AlterFdwStmt CreateForeignServerStmt AlterForeignServerStmt CreateForeignTableStmt CreateUserMappingStmt AlterUserMappingStmt
      DropUserMappingStmt ImportForeignSchemaStmt CreatePublicationStmt AlterPublicationStmt PublicationObjSpec PublicationTable CreateSubscriptionStmt
      AlterSubscriptionStmt DropSubscriptionStmt`,
  },
  {
    reason: 'would change what other statements mean: code, types, operators, access methods',
    nodes: `CreatePLangStmt CreateAmStmt CreateCastStmt CreateConversionStmt CreateEventTrigStmt AlterEventTrigStmt CreateOpClassStmt CreateOpClassItem
      CreateOpFamilyStmt AlterOpFamilyStmt AlterOperatorStmt AlterTypeStmt CreateTransformStmt DefineStmt AlterFunctionStmt AlterObjectDependsStmt
      AlterExtensionStmt AlterExtensionContentsStmt AlterCollationStmt AlterTSConfigurationStmt AlterTSDictionaryStmt`,
  },
  {
    reason: 'is never written by a person: it belongs to the analysed tree, the planner or PL/pgSQL',
    nodes: `ParseResult ScanResult ScanToken SummaryResult Table Function FilterColumn RawStmt Aggref AlternativeSubPlan ArrayCoerceExpr ArrayExpr
      CaseTestExpr CoerceToDomain CoerceToDomainValue CoerceViaIO CollateExpr ConvertRowtypeExpr DistinctExpr FieldSelect FieldStore FromExpr FuncExpr
      InferenceElem IntList OidList JsonConstructorExpr JsonExpr JsonTablePath JsonTablePathScan JsonTableSiblingJoin MergeAction NextValueExpr NullIfExpr
      OnConflictExpr OpExpr PLAssignStmt Param Query RTEPermissionInfo RangeTblEntry RangeTblFunction RangeTblRef RelabelType ReturningExpr RowCompareExpr
      RowMarkClause ScalarArrayOpExpr SetOperationStmt SortGroupClause SubPlan SubscriptingRef TableFunc TableSampleClause TargetEntry Var WindowClause
      WindowFunc WindowFuncRunCondition WithCheckOption`,
  },
];

/** Fields that no mode accepts, by node; a reason is the end of the sentence "it ...". */
export const refusedFields: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  RangeVar: { catalogname: 'names a database, and only the connected one exists' },
  CreateStmt: {
    tablespacename: 'would choose where files are kept',
    accessMethod: 'would choose the code that stores the table',
  },
  IntoClause: {
    tableSpaceName: 'would choose where files are kept',
    accessMethod: 'would choose the code that stores the table',
  },
  Constraint: { indexspace: 'would choose where files are kept' },
  IndexStmt: { tableSpace: 'would choose where files are kept', excludeOpNames: 'belongs to constraints' },
  AlterTableCmd: { newowner: 'would change who owns the table' },
  CreateSchemaStmt: { authrole: 'would give the schema to another role' },
  GrantStmt: { grant_option: 'would let others grant further', grantor: 'would act for another role' },
};

/** Fields that only the analysed tree or the planner fills; the raw parser never prints them with a value that matters. */
export const analysisFields: Readonly<Record<string, string>> = {
  CaseExpr: 'xpr casetype casecollid',
  CoalesceExpr: 'xpr coalescetype coalescecollid',
  MinMaxExpr: 'xpr minmaxtype minmaxcollid inputcollid',
  BoolExpr: 'xpr',
  NullTest: 'xpr argisrow',
  BooleanTest: 'xpr',
  CaseWhen: 'xpr',
  SubLink: 'xpr subLinkId',
  RowExpr: 'xpr row_typeid colnames',
  TypeName: 'typeOid',
  SQLValueFunction: 'xpr type',
  NamedArgExpr: 'xpr',
  XmlExpr: 'xpr arg_names indent type typmod',
  CommonTableExpr: 'cterecursive cterefcount ctecolnames ctecoltypes ctecoltypmods ctecolcollations',
  CTECycleClause: 'cycle_mark_type cycle_mark_typmod cycle_mark_collation cycle_mark_neop',
  ColumnDef: 'is_from_type cooked_default identitySequence collOid',
  GroupingFunc: 'xpr refs agglevelsup',
  JsonValueExpr: 'formatted_expr',
  JsonReturning: 'typid',
  MergeSupportFunc: 'xpr msfcollid',
  SetToDefault: 'xpr typeId typeMod collation',
  IntoClause: 'viewQuery',
  Constraint: 'cooked_expr reset_default_tblspc old_conpfeqop old_pktable_oid',
  TableLikeClause: 'relationOid',
  IndexStmt:
    'idxcomment indexOid oldNumber oldCreateSubid oldFirstRelfilelocatorSubid primary isconstraint iswithoutoverlaps deferrable initdeferred transformed reset_default_tblspc',
  CreateSeqStmt: 'ownerId',
  CreateStatsStmt: 'stxcomment transformed',
  VacuumRelation: 'oid',
};
