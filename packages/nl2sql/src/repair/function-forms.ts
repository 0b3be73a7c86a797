/**
 * Functions of MySQL, SQLite, SQL Server, Oracle, Snowflake and BigQuery that PostgreSQL has under another form, by name and number of
 * arguments; `$1` is the first of these. Only what means the same in each of these databases that has it.
 */
export const functionForms: Readonly<Record<string, string>> = {
  'year/1': 'EXTRACT(YEAR FROM $1)',
  'month/1': 'EXTRACT(MONTH FROM $1)',
  'day/1': 'EXTRACT(DAY FROM $1)',
  'dayofmonth/1': 'EXTRACT(DAY FROM $1)',
  'dayofyear/1': 'EXTRACT(DOY FROM $1)',
  'hour/1': 'EXTRACT(HOUR FROM $1)',
  'minute/1': 'EXTRACT(MINUTE FROM $1)',
  // Whole seconds elsewhere, with their fraction here.
  'second/1': 'floor(EXTRACT(SECOND FROM $1))',
  'quarter/1': 'EXTRACT(QUARTER FROM $1)',
  'weekofyear/1': 'EXTRACT(WEEK FROM $1)',
  'isoweek/1': 'EXTRACT(WEEK FROM $1)',
  'last_day/1': "(date_trunc('month', ($1)::timestamp) + INTERVAL '1 month - 1 day')::date",
  'eomonth/1': "(date_trunc('month', ($1)::timestamp) + INTERVAL '1 month - 1 day')::date",
  // Julian days begin at noon; PostgreSQL counts them from midnight.
  'julianday/1': '(EXTRACT(JULIAN FROM $1) - 0.5)',
  'getdate/0': 'now()',
  'sysdate/0': 'now()',
  'sysdatetime/0': 'now()',
  'curdate/0': 'CURRENT_DATE',
  'curtime/0': 'LOCALTIME',
  'from_unixtime/1': 'to_timestamp($1)',
  'datefromparts/3': 'make_date($1, $2, $3)',

  'ifnull/2': 'COALESCE($1, $2)',
  'nvl/2': 'COALESCE($1, $2)',
  'isnull/2': 'COALESCE($1, $2)',
  'isnull/1': '(($1) IS NULL)',
  'nvl2/3': 'CASE WHEN ($1) IS NOT NULL THEN $2 ELSE $3 END',
  'zeroifnull/1': 'COALESCE($1, 0)',
  'nullifzero/1': 'NULLIF($1, 0)',
  'if/2': 'CASE WHEN $1 THEN $2 ELSE NULL END',
  'if/3': 'CASE WHEN $1 THEN $2 ELSE $3 END',
  'iif/2': 'CASE WHEN $1 THEN $2 ELSE NULL END',
  'iif/3': 'CASE WHEN $1 THEN $2 ELSE $3 END',
  'iff/3': 'CASE WHEN $1 THEN $2 ELSE $3 END',
  'countif/1': 'count(*) FILTER (WHERE $1)',
  'count_if/1': 'count(*) FILTER (WHERE $1)',

  'safe_divide/2': '(($1)::numeric / NULLIF($2, 0))',
  'div0/2': '(CASE WHEN ($2) = 0 THEN 0 ELSE ($1)::numeric / ($2) END)',
  'rand/0': 'random()',
  'truncate/2': 'trunc($1, $2)',
  'stdev/1': 'stddev_samp($1)',
  'stdevp/1': 'stddev_pop($1)',
  'std/1': 'stddev_pop($1)',
  'approx_count_distinct/1': 'count(DISTINCT $1)',

  'len/1': 'length($1)',
  'ucase/1': 'upper($1)',
  'lcase/1': 'lower($1)',
  'instr/2': 'strpos($1, $2)',
  'locate/2': 'strpos($2, $1)',
  'charindex/2': 'strpos($2, $1)',
  'startswith/2': 'starts_with($1, $2)',
  'replicate/2': 'repeat($1, $2)',
};

const writtenOut = 'Names of days and months are written out.';

/** Those whose meaning differs from database to database: the rule chooses, and says what it took for granted. */
export const chosenForms: Readonly<Record<string, { readonly form: string; readonly assumption?: string }>> = {
  'divide/2': { form: '(($1)::numeric / NULLIF($2, 0))' },
  'dayname/1': { form: "to_char(($1)::timestamp, 'FMDay')", assumption: writtenOut },
  'monthname/1': { form: "to_char(($1)::timestamp, 'FMMonth')", assumption: writtenOut },
  'week/1': {
    form: 'EXTRACT(WEEK FROM $1)',
    assumption: 'Weeks are counted as ISO 8601 does: from Monday, the first one being that with the first Thursday.',
  },
};
