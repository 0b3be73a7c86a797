/** The parts of a moment by the words that SQL Server, Snowflake and BigQuery have for them. */
const parts: Readonly<Record<string, string>> = Object.fromEntries(
  `year: year years yy yyyy; quarter: quarter quarters qq; month: month months mm; day: day days dd; hour: hour hours hh;
minute: minute minutes mi; second: second seconds ss; dayofyear: dayofyear dy; week: week weeks wk ww`
    .split(/;\s*/)
    .flatMap((line) => {
      const [part = '', words = ''] = line.split(': ');
      return words.split(' ').map((word) => [word, part]);
    }),
);

/** The part that a bare or quoted word means. */
export function readPart(text: string): string | undefined {
  const word = /^(['"]?)(\w+)\1$/.exec(text)?.[2]?.toLowerCase();
  return word !== undefined && Object.hasOwn(parts, word) ? parts[word] : undefined;
}

const moment = (text: string): string => `(${text})::timestamp`;
const fields: Readonly<Record<string, string>> = { dayofyear: 'DOY' };
const secondsOf: Readonly<Record<string, number>> = { week: 604_800, day: 86_400, hour: 3_600, minute: 60, second: 1 };

/** One part of a moment, whole; not the week, whose first day differs from database to database. */
export function extractPart(part: string | undefined, value: string): string | undefined {
  if (part === undefined || part === 'week') return undefined;
  const text = `EXTRACT(${fields[part] ?? part.toUpperCase()} FROM ${moment(value)})`;
  return part === 'second' ? `floor(${text})` : text;
}

/** How many times a part begins anew between two moments, as DATEDIFF of SQL Server, Redshift and Snowflake counts. */
export function countBoundaries(part: string | undefined, later: string, earlier: string): string | undefined {
  const difference = (field: string): string =>
    `EXTRACT(${field} FROM ${moment(later)}) - EXTRACT(${field} FROM ${moment(earlier)})`;
  switch (part) {
    case 'year':
      return `(${difference('YEAR')})`;
    case 'month':
      return `((${difference('YEAR')}) * 12 + ${difference('MONTH')})`;
    case 'day':
      return `((${later})::date - (${earlier})::date)`;
    case 'hour':
    case 'minute':
    case 'second':
      return `(EXTRACT(EPOCH FROM date_trunc('${part}', ${moment(later)}) - date_trunc('${part}', ${moment(earlier)}))::bigint / ${secondsOf[part]})`;
    default:
      return undefined;
  }
}

/** How many whole units lie between two moments, as TIMESTAMPDIFF of MySQL counts. */
export function countWhole(part: string | undefined, later: string, earlier: string): string | undefined {
  const age = `age(${moment(later)}, ${moment(earlier)})`;
  switch (part) {
    case 'year':
      return `EXTRACT(YEAR FROM ${age})`;
    case 'month':
      return `(EXTRACT(YEAR FROM ${age}) * 12 + EXTRACT(MONTH FROM ${age}))`;
    case 'week':
    case 'day':
    case 'hour':
    case 'minute':
    case 'second':
      return `trunc(EXTRACT(EPOCH FROM ${moment(later)} - ${moment(earlier)}) / ${secondsOf[part]})`;
    default:
      return undefined;
  }
}

/** A moment moved by a number of units. */
export function addUnits(part: string | undefined, count: string, value: string): string | undefined {
  if (part === undefined || part === 'dayofyear') return undefined;
  const unit = part === 'quarter' ? '3 months' : `1 ${part}`;
  return `(${moment(value)} + (${count}) * INTERVAL '${unit}')`;
}

/** A moment moved by an interval, or by days where it is a number. */
export function addInterval(sign: '+' | '-', value: string, length: string): string | undefined {
  if (/^interval\b/i.test(length)) return `(${moment(value)} ${sign} ${length})`;
  return /^\d+$/.test(length) ? `((${value})::date ${sign} ${length})` : undefined;
}

const truncated = new Set(['year', 'quarter', 'month', 'day', 'hour', 'minute', 'second']);

/** The beginning of a part of a moment. */
export const truncate = (part: string | undefined, value: string): string | undefined =>
  part !== undefined && truncated.has(part) ? `date_trunc('${part}', ${moment(value)})` : undefined;
