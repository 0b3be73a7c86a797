import { standingOf } from '../functions/standing.ts';
import { type Judgement, refuse } from '../judgement.ts';
import { type Fields, fieldsOf, locationOf, namesOf, textOf } from '../tree.ts';
import { checkChangedRelation, objectNames } from './changed-object.ts';
import { checkCreatedName, isReservedSchema } from './created-name.ts';
import type { Inspector } from './inspector.ts';

/** Where storage options of relations stand; `List.items` is that of ALTER TABLE … SET. */
const optionLists = new Set([
  'CreateStmt.options',
  'IntoClause.options',
  'IndexStmt.options',
  'ViewStmt.options',
  'List.items',
]);
const optionWords = new Set(['off', 'auto', 'none', 'local', 'cascaded']);

/** Names that the grammar writes as types are judged as what they are. */
function isNoType(judgement: Judgement, type: Fields): void {
  judgement.optionWords ??= new Set();
  judgement.optionWords.add(type);
}

/** CREATE TYPE … AS RANGE: all but the subtype are no types. Only superusers make operator classes, and collations run no code. */
function inspectRangeOption(judgement: Judgement, option: string, type: Fields): void {
  const names = namesOf(type['names']) ?? [];
  if (option === 'subtype') return;
  isNoType(judgement, type);
  if (option === 'subtype_opclass' || option === 'collation') return;
  if (option === 'multirange_type_name') {
    checkCreatedName(judgement, 'CreateRangeStmt', names);
    return;
  }
  const name = names.at(-1) ?? '';
  const schema = names.length > 1 ? names.at(-2) : undefined;
  const standing = standingOf(judgement, schema, name);
  if (standing.allowed) return;
  refuse(judgement, {
    code: standing.code,
    node: 'CreateRangeStmt',
    name: names.join('.'),
    message: `${option} would run on values of the type: ${standing.reason}`,
    location: locationOf(type),
    ...(standing.option === undefined ? {} : { option: standing.option }),
    ...(standing.hint === undefined ? {} : { hint: standing.hint }),
  });
}

/** Judges one option of a definition: of a sequence, a range type, or the storage of a relation. */
export const inspectDefinition: Inspector = ({ fields, place }, judgement) => {
  const name = textOf(fields['defname']) ?? '';
  const type = fieldsOf(fields['arg'], 'TypeName');
  if (type && place === 'CreateRangeStmt.params') inspectRangeOption(judgement, name, type);
  else if (type && optionLists.has(place)) {
    const [spelt, more] = namesOf(type['names']) ?? [];
    if (spelt !== undefined && more === undefined && optionWords.has(spelt)) isNoType(judgement, type);
  }
  if (name !== 'owned_by' && name !== 'sequence_name') return;
  const names = objectNames(fields['arg']);
  if (names.some(isReservedSchema)) {
    refuse(judgement, {
      code: 'relation',
      node: 'DefElem',
      name,
      message: `${names.join('.')} belongs to the server`,
      location: locationOf(fields),
    });
  } else checkChangedRelation(judgement, name === 'owned_by' ? names.slice(0, -1) : names);
};
