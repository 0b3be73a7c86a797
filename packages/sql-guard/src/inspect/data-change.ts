import { type Judgement, refuse } from '../judgement.ts';
import { fieldsOf, listOf, untag } from '../tree.ts';
import type { Inspector } from './inspector.ts';

/** True when an expression depends on a column: `WHERE true` filters nothing. */
function dependsOnColumns(expression: unknown): boolean {
  const stack: unknown[] = [expression];
  while (stack.length > 0) {
    const value = stack.pop();
    if (typeof value !== 'object' || value === null) continue;
    if (fieldsOf(value, 'ColumnRef')) return true;
    for (const child of Object.values(value)) stack.push(child);
  }
  return false;
}

function requireFilter(
  judgement: Judgement,
  node: string,
  option: 'unfiltered-update' | 'unfiltered-delete',
  condition: unknown,
): void {
  if (judgement.policy.mode === 'admin' || judgement.policy.statementOptions.has(option)) return;
  if (condition !== undefined && dependsOnColumns(condition)) return;
  refuse(judgement, {
    code: 'statement',
    node,
    message: `${option === 'unfiltered-update' ? 'UPDATE' : 'DELETE'} without a WHERE that names a column would change every row of the table`,
    location: 0,
    option: `statements.allow: ['${option}']`,
    hint: 'Add a WHERE clause.',
  });
}

export const inspectUpdate: Inspector = ({ fields }, judgement) => {
  requireFilter(judgement, 'UpdateStmt.whereClause', 'unfiltered-update', fields['whereClause']);
};

export const inspectDelete: Inspector = ({ fields }, judgement) => {
  requireFilter(judgement, 'DeleteStmt.whereClause', 'unfiltered-delete', fields['whereClause']);
};

/** MERGE filters by its join condition or by the condition of each WHEN. */
export const inspectMerge: Inspector = ({ fields }, judgement) => {
  const joined = dependsOnColumns(fields['joinCondition']);
  for (const item of listOf(fields['mergeWhenClauses'])) {
    const clause = untag(item)?.fields ?? {};
    const operation = clause['commandType'];
    const kind =
      operation === 'CMD_UPDATE'
        ? 'update'
        : operation === 'CMD_DELETE'
          ? 'delete'
          : operation === 'CMD_INSERT'
            ? 'insert'
            : undefined;
    if (kind && judgement.policy.deniedKinds.has(kind)) {
      refuse(judgement, {
        code: 'statement',
        node: 'MergeWhenClause',
        message: `The policy has no ${kind}, also not inside MERGE`,
        location: 0,
      });
    }
    const notMatched = clause['matchKind'] === 'MERGE_WHEN_NOT_MATCHED_BY_SOURCE';
    if (kind !== 'update' && kind !== 'delete') continue;
    if (joined && !notMatched) continue;
    if (dependsOnColumns(clause['condition'])) continue;
    requireFilter(
      judgement,
      'MergeWhenClause.condition',
      kind === 'update' ? 'unfiltered-update' : 'unfiltered-delete',
      undefined,
    );
  }
};
