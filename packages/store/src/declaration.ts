import { refuseUnknownOptions, StoreError } from './errors.ts';
import { type Field, type FieldDeclaration, resolveFields } from './fields.ts';
import { type IndexDeclaration, type ResolvedIndex, resolveIndexes } from './index-declaration.ts';

/** How the table of a collection is cut. Fixed when the table is made. */
export type Partitioning =
  /**
   * By creation time. Ids are UUIDs of version 7, which hold that time, so a record is still unique by its id alone.
   * `maintainPartitions` makes the partitions ahead and drops the old ones whole.
   */
  | {
      readonly by: 'time';
      /** The time that one partition holds, in UTC. */
      readonly every: 'hour' | 'day' | 'month';
      /** Partitions that stand ready after the present one: 1 to 366. */
      readonly ahead: number;
      /** Partitions that are kept before the present one: 1 to 10,000. @default all */
      readonly keep?: number;
    }
  /** By scope, one partition per group of scopes and one for all others. */
  | { readonly by: 'list'; readonly scopes: readonly (readonly string[])[] }
  /** By a hash of the scope or the id, into `count` partitions: 2 to 256. */
  | { readonly by: 'hash'; readonly of: 'scope' | 'id'; readonly count: number };

/** How near is measured. `cosine` and `inner-product` distances of pgvector: smaller is nearer. */
export type VectorMetric = 'cosine' | 'l2' | 'inner-product';

/** The space of a collection's embeddings. */
export interface VectorDeclaration {
  /** 1 to 2,000, the most an HNSW index takes. */
  readonly dimensions: number;
  /** @default 'cosine' */
  readonly metric?: VectorMetric;
}

/** What a collection is. */
export interface CollectionOptions<T> {
  /**
   * Makes a `T` of the stored data, on write and on read, or throws. A zod schema's `parse` fits. What it returns is stored.
   * @default the JSON as it is
   */
  readonly parse?: (data: unknown) => T;
  /** Lifetime of records in milliseconds, up to 100 years; `null` is forever. @default null */
  readonly ttlMs?: number | null;
  /** What filters, orders and indexes may name. @default {} */
  readonly fields?: Readonly<Record<string, FieldDeclaration>>;
  /** Fields that are filtered or ordered by often. @default [] */
  readonly indexes?: readonly IndexDeclaration[];
  /** @default one table */
  readonly partition?: Partitioning;
  /** Of `data`; needs PostgreSQL 14 and, for lz4, a server built with it. @default the server's */
  readonly compression?: 'lz4' | 'pglz';
  /** Faster writes, emptied after a crash, absent on replicas: for caches and counters only. @default false */
  readonly unlogged?: boolean;
  /** Whether records may carry bytes. @default false */
  readonly bytes?: boolean;
  /** Whether records may carry an embedding, for `nearest`. @default no embeddings */
  readonly vector?: VectorDeclaration;
}

/** A checked declaration. */
export interface Declaration {
  readonly name: string;
  readonly table: string;
  readonly fields: ReadonlyMap<string, Field>;
  readonly indexes: readonly ResolvedIndex[];
  readonly ttlMs: number | null;
  readonly partition: Partitioning | undefined;
  readonly compression: 'lz4' | 'pglz' | undefined;
  readonly unlogged: boolean;
  readonly bytes: boolean;
  readonly vector: Required<VectorDeclaration> | undefined;
}

const KNOWN = ['parse', 'ttlMs', 'fields', 'indexes', 'partition', 'compression', 'unlogged', 'bytes', 'vector'];
const MAX_TTL_MS = 100 * 366 * 24 * 60 * 60_000;

function wrong(message: string): never {
  throw new StoreError('INVALID_OPTIONS', message);
}

/** Checks a lifetime. */
export function checkTtl(ttlMs: number | null, what: string): number | null {
  if (ttlMs === null || (Number.isSafeInteger(ttlMs) && ttlMs >= 1 && ttlMs <= MAX_TTL_MS)) return ttlMs;
  return wrong(`${what}: ttlMs is ${ttlMs}; it takes whole milliseconds from 1 to 100 years, or null for never.`);
}

function isCount(value: unknown, least: number, most: number): boolean {
  return Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
}

function isScopeList(groups: unknown): boolean {
  const isScope = (scope: unknown): boolean =>
    typeof scope === 'string' && isCount(scope.length, 1, 512) && scope.isWellFormed() && !scope.includes('\u0000');
  if (!Array.isArray(groups) || !isCount(groups.length, 1, 1_000)) return false;
  return groups.every((group: unknown) => Array.isArray(group) && group.length > 0 && group.every(isScope));
}

function checkPartition(name: string, partition: Partitioning): Partitioning {
  const where = `Collection "${name}": partition`;
  switch (partition.by) {
    case 'time':
      refuseUnknownOptions(where, partition, ['by', 'every', 'ahead', 'keep']);
      if (!['hour', 'day', 'month'].includes(partition.every)) wrong(`${where}.every takes hour, day or month.`);
      if (!isCount(partition.ahead, 1, 366)) wrong(`${where}.ahead takes 1 to 366.`);
      if (partition.keep !== undefined && !isCount(partition.keep, 1, 10_000))
        wrong(`${where}.keep takes 1 to 10,000.`);
      return partition;
    case 'list':
      refuseUnknownOptions(where, partition, ['by', 'scopes']);
      if (!isScopeList(partition.scopes))
        wrong(`${where}.scopes takes 1 to 1,000 groups of at least one scope, texts of 1 to 512 characters.`);
      if (new Set(partition.scopes.flat()).size < partition.scopes.flat().length)
        wrong(`${where}.scopes names a scope twice.`);
      return partition;
    case 'hash':
      refuseUnknownOptions(where, partition, ['by', 'of', 'count']);
      if (partition.of !== 'scope' && partition.of !== 'id') wrong(`${where}.of takes scope or id.`);
      if (!isCount(partition.count, 2, 256)) wrong(`${where}.count takes 2 to 256.`);
      return partition;
    default:
      return wrong(`${where}.by takes time, list or hash.`);
  }
}

function checkVector(name: string, vector: VectorDeclaration): Required<VectorDeclaration> {
  const { dimensions, metric = 'cosine' } = vector;
  refuseUnknownOptions(`Collection "${name}": vector`, vector, ['dimensions', 'metric']);
  if (!isCount(dimensions, 1, 2_000)) wrong(`Collection "${name}": vector.dimensions takes 1 to 2,000.`);
  if (!['cosine', 'l2', 'inner-product'].includes(metric))
    wrong(`Collection "${name}": vector.metric takes cosine, l2 or inner-product.`);
  return { dimensions, metric };
}

/** Checks what a collection is declared to be. */
export function resolveDeclaration(name: string, options: CollectionOptions<unknown>): Declaration {
  if (typeof name !== 'string' || !/^[a-z][a-z0-9_]{0,39}$/.test(name))
    wrong(`"${name}" is no name of a collection: up to 40 of a-z, 0-9 and _, a letter first.`);
  refuseUnknownOptions(`Collection "${name}"`, options, KNOWN);
  if (options.compression !== undefined && !['lz4', 'pglz'].includes(options.compression))
    wrong(`Collection "${name}": compression takes lz4 or pglz.`);
  if (options.parse !== undefined && typeof options.parse !== 'function')
    wrong(`Collection "${name}": parse takes a function.`);
  for (const flag of ['unlogged', 'bytes'] as const) {
    if (options[flag] !== undefined && typeof options[flag] !== 'boolean')
      wrong(`Collection "${name}": ${flag} takes true or false.`);
  }
  if (options.unlogged === true && options.partition !== undefined)
    wrong(`Collection "${name}": a partitioned table cannot be unlogged.`);
  const fields = resolveFields(options.fields ?? {});
  const table = `records_${name}`;
  return {
    name,
    table,
    fields,
    indexes: resolveIndexes(table, options.indexes ?? [], fields),
    ttlMs: checkTtl(options.ttlMs ?? null, `Collection "${name}"`),
    partition: options.partition === undefined ? undefined : checkPartition(name, options.partition),
    compression: options.compression,
    unlogged: options.unlogged ?? false,
    bytes: options.bytes ?? false,
    vector: options.vector === undefined ? undefined : checkVector(name, options.vector),
  };
}
