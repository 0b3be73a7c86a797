/**
 * What looks wrong about a result. `empty_result` and `all_null`: nothing came back · `off_key_join`: tables are joined
 * on columns that no foreign key links though both have foreign keys · `fan_out`: a sum, average or count over rows that
 * a join repeats · `null_first`: the highest value of a descending order is NULL · `text_order`: numbers are ordered or
 * compared as text · `duplicate_rows`: rows repeat,
 * which a join often causes · `unused_value`: a number or a quoted text of the question is not in the SQL · `unknown_literal`: nothing
 * came back, and a text of a condition is stored in another spelling · `limit_ties`: further rows tie with the last one
 * that LIMIT lets through.
 */
export type FindingKind =
  | 'empty_result'
  | 'all_null'
  | 'off_key_join'
  | 'fan_out'
  | 'null_first'
  | 'text_order'
  | 'duplicate_rows'
  | 'unused_value'
  | 'unknown_literal'
  | 'limit_ties';

/** One reason to doubt an answer. It never changes the answer. */
export interface Finding {
  readonly kind: FindingKind;
  /** One sentence for a person or a model. */
  readonly message: string;
  /** In recorded answers hardly any right one had a finding of this kind. */
  readonly isStrong: boolean;
}
