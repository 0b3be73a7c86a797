import { type Judgement, refuse } from '../judgement.ts';
import { type Fields, fieldsOf, isFields, lastNameOf, listOf, locationOf, namesOf, textOf, untag } from '../tree.ts';
import type { Inspector } from './inspector.ts';
import { inspectJsonPath } from './json-path.ts';
import { noteLonger } from './nesting.ts';
import { checkRelation } from './relation.ts';
import { isTextType } from './unfolded-expression.ts';

/*
 * The answers of these calls are about any relation whose oid is guessed: definitions, comments, sizes, names. Where a list says which
 * tables may be read, and the catalog is not on it, they take the written name of a listed table and nothing else.
 */

/** Position of the argument that says which relation. */
const relationArguments: ReadonlyMap<string, number> = new Map([
  ['obj_description', 0],
  ['col_description', 0],
  ['pg_get_viewdef', 0],
  ['pg_get_indexdef', 0],
  ['pg_get_partkeydef', 0],
  ['pg_get_serial_sequence', 0],
  ['pg_get_expr', 1],
  ['pg_relation_size', 0],
  ['pg_table_size', 0],
  ['pg_indexes_size', 0],
  ['pg_total_relation_size', 0],
  ['pg_table_is_visible', 0],
  ['pg_relation_is_updatable', 0],
  ['pg_column_is_updatable', 0],
]);

/** Calls that take no name of a relation, or give a value of a type that shows a name for any number. */
const unbounded: ReadonlySet<string> = new Set([
  'format_type',
  'oidvectortypes',
  'shobj_description',
  'pg_get_constraintdef',
  'pg_typeof',
  'pg_partition_tree',
  'pg_partition_root',
  'pg_partition_ancestors',
  'pg_type_is_visible',
  'pg_is_other_temp_schema',
  'pg_basetype',
  'pg_indexam_has_property',
  'pg_index_has_property',
  'pg_index_column_has_property',
  'pg_statistics_obj_is_visible',
  'to_regclass',
  'to_regcollation',
  'to_regnamespace',
  'to_regoper',
  'to_regoperator',
  'to_regproc',
  'to_regprocedure',
  'to_regrole',
  'to_regtype',
  'to_regtypemod',
]);

/** Types whose values are numbers and are shown as the names of what has that number. */
const nameTypes: ReadonlySet<string> = new Set([
  'regclass',
  'regcollation',
  'regconfig',
  'regdictionary',
  'regnamespace',
  'regoper',
  'regoperator',
  'regproc',
  'regprocedure',
  'regrole',
  'regtype',
]);

const hint = "Write the name of a listed table: pg_relation_size('schema.table'), tableoid = 'schema.table'::regclass.";

/** Whether a list says which tables may be read, and the catalog is not on it. */
const isBounded = ({ policy: { tables } }: Judgement): boolean =>
  tables.restricted && !tables.allow.matches('pg_catalog', 'pg_class');

/** Why a name of the catalog's functions and types may not be used at all where tables are listed. */
export function unboundedProblem(judgement: Judgement, name: string): string | undefined {
  if (!isBounded(judgement)) return undefined;
  if (!unbounded.has(name) && !relationArguments.has(name) && !nameTypes.has(name)) return undefined;
  return `${name} answers about tables that are not on the policy's list of tables`;
}

/** Judges a call of one of PostgreSQL's own functions. */
export function inspectCatalogCall(
  name: string,
  { fields, parent }: Parameters<Inspector>[0],
  judgement: Judgement,
): void {
  const message = unboundedProblem(judgement, name);
  if (message === undefined || isListed(judgement, name)) return;
  // Its value is of a type that shows names; a cast makes another value of it.
  if (name === 'pg_typeof' && parent === 'TypeCast') return;
  const position = relationArguments.get(name);
  if (position !== undefined && nameRelation(judgement, listOf(fields['args'])[position])) return;
  refuse(judgement, {
    code: 'function',
    node: 'FuncCall',
    name,
    message,
    location: locationOf(fields),
    option: 'tables.allow',
    hint,
  });
}

/** The operator has said that this one may be called. */
const isListed = ({ policy }: Judgement, name: string): boolean =>
  policy.functions.allow.matchesExactly(undefined, name) || policy.functions.allow.matchesExactly('pg_catalog', name);

/** Judges `'schema.table'::regclass::oid`. */
export const inspectCast: Inspector = ({ fields, parent }, judgement) => {
  const name = isFields(fields['typeName']) ? (lastNameOf(fields['typeName']['names']) ?? '') : '';
  // A row or a document becomes longer when it is written as text.
  if (isTextType(name)) noteLonger(judgement);
  // Of casts in each other the outermost sees all.
  if (name === 'jsonpath' && parent !== 'TypeCast')
    inspectJsonPath(fields['arg'], 'TypeCast', name, locationOf(fields), judgement);
  if (name === 'oid' && isBounded(judgement)) nameRelation(judgement, fields['arg']);
};

/** Judges `tableoid = 'schema.table'::regclass`. */
export function inspectComparedNames(symbol: string, fields: Fields, judgement: Judgement): void {
  if ((symbol !== '=' && symbol !== '<>') || fields['kind'] !== 'AEXPR_OP' || !isBounded(judgement)) return;
  for (const side of ['lexpr', 'rexpr']) if (fieldsOf(fields[side], 'TypeCast')) nameRelation(judgement, fields[side]);
}

/** Judges the name of a type. A cast that says which relation has been looked at with what it stands in. */
export function inspectNameType(name: string, fields: Fields, judgement: Judgement): void {
  if (!nameTypes.has(name) || judgement.namedRelations?.has(fields)) return;
  const message = unboundedProblem(judgement, name);
  if (message === undefined) return;
  refuse(judgement, {
    code: 'type',
    node: 'TypeName',
    name,
    message,
    location: locationOf(fields),
    option: 'tables.allow',
    hint,
  });
}

/**
 * Judges the relation that an expression names: `'t'`, `'t'::regclass`, `'t'::regclass::oid`.
 * @returns whether it is such an expression
 */
function nameRelation(judgement: Judgement, value: unknown): boolean {
  const casts: Fields[] = [];
  let tagged = untag(value);
  while (tagged?.tag === 'TypeCast') {
    const type = tagged.fields['typeName'] as Fields;
    const name = namesOf(type['names'])?.at(-1);
    if ((name !== 'regclass' && name !== 'oid' && name !== 'text') || type['arrayBounds'] !== undefined) return false;
    casts.push(type);
    tagged = untag(tagged.fields['arg']);
  }
  const literal = tagged?.tag === 'A_Const' ? tagged.fields : undefined;
  const parts = readName(textOf((literal?.['sval'] as Fields | undefined)?.['sval']));
  if (literal === undefined || parts === undefined) return false;
  judgement.namedRelations ??= new Set();
  for (const cast of casts) judgement.namedRelations.add(cast);
  const [name = '', schema] = parts.toReversed();
  checkRelation(judgement, schema, name, 'read', locationOf(literal), false);
  return true;
}

/** PostgreSQL cuts a longer name off, so that it is another's. */
const maxNameBytes = 63;

/** The parts of a name as every server reads it. A number would be an oid; a capital beyond ASCII is folded by some servers only. */
function readName(text: string | undefined): readonly string[] | undefined {
  const part = String.raw`(?:"((?:[^"]|"")+)"|([A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*))`;
  const found = new RegExp(String.raw`^${part}(?:\.${part})?$`, 'u').exec(text ?? '');
  if (!found) return undefined;
  const [, quoted, plain, secondQuoted, secondPlain] = found;
  const fold = (name: string) => name.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  if ([plain, secondPlain].some((name) => name !== undefined && fold(name) !== name.toLowerCase())) return undefined;
  const read = (one: string | undefined, other: string | undefined) =>
    one?.replaceAll('""', '"') ?? (other === undefined ? undefined : fold(other));
  const names = [read(quoted, plain), read(secondQuoted, secondPlain)].filter((name) => name !== undefined);
  return names.every((name) => Buffer.byteLength(name) <= maxNameBytes) ? names : undefined;
}
