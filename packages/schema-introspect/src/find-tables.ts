import { IntrospectionError } from './errors.ts';
import { qualifiedName, splitName } from './names.ts';
import { nearestNames } from './nearest-names.ts';
import type { DatabaseCatalog, Table } from './schema.ts';

/** Answer of {@link findTables}. */
export interface FoundTables {
  /** In the order of the names, each table once. */
  readonly found: readonly Table[];
  readonly missing: readonly {
    readonly name: string;
    /** At most five existing names, nearest first, as they must be written. */
    readonly nearest: readonly string[];
  }[];
}

/**
 * Finds tables by what a person or a model writes: `orders`, `retail.orders`, `"Order Details"`, or a stored name with
 * no quotes at all (`Order Details`, `my.table`).
 *
 * Per name the first that fits: the stored name exactly (`schema.table` or table), the name as SQL reads it, then the
 * same ignoring case if that is unambiguous. A bare name means the table that the search path finds, else every table
 * of that name. A partition's name finds its parent.
 *
 * @throws IntrospectionError `INVALID_OPTIONS` when the names are no list of texts
 */
export function findTables(catalog: DatabaseCatalog, names: readonly string[]): FoundTables {
  if (!Array.isArray(names) || names.some((name) => typeof name !== 'string'))
    throw new IntrospectionError('INVALID_OPTIONS', 'findTables() takes a list of names.');
  const index = indexOf(catalog);
  const found = new Set<Table>();
  const missing: FoundTables['missing'][number][] = [];
  for (const name of names) {
    const tables = lookUp(index, name);
    for (const table of tables) found.add(table);
    if (tables.length === 0) {
      const known = catalog.tables.map((table) => ({ table, text: `${table.schema}.${table.name}` }));
      const nearest = nearestNames(name.replaceAll('"', ''), known, ({ table, text }) => [table.name, text]);
      missing.push({ name, nearest: nearest.slice(0, 5).map(({ table }) => qualifiedName(table.schema, table.name)) });
    }
  }
  return { found: [...found], missing };
}

interface NameIndex {
  readonly byName: ReadonlyMap<string, readonly Table[]>;
  readonly byFullName: ReadonlyMap<string, readonly Table[]>;
  readonly byFoldedName: ReadonlyMap<string, readonly Table[]>;
  readonly byFoldedFullName: ReadonlyMap<string, readonly Table[]>;
}

const indexes = new WeakMap<DatabaseCatalog, NameIndex>();

// NUL cannot be in a PostgreSQL name, so schema `a.b` and table `c` never meet schema `a` and table `b.c`.
const fullKey = (schema: string, name: string): string => `${schema}\0${name}`;

function indexOf(catalog: DatabaseCatalog): NameIndex {
  const known = indexes.get(catalog);
  if (known) return known;
  const byName = new Map<string, Table[]>();
  const byFullName = new Map<string, Table[]>();
  const byFoldedName = new Map<string, Table[]>();
  const byFoldedFullName = new Map<string, Table[]>();
  const add = (map: Map<string, Table[]>, key: string, table: Table): void => {
    const list = map.get(key);
    if (!list) map.set(key, [table]);
    else if (!list.includes(table)) list.push(table);
  };
  for (const table of catalog.tables) {
    for (const { schema, name } of [table, ...(table.partitioning?.partitions ?? [])]) {
      add(byName, name, table);
      add(byFullName, fullKey(schema, name), table);
      add(byFoldedName, name.toLowerCase(), table);
      add(byFoldedFullName, fullKey(schema, name).toLowerCase(), table);
    }
  }
  const index = { byName, byFullName, byFoldedName, byFoldedFullName };
  indexes.set(catalog, index);
  return index;
}

function lookUp(index: NameIndex, written: string): readonly Table[] {
  const parts = splitName(written);
  const bare = parts?.length === 1 ? parts[0] : undefined;
  const [schema, name] = parts?.length === 2 ? parts : [];
  const dot = written.indexOf('.');
  const attempts = [
    index.byName.get(written),
    dot > 0 ? index.byFullName.get(fullKey(written.slice(0, dot), written.slice(dot + 1))) : undefined,
    bare === undefined ? undefined : index.byName.get(bare),
    schema !== undefined && name !== undefined ? index.byFullName.get(fullKey(schema, name)) : undefined,
    unambiguous(index.byFoldedName.get((bare ?? written).toLowerCase())),
    schema !== undefined && name !== undefined
      ? unambiguous(index.byFoldedFullName.get(fullKey(schema, name).toLowerCase()))
      : undefined,
  ];
  const tables = attempts.find((attempt) => attempt !== undefined && attempt.length > 0) ?? [];
  const visible = tables.filter((table) => table.inSearchPath);
  return visible.length > 0 && schema === undefined ? visible : tables;
}

function unambiguous(tables: readonly Table[] | undefined): readonly Table[] | undefined {
  return tables?.length === 1 ? tables : undefined;
}
