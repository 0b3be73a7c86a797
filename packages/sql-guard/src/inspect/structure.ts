import { isDenied, standingOf } from '../functions/standing.ts';
import { type Judgement, refuse } from '../judgement.ts';
import { alterTableForms, optionalObjects, structureObjects } from '../modes.ts';
import type { StatementOption } from '../policy.ts';
import { fieldsOf, isFields, listOf, locationOf, namesOf, textOf, untag } from '../tree.ts';
import { checkChangedName, isReservedSchema } from './created-name.ts';
import type { Inspector } from './inspector.ts';
import { checkOperator } from './names.ts';
import { checkRelation } from './relation.ts';

const codeKinds = new Set(['OBJECT_FUNCTION', 'OBJECT_PROCEDURE', 'OBJECT_ROUTINE', 'OBJECT_AGGREGATE']);
const tableLike = new Set(['OBJECT_TABLE', 'OBJECT_VIEW', 'OBJECT_MATVIEW', 'OBJECT_SEQUENCE', 'OBJECT_INDEX']);

function requireOption(judgement: Judgement, node: string, option: StatementOption, message: string): void {
  if (judgement.policy.statementOptions.has(option)) return;
  refuse(judgement, { code: 'statement', node, message, location: 0, option: `statements.allow: ['${option}']` });
}

function checkObjectKind(judgement: Judgement, node: string, kind: unknown): void {
  const name = String(kind);
  const option = Object.hasOwn(optionalObjects, name) ? optionalObjects[name] : undefined;
  if (option) requireOption(judgement, node, option, `${node} on this kind of object needs the option of its own`);
  else if (!structureObjects.has(name)) {
    refuse(judgement, {
      code: 'statement',
      node,
      name,
      message: `No mode changes objects of the kind ${name.slice('OBJECT_'.length).toLowerCase().replaceAll('_', ' ')}`,
      location: 0,
    });
  }
}

/** The names of an object, whichever way the grammar writes them. */
function objectNames(object: unknown): readonly string[] {
  const tagged = untag(object);
  switch (tagged?.tag) {
    case 'List':
      return namesOf(tagged.fields['items']) ?? [];
    case 'String':
      return [textOf(tagged.fields['sval']) ?? ''];
    case 'TypeName':
      return namesOf(tagged.fields['names']) ?? [];
    case 'ObjectWithArgs':
      return namesOf(tagged.fields['objname']) ?? [];
    default:
      return [];
  }
}

function checkObject(judgement: Judgement, node: string, kind: string, object: unknown): void {
  const names = objectNames(object);
  if (names.some((name, index) => isReservedSchema(name) && (index < names.length - 1 || kind === 'OBJECT_SCHEMA'))) {
    refuse(judgement, {
      code: 'relation',
      node,
      name: names.join('.'),
      message: `${names.join('.')} belongs to the server and cannot be changed`,
      location: 0,
    });
    return;
  }
  if (kind === 'OBJECT_TYPE' || kind === 'OBJECT_DOMAIN') checkChangedName(judgement, node, 'type', names);
  if (codeKinds.has(kind)) checkChangedName(judgement, node, 'function', names);
  // A column or constraint is named after its table.
  const relation =
    kind === 'OBJECT_COLUMN' ||
    kind === 'OBJECT_TABCONSTRAINT' ||
    kind === 'OBJECT_TRIGGER' ||
    kind === 'OBJECT_POLICY' ||
    kind === 'OBJECT_RULE'
      ? names.slice(0, -1)
      : tableLike.has(kind)
        ? names
        : [];
  const name = relation.at(-1);
  if (name === undefined) return;
  const schema = relation.length > 1 ? relation.at(-2) : undefined;
  judgement.relations.push({ schema, name, access: 'write', location: 0 });
  checkRelation(judgement, schema, name, 'write', 0);
}

/** Whether the lists of the policy are about tables in a schema, so far as is known. */
function holdsListedTables({ policy: { tables, columns }, catalog }: Judgement, schema: string): boolean {
  const listedColumns = [...columns.deny, ...columns.mask];
  const inside = catalog?.snapshot.relations.filter((relation) => relation.schema === schema);
  if (inside === undefined) return !tables.deny.empty || tables.restricted || listedColumns.length > 0;
  return (
    listedColumns.some((column) => column.startsWith(`${schema}.`)) ||
    inside.some(
      ({ name }) =>
        tables.deny.matches(schema, name) ||
        tables.deny.matches(undefined, name) ||
        (tables.restricted && !tables.allow.matches(schema, name)),
    )
  );
}

/** Lists name tables by their schema: under another name they are free, and what is dropped with the schema was never named. */
function checkSchema(judgement: Judgement, node: string, name: string, message: string): void {
  if (holdsListedTables(judgement, name)) refuse(judgement, { code: 'relation', node, name, message, location: 0 });
}

export const inspectDrop: Inspector = ({ fields }, judgement) => {
  const kind = String(fields['removeType']);
  checkObjectKind(judgement, 'DropStmt', kind);
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
  checkObject(judgement, 'AlterObjectSchemaStmt', String(fields['objectType']), fields['object']);
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
        message: 'No mode has this form of ALTER',
        location: 0,
      });
    } else if (rule !== true)
      requireOption(judgement, 'AlterTableCmd', rule, 'This form of ALTER TABLE needs an option of its own');
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

/** REINDEX (TABLESPACE …) moves data to another disk. */
function namesTablespace(parameters: unknown): boolean {
  return listOf(parameters).some((item) => fieldsOf(item, 'DefElem')?.['defname'] === 'tablespace');
}

/** REINDEX of what belongs to the server, and of a whole database, locks out everyone. */
export const inspectReindex: Inspector = ({ fields }, judgement) => {
  const kind = fields['kind'];
  if (
    kind === 'REINDEX_OBJECT_SYSTEM' ||
    kind === 'REINDEX_OBJECT_DATABASE' ||
    namesTablespace(fields['params']) ||
    isReservedSchema(textOf(fields['name']) ?? '')
  ) {
    refuse(judgement, {
      code: 'statement',
      node: 'ReindexStmt',
      message: 'REINDEX names one table, index or schema of the application, and no tablespace',
      location: 0,
    });
  }
};

/** An exclusion constraint compares rows with operators that it names. */
export const inspectConstraint: Inspector = ({ fields }, judgement) => {
  for (const exclusion of listOf(fields['exclusions'])) {
    const [, operator] = listOf(fieldsOf(exclusion, 'List')?.['items']);
    checkOperator(namesOf(fieldsOf(operator, 'List')?.['items']), 'Constraint', locationOf(fields), judgement);
  }
};

/** Extensions whose code reaches the machine, other servers or all of the server's state, or runs SQL text. */
const reachingExtensions: ReadonlySet<string> = new Set(
  'adminpack amcheck dblink file_fdw pageinspect pg_buffercache pg_freespacemap pg_prewarm pg_surgery pg_visibility pg_walinspect pgrowlocks pgstattuple postgres_fdw tablefunc xml2'.split(
    ' ',
  ),
);
const untrustedLanguage = /^(?:pl|jsonb_pl|hstore_pl|ltree_pl|bool_pl)/;

export const inspectExtension: Inspector = ({ fields }, judgement) => {
  const name = textOf(fields['extname']) ?? '';
  const cascades = listOf(fields['options']).some((option) => fieldsOf(option, 'DefElem')?.['defname'] === 'cascade');
  if (!cascades && !reachingExtensions.has(name) && !untrustedLanguage.test(name)) return;
  refuse(judgement, {
    code: 'statement',
    node: 'CreateExtensionStmt',
    name,
    message: cascades
      ? 'CASCADE would install extensions that the statement does not name'
      : `The extension ${name} reaches the machine, other servers or the state of the server, or runs code that no guard reads`,
    location: 0,
  });
};

const definitionLists = new Set(['CreateSeqStmt.options', 'AlterSeqStmt.options', 'Constraint.options']);

/** Where storage options of relations stand; `List.items` is that of ALTER TABLE … SET. */
const optionLists = new Set([
  'CreateStmt.options',
  'IntoClause.options',
  'IndexStmt.options',
  'ViewStmt.options',
  'List.items',
]);
const optionWords = new Set(['off', 'auto', 'none', 'local', 'cascaded']);

/** `OWNED BY`, and names in the options of sequences, are checked where they name the server's own relations. */
export const inspectDefinition: Inspector = ({ fields, place }, judgement) => {
  const name = textOf(fields['defname']) ?? '';
  const word = optionLists.has(place) ? fieldsOf(fields['arg'], 'TypeName') : undefined;
  const [spelt, more] = namesOf(word?.['names']) ?? [];
  if (word && spelt !== undefined && more === undefined && optionWords.has(spelt)) {
    judgement.optionWords ??= new Set();
    judgement.optionWords.add(word);
  }
  // A function of PostgreSQL's own, written where the grammar has a type.
  if (place === 'CreateRangeStmt.params' && name === 'subtype_diff') {
    const type = fieldsOf(fields['arg'], 'TypeName');
    const [called, qualified] = namesOf(type?.['names'])?.toReversed() ?? [];
    if (type && called !== undefined && standingOf(judgement, qualified, called).allowed) {
      judgement.optionWords ??= new Set();
      judgement.optionWords.add(type);
    }
  }
  const names = definitionLists.has(place) && isFields(fields['arg']) ? objectNames(fields['arg']) : [];
  if (names.some(isReservedSchema)) {
    refuse(judgement, {
      code: 'relation',
      node: 'DefElem',
      name,
      message: `${names.join('.')} belongs to the server`,
      location: locationOf(fields),
    });
  }
};
