/**
 * Makes a cell comparable: its class and its value in one text. Cells of different classes are never equal ('5' is not 5,
 * 't' is not true). Numbers are rounded to 10 significant digits, moments are UTC with six decimals, JSON has its keys
 * sorted, char(n) loses the blanks that pad it.
 *
 * @param cell The value as PostgreSQL's text format has it, under DateStyle ISO.
 * @param typeOid Object identifier of the result column's type (https://www.postgresql.org/docs/current/datatype-oid.html).
 */
export function typedCell(cell: string | null, typeOid: number): string {
  if (cell === null) return 'null';
  if (numberTypes.has(typeOid)) return `number ${roundedNumber(cell)}`;
  if (texts.has(typeOid)) return `text ${typeOid === paddedText ? withoutPadding(cell) : cell}`;
  if (moments.has(typeOid)) return `moment ${utcMoment(cell)}`;
  if (jsons.has(typeOid)) return `json ${sortedJson(cell)}`;
  const name = namedTypes.get(typeOid);
  return `${name ?? typeOid} ${cell}`;
}

/** Whole numbers, oid, numeric and the two floats. */
export const numberTypes: ReadonlySet<number> = new Set([20, 21, 23, 26, 700, 701, 1700]);
const paddedText = 1042;
const texts = new Set([18, 19, 25, 705, paddedText, 1043, 2950]);
const moments = new Set([1082, 1114, 1184]);
const jsons = new Set([114, 3802]);
const namedTypes = new Map([
  [16, 'boolean'],
  [1083, 'time'],
  [1266, 'time'],
  [1186, 'interval'],
]);

/** Not by a pattern: one that looks for blanks at the end takes quadratic time on a long text of blanks. */
function withoutPadding(cell: string): string {
  let end = cell.length;
  while (cell[end - 1] === ' ') end--;
  return cell.slice(0, end);
}

function roundedNumber(cell: string): string {
  const value = Number(cell);
  if (!Number.isFinite(value)) return cell;
  return value === 0 ? '0' : String(Number(value.toPrecision(10)));
}

/**
 * `2024-03-01`, `2024-03-01 12:00:00.5` and `2024-03-01 12:00:00.5+02` as UTC; anything else (infinity, BC, what is later than
 * a `Date` can be) as it is.
 */
function utcMoment(cell: string): string {
  const match =
    /^(\d{4,})-(\d\d)-(\d\d)(?: (\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:([+-])(\d\d)(?::?(\d\d))?(?::?(\d\d))?)?)?$/.exec(
      cell,
    );
  if (match === null) return cell;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', sign, ...offset] = match;
  const [hours = 0, minutes = 0, seconds = 0] = offset.map((part) => Number(part ?? 0));
  const shift = (sign === '-' ? 1 : -1) * ((hours * 60 + minutes) * 60 + seconds) * 1_000;
  const moment = new Date(0);
  // Not Date.UTC, which takes the years 0 to 99 for those of the last century.
  moment.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  moment.setUTCHours(Number(hour), Number(minute), Number(second));
  moment.setTime(moment.getTime() + shift);
  if (Number.isNaN(moment.getTime())) return cell;
  return `${moment.toISOString().replace(/\.\d+Z$/, '')}.${fraction.padEnd(6, '0').slice(0, 6)}`;
}

function sortedJson(cell: string): string {
  try {
    return JSON.stringify(JSON.parse(cell), (_, value: unknown) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)))
        : value,
    );
  } catch {
    return cell;
  }
}
