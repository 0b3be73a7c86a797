import type { RepairStep } from './repair-step.ts';

interface Span {
  readonly start: number;
  readonly end: number;
}

/** A call in the text: its name, its arguments and the offset behind its closing parenthesis. */
export interface CallSpan {
  readonly name: Span;
  readonly arguments: readonly Span[];
  readonly end: number;
}

type Rewrite = (...texts: readonly string[]) => string | undefined;

const extract =
  (field: string): Rewrite =>
  (value) =>
    value === undefined ? undefined : `EXTRACT(${field} FROM ${value})`;

const whenTrue: Rewrite = (condition, yes, no) =>
  condition === undefined || yes === undefined
    ? undefined
    : `CASE WHEN ${condition} THEN ${yes} ELSE ${no ?? 'NULL'} END`;

const divide: Rewrite = (dividend, divisor) =>
  dividend === undefined || divisor === undefined ? undefined : `((${dividend})::numeric / NULLIF(${divisor}, 0))`;

const coalesce: Rewrite = (value, other) =>
  value === undefined || other === undefined ? undefined : `COALESCE(${value}, ${other})`;

const renamed =
  (name: string): Rewrite =>
  (...texts) =>
    `${name}(${texts.join(', ')})`;

// biome-ignore-start format: tables
/** What SQLite's strftime and MySQL's date_format mean alike, in the words of to_char. */
const sharedFormats: Readonly<Record<string, string>> = {
  '%Y': 'YYYY',
  '%m': 'MM',
  '%d': 'DD',
  '%H': 'HH24',
  '%S': 'SS',
  '%j': 'DDD',
};
/** SQLite: `%s` (seconds since 1970) and `%w` (Sunday is 0) have no word in to_char. */
const strftimeFormats: Readonly<Record<string, string>> = { ...sharedFormats, '%M': 'MI' };
/** MySQL: `%M` is the name of the month, `%w` has Sunday as 0, where to_char begins with 1. */
const dateFormats: Readonly<Record<string, string>> = {
  ...sharedFormats,
  '%y': 'YY',
  '%i': 'MI',
  '%s': 'SS',
  '%M': 'FMMonth',
};
// biome-ignore-end format: tables

function toCharacters(
  value: string | undefined,
  format: string | undefined,
  words: Readonly<Record<string, string>>,
): string | undefined {
  // A quote or a backslash begins a literal piece of a format of to_char.
  if (value === undefined || format === undefined || !/^'[^'"\\]*'$/.test(format)) return undefined;
  let known = true;
  // A bare letter would be read as a pattern: `W` is a week.
  const translated = format.replace(/%.|[A-Za-z]+/g, (token) => {
    const word = token.startsWith('%') ? words[token] : `"${token}"`;
    known &&= word !== undefined;
    return word ?? token;
  });
  const source = /^'now'$/i.test(value) ? 'now()' : `(${value})::timestamp`;
  return known ? `to_char(${source}, ${translated})` : undefined;
}

/** Functions of MySQL, SQLite, SQL Server, Oracle and BigQuery that have the same meaning under another form. */
const rewrites: Readonly<Record<string, Rewrite>> = {
  year: extract('YEAR'),
  month: extract('MONTH'),
  day: extract('DAY'),
  dayofmonth: extract('DAY'),
  dayofyear: extract('DOY'),
  hour: extract('HOUR'),
  minute: extract('MINUTE'),
  second: extract('SECOND'),
  quarter: extract('QUARTER'),
  week: extract('WEEK'),
  julianday: extract('JULIAN'),
  divide,
  safe_divide: divide,
  ifnull: coalesce,
  nvl: coalesce,
  isnull: coalesce,
  if: whenTrue,
  iif: whenTrue,
  len: renamed('length'),
  ucase: renamed('upper'),
  lcase: renamed('lower'),
  instr: renamed('strpos'),
  rand: renamed('random'),
  getdate: renamed('now'),
  truncate: renamed('trunc'),
  curdate: () => 'CURRENT_DATE',
  strftime: (format, value) => toCharacters(value, format, strftimeFormats),
  date_format: (value, format) => toCharacters(value, format, dateFormats),
  datediff: (later, earlier, more) =>
    later === undefined || earlier === undefined || more !== undefined
      ? undefined
      : `((${later})::date - (${earlier})::date)`,
  group_concat: (value, separator = "','") =>
    value === undefined
      ? undefined
      : value.replace(
          /^(distinct\s+)?([\s\S]*)$/i,
          (_, distinct: string = '', rest: string) => `string_agg(${distinct ?? ''}(${rest})::text, ${separator})`,
        ),
};

/** Writes a call of another database's function as PostgreSQL has it; nothing when there is no such function. */
export function respellFunction(sql: string, call: CallSpan, name: string): readonly RepairStep[] {
  const key = name.toLowerCase();
  const rewrite = Object.hasOwn(rewrites, key) ? rewrites[key] : undefined;
  const texts = call.arguments.map(({ start, end }) => sql.slice(start, end));
  const text = rewrite?.(...texts);
  if (text === undefined) return [];
  const { start } = call.name;
  const rule = key === 'divide' ? 'formula' : 'function';
  return [{ rule, from: sql.slice(start, call.end), to: text, edits: [{ start, end: call.end, text }] }];
}
