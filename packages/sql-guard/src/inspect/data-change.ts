import { builtins } from '../builtins.ts';
import { type Judgement, refuse } from '../judgement.ts';
import { type Fields, fieldsOf, isFields, listOf, locationOf, textOf, untag } from '../tree.ts';
import { isReservedSchema } from './created-name.ts';
import type { Inspector } from './inspector.ts';
import { checkCascade } from './listed-tables.ts';
import { type ChangedTable, picksRows, readsEveryRow } from './row-filter.ts';
import { inspectWithClause } from './with-clause.ts';

/** The table that the statement changes, and where the text names it. */
function targetOf(fields: Fields): ChangedTable & { readonly location: number } {
  const relation = isFields(fields['relation']) ? fields['relation'] : {};
  const alias = isFields(relation['alias']) ? textOf(relation['alias']['aliasname']) : undefined;
  const name = textOf(relation['relname']) ?? '';
  return { name, alias: alias ?? name, location: locationOf(relation) };
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
  location: number,
  does: string = option === 'unfiltered-update' ? 'UPDATE' : 'DELETE',
): void {
  if (judgement.policy.mode === 'admin' || judgement.policy.statementOptions.has(option)) return;
  refuse(judgement, {
    code: 'statement',
    node,
    message: `${does} without a WHERE that names a column of the table would change every row of it`,
    location,
    option: `statements.allow: ['${option}']`,
    hint: 'Add a WHERE that picks rows in each branch of an OR; in a subquery, write the name of the table before its column.',
  });
}

/** An upsert of what the table holds is an UPDATE of every row. */
export const inspectInsert: Inspector = ({ fields }, judgement) => {
  inspectWithClause(fields, judgement);
  noteTargetNames(fields, judgement);
  const { name, location } = targetOf(fields);
  const conflict = isFields(fields['onConflictClause']) ? fields['onConflictClause'] : {};
  if (conflict['action'] !== 'ONCONFLICT_UPDATE' || conflict['whereClause'] !== undefined) return;
  if (readsEveryRow(fields['selectStmt'], name))
    requireFilter(
      judgement,
      'InsertStmt.selectStmt',
      'unfiltered-update',
      location,
      'INSERT of its own rows with ON CONFLICT DO UPDATE,',
    );
};

export const inspectUpdate: Inspector = ({ fields }, judgement) => {
  inspectWithClause(fields, judgement);
  noteTargetNames(fields, judgement);
  const target = targetOf(fields);
  if (picksRows(fields['whereClause'], target)) return;
  requireFilter(judgement, 'UpdateStmt.whereClause', 'unfiltered-update', target.location);
};

export const inspectDelete: Inspector = ({ fields }, judgement) => {
  inspectWithClause(fields, judgement);
  noteTargetNames(fields, judgement);
  const target = targetOf(fields);
  if (picksRows(fields['whereClause'], target)) return;
  requireFilter(judgement, 'DeleteStmt.whereClause', 'unfiltered-delete', target.location);
};

/** TRUNCATE deletes rows: who takes DELETE away has to name TRUNCATE to keep it. */
export const inspectTruncate: Inspector = ({ fields }, judgement) => {
  const { deniedKinds, statementOptions } = judgement.policy;
  if (deniedKinds.has('delete') && !statementOptions.has('truncate'))
    refuse(judgement, {
      code: 'statement',
      node: 'TruncateStmt',
      message: 'The policy has no delete, also not of all rows',
      location: 0,
      option: "statements.allow: ['truncate']",
    });
  if (fields['behavior'] === 'DROP_CASCADE')
    checkCascade(judgement, 'TruncateStmt', 'TRUNCATE … CASCADE empties tables that the statement does not name');
};

/** `t`, `(SELECT … FROM t)`. */
const isWholeTable = (source: unknown, table: string): boolean =>
  fieldsOf(source, 'RangeVar')?.['relname'] === table ||
  readsEveryRow(fieldsOf(source, 'RangeSubselect')?.['subquery'], table);

/** MERGE filters by its join condition or by the condition of each WHEN. */
export const inspectMerge: Inspector = ({ fields }, judgement) => {
  inspectWithClause(fields, judgement);
  noteTargetNames(fields, judgement);
  const target = targetOf(fields);
  const joined = picksRows(fields['joinCondition'], target) && !isWholeTable(fields['sourceRelation'], target.name);
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
      target.location,
    );
  }
};

/** ON CONFLICT DO UPDATE is an update, also where only inserting is left. */
export const inspectConflict: Inspector = ({ fields }, judgement) => {
  if (fields['action'] !== 'ONCONFLICT_UPDATE') return;
  // Nothing is written where EXPLAIN stands around it.
  judgement.destructive ||= judgement.writes;
  if (!judgement.policy.deniedKinds.has('update')) return;
  refuse(judgement, {
    code: 'statement',
    node: 'OnConflictClause',
    message: 'The policy has no update, also not on conflict',
    location: locationOf(fields),
    hint: 'Write ON CONFLICT DO NOTHING.',
  });
};

export const inspectLocking: Inspector = (_frame, judgement) => {
  judgement.locksRows = true;
};

/** A locked row of a catalog holds up every change of structure. Which relations are meant is not asked: nobody locks beside catalogs. */
export function checkLocks({ findings, locksRows, relations }: Judgement): void {
  const locked = locksRows
    ? relations.find(({ schema, name }) => isReservedSchema(schema ?? '') || builtins.hasRelation('pg_catalog', name))
    : undefined;
  if (locked === undefined) return;
  findings.push({
    code: 'relation',
    node: 'LockingClause',
    name: locked.name,
    message: `Rows of ${locked.name} belong to the server and cannot be locked`,
    location: locked.location,
  });
}
