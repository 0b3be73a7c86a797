import { type Judgement, refuse } from '../judgement.ts';
import { optionalObjects, structureObjects } from '../modes.ts';
import type { StatementOption } from '../policy.ts';
import { fieldsOf, listOf, namesOf, textOf, untag } from '../tree.ts';
import { checkChangedName, isReservedSchema } from './created-name.ts';
import { checkRelation } from './relation.ts';

/** Objects that are called by name. */
export const codeKinds: ReadonlySet<string> = new Set([
  'OBJECT_FUNCTION',
  'OBJECT_PROCEDURE',
  'OBJECT_ROUTINE',
  'OBJECT_AGGREGATE',
]);
/** Objects that share their names with tables. */
export const tableLike: ReadonlySet<string> = new Set([
  'OBJECT_TABLE',
  'OBJECT_VIEW',
  'OBJECT_MATVIEW',
  'OBJECT_SEQUENCE',
  'OBJECT_INDEX',
]);
/** Objects that are named after their table. */
const partsOfTables = new Set([
  'OBJECT_COLUMN',
  'OBJECT_TABCONSTRAINT',
  'OBJECT_TRIGGER',
  'OBJECT_POLICY',
  'OBJECT_RULE',
]);

/** Kinds of objects whose name in the grammar is not that of SQL. */
const shownKinds: Readonly<Record<string, string>> = {
  OBJECT_FDW: 'foreign data wrapper',
  OBJECT_FOREIGN_SERVER: 'server',
  OBJECT_LARGEOBJECT: 'large object',
  OBJECT_MATVIEW: 'materialized view',
  OBJECT_OPCLASS: 'operator class',
  OBJECT_OPFAMILY: 'operator family',
  OBJECT_TSCONFIGURATION: 'text search configuration',
  OBJECT_TSDICTIONARY: 'text search dictionary',
  OBJECT_TSPARSER: 'text search parser',
  OBJECT_TSTEMPLATE: 'text search template',
};

/** The kind of an object as SQL calls it. */
const shownKind = (kind: string): string =>
  (Object.hasOwn(shownKinds, kind) ? shownKinds[kind] : undefined) ??
  kind.slice('OBJECT_'.length).toLowerCase().replaceAll('_', ' ');

/** Refuses what the policy does not open by name. */
export function requireOption(judgement: Judgement, node: string, option: StatementOption, message: string): void {
  if (judgement.policy.statementOptions.has(option)) return;
  refuse(judgement, { code: 'statement', node, message, location: 0, option: `statements.allow: ['${option}']` });
}

/** Judges which kind of object a statement drops, renames, moves or describes. */
export function checkObjectKind(judgement: Judgement, node: string, kind: unknown): void {
  const name = String(kind);
  const option = Object.hasOwn(optionalObjects, name) ? optionalObjects[name] : undefined;
  if (option)
    requireOption(judgement, node, option, `To change a ${shownKind(name)} takes the same option as to create one`);
  else if (!structureObjects.has(name)) {
    refuse(judgement, {
      code: 'statement',
      node,
      name,
      message: `No mode changes objects of the kind ${shownKind(name)}`,
      location: 0,
    });
  }
}

/** The names of an object, whichever way the grammar writes them. */
export function objectNames(object: unknown): readonly string[] {
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

/** The domain of `CONSTRAINT c ON DOMAIN d`, which the grammar writes as a type: it is named, and no value of it is read. */
function constrainedDomain(judgement: Judgement, object: unknown): readonly string[] | undefined {
  const type = fieldsOf(listOf(fieldsOf(object, 'List')?.['items'])[0], 'TypeName');
  if (!type) return undefined;
  judgement.optionWords ??= new Set();
  judgement.optionWords.add(type);
  return namesOf(type['names']);
}

/** Judges one object that a statement drops, renames, moves or describes. */
export function checkObject(judgement: Judgement, node: string, kind: string, object: unknown): void {
  const names =
    (kind === 'OBJECT_DOMCONSTRAINT' ? constrainedDomain(judgement, object) : undefined) ?? objectNames(object);
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
  if (partsOfTables.has(kind)) checkChangedRelation(judgement, names.slice(0, -1));
  else if (tableLike.has(kind)) checkChangedRelation(judgement, names);
}

/** Judges a relation that is named by a list of names. */
export function checkChangedRelation(judgement: Judgement, names: readonly string[]): void {
  const name = names.at(-1);
  if (name === undefined) return;
  if (names.length > 2) {
    refuse(judgement, {
      code: 'relation',
      node: 'RangeVar.catalogname',
      name: names.join('.'),
      message: `${names.join('.')} names a database, and only the connected one exists`,
      location: 0,
      hint: 'Leave the name of the database out: schema.table.',
    });
  }
  const schema = names.length > 1 ? names.at(-2) : undefined;
  judgement.relations.push({ schema, name, access: 'write', location: 0 });
  checkRelation(judgement, schema, name, 'write', 0);
}
