import { type Fields, fieldsOf, isFields, listOf, namesOf, textOf, untag } from '../tree.ts';
import { backreferenceGrowth, replacementGrowth } from './generated-size.ts';

/** What an expression becomes when the subqueries below it are put into it. */
export interface UnfoldedValue {
  /** Its nodes, as the planner copies them. */
  readonly nodes: number;
  /** How many times longer it is than what it is made of. */
  readonly length: number;
  /** The largest number that is written in what it is made of; 0: none. */
  readonly number: number;
  /** How often it holds each column of the recursion that it stands in. */
  readonly copies: ReadonlyMap<string, number>;
  /** Copies are put together, and do not stand for each other. */
  readonly joined: boolean;
  /** Read as text, it doubles each quote of its parts. */
  readonly escapes: boolean;
}

/** What an expression can see. */
export interface UnfoldingScope {
  readonly column: (names: readonly (string | undefined)[]) => UnfoldedValue;
  readonly query: (select: Fields) => { readonly value: UnfoldedValue; readonly rows: number };
  /** Rows of series in FROM. */
  readonly rows: number;
  /** Hears of each size that a call takes. */
  readonly size: (name: string, number: number, call: Fields) => void;
  /** Hears how long the value of each call is. */
  readonly built: (length: number) => void;
}

const noCopies: ReadonlyMap<string, number> = new Map();
/** A value that nothing is known of. */
export const unknownValue: UnfoldedValue = {
  nodes: 1,
  length: 1,
  number: 0,
  copies: noCopies,
  joined: false,
  escapes: false,
};

const nodesOf = (values: readonly UnfoldedValue[]): number => values.reduce((sum, { nodes }) => sum + nodes, 1);
const largest = (values: readonly UnfoldedValue[]): number =>
  values.reduce((most, { number }) => Math.max(most, number), 0);

function mergeCopies(
  values: readonly UnfoldedValue[],
  merge: (one: number, other: number) => number,
): ReadonlyMap<string, number> {
  if (values.every(({ copies }) => copies.size === 0)) return noCopies;
  const merged = new Map<string, number>();
  for (const { copies } of values)
    for (const [column, count] of copies) merged.set(column, merge(merged.get(column) ?? 0, count));
  return merged;
}

/** Parts that are put together. */
export function join(values: readonly UnfoldedValue[]): UnfoldedValue {
  return {
    nodes: nodesOf(values),
    length: values.reduce((sum, { length }) => sum + length, 0),
    number: largest(values),
    copies: mergeCopies(values, (one, other) => one + other),
    joined: values.some(({ joined }) => joined) || values.filter(({ copies }) => copies.size > 0).length > 1,
    escapes: false,
  };
}

/** One of several values. */
export const anyOf = (values: readonly UnfoldedValue[]): UnfoldedValue => ({
  nodes: nodesOf(values),
  length: values.reduce((most, { length }) => Math.max(most, length), 1),
  number: largest(values),
  copies: mergeCopies(values, Math.max),
  joined: values.some(({ joined }) => joined),
  escapes: values.some(({ escapes }) => escapes),
});

/** A short value that is computed from others. */
const plain = (values: readonly UnfoldedValue[], number = 0): UnfoldedValue => ({
  ...unknownValue,
  nodes: nodesOf(values),
  number,
});

/** A value so many times over. */
function times(value: UnfoldedValue, factor: number): UnfoldedValue {
  if (factor <= 1) return value;
  return {
    ...value,
    length: value.length * factor,
    copies: mergeCopies([value], (_none, count) => count * factor),
    joined: value.joined || value.copies.size > 0,
  };
}

const words = (names: string): ReadonlySet<string> => new Set(names.split(/\s+/));
const joiners = words(
  `concat concat_ws textcat array_cat array_append array_prepend byteacat bitcat anytextcat textanycat tsvector_concat jsonb_concat
   array_to_string xmlconcat2 overlay jsonb_set jsonb_set_lax jsonb_insert format`,
);
const containers = words(
  'json_build_array json_build_object jsonb_build_array jsonb_build_object json_object jsonb_object to_json to_jsonb row_to_json array_to_json',
);
const collectors = words('string_agg array_agg json_agg jsonb_agg json_object_agg jsonb_object_agg xmlagg');
const cutters = words('substr substring left right');
const scalars = words(
  `length char_length character_length octet_length bit_length textlen position strpos ascii count md5 sha224 sha256 sha384 sha512 hashtext
   array_length cardinality jsonb_array_length json_array_length jsonb_typeof json_typeof split_part starts_with row_number rank dense_rank`,
);
const comparisons = words('= <> != < <= > >= ~ ~* !~ !~* ~~ ~~* !~~ !~~* @> <@ && ? ?| ?& @? @@ IN BETWEEN');
const textTypes = words('text varchar bpchar char name');

/** What an expression becomes. Linear in its nodes: queries inside it are asked for once. */
export function unfold(node: unknown, scope: UnfoldingScope): UnfoldedValue {
  if (node === undefined) return unknownValue;
  if (Array.isArray(node)) return join(node.map((item) => unfold(item, scope)));
  const tagged = untag(node);
  if (!tagged) return unfoldParts(node, scope);
  const { tag, fields } = tagged;
  switch (tag) {
    case 'A_Const':
      return literal(fields);
    case 'ColumnRef':
      return scope.column(listOf(fields['fields']).map((item) => textOf(fieldsOf(item, 'String')?.['sval'])));
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
      return anyOf(listOf(fields['args']).map((item) => unfold(item, scope)));
    case 'BoolExpr':
    case 'NullTest':
    case 'BooleanTest':
      return plain([unfold(fields['args'] ?? fields['arg'], scope)]);
    case 'SubLink':
      return subqueryValue(fields, scope);
    case 'FuncCall':
      return callValue(fields, scope);
    case 'A_Indirection':
      return andNodes(unfold(fields['arg'], scope), unfold(fields['indirection'], scope));
    case 'XmlSerialize':
      return times(unfold(fields['expr'], scope), 2);
    case 'SelectStmt':
      return scope.query(fields).value;
    default:
      return { ...unfoldParts(fields, scope), escapes: true };
  }
}

const andNodes = (value: UnfoldedValue, other: UnfoldedValue): UnfoldedValue => ({
  ...value,
  nodes: value.nodes + other.nodes,
});

function caseValue(fields: Fields, scope: UnfoldingScope): UnfoldedValue {
  const whens = listOf(fields['args']).map((item) => fieldsOf(item, 'CaseWhen') ?? {});
  const results = [...whens.map((when) => when['result']), fields['defresult']];
  const conditions = [...whens.map((when) => when['expr']), fields['arg']];
  return andNodes(
    anyOf(results.map((item) => unfold(item, scope))),
    plain(conditions.map((item) => unfold(item, scope))),
  );
}

/** The fields of a node of which nothing more is known hold its parts. */
function unfoldParts(node: unknown, scope: UnfoldingScope): UnfoldedValue {
  if (!isFields(node)) return unknownValue;
  const parts = Object.values(node).filter((item) => typeof item === 'object' && item !== null);
  return parts.length === 0 ? unknownValue : join(parts.map((item) => unfold(item, scope)));
}

function literal(fields: Fields): UnfoldedValue {
  const whole = isFields(fields['ival']) ? Number(fields['ival']['ival'] ?? 0) : 0;
  const broken = isFields(fields['fval']) ? Number(fields['fval']['fval']) : 0;
  const text = isFields(fields['sval']) ? (textOf(fields['sval']['sval']) ?? '') : '';
  const written = text.match(/\d{7,18}/g)?.map(Number) ?? [];
  return {
    ...unknownValue,
    length: Math.max(text.length, 1),
    number: Math.max(Math.abs(whole), Math.abs(broken) || 0, ...written),
  };
}

function castValue(value: UnfoldedValue, fields: Fields): UnfoldedValue {
  const type = fieldsOf({ TypeName: fields['typeName'] }, 'TypeName') ?? {};
  const isText = type['arrayBounds'] === undefined && textTypes.has(namesOf(type['names'])?.at(-1) ?? '');
  if (value.escapes && isText) return { ...times(value, 2), nodes: value.nodes + 1, escapes: false };
  return { ...value, nodes: value.nodes + 1 };
}

function operation(fields: Fields, scope: UnfoldingScope): UnfoldedValue {
  const symbol = namesOf(fields['name'])?.at(-1) ?? '';
  const sides = [unfold(fields['lexpr'], scope), unfold(fields['rexpr'], scope)];
  const [left = unknownValue, right = unknownValue] = sides;
  if (symbol === '||') return join(sides);
  if (fields['kind'] !== 'AEXPR_OP' || comparisons.has(symbol)) return plain(sides);
  if (symbol === '*') return plain(sides, Math.max(left.number, 1) * Math.max(right.number, 1));
  if (symbol === '+') return plain(sides, left.number + right.number);
  if (symbol === '/' || symbol === '^') return plain(sides, left.number);
  if (symbol === '%') return plain(sides, right.number);
  return { ...left, nodes: nodesOf(sides), number: largest(sides) };
}

function subqueryValue(fields: Fields, scope: UnfoldingScope): UnfoldedValue {
  const query = fieldsOf(fields['subselect'], 'SelectStmt');
  if (!query) return unknownValue;
  const { value, rows } = scope.query(query);
  const nodes = value.nodes + unfold(fields['testexpr'], scope).nodes;
  if (fields['subLinkType'] === 'ARRAY_SUBLINK') return { ...times(value, rows), nodes, escapes: true };
  return fields['subLinkType'] === 'EXPR_SUBLINK' ? { ...value, nodes } : { ...unknownValue, nodes };
}

/** Position of the argument that says how large the value of a call is. */
const sizes: Readonly<Record<string, number>> = { repeat: 1, lpad: 1, rpad: 1, array_fill: 1, format: 0 };

function callValue(fields: Fields, scope: UnfoldingScope): UnfoldedValue {
  const name = namesOf(fields['funcname'])?.at(-1) ?? '';
  const nodes = listOf(fields['args']);
  const args = nodes.map((item) => unfold(item, scope));
  const around = [fields['agg_order'], fields['agg_filter'], fields['over']].filter((part) => part !== undefined);
  const value = builtValue(name, nodes, args, scope);
  if (value.length > 1) scope.built(value.length);
  const position = Object.hasOwn(sizes, name) ? sizes[name] : undefined;
  if (position !== undefined) scope.size(name, args[position]?.number ?? 0, fields);
  return { ...value, nodes: nodesOf(args) + (around.length === 0 ? 0 : unfold(around, scope).nodes) };
}

function builtValue(
  name: string,
  nodes: readonly unknown[],
  args: readonly UnfoldedValue[],
  scope: UnfoldingScope,
): UnfoldedValue {
  const [first = unknownValue, second = unknownValue, third = unknownValue] = args;
  if (scalars.has(name)) return plain(args);
  if (collectors.has(name)) return times(first, scope.rows);
  if (containers.has(name)) return { ...join(args), escapes: true };
  switch (name) {
    case 'repeat':
      // How often is not known, and more than once is enough for a recursion.
      return times(first, second.number > 0 ? second.number : first.copies.size > 0 ? 2 : 1);
    case 'lpad':
    case 'rpad':
      return measures(nodes[1])
        ? times(join([first, third]), 2)
        : { ...unknownValue, length: Math.max(second.number, 1) };
    case 'replace':
      if (fieldsOf(nodes[2], 'A_Const')) return times(first, replacementGrowth(nodes[1], nodes[2]));
      return { ...join([first, third]), length: first.length * third.length };
    case 'regexp_replace':
      if (!fieldsOf(nodes[2], 'A_Const')) return join([first, third]);
      return times(first, backreferenceGrowth(nodes[2], nodes[3]));
    case 'format':
      return join([first, ...formatted(nodes[0], args.slice(1))]);
    case 'quote_literal':
    case 'quote_nullable':
    case 'encode':
      return times(first, 2);
    default:
      if (joiners.has(name)) return join(args);
      if (cutters.has(name) && nodes.slice(1).some((node) => !fieldsOf(node, 'A_Const'))) return plain(args);
      return anyOf(args);
  }
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
    if (call && /length|textlen/.test(namesOf(call['funcname'])?.at(-1) ?? '')) return true;
    stack.push(...(Object.values(item) as unknown[]));
  }
  return false;
}
