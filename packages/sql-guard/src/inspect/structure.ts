import { functionProblem, isDenied } from '../functions/standing.ts';
import { refuse } from '../judgement.ts';
import { alterTableForms, refusedAlterTableForms, switchedByOption } from '../modes.ts';
import { fieldsOf, listOf, locationOf, namesOf, textOf } from '../tree.ts';
import { checkObject, checkObjectKind, codeKinds, objectNames, requireOption, tableLike } from './changed-object.ts';
import { checkFunctionName, isReservedSchema } from './created-name.ts';
import type { Inspector } from './inspector.ts';
import { checkCascade, checkListedBody, checkSchema } from './listed-tables.ts';
import { checkOperator } from './names.ts';

export const inspectDrop: Inspector = ({ fields }, judgement) => {
  const kind = String(fields['removeType']);
  checkObjectKind(judgement, 'DropStmt', kind);
  if (fields['behavior'] === 'DROP_CASCADE')
    checkCascade(judgement, 'DropStmt', 'DROP … CASCADE drops columns and views that the statement does not name');
  for (const object of listOf(fields['objects'])) {
    checkObject(judgement, 'DropStmt', kind, object);
    const name = kind === 'OBJECT_SCHEMA' ? (objectNames(object).at(-1) ?? '') : undefined;
    if (name !== undefined)
      checkSchema(judgement, 'DropStmt', name, `${name} holds tables that the policy keeps from statements`);
  }
};

export const inspectRename: Inspector = ({ fields }, judgement) => {
  const kind = String(fields['renameType']);
  checkObjectKind(judgement, 'RenameStmt', kind);
  checkObject(judgement, 'RenameStmt', kind, fields['object']);
  const old = textOf(fields['subname']);
  if (kind === 'OBJECT_SCHEMA' && old !== undefined) {
    checkObject(judgement, 'RenameStmt', 'OBJECT_SCHEMA', { String: { sval: old } });
    checkSchema(judgement, 'RenameStmt', old, `Renamed, ${old} would take its tables out of the lists of the policy`);
  }
  const renamed = textOf(fields['newname']) ?? '';
  if (codeKinds.has(kind)) {
    checkFunctionName(judgement, 'RenameStmt', renamed);
    checkListedBody(judgement, 'RenameStmt', [...objectNames(fields['object']).slice(0, -1), renamed]);
  }
  if (renamed.startsWith('pg_') && (kind === 'OBJECT_SCHEMA' || tableLike.has(kind))) {
    refuse(judgement, {
      code: 'relation',
      node: 'RenameStmt',
      name: renamed,
      message: `Names that begin with pg_ belong to the server; nothing may be called ${renamed}`,
      location: 0,
    });
  }
};

export const inspectMove: Inspector = ({ fields }, judgement) => {
  checkObjectKind(judgement, 'AlterObjectSchemaStmt', fields['objectType']);
  const kind = String(fields['objectType']);
  checkObject(judgement, 'AlterObjectSchemaStmt', kind, fields['object']);
  if (codeKinds.has(kind)) {
    const name = objectNames(fields['object']).at(-1) ?? '';
    checkFunctionName(judgement, 'AlterObjectSchemaStmt', name);
    checkListedBody(judgement, 'AlterObjectSchemaStmt', [textOf(fields['newschema']) ?? '', name]);
  }
  if (isReservedSchema(textOf(fields['newschema']) ?? '')) {
    refuse(judgement, {
      code: 'relation',
      node: 'AlterObjectSchemaStmt',
      message: 'Nothing may be moved into a schema of the server',
      location: 0,
    });
  }
};

export const inspectComment: Inspector = ({ fields }, judgement) => {
  checkObjectKind(judgement, 'CommentStmt', fields['objtype']);
  checkObject(judgement, 'CommentStmt', String(fields['objtype']), fields['object']);
};

/** What PostgreSQL calls the triggers that it makes for foreign keys. */
const keyTriggers = 'RI_ConstraintTrigger_';

export const inspectAlterTable: Inspector = ({ fields }, judgement) => {
  if (fields['objtype'] !== 'OBJECT_TYPE') checkObjectKind(judgement, 'AlterTableStmt', fields['objtype']);
  for (const item of listOf(fields['cmds'])) {
    const command = fieldsOf(item, 'AlterTableCmd') ?? {};
    const form = String(command['subtype']);
    const rule = Object.hasOwn(alterTableForms, form) ? alterTableForms[form] : undefined;
    if (rule === undefined) {
      refuse(judgement, {
        code: 'statement',
        node: 'AlterTableCmd',
        name: form,
        message:
          (Object.hasOwn(refusedAlterTableForms, form) ? refusedAlterTableForms[form] : undefined) ??
          'This form of ALTER TABLE is in no mode',
        location: 0,
      });
    } else if (rule !== true)
      requireOption(
        judgement,
        'AlterTableCmd',
        rule,
        `To switch ${switchedByOption[rule]} on or off takes an option of its own`,
      );
    if (command['behavior'] === 'DROP_CASCADE')
      checkCascade(judgement, 'AlterTableCmd', 'CASCADE reaches tables and views that the statement does not name');
    const trigger = rule === 'create-trigger' ? (textOf(command['name']) ?? '') : '';
    if (trigger.startsWith(keyTriggers)) {
      refuse(judgement, {
        code: 'statement',
        node: 'AlterTableCmd',
        name: trigger,
        message: `${trigger} is a trigger behind a foreign key, and none of the application`,
        location: 0,
      });
    }
  }
};

export const inspectCreateSchema: Inspector = ({ fields }, judgement) => {
  if (isReservedSchema(textOf(fields['schemaname']) ?? 'pg_')) {
    refuse(judgement, {
      code: 'relation',
      node: 'CreateSchemaStmt',
      message: 'A schema needs a name, and names that begin with pg_ belong to the server',
      location: 0,
    });
  }
};

/** A trigger runs its function, a rule its actions: both are code that runs later, so that only listed functions pass. */
export const inspectTrigger: Inspector = ({ fields }, judgement) => {
  const names = namesOf(fields['funcname']) ?? [];
  const schema = names.length > 1 ? names.at(-2) : undefined;
  const name = names.at(-1) ?? '';
  const finding = { code: 'function', node: 'CreateTrigStmt', name: names.join('.'), location: 0 } as const;
  if (isDenied(judgement, schema, name))
    refuse(judgement, { ...finding, message: `${finding.name} is on the policy's list of denied functions` });
  else if (!judgement.policy.functions.allow.matches(schema, name)) {
    refuse(judgement, {
      ...finding,
      message: `${finding.name} would run on each change of the table`,
      option: 'functions.allow',
    });
  }
  for (const candidate of judgement.catalog?.functionsNamed(schema, name) ?? []) {
    const problem = functionProblem(candidate, false);
    if (problem !== undefined) refuse(judgement, { ...finding, message: `${problem}, which no list allows` });
  }
};

/** GRANT on relations and schemas only; functions, languages, servers and roles are ways around the guard. */
export const inspectGrant: Inspector = ({ fields }, judgement) => {
  const kind = String(fields['objtype']);
  if (
    !['OBJECT_TABLE', 'OBJECT_SEQUENCE', 'OBJECT_SCHEMA'].includes(kind) ||
    fields['targtype'] === 'ACL_TARGET_DEFAULTS'
  ) {
    refuse(judgement, {
      code: 'statement',
      node: 'GrantStmt',
      name: kind,
      message: 'Only privileges on tables, sequences and schemas may be granted',
      location: 0,
    });
  }
  const wholeSchemas = fields['targtype'] === 'ACL_TARGET_ALL_IN_SCHEMA';
  for (const object of listOf(fields['objects'])) {
    if (kind === 'OBJECT_SCHEMA' || wholeSchemas) checkObject(judgement, 'GrantStmt', 'OBJECT_SCHEMA', object);
    const name = wholeSchemas ? (objectNames(object).at(-1) ?? '') : undefined;
    if (name !== undefined)
      checkSchema(judgement, 'GrantStmt', name, `${name} holds tables that the policy keeps from statements`);
  }
};

/** An exclusion constraint compares rows with operators that it names. */
export const inspectConstraint: Inspector = ({ fields }, judgement) => {
  for (const exclusion of listOf(fields['exclusions'])) {
    const [, operator] = listOf(fieldsOf(exclusion, 'List')?.['items']);
    checkOperator(namesOf(fieldsOf(operator, 'List')?.['items']), 'Constraint', locationOf(fields), judgement);
  }
};
