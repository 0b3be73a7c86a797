// Year 0001 to 9999; an explicit zone unless it is a bare date, which is midnight UTC.
const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d{1,9}))?(?:Z|([+-])(0\d|1[0-4]):([0-5]\d)))?$/;

/**
 * Reads an ISO 8601 date or date and time with a zone into milliseconds since 1970, or `undefined` when it is none.
 * Digits below the millisecond are cut off. The function `instant` of the schema reads the same texts in the same way.
 */
export function parseInstant(text: string): number | undefined {
  const match = ISO.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', sign, zoneHour, zoneMinute] = match;
  if (year === '0000') return undefined;
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  // A day that does not exist rolls over into the next month.
  if (date.getUTCMonth() + 1 !== Number(month) || date.getUTCDate() !== Number(day)) return undefined;
  date.setUTCHours(Number(hour), Number(minute), Number(second), Number(fraction.slice(0, 3).padEnd(3, '0')));
  const offsetMinutes = sign === undefined ? 0 : Number(zoneHour) * 60 + Number(zoneMinute);
  return date.getTime() - (sign === '-' ? -offsetMinutes : offsetMinutes) * 60_000;
}

/**
 * The body of the PL/pgSQL function that reads what {@link parseInstant} reads; `$1` is jsonb. It is immutable, so it can be indexed.
 * A function in SQL would be inlined, and the planner would lose the statistics of the index on it.
 */
export const INSTANT_FUNCTION_BODY = `
begin
  return case
    when jsonb_typeof($1) <> 'string' then null
    when not (($1 #>> '{}') ~ '^(?!0000)[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,9})?(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9]))?$') then null
    when substr($1 #>> '{}', 9, 2)::int > extract(day from
      make_date(substr($1 #>> '{}', 1, 4)::int, substr($1 #>> '{}', 6, 2)::int, 1) + interval '1 month' - interval '1 day') then null
    when length($1 #>> '{}') = 10 then
      make_timestamp(substr($1 #>> '{}', 1, 4)::int, substr($1 #>> '{}', 6, 2)::int, substr($1 #>> '{}', 9, 2)::int, 0, 0, 0)
    else
      make_timestamp(substr($1 #>> '{}', 1, 4)::int, substr($1 #>> '{}', 6, 2)::int, substr($1 #>> '{}', 9, 2)::int,
        substr($1 #>> '{}', 12, 2)::int, substr($1 #>> '{}', 15, 2)::int,
        (substring($1 #>> '{}' from '^.{17}([0-9]{2}(?:[.][0-9]{1,3})?)'))::float8)
      - coalesce(make_interval(
          hours => (substring($1 #>> '{}' from '([+-][0-9]{2}):[0-9]{2}$'))::int,
          mins => (substring($1 #>> '{}' from '([+-])[0-9]{2}:[0-9]{2}$') || substring($1 #>> '{}' from '[+-][0-9]{2}:([0-9]{2})$'))::int),
        interval '0')
  end;
end`;
