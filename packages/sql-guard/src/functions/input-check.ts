import { type Fields, fieldsOf, isFields, listOf, textOf } from '../tree.ts';

/*
 * pg_input_is_valid(text, type) and pg_input_error_info(text, type), of PostgreSQL 16, read a text as a value of the type whose name is in
 * a string. That runs the input function of any type, checks of domains included.
 */
const inputChecks: ReadonlySet<string> = new Set(['pg_input_is_valid', 'pg_input_error_info']);

/** Types that are read in one pass and look nothing up. pg_catalog comes first, so that no user's type hides one. */
const plainTypes: ReadonlySet<string> = new Set(
  `bool boolean int2 smallint int4 int integer int8 bigint numeric decimal float4 real float8 date time timetz timestamp timestamptz interval
   uuid json jsonb bytea inet cidr macaddr`
    .split(/\s+/)
    .concat(
      'double precision',
      'timestamp with time zone',
      'timestamp without time zone',
      'time with time zone',
      'time without time zone',
    ),
);

/** The first major that has the calls: on an older server they are those of a user. */
export const firstInputCheckMajor = 16;

/** True for a call that asks of a text whether it is a plain value, with the name of the type written out. */
export function isPlainInputCheck(name: string, fields: Fields): boolean {
  if (!inputChecks.has(name)) return false;
  const [, type, more] = listOf(fields['args']);
  const literal = fieldsOf(type, 'A_Const')?.['sval'];
  const text = isFields(literal) ? textOf(literal['sval']) : undefined;
  return more === undefined && text !== undefined && plainTypes.has(text.toLowerCase());
}
