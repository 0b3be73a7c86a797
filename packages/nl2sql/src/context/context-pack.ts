import { Nl2sqlError } from '../errors.ts';
import { nearestNames } from '../nearest.ts';
import { indexVerifiedPairs, type VerifiedPair } from '../verified.ts';

/** What people call a table or a column, and what it means. */
export interface DescribedName {
  readonly description?: string | undefined;
  /** Other names that questions use for it. */
  readonly synonyms?: readonly string[] | undefined;
}

/** A table of a context file with its columns by name. */
export interface DescribedTable extends DescribedName {
  readonly columns?: Readonly<Record<string, DescribedName>> | undefined;
}

/** A named piece of SQL: a metric is an expression, a filter a condition. */
export interface NamedSql extends DescribedName {
  readonly name: string;
  readonly sql: string;
}

/** A join that people approved, whether or not a foreign key declares it: `table.column` on both sides. */
export interface ApprovedJoin {
  readonly from: string;
  readonly to: string;
  readonly note?: string | undefined;
}

/** What the catalog does not say about a database, written by people who know it. Everything is optional. */
export interface ContextPack {
  /** Sentences for the model that hold for every question: "A year begins in April." */
  readonly instructions?: readonly string[] | undefined;
  /** By `table` or `schema.table`. */
  readonly tables?: Readonly<Record<string, DescribedTable>> | undefined;
  /** Expressions by the names that people use: `revenue` is `sum(total - discount)`. */
  readonly metrics?: readonly NamedSql[] | undefined;
  /** Conditions by the names that people use: `active` is `deleted_at IS NULL`. */
  readonly filters?: readonly NamedSql[] | undefined;
  /** They count as right where no foreign key says so. */
  readonly joins?: readonly ApprovedJoin[] | undefined;
  /** They answer first, without a model. */
  readonly verified?: readonly VerifiedPair[] | undefined;
}

/**
 * Checks the content of a context file after it was parsed (YAML or JSON). Unknown keys are errors that name the nearest
 * known one.
 *
 * @throws Nl2sqlError `INVALID_OPTIONS` with the place of the first mistake.
 */
export function readContextPack(value: unknown): ContextPack {
  const pack = readKeys(value, 'context', {
    instructions: listOf(text),
    tables: mapOf(describedTable),
    metrics: listOf(namedSql),
    filters: listOf(namedSql),
    joins: listOf(approvedJoin),
    verified: listOf(verifiedPair),
  }) as ContextPack;
  indexVerifiedPairs(pack.verified ?? []);
  return pack;
}

type Reader = (value: unknown, place: string) => unknown;

const fail = (place: string, expected: string): never => {
  throw new Nl2sqlError('INVALID_OPTIONS', `${place} must be ${expected}.`);
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const text: Reader = (value, place) =>
  typeof value === 'string' && value.trim() !== '' ? value : fail(place, 'a text');

const listOf =
  (reader: Reader): Reader =>
  (value, place) =>
    Array.isArray(value) ? value.map((item, at) => reader(item, `${place}[${at}]`)) : fail(place, 'a list');

const mapOf =
  (reader: Reader): Reader =>
  (value, place) =>
    isObject(value)
      ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, reader(item, `${place}.${key}`)]))
      : fail(place, 'a map');

function readKeys(
  value: unknown,
  place: string,
  readers: Readonly<Record<string, Reader>>,
  required: readonly string[] = [],
) {
  if (!isObject(value)) return fail(place, 'a map');
  for (const key of required) if (value[key] === undefined || value[key] === null) fail(`${place}.${key}`, 'given');
  const entries = Object.entries(value).map(([key, item]) => {
    const reader = Object.hasOwn(readers, key) ? readers[key] : undefined;
    if (reader !== undefined) return [key, item === null ? undefined : reader(item, `${place}.${key}`)];
    const [nearest] = nearestNames(key, Object.keys(readers), 1);
    const cure = nearest === undefined ? `Known: ${Object.keys(readers).join(', ')}.` : `Did you mean ${nearest}?`;
    throw new Nl2sqlError('INVALID_OPTIONS', `${place} does not know ${JSON.stringify(key)}. ${cure}`);
  });
  return Object.fromEntries(entries) as Record<string, unknown>;
}

const described = { description: text, synonyms: listOf(text) };
const describedName: Reader = (value, place) => readKeys(value, place, described);
const describedTable: Reader = (value, place) =>
  readKeys(value, place, { ...described, columns: mapOf(describedName) });
const namedSql: Reader = (value, place) =>
  readKeys(value, place, { ...described, name: text, sql: text }, ['name', 'sql']);
const verifiedPair: Reader = (value, place) =>
  readKeys(value, place, { question: text, sql: text, variants: listOf(text), note: text }, ['question', 'sql']);

const side: Reader = (value, place) =>
  typeof value === 'string' && /^[^.]+(?:\.[^.]+){1,2}$/.test(value) ? value : fail(place, 'table.column');
const approvedJoin: Reader = (value, place) =>
  readKeys(value, place, { from: side, to: side, note: text }, ['from', 'to']);
