import { type Judgement, refuse } from '../judgement.ts';
import { type Fields, fieldsOf, isFields, listOf, namesOf, textOf, untag } from '../tree.ts';
import { countCollectors } from './collected-rows.ts';

/** Calls in FROM that make rows of a list. */
const listCalls: ReadonlySet<string> = new Set(
  `unnest json_array_elements jsonb_array_elements json_array_elements_text jsonb_array_elements_text json_each jsonb_each json_each_text
   jsonb_each_text json_object_keys jsonb_object_keys jsonb_path_query`.split(/\s+/),
);
/** Calls that make rows of a text, of whatever length its parts are. */
const textCalls: ReadonlySet<string> = new Set([
  'string_to_table',
  'regexp_split_to_table',
  'string_to_array',
  'regexp_matches',
]);
const charactersOfPart = 2;
const maxDepth = 32;

function listLength(node: unknown, ofText: boolean, depth: number): number {
  const tagged = depth > maxDepth ? undefined : untag(node);
  const fields: Fields = tagged?.fields ?? {};
  switch (tagged?.tag) {
    case 'A_Const': {
      const text = isFields(fields['sval']) ? (textOf(fields['sval']['sval']) ?? '') : '';
      return ofText ? text.length / charactersOfPart : text.split(',').length;
    }
    case 'TypeCast':
      return listLength(fields['arg'], ofText, depth + 1);
    case 'A_ArrayExpr':
      return listOf(fields['elements']).length;
    case 'FuncCall': {
      const splits = textCalls.has(namesOf(fields['funcname'])?.at(-1) ?? '');
      return Math.max(1, ...listOf(fields['args']).map((item) => listLength(item, splits, depth + 1)));
    }
    default:
      return 1;
  }
}

/** Rows that an item of FROM makes of what the text writes out. */
function rowsOf(item: unknown, depth = 0): number {
  const tagged = depth > maxDepth ? undefined : untag(item);
  const fields: Fields = tagged?.fields ?? {};
  switch (tagged?.tag) {
    case 'JoinExpr':
      return rowsOf(fields['larg'], depth + 1) * rowsOf(fields['rarg'], depth + 1);
    case 'RangeSubselect':
      return Math.max(1, listOf(fieldsOf(fields['subquery'], 'SelectStmt')?.['valuesLists']).length);
    case 'RangeFunction': {
      const calls = listOf(fields['functions']).map((pair) => listOf(fieldsOf(pair, 'List')?.['items'])[0]);
      return calls.reduce<number>((most, call) => {
        const name = namesOf(fieldsOf(call, 'FuncCall')?.['funcname'])?.at(-1) ?? '';
        return listCalls.has(name) || textCalls.has(name) ? Math.max(most, listLength(call, false, depth)) : most;
      }, 1);
    }
    default:
      return 1;
  }
}

/**
 * Judges lists that a text writes out, crosses, and collects: two of a few thousand make millions of rows. Measured: four million arrays are
 * written out for seven seconds past the timeout, a million records take 1.1 GB.
 */
export function inspectWrittenRows(select: Fields, generated: number, judgement: Judgement): void {
  const from = listOf(select['fromClause']);
  if (from.length < 2 && !fieldsOf(from[0], 'JoinExpr')) return;
  const written = from.reduce<number>((rows, item) => rows * rowsOf(item), 1);
  const limit = judgement.policy.limits.maxGeneratedSize / 5;
  if (written <= 1 || written * generated <= limit || countCollectors(select) === 0) return;
  refuse(judgement, {
    code: 'size',
    node: 'SelectStmt',
    message: `Lists that the text writes out are crossed to more than ${limit} rows, and all of them are collected in one value`,
    location: 0,
    option: 'limits.maxGeneratedSize',
  });
}
