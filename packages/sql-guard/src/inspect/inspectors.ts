import { inspectIndirection } from './attribute.ts';
import { inspectDelete, inspectMerge, inspectUpdate } from './data-change.ts';
import { inspectExplain, inspectShow } from './explain.ts';
import { inspectFunctionCall } from './function-call.ts';
import { inspectSelect } from './growth.ts';
import type { Inspector } from './inspector.ts';
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
import { inspectRelation } from './relation.ts';
import {
  inspectAlterTable,
  inspectComment,
  inspectCreateSchema,
  inspectDefinition,
  inspectDrop,
  inspectGrant,
  inspectMove,
  inspectReindex,
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
  ['TypeName', inspectTypeName],
  ['RangeVar', inspectRelation],
  ['RangeFunction', inspectFunctionScan],
  ['RangeTableSample', inspectTableSample],
  ['ColumnRef', inspectColumn],
  ['RangeTableFunc', inspectXmlTable],
  ['XmlExpr', inspectXml],
  ['XmlSerialize', inspectXml],
  ['A_Indirection', inspectIndirection],
  ['ParamRef', inspectParameter],
  ['ExplainStmt', inspectExplain],
  ['VariableShowStmt', inspectShow],
  ['UpdateStmt', inspectUpdate],
  ['DeleteStmt', inspectDelete],
  ['MergeStmt', inspectMerge],
  ['DropStmt', inspectDrop],
  ['RenameStmt', inspectRename],
  ['AlterObjectSchemaStmt', inspectMove],
  ['CommentStmt', inspectComment],
  ['AlterTableStmt', inspectAlterTable],
  ['CreateSchemaStmt', inspectCreateSchema],
  ['CreateTrigStmt', inspectTrigger],
  ['GrantStmt', inspectGrant],
  ['ReindexStmt', inspectReindex],
  ['DefElem', inspectDefinition],
]);
