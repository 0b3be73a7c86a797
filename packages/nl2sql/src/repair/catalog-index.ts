import type { CatalogSnapshot, CatalogTable } from '../ports.ts';

/** Letters and digits only, lower case: what is left of a name when case, blanks and punctuation are got wrong. */
export const squash = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** {@link squash}ed and without an English plural at the end: `order_lines` and `OrderLine` are the same. */
const inSingular = (name: string): string =>
  squash(name)
    .replace(/ies$/, 'y')
    .replace(/(ss|x|ch|sh)es$/, '$1')
    .replace(/([^s])s$/, '$1');

/** One step along a foreign key from the table that holds it to the one row it points to. */
export interface JoinStep {
  readonly columns: readonly string[];
  readonly table: CatalogTable;
  readonly referencedColumns: readonly string[];
}

/** A snapshot arranged for look-ups. */
export interface CatalogIndex {
  /** Those that the role may read. */
  readonly tables: readonly CatalogTable[];
  /** Tables of this name as stored; without a schema those that an unqualified name finds come first. */
  find(schema: string | undefined, name: string): readonly CatalogTable[];
  /** Tables whose name is the same but for case, blanks and punctuation. */
  findAlike(schema: string | undefined, name: string): readonly CatalogTable[];
  /** Tables whose name is the same but for these and a plural. */
  findInSingular(schema: string | undefined, name: string): readonly CatalogTable[];
  hasColumn(table: CatalogTable, column: string): boolean;
  /** Columns whose name is the same but for case, blanks and punctuation, as stored. */
  columnsAlike(table: CatalogTable, column: string): readonly string[];
  /** Tables that have the column, as stored or alike. */
  tablesWithColumn(column: string): readonly CatalogTable[];
  /** Tables whose foreign keys point to a table. */
  referencing(table: CatalogTable): readonly CatalogTable[];
  /** Foreign keys of a table whose target is known. */
  steps(table: CatalogTable): readonly JoinStep[];
}

const indexes = new WeakMap<CatalogSnapshot, CatalogIndex>();

/** The index of a snapshot, built once per snapshot. */
export function indexCatalog(snapshot: CatalogSnapshot): CatalogIndex {
  const known = indexes.get(snapshot);
  if (known !== undefined) return known;
  const index = buildIndex(snapshot);
  indexes.set(snapshot, index);
  return index;
}

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

function buildIndex({ tables }: CatalogSnapshot): CatalogIndex {
  const byName = new Map<string, CatalogTable[]>();
  const bySquashedName = new Map<string, CatalogTable[]>();
  const byNameInSingular = new Map<string, CatalogTable[]>();
  const byColumn = new Map<string, CatalogTable[]>();
  const columns = new Map<CatalogTable, { exact: Set<string>; squashed: Map<string, string[]> }>();
  for (const table of tables) {
    push(byName, table.name, table);
    if (table.selectable !== false) {
      push(bySquashedName, squash(table.name), table);
      push(byNameInSingular, inSingular(table.name), table);
    }
    const squashed = new Map<string, string[]>();
    for (const { name } of table.columns) push(squashed, squash(name), name);
    columns.set(table, { exact: new Set(table.columns.map(({ name }) => name)), squashed });
    if (table.selectable !== false) for (const key of squashed.keys()) push(byColumn, key, table);
  }
  const inSchema = (found: readonly CatalogTable[] | undefined, schema: string | undefined): CatalogTable[] => {
    const wanted = (found ?? []).filter((table) => schema === undefined || table.schema === schema);
    const visible = wanted.filter((table) => table.inSearchPath !== false);
    return schema === undefined && visible.length > 0 ? visible : wanted;
  };
  const find: CatalogIndex['find'] = (schema, name) => inSchema(byName.get(name), schema);
  const referencing = new Map<string, CatalogTable[]>();
  const readable = tables.filter(({ selectable }) => selectable !== false);
  for (const table of readable) {
    for (const { references } of table.foreignKeys)
      push(referencing, `${references.schema}.${references.table}`, table);
  }
  return {
    tables: readable,
    find,
    referencing: (table) => referencing.get(`${table.schema}.${table.name}`) ?? [],
    findAlike: (schema, name) => inSchema(bySquashedName.get(squash(name)), schema),
    findInSingular: (schema, name) => inSchema(byNameInSingular.get(inSingular(name)), schema),
    hasColumn: (table, column) => columns.get(table)?.exact.has(column) ?? false,
    columnsAlike: (table, column) => columns.get(table)?.squashed.get(squash(column)) ?? [],
    tablesWithColumn: (column) => byColumn.get(squash(column)) ?? [],
    steps: (table) =>
      table.foreignKeys.flatMap(({ columns: from, references }) => {
        const [target] = find(references.schema, references.table);
        return target === undefined || target.selectable === false
          ? []
          : [{ columns: from, table: target, referencedColumns: references.columns }];
      }),
  };
}
