import { type Fields, fieldsOf, isFields, listOf, namesOf, textOf, untag } from '../tree.ts';
import { commonTables } from './common-tables.ts';
import { constantSize } from './constant.ts';
import { sizeOfCall } from './generated-size.ts';

/** Aggregates that give one row for all. */
const aggregates: ReadonlySet<string> = new Set(
  `count sum avg min max any_value bool_and bool_or every bit_and bit_or bit_xor array_agg string_agg json_agg json_agg_strict jsonb_agg
   jsonb_agg_strict json_object_agg json_object_agg_strict json_object_agg_unique json_object_agg_unique_strict jsonb_object_agg
   jsonb_object_agg_strict jsonb_object_agg_unique jsonb_object_agg_unique_strict xmlagg range_agg range_intersect_agg stddev stddev_pop
   stddev_samp variance var_pop var_samp corr covar_pop covar_samp regr_avgx regr_avgy regr_count regr_intercept regr_r2 regr_slope
   regr_sxx regr_sxy regr_syy percentile_cont percentile_disc mode`.split(/\s+/),
);
const maxDepth = 64;

/** True for an aggregate that makes one row of many. */
export const isAggregate = (name: string): boolean => aggregates.has(name);

/** Rows of common table expressions, by name. */
export type KnownRows = ReadonlyMap<string, number>;

/** Nothing is known: there is no WITH. */
export const noRows: KnownRows = new Map();

/**
 * Rows that a query makes out of nothing: the product of its series of constant length. Tables count as one row, because what they hold
 * is the business of timeouts; a series of series is in the text.
 */
export function queryRows(select: Fields, known: KnownRows, depth = 0): number {
  if (depth > maxDepth) return 1;
  if (isFields(select['larg']) && isFields(select['rarg']))
    return queryRows(select['larg'], known, depth + 1) + queryRows(select['rarg'], known, depth + 1);
  const targets = listOf(select['targetList']).map((item) => fieldsOf(item, 'ResTarget')?.['val']);
  const calls = targets.map((target) => fieldsOf(target, 'FuncCall')).filter((call) => call !== undefined);
  if (
    select['groupClause'] === undefined &&
    calls.some((call) => call['over'] === undefined && aggregates.has(nameOf(call)))
  )
    return 1;
  const rows = Math.max(1, ...calls.map(callRows)) * fromRows(select, known, depth);
  const limit = select['limitCount'] === undefined ? undefined : constantSize(select['limitCount']);
  return typeof limit === 'number' ? Math.min(rows, Math.max(limit, 1)) : rows;
}

/** Rows of a FROM clause before any condition. */
export function fromRows(select: Fields, known: KnownRows, depth = 0): number {
  return listOf(select['fromClause']).reduce<number>((rows, item) => rows * itemRows(item, known, depth), 1);
}

/** Adds the rows of the members of a WITH. Of several tables of one name the largest counts: which one a query sees is not asked. */
export function addCommonTableRows(withClause: Fields, known: Map<string, number>): void {
  for (const member of commonTables(withClause)) {
    const query = fieldsOf(member['ctequery'], 'SelectStmt');
    const name = textOf(member['ctename']) ?? '';
    known.set(name, Math.max(known.get(name) ?? 1, query ? queryRows(query, known) : 1));
  }
}

function itemRows(item: unknown, known: KnownRows, depth: number): number {
  if (depth > maxDepth) return 1;
  const tagged = untag(item);
  const fields = tagged?.fields ?? {};
  switch (tagged?.tag) {
    case 'JoinExpr':
      return itemRows(fields['larg'], known, depth + 1) * itemRows(fields['rarg'], known, depth + 1);
    case 'RangeSubselect': {
      const query = fieldsOf(fields['subquery'], 'SelectStmt');
      return query ? queryRows(query, known, depth + 1) : 1;
    }
    case 'RangeFunction': {
      const calls = listOf(fields['functions']).map((pair) =>
        fieldsOf(listOf(fieldsOf(pair, 'List')?.['items'])[0], 'FuncCall'),
      );
      return Math.max(1, ...calls.map((call) => (call ? callRows(call) : 1)));
    }
    case 'RangeVar':
      return fields['schemaname'] === undefined ? (known.get(textOf(fields['relname']) ?? '') ?? 1) : 1;
    default:
      return 1;
  }
}

const nameOf = (call: Fields): string => namesOf(call['funcname'])?.at(-1) ?? '';

function callRows(call: Fields): number {
  const name = nameOf(call);
  const args = listOf(call['args']);
  if (name === 'generate_series') return known(sizeOfCall(name, args));
  if (name !== 'unnest') return 1;
  const inner = fieldsOf(args[0], 'FuncCall');
  return inner ? known(sizeOfCall(nameOf(inner), listOf(inner['args']))) : 1;
}

const known = (size: unknown): number => (typeof size === 'number' && size > 1 ? size : 1);
