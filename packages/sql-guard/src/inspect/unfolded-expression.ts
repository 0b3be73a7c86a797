import { type Fields, fieldsOf, isFields, lastNameOf, listOf, textOf } from '../tree.ts';
import { backreferenceGrowth, replacementGrowth } from './generated-size.ts';
import {
  anyOf,
  asText,
  computed,
  join,
  nodesOf,
  times,
  type UnfoldedValue,
  unknownValue,
  withNodes,
  writtenValue,
} from './unfolded-value.ts';

/** What an expression can see. */
export interface UnfoldingScope {
  /** The value of a column, by the names of its reference. */
  column(fields: readonly unknown[]): UnfoldedValue;
  query(select: Fields): UnfoldedQuery;
  /** Rows of series in FROM. */
  readonly rows: number;
  /** Hears of each size that a call takes; false when it is refused. */
  fits(name: string, number: number, call: Fields): boolean;
  /** Hears how long the value of each call is. */
  built(length: number): void;
}

/** A query inside an expression. */
export interface UnfoldedQuery {
  readonly value: UnfoldedValue;
  readonly rows: number;
}

const words = (names: string): ReadonlySet<string> => new Set(names.split(/\s+/));
const joiners = words(
  `textcat array_cat array_append array_prepend byteacat bitcat anytextcat textanycat tsvector_concat jsonb_concat xmlconcat2 overlay jsonb_set
   jsonb_set_lax jsonb_insert`,
);
/** Calls that read anything as text. */
const writers = words('concat concat_ws format array_to_string');
/** Calls that give bytes, whose text has two digits for each. */
const byteMakers = words(
  'convert_to decode textsend varcharsend bpcharsend namesend byteasend xml_send json_send jsonb_send',
);
const containers = words(
  'json_build_array json_build_object jsonb_build_array jsonb_build_object json_object jsonb_object to_json to_jsonb row_to_json array_to_json',
);
const collectors = words('string_agg array_agg json_agg jsonb_agg json_object_agg jsonb_object_agg xmlagg');
const lengtheners = words('repeat lpad rpad replace regexp_replace quote_literal quote_nullable encode array_fill');
const cutters = words('substr substring left right');
const scalars = words(
  `length char_length character_length octet_length bit_length textlen position strpos ascii count md5 sha224 sha256 sha384 sha512 hashtext
   array_length cardinality jsonb_array_length json_array_length jsonb_typeof json_typeof split_part starts_with row_number rank dense_rank`,
);
const comparisons = words('= <> != < <= > >= ~ ~* !~ !~* ~~ ~~* !~~ !~~* @> <@ && ? ?| ?& @? @@ IN BETWEEN');
const textTypes = words('text varchar bpchar char name citext');

/** True for a call whose value may be longer than its arguments. */
export const buildsLength = (name: string): boolean =>
  joiners.has(name) ||
  writers.has(name) ||
  containers.has(name) ||
  collectors.has(name) ||
  lengtheners.has(name) ||
  byteMakers.has(name);

/** True for a type as which whole rows and documents are written with each quote doubled. */
export const isTextType = (name: string): boolean => textTypes.has(name);

function unfoldEach(nodes: readonly unknown[], scope: UnfoldingScope): readonly UnfoldedValue[] {
  const values: UnfoldedValue[] = new Array(nodes.length);
  for (let index = 0; index < nodes.length; index += 1) values[index] = unfold(nodes[index], scope);
  return values;
}

const nodesOfEach = (nodes: unknown, scope: UnfoldingScope): number => nodesOf(unfoldEach(listOf(nodes), scope));

/** What an expression becomes. Linear in its nodes: queries inside it are asked for once. */
export function unfold(node: unknown, scope: UnfoldingScope): UnfoldedValue {
  if (Array.isArray(node)) return join(unfoldEach(node, scope));
  if (!isFields(node)) return unknownValue;
  for (const tag in node) {
    const fields = node[tag];
    if (isFields(fields)) return unfoldTagged(tag, fields, node, scope);
    break;
  }
  return unfoldParts(node, scope);
}

function unfoldTagged(tag: string, fields: Fields, node: Fields, scope: UnfoldingScope): UnfoldedValue {
  switch (tag) {
    case 'A_Const':
      return literal(fields);
    case 'ColumnRef':
      return scope.column(listOf(fields['fields']));
    case 'TypeCast':
      return castValue(unfold(fields['arg'], scope), fields);
    case 'CollateClause':
    case 'NamedArgExpr':
      return unfold(fields['arg'], scope);
    case 'A_Expr':
      return operation(fields, scope);
    case 'CaseExpr':
      return caseValue(fields, scope);
    case 'CoalesceExpr':
    case 'MinMaxExpr':
      return anyOf(unfoldEach(listOf(fields['args']), scope));
    case 'BoolExpr':
      return computed(nodesOfEach(fields['args'], scope));
    case 'NullTest':
    case 'BooleanTest':
      return computed(unfold(fields['arg'], scope).nodes);
    case 'SubLink':
      return subqueryValue(fields, scope);
    case 'FuncCall':
      return callValue(fields, scope);
    case 'A_Indirection':
      return withMore(unfold(fields['arg'], scope), unfold(fields['indirection'], scope).nodes);
    case 'XmlSerialize':
      return times(unfold(fields['expr'], scope), 2);
    case 'SelectStmt':
      return scope.query(fields).value;
    default:
      // A list of fields, whose first happens to hold a node, is read as a whole.
      return /^[A-Z]/.test(tag) ? containerValue(tag, fields, scope) : unfoldParts(node, scope);
  }
}

/** Arrays, rows, documents, and what else is made of its parts. */
function containerValue(tag: string, fields: Fields, scope: UnfoldingScope): UnfoldedValue {
  const value = unfoldParts(fields, scope);
  if (tag === 'A_ArrayExpr') return { ...value, escapes: true, made: undefined };
  if (tag === 'RowExpr') return { ...value, escapes: true, made: 'row' };
  const isWritten = tag === 'JsonSerializeExpr' || (tag.startsWith('Json') && fields['output'] !== undefined);
  return isWritten ? asText({ ...value, escapes: true }) : { ...value, escapes: true };
}

const withMore = (value: UnfoldedValue, nodes: number): UnfoldedValue => withNodes(value, value.nodes + nodes);

function caseValue(fields: Fields, scope: UnfoldingScope): UnfoldedValue {
  const results: UnfoldedValue[] = [];
  let conditions = fields['arg'] === undefined ? 1 : unfold(fields['arg'], scope).nodes;
  for (const item of listOf(fields['args'])) {
    const when = fieldsOf(item, 'CaseWhen') ?? {};
    results.push(unfold(when['result'], scope));
    conditions += unfold(when['expr'], scope).nodes;
  }
  if (fields['defresult'] !== undefined) results.push(unfold(fields['defresult'], scope));
  return withMore(anyOf(results), conditions);
}

/** The fields of a node of which nothing more is known hold its parts. */
function unfoldParts(node: Fields, scope: UnfoldingScope): UnfoldedValue {
  const parts: UnfoldedValue[] = [];
  for (const key in node) {
    const part = node[key];
    if (typeof part === 'object' && part !== null) parts.push(unfold(part, scope));
  }
  return parts.length === 0 ? unknownValue : join(parts);
}

function literal(fields: Fields): UnfoldedValue {
  const { ival, fval, sval } = fields;
  if (isFields(ival)) return writtenValue(1, Math.abs(Number(ival['ival'] ?? 0)));
  if (isFields(fval)) return writtenValue(1, Math.abs(Number(fval['fval'])) || 0);
  const text = isFields(sval) ? (textOf(sval['sval']) ?? '') : '';
  let number = 0;
  if (text.length >= 7) for (const [digits] of text.matchAll(/\d{7,18}/g)) number = Math.max(number, Number(digits));
  return writtenValue(text.length, number);
}

function castValue(value: UnfoldedValue, fields: Fields): UnfoldedValue {
  const type = isFields(fields['typeName']) ? fields['typeName'] : {};
  const name = lastNameOf(type['names']) ?? '';
  const isArray = type['arrayBounds'] !== undefined;
  if (isTextType(name) && !isArray) return withMore(asText(value), 1);
  return withMore(name === 'bytea' ? { ...value, escapes: true } : value, 1);
}

function operation(fields: Fields, scope: UnfoldingScope): UnfoldedValue {
  const symbol = lastNameOf(fields['name']) ?? '';
  const left = unfold(fields['lexpr'], scope);
  const right = unfold(fields['rexpr'], scope);
  if (symbol === '||')
    return join([besideText(left, isText(fields['rexpr'])), besideText(right, isText(fields['lexpr']))]);
  const nodes = left.nodes + right.nodes;
  if (fields['kind'] !== 'AEXPR_OP' || comparisons.has(symbol)) return computed(nodes);
  if (symbol === '*') return computed(nodes, Math.max(left.number, 1) * Math.max(right.number, 1));
  if (symbol === '+') return computed(nodes, left.number + right.number);
  if (symbol === '/' || symbol === '^') return computed(nodes, left.number);
  if (symbol === '%') return computed(nodes, right.number);
  return { ...left, nodes: nodes + 1, number: Math.max(left.number, right.number) };
}

/** A row that is put behind something is read as text, and a document is behind a text. An array stays what it was. */
const besideText = (value: UnfoldedValue, text: boolean): UnfoldedValue =>
  value.made === 'row' || (text && value.made === 'document') ? asText(value) : value;

/** True for what is a text wherever it stands: a cast to one, and most calls. */
function isText(node: unknown): boolean {
  const type = fieldsOf(node, 'TypeCast')?.['typeName'];
  if (isFields(type)) return isTextType(lastNameOf(type['names']) ?? '');
  const call = fieldsOf(node, 'FuncCall');
  return call !== undefined && !containers.has(lastNameOf(call['funcname']) ?? '');
}

function subqueryValue(fields: Fields, scope: UnfoldingScope): UnfoldedValue {
  const query = fieldsOf(fields['subselect'], 'SelectStmt');
  if (!query) return unknownValue;
  const { value, rows } = scope.query(query);
  const nodes = value.nodes + unfold(fields['testexpr'], scope).nodes;
  if (fields['subLinkType'] === 'ARRAY_SUBLINK') return { ...times(value, rows), nodes, escapes: true };
  return fields['subLinkType'] === 'EXPR_SUBLINK' ? withNodes(value, nodes) : computed(nodes - 1);
}

/** Position of the argument that says how large the value of a call is. */
const sizes: Readonly<Record<string, number>> = { repeat: 1, lpad: 1, rpad: 1, array_fill: 1, format: 0 };

function callValue(fields: Fields, scope: UnfoldingScope): UnfoldedValue {
  const name = lastNameOf(fields['funcname']) ?? '';
  const nodes = listOf(fields['args']);
  const args = unfoldEach(nodes, scope);
  const position = Object.hasOwn(sizes, name) ? sizes[name] : undefined;
  const fits = position === undefined || scope.fits(name, args[position]?.number ?? 0, fields);
  const value = fits ? builtValue(name, nodes, args, scope) : unknownValue;
  if (value.length > 1) scope.built(value.length);
  let parts = nodesOf(args) + 1;
  for (const around of [fields['agg_order'], fields['agg_filter'], fields['over']])
    if (around !== undefined) parts += unfold(around, scope).nodes;
  return withNodes(value, parts);
}

function builtValue(
  name: string,
  nodes: readonly unknown[],
  args: readonly UnfoldedValue[],
  scope: UnfoldingScope,
): UnfoldedValue {
  const [first = unknownValue, second = unknownValue, third = unknownValue] = args;
  if (scalars.has(name)) return unknownValue;
  if (collectors.has(name)) return times(first, scope.rows);
  // `||` joins jsonb with jsonb, and reads json as text.
  if (containers.has(name)) return { ...join(args), escapes: true, made: name.includes('jsonb') ? 'document' : 'row' };
  switch (name) {
    case 'repeat':
      return times(first, second.number > 0 ? second.number : timesUnknown(first));
    case 'lpad':
    case 'rpad':
      return measures(nodes[1]) ? times(join([first, third]), 2) : writtenValue(second.number, 0);
    case 'replace':
      if (fieldsOf(nodes[2], 'A_Const')) return times(first, replacementGrowth(nodes[1], nodes[2]));
      return { ...join([first, times(third, matches(nodes[0], first))]), length: first.length * third.length };
    case 'regexp_replace':
      if (fieldsOf(nodes[2], 'A_Const')) return times(first, backreferenceGrowth(nodes[2], nodes[3]));
      return { ...join([first, times(third, matches(nodes[0], first))]), length: first.length * third.length };
    case 'format':
      return { ...join([first, ...formatted(nodes[0], args.slice(1).map(asText))]), escapes: false, made: undefined };
    case 'array_to_string':
      return separated(asText(first), nodes[1], second);
    case 'array_fill':
      return { ...times(first, second.number > 1 ? second.number : timesUnknown(first)), escapes: true };
    case 'quote_literal':
    case 'quote_nullable':
    case 'encode':
      return times(asText(first), 2);
    default:
      if (joiners.has(name)) return join(args.map((value) => besideText(value, false)));
      if (writers.has(name)) return join(args.map(asText));
      if (byteMakers.has(name)) return { ...first, escapes: true };
      if (cutters.has(name) && nodes.slice(1).some((node) => !fieldsOf(node, 'A_Const'))) return unknownValue;
      return args.length === 1 ? first : anyOf(args);
  }
}

/** How often is not known, and more than once is enough for a recursion. */
const timesUnknown = (value: UnfoldedValue): number => (value.copies.size > 0 ? 2 : 1);

/** How often a text that is searched may be found to match: no more than once for each character that is written. */
const matches = (node: unknown, value: UnfoldedValue): number => (fieldsOf(node, 'A_Const') ? value.length : 2);

/** The parts of an array with a text between each two. */
function separated(array: UnfoldedValue, node: unknown, separator: UnfoldedValue): UnfoldedValue {
  const literalText = fieldsOf(node, 'A_Const')?.['sval'];
  const isEmpty = isFields(literalText) && (textOf(literalText['sval']) ?? '') === '';
  const parts = isEmpty ? array : join([times(array, 1 + separator.length), times(separator, timesUnknown(separator))]);
  return { ...parts, escapes: false, made: undefined };
}

/** Values of `format`, each as often as the text names it. */
function formatted(node: unknown, values: readonly UnfoldedValue[]): readonly UnfoldedValue[] {
  const literalText = fieldsOf(node, 'A_Const')?.['sval'];
  const text = isFields(literalText) ? (textOf(literalText['sval']) ?? '') : '';
  const named = [...text.matchAll(/%(\d+)\$/g)].map(([, place]) => Number(place));
  if (named.length === 0) return values;
  return values.map((value, index) => times(value, named.filter((place) => place === index + 1).length));
}

/** Whether an expression asks for the length of something. */
function measures(node: unknown): boolean {
  const stack: unknown[] = [node];
  for (let item = stack.pop(); item !== undefined || stack.length > 0; item = stack.pop()) {
    if (typeof item !== 'object' || item === null) continue;
    const call = fieldsOf(item, 'FuncCall');
    if (call && /length|textlen/.test(lastNameOf(call['funcname']) ?? '')) return true;
    stack.push(...(Object.values(item) as unknown[]));
  }
  return false;
}
