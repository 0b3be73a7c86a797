import type { Field } from './fields.ts';
import type { FilterNode } from './filter.ts';
import { parseInstant } from './instant.ts';
import { compareNumbers, compareTexts, isJsonObject, type Json, jsonContains, jsonEquals } from './json.ts';
import { likePredicate } from './like.ts';
import type { RecordRow } from './record.ts';

/** The value of a field in a record; `undefined` when it is not there. */
function readField(row: RecordRow, field: Field): Json | undefined {
  if (field.kind === 'column') return field.read(row);
  let value: Json | undefined = row[field.column];
  for (const key of field.path) {
    if (!isJsonObject(value) || !Object.hasOwn(value, key)) return undefined;
    value = value[key];
  }
  return value;
}

/** The value by which a field is compared and ordered, in its declared type; `undefined` when the value has another type. */
export function readSortKey(row: RecordRow, field: Field): number | bigint | string | boolean | undefined {
  const value = readField(row, field);
  switch (field.type) {
    case 'number':
      return typeof value === 'number' || typeof value === 'bigint' ? value : undefined;
    case 'string':
      return typeof value === 'string' ? value : undefined;
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined;
    case 'date':
      return typeof value === 'string' ? parseInstant(value) : undefined;
    case 'json':
      return undefined;
  }
}

/** Compares two values of the same declared type, as SQL does. */
export function compareSortKeys(left: unknown, right: unknown): number {
  if (typeof left === 'string' && typeof right === 'string') return compareTexts(left, right);
  if (typeof left === 'boolean' && typeof right === 'boolean') return Number(left) - Number(right);
  return compareNumbers(left as number | bigint, right as number | bigint);
}

function equals(row: RecordRow, field: Field, wanted: Json): boolean {
  const value = readField(row, field);
  if (value === undefined) return false;
  if (wanted === null || field.type === 'json') return jsonEquals(value, wanted);
  const key = readSortKey(row, field);
  return key !== undefined && compareSortKeys(key, wanted) === 0;
}

function contains(row: RecordRow, field: Field, wanted: Json): boolean {
  const value = readField(row, field);
  if (value === undefined) return false;
  if (field.type === 'json') return jsonContains(value, wanted);
  return typeof value === 'string' && value.includes(wanted as string);
}

const ACCEPTS = {
  $gt: (order: number) => order > 0,
  $gte: (order: number) => order >= 0,
  $lt: (order: number) => order < 0,
  $lte: (order: number) => order <= 0,
};

/** The predicate of a checked filter: true exactly where the SQL of `filter-sql` is. */
export function matchFilter(node: FilterNode): (row: RecordRow) => boolean {
  switch (node.kind) {
    case '$and': {
      const parts = node.nodes.map(matchFilter);
      return (row) => parts.every((part) => part(row));
    }
    case '$or': {
      const parts = node.nodes.map(matchFilter);
      return (row) => parts.some((part) => part(row));
    }
    case '$not': {
      const part = matchFilter(node.node);
      return (row) => !part(row);
    }
    case '$eq':
      return (row) => equals(row, node.field, node.value);
    case '$in':
      return (row) => node.values.some((value) => equals(row, node.field, value));
    case '$contains':
      return (row) => contains(row, node.field, node.value);
    case '$exists':
      return (row) => (readField(row, node.field) !== undefined) === node.exists;
    case '$like': {
      const like = likePredicate(node.pattern);
      return (row) => {
        const key = readSortKey(row, node.field);
        return typeof key === 'string' && like(key);
      };
    }
    default: {
      const accepts = ACCEPTS[node.kind];
      return (row) => {
        const key = readSortKey(row, node.field);
        return key !== undefined && accepts(compareSortKeys(key, node.value));
      };
    }
  }
}
