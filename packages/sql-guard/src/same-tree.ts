import { type Fields, fieldsOf, isFields, namesOf } from './tree.ts';

/** Fields that hold places in the text. */
const placeFields: ReadonlySet<string> = new Set([
  'location',
  'list_start',
  'list_end',
  'rexpr_list_start',
  'rexpr_list_end',
  'name_location',
]);

/** True for a field that holds a place in the text, and decides nothing. */
export const isPlaceField = (field: string): boolean => placeFields.has(field);

/** True when two trees are written the same, up to blanks, comments and a qualifier that only one of them names. */
export function sameTree(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (Array.isArray(left))
    return Array.isArray(right) && left.length === right.length && left.every((item, at) => sameTree(item, right[at]));
  if (!isFields(left) || !isFields(right)) return false;
  const columns = [fieldsOf(left, 'ColumnRef'), fieldsOf(right, 'ColumnRef')];
  if (columns[0] && columns[1]) return sameColumn(columns[0], columns[1]);
  const keys = Object.keys(left).filter((key) => !placeFields.has(key));
  return (
    keys.length === Object.keys(right).filter((key) => !placeFields.has(key)).length &&
    keys.every((key) => Object.hasOwn(right, key) && sameTree(left[key], right[key]))
  );
}

function sameColumn(left: Fields, right: Fields): boolean {
  const one = namesOf(left['fields']);
  const other = namesOf(right['fields']);
  return (
    one !== undefined &&
    other !== undefined &&
    one.at(-1) === other.at(-1) &&
    (one.length === 1 || other.length === 1 || one.at(-2) === other.at(-2))
  );
}
