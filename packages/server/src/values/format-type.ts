import { factOf, nameOf, type TypeLookup } from './built-in-types.ts';

const lengthHeader = 4;

/** Bits of the range of an interval, as in `INTERVAL_MASK` of PostgreSQL's timestamp.h, from the coarsest field on. */
const intervalFields: readonly (readonly [bit: number, name: string])[] = [
  [1 << 2, 'year'],
  [1 << 1, 'month'],
  [1 << 3, 'day'],
  [1 << 10, 'hour'],
  [1 << 11, 'minute'],
  [1 << 12, 'second'],
];
const fullRange = 0x7fff;
const fullPrecision = 0xffff;

function interval(modifier: number): string {
  const range = (modifier >> 16) & fullRange;
  const precision = modifier & fullPrecision;
  const named =
    range === fullRange ? [] : intervalFields.filter(([bit]) => (range & bit) !== 0).map(([, name]) => name);
  const [first, last] = [named.at(0), named.at(-1)];
  const fields = first === undefined ? '' : first === last ? ` ${first}` : ` ${first} to ${last}`;
  return `interval${fields}${precision === fullPrecision ? '' : `(${precision})`}`;
}

function numeric(modifier: number): string {
  const packed = modifier - lengthHeader;
  // Eleven bits with a sign: PostgreSQL 15 and later allow a negative scale.
  const scale = ((packed & 0x7ff) ^ 1024) - 1024;
  return `numeric(${(packed >> 16) & 0xffff},${scale})`;
}

const withPrecision = (name: string) => (modifier: number) => name.replace(/^\w+/, (word) => `${word}(${modifier})`);
const withLength = (name: string) => (modifier: number) => `${name}(${modifier - lengthHeader})`;
const withBits = (name: string) => (modifier: number) => `${name}(${modifier})`;

const modified: ReadonlyMap<string, (modifier: number) => string> = new Map([
  ['character', withLength('character')],
  ['character varying', withLength('character varying')],
  ['bit', withBits('bit')],
  ['bit varying', withBits('bit varying')],
  ['numeric', numeric],
  ['interval', interval],
  ...['time without time zone', 'time with time zone', 'timestamp without time zone', 'timestamp with time zone'].map(
    (name): [string, (modifier: number) => string] => [name, withPrecision(name)],
  ),
]);

/** What `format_type` prints where no length is given: the words of the standard would mean a length of one. */
const withoutModifier: ReadonlyMap<string, string> = new Map([
  ['character', 'bpchar'],
  ['bit', '"bit"'],
]);

/**
 * The full name of a column's type as `format_type(oid, modifier)` prints it: `numeric(10,2)`, `character varying(20)[]`.
 * Modifiers of types that extensions bring are left out; only their own functions can print them.
 *
 * @see https://www.postgresql.org/docs/current/functions-info.html
 */
export function formatType(oid: number, modifier: number, typeOf: TypeLookup): string {
  const name = nameOf(oid, typeOf);
  const element = factOf(oid, typeOf);
  if (element?.kind === 'array' && element.elementOid !== undefined && name.endsWith('[]')) {
    return `${formatType(element.elementOid, modifier, typeOf)}[]`;
  }
  if (modifier < 0) return withoutModifier.get(name) ?? name;
  return modified.get(name)?.(modifier) ?? name;
}
