import type { Declaration, Partitioning } from './declaration.ts';
import { StoreError } from './errors.ts';
import type { Facts } from './facts.ts';
import { createIndexSql, type WantedIndex, wantedIndexes } from './index-sql.ts';
import { isJsonObject, type Json, jsonEquals, readJson } from './json.ts';
import { type TimePartition, wantedTimePartitions } from './partition-time.ts';
import { quoteIdentifier, quoteLiteral } from './sql-text.ts';

/** What a collection still needs. */
export interface TablePlan {
  /** DDL of one transaction. */
  readonly statements: readonly string[];
  /** Declared indexes that an existing table lacks or that are invalid: built by `buildIndexes`, without blocking writes. */
  readonly missingIndexes: readonly WantedIndex[];
}

/** What cannot be changed in place, as it is kept in the table `collections`. */
function shapeOf({ partition, unlogged, vector }: Declaration): Json {
  const cut = (of: Partitioning | undefined): Json => {
    if (of === undefined) return null;
    if (of.by === 'time') return { by: of.by, every: of.every };
    return of.by === 'hash' ? { by: of.by, of: of.of, count: of.count } : { by: of.by, scopes: of.scopes };
  };
  return { partition: cut(partition), unlogged, dimensions: vector?.dimensions ?? null };
}

function checkShape(declaration: Declaration, stored: string): void {
  const [before, now] = [readJson(stored), shapeOf(declaration)];
  if (jsonEquals(before, now)) return;
  const differing =
    isJsonObject(before) && isJsonObject(now)
      ? Object.keys(now).filter((key) => !jsonEquals(before[key] ?? null, now[key] ?? null))
      : [];
  throw new StoreError(
    'DECLARATION_CHANGED',
    `Collection "${declaration.name}" exists with another ${differing.join(', ')}: ${stored}. Declare it so, or move its records to a new collection with backup and restore.`,
  );
}

const timestamp = (at: number): string => `timestamptz '${new Date(at).toISOString()}'`;

/** The statement that makes a partition by time. */
export function createTimePartitionSql(declaration: Declaration, schema: string, partition: TimePartition): string {
  const quoted = quoteIdentifier(schema);
  return `create table if not exists ${quoted}.${quoteIdentifier(partition.name)} partition of ${quoted}.${quoteIdentifier(declaration.table)} for values from (${timestamp(partition.from)}) to (${timestamp(partition.to)})`;
}

function partitionStatements(declaration: Declaration, schema: string): string[] {
  const { partition, table } = declaration;
  const quoted = quoteIdentifier(schema);
  const create = (suffix: string, bounds: string): string =>
    `create table ${quoted}.${quoteIdentifier(`${table}_${suffix}`)} partition of ${quoted}.${quoteIdentifier(table)} ${bounds}`;
  if (partition?.by === 'hash') {
    return Array.from({ length: partition.count }, (_, index) =>
      create(`h${index}`, `for values with (modulus ${partition.count}, remainder ${index})`),
    );
  }
  if (partition?.by === 'list') {
    const groups = partition.scopes.map((scopes, index) =>
      create(`l${index}`, `for values in (${scopes.map(quoteLiteral).join(', ')})`),
    );
    return [...groups, create('others', 'default')];
  }
  return [];
}

function partitionClause(partition: Partitioning | undefined): string {
  switch (partition?.by) {
    case 'time':
      return ' partition by range (created_at)';
    case 'list':
      return ' partition by list (scope)';
    case 'hash':
      return ` partition by hash (${partition.of})`;
    default:
      return '';
  }
}

function createTableSql(declaration: Declaration, schema: string, hasVector: boolean): string {
  const { table, bytes, vector, partition, compression, unlogged } = declaration;
  const key = partition?.by === 'time' ? 'scope, id, created_at' : 'scope, id';
  return `create ${unlogged ? 'unlogged ' : ''}table ${quoteIdentifier(schema)}.${quoteIdentifier(table)} (
    scope text collate "C" not null,
    id text collate "C" not null,
    namespace text[] collate "C" not null default '{}',
    type text collate "C",
    session_id text collate "C",
    thread_id text collate "C",
    metadata jsonb not null default '{}',
    data jsonb${compression === undefined ? '' : ` compression ${compression}`} not null,
    ${bytes ? 'bytes bytea,' : ''}
    ${vector === undefined ? '' : `embedding ${embeddingType(vector.dimensions, hasVector)},`}
    version bigint not null default 1,
    created_at timestamptz(3) not null,
    updated_at timestamptz(3) not null,
    expires_at timestamptz(3),
    primary key (${key}))${partitionClause(partition)}`;
}

// Without pgvector the numbers are kept all the same, and turned into vectors when it comes.
const embeddingType = (dimensions: number, hasVector: boolean): string =>
  hasVector ? `vector(${dimensions})` : 'real[]';

function planNewTable(
  declaration: Declaration,
  schema: string,
  indexes: readonly WantedIndex[],
  facts: Facts,
  at: number,
): TablePlan {
  const hasVector = typeof facts.extensions.get('vector') === 'string';
  const shape = JSON.stringify(shapeOf(declaration));
  return {
    statements: [
      createTableSql(declaration, schema, hasVector),
      ...indexes.map((index) => createIndexSql(declaration, schema, index, false)),
      ...partitionStatements(declaration, schema),
      ...wantedTimePartitions(declaration, at).map((each) => createTimePartitionSql(declaration, schema, each)),
      `insert into ${quoteIdentifier(schema)}.collections (name, shape) values (${quoteLiteral(declaration.name)}, ${quoteLiteral(shape)})`,
    ],
    missingIndexes: [],
  };
}

function columnChanges(
  { bytes, vector, table }: Declaration,
  schema: string,
  columns: ReadonlyMap<string, string>,
  hasVector: boolean,
): string[] {
  const alter = `alter table ${quoteIdentifier(schema)}.${quoteIdentifier(table)}`;
  const statements: string[] = [];
  if (bytes && !columns.has('bytes')) statements.push(`${alter} add column bytes bytea`);
  if (vector !== undefined && hasVector && columns.get('embedding') === 'real[]') {
    const type = embeddingType(vector.dimensions, true);
    statements.push(`${alter} alter column embedding type ${type} using embedding::${type}`);
  }
  return statements;
}

/** What must be done so that the declared indexes find their operator classes. */
function trigramStatements({ name }: Declaration, indexes: readonly WantedIndex[], facts: Facts): string[] {
  const version = facts.extensions.get('pg_trgm');
  if (typeof version === 'string' || !indexes.some(({ extension }) => extension === 'pg_trgm')) return [];
  if (version === null) return ['create extension if not exists pg_trgm'];
  throw new StoreError(
    'INVALID_OPTIONS',
    `Collection "${name}": a gin or gist index on text needs the extension pg_trgm, which this server does not offer; install it or drop the index from the declaration.`,
  );
}

/**
 * What must be done so that the table of a collection is as declared. Nothing is ever dropped.
 *
 * @throws StoreError `DECLARATION_CHANGED` when that is impossible in place.
 */
export function planTable(declaration: Declaration, schema: string, facts: Facts, at: number): TablePlan {
  const columns = facts.tables.get(declaration.table);
  const hasVector = typeof facts.extensions.get('vector') === 'string';
  const usable = wantedIndexes(declaration, schema).filter(({ extension }) => extension !== 'vector' || hasVector);
  const extensions = trigramStatements(declaration, usable, facts);
  if (columns === undefined) {
    const plan = planNewTable(declaration, schema, usable, facts, at);
    return { ...plan, statements: [...extensions, ...plan.statements] };
  }
  const shape = facts.shapes.get(declaration.name);
  if (shape !== undefined) checkShape(declaration, shape);
  return {
    statements: [...extensions, ...columnChanges(declaration, schema, columns, hasVector)],
    missingIndexes: usable.filter(({ name }) => facts.indexes.get(name) !== true),
  };
}
