import { type ArrayElements, parseArrayLiteral } from './array-literal.ts';
import { factOf, type TypeLookup } from './built-in-types.ts';

/** One value of a result in JSON. */
export type Cell = string | number | boolean | null | Cell[];

/** Says that a value does not survive in this form; the whole column then takes the next one. */
const unfit = Symbol('unfit');

type Form = (text: string) => Cell | typeof unfit;

const asText: Form = (text) => text;

/** `t` and `f`. */
const asBoolean: Form = (text) => (text === 't' ? true : text === 'f' ? false : unfit);

/** Always fits: 32 bits at most. */
const asInteger: Form = (text) => Number(text);

/** 64 bits: exact as a JSON number only up to 2^53 - 1, beyond which most readers round silently. */
const asLongInteger: Form = (text) => {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : unfit;
};

/**
 * PostgreSQL writes the shortest digits that give the same float back, and so does JSON. What JSON has no number for
 * (NaN, the infinities) and what JSON writers lose (the sign of -0) stays text.
 */
const asFloat: Form = (text) => {
  const value = Number(text);
  return Number.isFinite(value) && !Object.is(value, -0) ? value : text;
};

/** By oid, not by name: anybody may create a type called oid in a schema of his own. */
const forms: ReadonlyMap<number, readonly Form[]> = new Map([
  [16, [asBoolean, asText]],
  [20, [asLongInteger, asText]],
  [21, [asInteger]],
  [23, [asInteger]],
  [26, [asInteger]],
  [700, [asFloat]],
  [701, [asFloat]],
]);

function formsOf(oid: number, typeOf: TypeLookup): readonly Form[] {
  const fact = factOf(oid, typeOf);
  if (fact === undefined) return [asText];
  if (fact.kind !== 'array' || fact.elementOid === undefined) {
    return forms.get(fact.oid) ?? [asText];
  }
  const element = factOf(fact.elementOid, typeOf);
  const delimiter = element?.delimiter ?? ',';
  // An array inside a domain inside an array keeps its text: one literal in another is rare, and its text is exact.
  const ofElement = element?.kind === 'array' ? [asText] : formsOf(fact.elementOid, typeOf);
  return [...ofElement.map((form) => asArray(form, delimiter)), asText];
}

function asArray(form: Form, delimiter: string): Form {
  return (text) => {
    const elements = parseArrayLiteral(text, delimiter);
    return elements === undefined ? unfit : mapElements(elements, form);
  };
}

function mapElements(elements: ArrayElements, form: Form): Cell[] | typeof unfit {
  const cells: Cell[] = [];
  for (const element of elements) {
    const cell = element === null ? null : typeof element === 'string' ? form(element) : mapElements(element, form);
    if (cell === unfit) return unfit;
    cells.push(cell);
  }
  return cells;
}

/**
 * Writes one column of wire text into the cells of `rows`, in the first form of its type that every value of the column
 * survives: a column never mixes numbers and texts because some values are larger than others.
 *
 * @param texts - the text of each row, `undefined` for cells that already stand in `rows`
 */
export function encodeColumn(
  oid: number,
  typeOf: TypeLookup,
  texts: readonly (string | null | undefined)[],
  rows: readonly Cell[][],
  column: number,
): void {
  for (const form of formsOf(oid, typeOf)) {
    if (writeColumn(form, texts, rows, column)) return;
  }
  writeColumn(asText, texts, rows, column);
}

function writeColumn(
  form: Form,
  texts: readonly (string | null | undefined)[],
  rows: readonly Cell[][],
  column: number,
): boolean {
  for (const [index, text] of texts.entries()) {
    const row = rows[index];
    if (text === undefined || row === undefined) continue;
    const cell = text === null ? null : form(text);
    if (cell === unfit) return false;
    row[column] = cell;
  }
  return true;
}
