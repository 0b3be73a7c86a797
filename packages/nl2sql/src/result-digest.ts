import { spellBigInt } from './json-text.ts';
import type { ResultTable } from './ports.ts';
import { numberTypes, typedCell } from './typed-cell.ts';

/**
 * A text that is the same for results with the same rows, in any order: cells by class and value, so that 12, `12.00` of numeric and 12
 * of float8 are one result, and the text 12 is another; fractions by ten digits; names of columns left out. `undefined` for a result
 * that says nothing: no rows, or NULL only.
 */
export function resultDigest({ columns, rows }: ResultTable): string | undefined {
  if (rows.every((row) => row.every((cell) => cell === null || cell === undefined))) return undefined;
  const oids = columns.map(({ type, typeOid }) => typeOid ?? oidOf(type));
  const digests = rows.map((row) =>
    JSON.stringify(
      row.map((cell, place) => digestCell(cell, oids[place])),
      spellBigInt,
    ),
  );
  return JSON.stringify(digests.sort());
}

const text = 25;
const timestamptz = 1184;

/** Names of types as runners give them, in full or short, without modifiers. What is not here is compared as it is written. */
const oids: ReadonlyMap<string, number> = new Map([
  ...['bigint', 'int8'].map((name) => [name, 20] as const),
  ...['smallint', 'int2'].map((name) => [name, 21] as const),
  ...['integer', 'int4'].map((name) => [name, 23] as const),
  ['oid', 26],
  ...['real', 'float4'].map((name) => [name, 700] as const),
  ...['double precision', 'float8'].map((name) => [name, 701] as const),
  ['numeric', 1700],
  ...['character', 'bpchar'].map((name) => [name, 1042] as const),
  ['date', 1082],
  ...['timestamp', 'timestamp without time zone'].map((name) => [name, 1114] as const),
  ...['timestamptz', 'timestamp with time zone'].map((name) => [name, timestamptz] as const),
  ['json', 114],
  ['jsonb', 3802],
]);

const oidOf = (type: string | undefined): number | undefined =>
  oids.get((type ?? '').replace(/\(\d+(?:,-?\d+)?\)/, ''));

function digestCell(cell: unknown, typeOid: number | undefined): unknown {
  if (cell === null || cell === undefined) return null;
  if (typeof cell === 'number' || typeof cell === 'bigint') return numberText(String(cell));
  if (cell instanceof Date) return typedCell(dateText(cell), timestamptz);
  if (typeof cell === 'boolean') return `boolean ${cell}`;
  if (typeof cell !== 'string') return cell;
  return typeOid !== undefined && numberTypes.has(typeOid) ? numberText(cell) : typedCell(cell, typeOid ?? text);
}

/** Whole numbers are exact: two identifiers of twelve digits are not the same. */
function numberText(written: string): string {
  const [, whole] = /^([-+]?\d+)(?:\.0*)?$/.exec(written) ?? [];
  if (whole !== undefined) return `number ${BigInt(whole)}`;
  const value = Number(written);
  return `number ${Number.isFinite(value) ? String(Number(value.toPrecision(10))) : written}`;
}

/** A driver gives `Invalid Date` for what JavaScript has no date for. */
const dateText = (date: Date): string =>
  Number.isNaN(date.getTime()) ? String(date) : date.toISOString().replace('T', ' ').replace('Z', '+00');
