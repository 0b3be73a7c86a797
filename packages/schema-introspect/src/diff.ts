import { diffList, type ListDiff } from './diff-list.ts';
import { qualifiedName } from './names.ts';
import type { DatabaseCatalog, Table } from './schema.ts';

/** What a changed table gained, lost and changed. */
export interface TableChange {
  readonly schema: string;
  readonly name: string;
  readonly before: Table;
  readonly after: Table;
  readonly columns: ListDiff;
  /** Primary, unique and foreign keys, checks and exclusions, by name. */
  readonly constraints: ListDiff;
  readonly indexes: ListDiff;
  readonly triggers: ListDiff;
  readonly policies: ListDiff;
  readonly partitions: ListDiff;
  /** Facts of the table itself: `comment`, `kind`, `owner`, `selectable`, `definition`, `rowSecurity` … */
  readonly facts: readonly string[];
}

/** Differences between two catalogs of one database. Names are as SQL spells them. */
export interface CatalogDiff {
  readonly isEmpty: boolean;
  readonly schemas: ListDiff;
  readonly tables: {
    readonly added: readonly Table[];
    readonly removed: readonly Table[];
    readonly changed: readonly TableChange[];
  };
  /** By signature: `schema.name(integer, text)`. */
  readonly functions: ListDiff;
  /** Enums, domains, composite, range and base types. */
  readonly types: ListDiff;
  readonly sequences: ListDiff;
  readonly operators: ListDiff;
  readonly casts: ListDiff;
  readonly extensions: ListDiff;
}

/** Facts that change without DDL, or only say where a thing is stored. */
const VOLATILE = new Set(['oid', 'typeOid', 'estimatedRows', 'estimatedBytes', 'statistics', 'inSearchPath']);

/**
 * What changed from one catalog to another. Things are the same when their names are: a renamed table is one removed
 * and one added. Estimates and statistics do not count as changes.
 */
export function diffCatalogs(before: DatabaseCatalog, after: DatabaseCatalog): CatalogDiff {
  const name = (each: { readonly schema: string; readonly name: string }): string =>
    qualifiedName(each.schema, each.name);
  const by = <Item>(pick: (catalog: DatabaseCatalog) => readonly Item[], key: (item: Item) => string): ListDiff =>
    diffList(pick(before), pick(after), key, VOLATILE);

  const lists = {
    schemas: by(
      (catalog) => catalog.schemas,
      (schema) => schema.name,
    ),
    functions: by(
      (catalog) => catalog.functions,
      (each) => `${name(each)}(${each.argumentTypes.join(', ')})`,
    ),
    types: by(
      ({ enums, domains, composites, ranges, baseTypes }) => [
        ...enums,
        ...domains,
        ...composites,
        ...ranges,
        ...baseTypes,
      ],
      name,
    ),
    sequences: by((catalog) => catalog.sequences, name),
    operators: by(
      (catalog) => catalog.operators,
      (each) => `${each.schema}.${each.name}(${each.left ?? 'none'}, ${each.right})`,
    ),
    casts: by(
      (catalog) => catalog.casts,
      (cast) => `${cast.source} as ${cast.target}`,
    ),
    extensions: by(
      (catalog) => catalog.extensions,
      (extension) => extension.name,
    ),
  };
  const tables = diffTables(before.tables, after.tables, name);
  const isEmpty =
    tables.added.length + tables.removed.length + tables.changed.length === 0 &&
    Object.values(lists).every((list) => list.isEmpty);
  return { isEmpty, tables, ...lists };
}

function diffTables(
  before: readonly Table[],
  after: readonly Table[],
  key: (table: Table) => string,
): CatalogDiff['tables'] {
  const old = new Map(before.map((table) => [key(table), table]));
  const now = new Set(after.map(key));
  const changed: TableChange[] = [];
  for (const table of after) {
    const previous = old.get(key(table));
    // Two readings share no objects, but a cache may hand the same one twice.
    if (!previous || previous === table) continue;
    const change = diffTable(previous, table);
    if (change) changed.push(change);
  }
  return {
    added: after.filter((table) => !old.has(key(table))),
    removed: before.filter((table) => !now.has(key(table))),
    changed,
  };
}

const LISTS = new Set([
  'columns',
  'primaryKey',
  'uniqueConstraints',
  'foreignKeys',
  'checks',
  'exclusions',
  'indexes',
  'triggers',
  'policies',
  'partitioning',
]);

function diffTable(before: Table, after: Table): TableChange | undefined {
  const named = <Item extends { readonly name: string }>(pick: (table: Table) => readonly Item[]): ListDiff =>
    diffList(pick(before), pick(after), (item) => item.name, VOLATILE);
  const parts = {
    columns: named((table) => table.columns),
    constraints: named((table) => [
      ...(table.primaryKey ? [table.primaryKey] : []),
      ...table.uniqueConstraints,
      ...table.foreignKeys,
      ...table.checks,
      ...table.exclusions,
    ]),
    indexes: named((table) => table.indexes),
    triggers: named((table) => table.triggers),
    policies: named((table) => table.policies),
    partitions: diffList(
      before.partitioning?.partitions ?? [],
      after.partitioning?.partitions ?? [],
      (partition) => qualifiedName(partition.schema, partition.name),
      VOLATILE,
    ),
  };
  const ignored = new Set([...VOLATILE, ...LISTS]);
  const facts = diffList([before], [after], () => '', ignored).changed.flatMap(({ facts: changed }) => changed);
  if (facts.length === 0 && Object.values(parts).every((part) => part.isEmpty)) return undefined;
  return { schema: after.schema, name: after.name, before, after, ...parts, facts };
}
