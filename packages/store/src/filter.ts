import { StoreError } from './errors.ts';
import { type Field, findField } from './fields.ts';
import { parseInstant } from './instant.ts';
import { type Json, readJson, writeJson } from './json.ts';
import { isLikePattern } from './like.ts';

/** A value to compare with: JSON, or a `Date` for a field of type `date`. `null` is JSON's null, which is not a missing key. */
export type Operand = Json | Date;

/** The operators of one field; several are joined by AND. */
export interface Condition {
  /** Equal; what a bare operand means too. A record without the key does not match any comparison. */
  readonly $eq?: Operand;
  readonly $in?: readonly Operand[];
  readonly $gt?: Operand;
  readonly $gte?: Operand;
  readonly $lt?: Operand;
  readonly $lte?: Operand;
  /** A LIKE pattern on a `string` field: `%`, `_`, escape `\`; see `escapeLike`. */
  readonly $like?: string;
  /** Whether the key is there, be it null. */
  readonly $exists?: boolean;
  /** On `json` what `@>` of jsonb says; on `string` a part of the text. */
  readonly $contains?: Json;
  readonly $not?: Condition;
}

/**
 * Which records. Keys are declared fields or fields of every record; several are joined by AND.
 *
 * @example `{ durationMs: { $gt: 1000 }, $or: [{ status: 'failed' }, { status: { $exists: false } }] }`
 */
export interface Filter {
  readonly $and?: readonly Filter[];
  readonly $or?: readonly Filter[];
  readonly $not?: Filter;
  readonly [field: string]: Operand | Condition | Filter | readonly Filter[] | undefined;
}

/** The order operators. */
export type Comparison = '$gt' | '$gte' | '$lt' | '$lte';

/** A checked filter. Operands of `date` fields are milliseconds since 1970. */
export type FilterNode =
  | { readonly kind: '$and' | '$or'; readonly nodes: readonly FilterNode[] }
  | { readonly kind: '$not'; readonly node: FilterNode }
  | { readonly kind: Comparison | '$eq' | '$contains'; readonly field: Field; readonly value: Json }
  | { readonly kind: '$in'; readonly field: Field; readonly values: readonly Json[] }
  | { readonly kind: '$like'; readonly field: Field; readonly pattern: string }
  | { readonly kind: '$exists'; readonly field: Field; readonly exists: boolean };

const MAX_DEPTH = 8;
const MAX_NODES = 64;
const MAX_BYTES = 64 * 1024;
const OPERATORS = ['$eq', '$in', '$gt', '$gte', '$lt', '$lte', '$like', '$exists', '$contains', '$not'];

function invalid(message: string): never {
  throw new StoreError('INVALID_FILTER', message);
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

interface Budget {
  nodes: number;
  bytes: number;
  readonly fields: ReadonlyMap<string, Field>;
  readonly collection: string;
}

function operandJson(value: unknown, field: Field, budget: Budget): Json {
  let text: string;
  try {
    text = writeJson(value, `The operand of "${field.name}"`);
  } catch (error) {
    if (error instanceof StoreError) return invalid(error.message);
    throw error;
  }
  budget.bytes += Buffer.byteLength(text);
  if (budget.bytes > MAX_BYTES) invalid(`A filter may bind at most ${MAX_BYTES} bytes; filter in several calls.`);
  return readJson(text);
}

function dateOperand(value: unknown, field: Field): number {
  const milliseconds =
    value instanceof Date ? value.getTime() : typeof value === 'string' ? parseInstant(value) : undefined;
  const year = milliseconds === undefined ? Number.NaN : new Date(milliseconds).getUTCFullYear();
  if (milliseconds === undefined || !(year >= 1 && year <= 9999)) {
    return invalid(`"${field.name}" is compared with a Date or an ISO 8601 text with a zone, years 1 to 9999.`);
  }
  return milliseconds;
}

const SCALARS: Readonly<Record<string, readonly string[]>> = {
  number: ['number', 'bigint'],
  string: ['string'],
  boolean: ['boolean'],
};

/** The operand of an order comparison, or of an equality when `nullable`. */
function operand(value: unknown, field: Field, budget: Budget, nullable: boolean): Json {
  if (value === null && field.kind === 'column')
    return invalid(`"${field.name}" is never null; use { "$exists": false } for records without it.`);
  if (value === null && nullable) return null;
  if (field.type === 'date') return dateOperand(value, field);
  if (field.type === 'json') {
    if (!nullable) return invalid(`"${field.name}" is declared as json, which has no order; declare its type.`);
    return operandJson(value, field, budget);
  }
  if (!SCALARS[field.type]?.includes(typeof value))
    return invalid(`"${field.name}" is declared as ${field.type} and cannot be compared with ${describe(value)}.`);
  return operandJson(value, field, budget);
}

function describe(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'an array' : `a value of type ${typeof value}`;
}

function parseOperator(operator: string, value: unknown, field: Field, budget: Budget, depth: number): FilterNode {
  switch (operator) {
    case '$eq':
      return { kind: operator, field, value: operand(value, field, budget, true) };
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return { kind: operator, field, value: operand(value, field, budget, false) };
    case '$in':
      if (!Array.isArray(value)) return invalid(`$in of "${field.name}" takes an array.`);
      return { kind: operator, field, values: value.map((each: unknown) => operand(each, field, budget, true)) };
    case '$like': {
      if (field.type !== 'string')
        return invalid(`$like works on fields of type string; "${field.name}" is ${field.type}.`);
      const pattern = operand(value, field, budget, false) as string;
      if (!isLikePattern(pattern))
        return invalid(`The pattern of "${field.name}" ends in a lone backslash; write two.`);
      return { kind: operator, field, pattern };
    }
    case '$exists':
      if (typeof value !== 'boolean') return invalid(`$exists of "${field.name}" takes true or false.`);
      return { kind: operator, field, exists: value };
    case '$contains':
      if (field.type !== 'json' && field.type !== 'string')
        return invalid(`$contains works on fields of type json and string; "${field.name}" is ${field.type}.`);
      return { kind: operator, field, value: operand(value, field, budget, field.type === 'json') };
    case '$not':
      if (!isPlainObject(value)) return invalid(`$not of "${field.name}" takes an object of operators.`);
      return { kind: operator, node: parseCondition(value, field, budget, depth + 1) };
    default:
      return invalid(`"${operator}" is no operator; use ${OPERATORS.join(', ')}.`);
  }
}

function parseCondition(
  condition: Readonly<Record<string, unknown>>,
  field: Field,
  budget: Budget,
  depth: number,
): FilterNode {
  const entries = Object.entries(condition).filter(([, value]) => value !== undefined);
  if (entries.length === 0) return invalid(`The condition of "${field.name}" is empty; name an operator.`);
  return all(
    entries.map(([operator, value]) => {
      count(budget, depth);
      return parseOperator(operator, value, field, budget, depth);
    }),
  );
}

function all(nodes: readonly FilterNode[]): FilterNode {
  const [only] = nodes;
  return nodes.length === 1 && only !== undefined ? only : { kind: '$and', nodes };
}

function count(budget: Budget, depth: number): void {
  budget.nodes += 1;
  if (budget.nodes > MAX_NODES) invalid(`A filter may have at most ${MAX_NODES} conditions; use $in for many values.`);
  if (depth > MAX_DEPTH) invalid(`A filter may be nested at most ${MAX_DEPTH} deep.`);
}

function parseNode(filter: unknown, budget: Budget, depth: number): FilterNode {
  count(budget, depth);
  if (!isPlainObject(filter)) return invalid(`A filter is a plain object, not ${describe(filter)}.`);
  const nodes = Object.entries(filter)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]): FilterNode => {
      if (key === '$and' || key === '$or') {
        if (!Array.isArray(value)) return invalid(`${key} takes an array of filters.`);
        return { kind: key, nodes: value.map((each: unknown) => parseNode(each, budget, depth + 1)) };
      }
      if (key === '$not') return { kind: '$not', node: parseNode(value, budget, depth + 1) };
      if (key.startsWith('$')) return invalid(`"${key}" is no operator here; use $and, $or, $not or a field.`);
      const field = findField(budget.fields, key, budget.collection);
      if (isPlainObject(value)) {
        if (!Object.keys(value).some((name) => name.startsWith('$')))
          return invalid(`"${key}" is given an object without an operator; write { "$eq": ... } for equality.`);
        return parseCondition(value, field, budget, depth + 1);
      }
      count(budget, depth);
      return { kind: '$eq', field, value: operand(value, field, budget, true) };
    });
  return all(nodes);
}

/**
 * Checks a filter against the declared fields.
 *
 * @throws StoreError `INVALID_FILTER`: unknown operator, undeclared field, operand of another type, more than 64 conditions, deeper
 *   than 8, more than 64 KiB of operands.
 */
export function parseFilter(filter: unknown, fields: ReadonlyMap<string, Field>, collection: string): FilterNode {
  return parseNode(filter, { nodes: 0, bytes: 0, fields, collection }, 1);
}
