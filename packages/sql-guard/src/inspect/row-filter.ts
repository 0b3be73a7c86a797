import { isPlaceField, sameTree } from '../same-tree.ts';
import { type Fields, fieldsOf, isFields, listOf, namesOf, textOf, untag } from '../tree.ts';

// Deeper conditions are taken not to filter, which is the strict answer.
const maxDepth = 100;

/** The table that a statement changes. */
export interface ChangedTable {
  /** Its name, whatever the statement calls it. */
  readonly name: string;
  /** What stands before its columns: its alias, or its name. */
  readonly alias: string;
}

/**
 * True when a condition picks rows of the table that is changed, as far as that can be read off the text: it names a column that may be
 * the table's own, in each branch of an OR, and is not true of every row by its form alone. `WHERE true`, `WHERE id = 1 OR 1 = 1`,
 * `WHERE NOT (id = 1 AND false)` and a condition on other tables alone change every row.
 *
 * @param negated under a NOT, where AND and OR change places
 */
export function picksRows(condition: unknown, target: ChangedTable, negated = false, depth = 0): boolean {
  if (depth > maxDepth) return false;
  const tagged = untag(condition);
  if (!tagged) return false;
  const { tag, fields } = tagged;
  if (tag !== 'BoolExpr') return !holdsAlways(tag, fields, target) && namesColumn(condition, target.alias);
  const args = listOf(fields['args']);
  if (fields['boolop'] === 'NOT_EXPR') return picksRows(args[0], target, !negated, depth + 1);
  const picks = (argument: unknown): boolean => picksRows(argument, target, negated, depth + 1);
  return (fields['boolop'] === 'OR_EXPR') === negated ? args.some(picks) : args.every(picks) && !coversAll(args);
}

/** What a branch says of its operands, and what is said in the opposite. */
const opposites: ReadonlyMap<string, string> = new Map(
  [
    ['=', '<>'],
    ['<', '>='],
    ['>', '<='],
    ['~~', '!~~'],
    ['~~*', '!~~*'],
    ['~', '!~'],
    ['~*', '!~*'],
    ['AEXPR_DISTINCT', 'AEXPR_NOT_DISTINCT'],
    ['AEXPR_BETWEEN', 'AEXPR_NOT_BETWEEN'],
    ['AEXPR_BETWEEN_SYM', 'AEXPR_NOT_BETWEEN_SYM'],
    ['IS_NULL', 'IS_NOT_NULL'],
    ['IS_TRUE', 'IS_NOT_TRUE'],
    ['IS_FALSE', 'IS_NOT_FALSE'],
    ['IS_UNKNOWN', 'IS_NOT_UNKNOWN'],
  ].flatMap(([one = '', other = '']) => [
    [one, other],
    [other, one],
  ]),
);

/**
 * `x OR NOT x`, `x IS NULL OR x IS NOT NULL`, `x = 1 OR x <> 1`: one branch holds where another does not. A list of keys may be written as
 * thousands of branches, so that each is asked for its opposite by name.
 */
function coversAll(branches: readonly unknown[]): boolean {
  const said = new Set<string>();
  return branches.some((branch) => {
    let plain = untag(branch);
    let negated = false;
    while (plain?.fields['boolop'] === 'NOT_EXPR') {
      plain = untag(listOf(plain.fields['args'])[0]);
      negated = !negated;
    }
    const says = plain === undefined ? '' : verbOf(plain.tag, plain.fields);
    const subject = plain === undefined ? '' : subjectOf(plain.fields);
    const opposite = opposites.get(says);
    const sentence = (verb: string, not: boolean): string => `${not} ${verb} ${subject}`;
    if (said.has(sentence(says, !negated)) || (opposite !== undefined && said.has(sentence(opposite, negated))))
      return true;
    said.add(sentence(says, negated));
    return false;
  });
}

function verbOf(tag: string, { nulltesttype, booltesttype, kind, name, boolop }: Fields): string {
  const plainKind = typeof kind === 'string' && opposites.has(kind) ? kind : (namesOf(name)?.at(-1) ?? '');
  return String(nulltesttype ?? booltesttype ?? (tag === 'A_Expr' ? plainKind : `${tag} ${String(boolop)}`));
}

/** What a condition speaks of: its operands, without the qualifiers of columns. */
function subjectOf({ arg, args, lexpr, rexpr, fields }: Fields): string {
  return JSON.stringify([arg, args, lexpr, rexpr, fields], (key, value: unknown) => {
    if (isPlaceField(key)) return undefined;
    const column = fieldsOf(value, 'ColumnRef')?.['fields'];
    return column === undefined ? value : listOf(column).at(-1);
  });
}

const betweenKinds: ReadonlySet<unknown> = new Set([
  'AEXPR_BETWEEN',
  'AEXPR_NOT_BETWEEN',
  'AEXPR_BETWEEN_SYM',
  'AEXPR_NOT_BETWEEN_SYM',
]);

/** True of every row, or of none, by its form: what is compared with itself, and what gives `true` whatever a column holds. */
function holdsAlways(tag: string, fields: Fields, target: ChangedTable): boolean {
  switch (tag) {
    case 'A_Expr': {
      const { lexpr, rexpr } = fields;
      if (sameTree(lexpr, rexpr) || matchesAnyText(fields)) return true;
      const array = fieldsOf(rexpr, 'SubLink');
      if (array?.['subLinkType'] === 'ARRAY_SUBLINK') return readsEveryRow(array['subselect'], target.name);
      const list = listOf(fieldsOf(rexpr, 'List')?.['items'] ?? fieldsOf(rexpr, 'A_ArrayExpr')?.['elements']);
      const isItself = (item: unknown): boolean => sameTree(item, lexpr);
      return betweenKinds.has(fields['kind']) ? list.length > 0 && list.every(isItself) : list.some(isItself);
    }
    case 'NullTest':
      return systemColumns.has(namesOf(fieldsOf(fields['arg'], 'ColumnRef')?.['fields'])?.at(-1) ?? '');
    case 'SubLink':
      return fields['subLinkType'] === 'ANY_SUBLINK' && readsEveryRow(fields['subselect'], target.name);
    case 'BooleanTest':
      return (
        (fields['booltesttype'] === 'IS_UNKNOWN' || fields['booltesttype'] === 'IS_NOT_UNKNOWN') &&
        !fieldsOf(fields['arg'], 'ColumnRef')
      );
    case 'CoalesceExpr':
      return isTrue(listOf(fields['args'])[0]);
    case 'CaseExpr': {
      const results = listOf(fields['args']).map((item) => fieldsOf(item, 'CaseWhen')?.['result']);
      return [...results, fields['defresult']].every(isTrue);
    }
    default:
      return false;
  }
}

/** `SELECT id FROM t`, without anything that leaves rows of t out. */
export function readsEveryRow(query: unknown, table: string): boolean {
  const select = fieldsOf(query, 'SelectStmt') ?? {};
  const [source, other] = listOf(select['fromClause']);
  const filtered = ['whereClause', 'groupClause', 'havingClause', 'limitCount', 'limitOffset', 'larg'];
  return (
    other === undefined &&
    fieldsOf(source, 'RangeVar')?.['relname'] === table &&
    filtered.every((field) => select[field] === undefined)
  );
}

/** Never null. */
const systemColumns: ReadonlySet<string> = new Set(['ctid', 'tableoid', 'xmin', 'xmax', 'cmin', 'cmax']);
const likeSymbols: ReadonlySet<string> = new Set(['~~', '!~~', '~~*', '!~~*']);

/** `LIKE '%'`. */
function matchesAnyText({ name, rexpr }: Fields): boolean {
  if (!likeSymbols.has(namesOf(name)?.at(-1) ?? '')) return false;
  const literal = fieldsOf(rexpr, 'A_Const')?.['sval'];
  const text = isFields(literal) ? textOf(literal['sval']) : undefined;
  return text !== undefined && text !== '' && [...text].every((character) => character === '%');
}

function isTrue(expression: unknown): boolean {
  const literal = fieldsOf(expression, 'A_Const')?.['boolval'];
  return isFields(literal) && literal['boolval'] === true;
}

/** Inside a subquery only a name with the table's own in front of it counts: others belong to the subquery first. */
function namesColumn(expression: unknown, target: string): boolean {
  const stack: { readonly value: unknown; readonly inner: boolean }[] = [{ value: expression, inner: false }];
  for (let item = stack.pop(); item; item = stack.pop()) {
    const { value, inner } = item;
    if (typeof value !== 'object' || value === null) continue;
    const column = fieldsOf(value, 'ColumnRef');
    if (column) {
      if (mayBelongTo(column['fields'], target, inner)) return true;
      continue;
    }
    const subquery = !Array.isArray(value) && isFields(value) && isFields(value['SelectStmt']);
    for (const child of childrenOf(value)) stack.push({ value: child, inner: inner || subquery });
  }
  return false;
}

/** What EXISTS selects does not matter. */
function childrenOf(value: object): readonly unknown[] {
  const exists = fieldsOf(value, 'SubLink');
  if (exists?.['subLinkType'] !== 'EXISTS_SUBLINK') return Object.values(value);
  const { targetList: _selected, ...rest } = fieldsOf(exists['subselect'], 'SelectStmt') ?? {};
  return [{ SelectStmt: rest }];
}

function mayBelongTo(names: unknown, target: string, inner: boolean): boolean {
  const parts = listOf(names);
  if (parts.length < 2) return !inner;
  return fieldsOf(parts[parts.length - 2], 'String')?.['sval'] === target;
}
