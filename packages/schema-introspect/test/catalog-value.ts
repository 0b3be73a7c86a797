import type { Column, DatabaseCatalog, ForeignKey, Table } from '../src/index.ts';

/** A column from `name type` and facts that differ from the usual. */
export function column(name: string, type = 'integer', facts: Partial<Column> = {}): Column {
  return { name, position: 1, type, typeOid: 23, nullable: true, ...facts };
}

let lastOid = 20_000;

/** A table from its name and columns, and facts that differ from the usual. */
export function table(name: string, columns: readonly (string | Column)[], facts: Partial<Table> = {}): Table {
  lastOid += 1;
  return {
    oid: lastOid,
    schema: 'public',
    name,
    kind: 'table',
    owner: 'postgres',
    selectable: true,
    inSearchPath: true,
    columns: columns.map((each, place) => ({
      ...(typeof each === 'string' ? column(each) : each),
      position: place + 1,
    })),
    uniqueConstraints: [],
    foreignKeys: [],
    checks: [],
    exclusions: [],
    indexes: [],
    triggers: [],
    rowSecurity: 'off',
    policies: [],
    inherits: [],
    options: [],
    ...facts,
  };
}

/** A foreign key from `column` to `target.column`, both in `public`. */
export function foreignKey(from: string, target: string, to = 'id'): ForeignKey {
  return {
    name: `${from}_fkey`,
    columns: [from],
    references: { schema: 'public', table: target, columns: [to] },
    onUpdate: 'no action',
    onDelete: 'no action',
  };
}

/** A catalog of these tables and nothing else. */
export function catalogOf(tables: readonly Table[]): DatabaseCatalog {
  return {
    database: 'test',
    role: 'postgres',
    serverVersion: '18.4',
    serverVersionNum: 180_004,
    searchPath: ['public'],
    schemas: [{ name: 'public', owner: 'postgres', usable: true }],
    tables,
    enums: [],
    domains: [],
    composites: [],
    ranges: [],
    baseTypes: [],
    functions: [],
    sequences: [],
    operators: [],
    casts: [],
    extensions: [],
  };
}
