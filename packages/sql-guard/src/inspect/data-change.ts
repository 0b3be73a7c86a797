import { type Judgement, refuse } from '../judgement.ts';
import { type Fields, fieldsOf, isFields, listOf, locationOf, textOf, untag } from '../tree.ts';
import type { Inspector } from './inspector.ts';
import { picksRows } from './row-filter.ts';

/** What the statement calls the table that it changes. */
function targetOf(fields: Fields): string {
  const relation = isFields(fields['relation']) ? fields['relation'] : {};
  const alias = isFields(relation['alias']) ? textOf(relation['alias']['aliasname']) : undefined;
  return alias ?? textOf(relation['relname']) ?? '';
}

/** Other names of the changed table: `old` and `new` in RETURNING, whatever it calls them there, and `excluded` on conflict. */
function noteTargetNames(fields: Fields, judgement: Judgement): void {
  const relation = isFields(fields['relation']) ? fields['relation'] : {};
  const returning = isFields(fields['returningClause']) ? fields['returningClause'] : {};
  const given = listOf(returning['options']).map((option) => textOf(fieldsOf(option, 'ReturningOption')?.['value']));
  const target = { schema: textOf(relation['schemaname']), name: textOf(relation['relname']) ?? '' };
  for (const alias of ['old', 'new', 'excluded', ...given])
    if (alias !== undefined) judgement.rangeNames.push({ alias, ...target });
}

function requireFilter(
  judgement: Judgement,
  node: string,
  option: 'unfiltered-update' | 'unfiltered-delete',
  picked: boolean,
): void {
  if (picked || judgement.policy.mode === 'admin' || judgement.policy.statementOptions.has(option)) return;
  refuse(judgement, {
    code: 'statement',
    node,
    message: `${option === 'unfiltered-update' ? 'UPDATE' : 'DELETE'} without a WHERE that names a column of the table would change every row of it`,
    location: 0,
    option: `statements.allow: ['${option}']`,
    hint: 'Add a WHERE that picks rows in each branch of an OR; in a subquery, write the name of the table before its column.',
  });
}

export const inspectInsert: Inspector = ({ fields }, judgement) => noteTargetNames(fields, judgement);

export const inspectUpdate: Inspector = ({ fields }, judgement) => {
  noteTargetNames(fields, judgement);
  requireFilter(
    judgement,
    'UpdateStmt.whereClause',
    'unfiltered-update',
    picksRows(fields['whereClause'], targetOf(fields)),
  );
};

export const inspectDelete: Inspector = ({ fields }, judgement) => {
  noteTargetNames(fields, judgement);
  requireFilter(
    judgement,
    'DeleteStmt.whereClause',
    'unfiltered-delete',
    picksRows(fields['whereClause'], targetOf(fields)),
  );
};

/** MERGE filters by its join condition or by the condition of each WHEN. */
export const inspectMerge: Inspector = ({ fields }, judgement) => {
  noteTargetNames(fields, judgement);
  const target = targetOf(fields);
  const joined = picksRows(fields['joinCondition'], target);
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
    if (picksRows(clause['condition'], target)) continue;
    requireFilter(
      judgement,
      'MergeWhenClause.condition',
      kind === 'update' ? 'unfiltered-update' : 'unfiltered-delete',
      false,
    );
  }
};

/** ON CONFLICT DO UPDATE is an update, also where only inserting is left. */
export const inspectConflict: Inspector = ({ fields }, judgement) => {
  if (fields['action'] !== 'ONCONFLICT_UPDATE' || !judgement.policy.deniedKinds.has('update')) return;
  refuse(judgement, {
    code: 'statement',
    node: 'OnConflictClause',
    message: 'The policy has no update, also not on conflict',
    location: locationOf(fields),
    hint: 'Write ON CONFLICT DO NOTHING.',
  });
};
