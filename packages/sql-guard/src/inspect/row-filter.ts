import { sameTree } from '../same-tree.ts';
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

const opposites: ReadonlyMap<string, string> = new Map(
  [
    ['=', '<>'],
    ['<', '>='],
    ['>', '<='],
    ['~~', '!~~'],
    ['~~*', '!~~*'],
    ['~', '!~'],
    ['~*', '!~*'],
  ].flatMap(([one = '', other = '']) => [
    [one, other],
    [other, one],
  ]),
);
const opposedKinds: ReadonlyMap<unknown, string> = new Map([
  ['AEXPR_DISTINCT', 'AEXPR_NOT_DISTINCT'],
  ['AEXPR_BETWEEN', 'AEXPR_NOT_BETWEEN'],
  ['AEXPR_BETWEEN_SYM', 'AEXPR_NOT_BETWEEN_SYM'],
]);

/** `x OR NOT x`, `x IS NULL OR x IS NOT NULL`, `x = 1 OR x <> 1`: one branch holds where another does not. */
function coversAll(branches: readonly unknown[]): boolean {
  return branches.some((one, at) => branches.slice(at + 1).some((other) => areOpposed(one, other)));
}

function areOpposed(one: unknown, other: unknown): boolean {
  const [left, right] = [untag(one), untag(other)];
  if (!left || !right) return false;
  for (const [negation, plain] of [
    [left, other],
    [right, one],
  ] as const)
    if (negation.fields['boolop'] === 'NOT_EXPR' && sameTree(listOf(negation.fields['args'])[0], plain)) return true;
  if (left.tag !== right.tag || !sameTree(operandsOf(left.fields), operandsOf(right.fields))) return false;
  if (left.tag === 'NullTest') return left.fields['nulltesttype'] !== right.fields['nulltesttype'];
  if (left.tag !== 'A_Expr') return false;
  const kinds = [left.fields['kind'], right.fields['kind']];
  if (opposedKinds.get(kinds[0]) === kinds[1] || opposedKinds.get(kinds[1]) === kinds[0]) return true;
  const [symbol, opposite] = [left, right].map(({ fields }) => namesOf(fields['name'])?.at(-1) ?? '');
  return kinds[0] === kinds[1] && opposites.get(symbol ?? '') === opposite;
}

const operandsOf = ({ arg, lexpr, rexpr }: Fields): Fields => ({ arg, lexpr, rexpr });

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
      return opposedKinds.has(fields['kind']) && list.length > 0 ? list.every(isItself) : list.some(isItself);
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
