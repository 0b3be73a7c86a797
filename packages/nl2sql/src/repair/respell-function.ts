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

/** Formats of strftime and date_format in the words of to_char. */
// biome-ignore format: a table
const dateFormats: Readonly<Record<string, string>> = {
  '%Y': 'YYYY', '%y': 'YY', '%m': 'MM', '%d': 'DD', '%H': 'HH24', '%i': 'MI', '%M': 'MI', '%S': 'SS', '%s': 'SS', '%j': 'DDD', '%w': 'D',
};

function toCharacters(value: string | undefined, format: string | undefined): string | undefined {
  if (value === undefined || format === undefined || !/^'[^']*'$/.test(format)) return undefined;
  let known = true;
  const translated = format.replace(/%./g, (token) => {
    const word = dateFormats[token];
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
  strftime: (format, value) => toCharacters(value, format),
  date_format: (value, format) => toCharacters(value, format),
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
