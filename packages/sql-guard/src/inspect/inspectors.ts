import { inspectIndirection } from './attribute.ts';
import { inspectCast } from './catalog-readers.ts';
import { inspectJsonArrayQuery, inspectJsonCollector } from './collected-rows.ts';
import { inspectExtension } from './create-extension.ts';
import { inspectCreateFunction } from './create-function.ts';
import { inspectNameIn } from './created-name.ts';
import {
  inspectConflict,
  inspectDelete,
  inspectInsert,
  inspectLocking,
  inspectMerge,
  inspectTruncate,
  inspectUpdate,
} from './data-change.ts';
import { inspectDefinition } from './definition.ts';
import { inspectExplain, inspectShow } from './explain.ts';
import { inspectFunctionCall } from './function-call.ts';
import { inspectSelect } from './growth.ts';
import type { Inspector } from './inspector.ts';
import { inspectJsonFunction, inspectJsonTablePath } from './json-path.ts';
import { inspectAlterDomain } from './listed-tables.ts';
import { inspectSubscript } from './long-numbers.ts';
import { inspectCluster, inspectReindex, inspectVacuum } from './maintenance.ts';
import {
  inspectColumn,
  inspectExpression,
  inspectFunctionScan,
  inspectParameter,
  inspectSortBy,
  inspectSubLink,
  inspectTableSample,
  inspectTypeName,
} from './names.ts';
import { inspectContainer, inspectSubselect } from './nesting.ts';
import { inspectRelation } from './relation.ts';
import { inspectSortedJson } from './sorted-work.ts';
import {
  inspectAlterTable,
  inspectComment,
  inspectConstraint,
  inspectCreateSchema,
  inspectDrop,
  inspectGrant,
  inspectMove,
  inspectRename,
  inspectTrigger,
} from './structure.ts';
import { inspectXml, inspectXmlTable } from './xml.ts';

/** What is asked of a node beyond being on the list, by tag. */
export const inspectors: ReadonlyMap<string, Inspector> = new Map<string, Inspector>([
  ['SelectStmt', inspectSelect],
  ['FuncCall', inspectFunctionCall],
  ['A_Expr', inspectExpression],
  ['SubLink', inspectSubLink],
  ['SortBy', inspectSortBy],
  ['TypeCast', inspectCast],
  ['TypeName', inspectTypeName],
  ['RangeVar', inspectRelation],
  ['RangeSubselect', inspectSubselect],
  ['RangeFunction', inspectFunctionScan],
  ['RangeTableSample', inspectTableSample],
  ['ColumnRef', inspectColumn],
  ['RowExpr', inspectContainer],
  ['A_ArrayExpr', inspectContainer],
  ['JsonObjectConstructor', inspectContainer],
  ['JsonArrayConstructor', inspectContainer],
  ['JsonParseExpr', inspectContainer],
  ['JsonScalarExpr', inspectContainer],
  ['JsonSerializeExpr', inspectContainer],
  ['RangeTableFunc', inspectXmlTable],
  ['JsonTable', inspectSubselect],
  ['XmlExpr', inspectXml],
  ['XmlSerialize', inspectXml],
  ['A_Indirection', inspectIndirection],
  ['A_Indices', inspectSubscript],
  ['ParamRef', inspectParameter],
  ['JsonFuncExpr', inspectJsonFunction],
  ['JsonTablePathSpec', inspectJsonTablePath],
  ['JsonArrayAgg', inspectJsonCollector],
  ['JsonObjectAgg', inspectJsonCollector],
  ['JsonArrayQueryConstructor', inspectJsonArrayQuery],
  ['JsonAggConstructor', inspectSortedJson],
  ['ExplainStmt', inspectExplain],
  ['VariableShowStmt', inspectShow],
  ['InsertStmt', inspectInsert],
  ['UpdateStmt', inspectUpdate],
  ['DeleteStmt', inspectDelete],
  ['MergeStmt', inspectMerge],
  ['OnConflictClause', inspectConflict],
  ['LockingClause', inspectLocking],
  ['DropStmt', inspectDrop],
  ['RenameStmt', inspectRename],
  ['AlterObjectSchemaStmt', inspectMove],
  ['CommentStmt', inspectComment],
  ['AlterTableStmt', inspectAlterTable],
  ['CreateSchemaStmt', inspectCreateSchema],
  ['CreateTrigStmt', inspectTrigger],
  ['GrantStmt', inspectGrant],
  ['VacuumStmt', inspectVacuum],
  ['ClusterStmt', inspectCluster],
  ['ReindexStmt', inspectReindex],
  ['TruncateStmt', inspectTruncate],
  ['DefElem', inspectDefinition],
  ['Constraint', inspectConstraint],
  ['CreateExtensionStmt', inspectExtension],
  ['CreateFunctionStmt', inspectCreateFunction],
  ['CreateEnumStmt', inspectNameIn('typeName')],
  ['AlterEnumStmt', inspectNameIn('typeName')],
  ['CreateRangeStmt', inspectNameIn('typeName')],
  ['CreateDomainStmt', inspectNameIn('domainname')],
  ['AlterDomainStmt', inspectAlterDomain],
  ['CreateStatsStmt', inspectNameIn('defnames')],
  ['AlterStatsStmt', inspectNameIn('defnames')],
]);
