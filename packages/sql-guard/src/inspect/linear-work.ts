import { type Fields, fieldsOf, isFields, listOf, namesOf, untag } from '../tree.ts';

/*
 * What may stand beside a large value that the text builds. Much else in PostgreSQL takes the square of a value's length without looking at
 * its timeout or at a request to end (measured: strpos, LIKE, trim, normalize, plainto_tsquery, &&), so what is not named here is not
 * trusted with one.
 */

const linearCalls: ReadonlySet<string> = new Set(
  `count sum avg min max any_value bool_and bool_or every array_agg string_agg json_agg jsonb_agg json_object_agg jsonb_object_agg
   stddev stddev_pop stddev_samp variance var_pop var_samp percentile_cont percentile_disc mode
   row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value
   repeat lpad rpad array_fill generate_series generate_subscripts unnest concat concat_ws format chr
   length char_length character_length octet_length bit_length textlen left right reverse upper lower initcap substr overlay ascii starts_with
   md5 sha224 sha256 sha384 sha512 encode decode convert_to convert_from quote_literal quote_ident quote_nullable
   array_length cardinality array_ndims array_dims array_lower array_upper array_append array_prepend array_cat array_position
   array_positions array_remove array_to_json array_reverse array_sort trim_array
   to_json to_jsonb row_to_json json_build_array jsonb_build_array json_build_object jsonb_build_object json_array_length
   jsonb_array_length json_typeof jsonb_typeof json_array_elements jsonb_array_elements json_array_elements_text jsonb_array_elements_text
   pg_typeof pg_column_size num_nulls num_nonnulls gen_random_uuid random now abs ceil ceiling floor round trunc sign
   date_trunc date_part extract age make_date make_time make_timestamp make_timestamptz make_interval clock_timestamp statement_timestamp
   transaction_timestamp`.split(/\s+/),
);

const linearOperators: ReadonlySet<string> = new Set([
  '=',
  '<>',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  '+',
  '||',
  '->',
  '->>',
  '#>',
  '#>>',
]);

/** Nodes that make the server work: operators, calls, and types that are read from a text. */
export type WorkNode = 'A_Expr' | 'SubLink' | 'FuncCall' | 'TypeName';

/** True when the work of an operator, or of a call of PostgreSQL's own, grows no faster than its operands. */
export const isLinear = (node: WorkNode, name: string): boolean =>
  (node === 'A_Expr' || node === 'SubLink' ? linearOperators : linearCalls).has(name);

/** Of two long numbers these take the product; of a long one and a short one, what the long one is long. */
const arithmetic: ReadonlySet<string> = new Set(['-', '*', '/', '%']);
const timeTypes: ReadonlySet<string> = new Set(['date', 'time', 'timetz', 'timestamp', 'timestamptz', 'interval']);
const shortDigits = 40;

/** True for arithmetic with a short number, a time or an interval at one side, and for a sign: `n * 2`, `current_date - n`. */
export function hasShortOperand(name: string, fields: Fields): boolean {
  if (!arithmetic.has(name)) return false;
  const { lexpr, rexpr } = fields;
  return lexpr === undefined ? name === '-' : isShort(lexpr) || isShort(rexpr);
}

function isShort(operand: unknown): boolean {
  const tagged = untag(operand);
  const fields = tagged?.fields ?? {};
  switch (tagged?.tag) {
    case 'A_Const':
      return (
        isFields(fields['ival']) || (isFields(fields['fval']) && String(fields['fval']['fval']).length <= shortDigits)
      );
    case 'SQLValueFunction':
      return true;
    case 'TypeCast': {
      const type = fieldsOf({ TypeName: fields['typeName'] }, 'TypeName') ?? {};
      return type['arrayBounds'] === undefined && timeTypes.has(namesOf(type['names'])?.at(-1) ?? '');
    }
    case 'FuncCall':
      return listOf(fields['args']).length === 0 && linearCalls.has(namesOf(fields['funcname'])?.at(-1) ?? '');
    default:
      return false;
  }
}
