import { type DatabaseCatalog, splitName, type Table } from '@pgmcp/schema-introspect';
import type { CatalogSnapshot } from '@pgmcp/sql-guard';

type Relation = CatalogSnapshot['relations'][number];
type UserType = CatalogSnapshot['types'][number];

const RELATION_KINDS: Readonly<Record<Table['kind'], Relation['kind']>> = {
  table: 'table',
  'partitioned table': 'partitioned-table',
  view: 'view',
  'materialized view': 'materialized-view',
  'foreign table': 'foreign-table',
};

const snapshots = new WeakMap<DatabaseCatalog, CatalogSnapshot>();
let readings = 0;

/**
 * The catalog as the guard takes it: structure alone, plain data. Made once for each reading, so that the guard can keep what
 * it derives from it.
 */
export function guardCatalog(catalog: DatabaseCatalog): CatalogSnapshot {
  const known = snapshots.get(catalog);
  if (known) return known;
  readings += 1;
  const snapshot = toSnapshot(catalog, `${catalog.database}/${readings}`);
  snapshots.set(catalog, snapshot);
  return snapshot;
}

function toSnapshot(catalog: DatabaseCatalog, fingerprint: string): CatalogSnapshot {
  const nameOf = typeNamer(catalog);
  return {
    fingerprint,
    searchPath: catalog.searchPath,
    relations: catalog.tables.flatMap((table) => relations(table, nameOf)),
    functions: catalog.functions.map(
      ({ schema, name, argumentTypes, kind, volatility, securityDefiner, settings, extension }) => ({
        schema,
        name,
        argumentTypes,
        kind,
        volatility,
        securityDefiner,
        changesSettings: settings.length > 0,
        ...(extension !== undefined && { extension }),
      }),
    ),
    operators: catalog.operators.map(({ schema, name, function: { schema: functionSchema, name: functionName } }) => ({
      schema,
      name,
      functionSchema,
      functionName,
    })),
    casts: catalog.casts.map(({ source, target, function: used }) => {
      const [from, to] = [nameOf(source), nameOf(target)];
      return {
        sourceSchema: from.typeSchema,
        sourceName: from.typeName,
        targetSchema: to.typeSchema,
        targetName: to.typeName,
        ...(used && { functionSchema: used.schema, functionName: used.name }),
      };
    }),
    types: userTypes(catalog, nameOf),
  };
}

type NameOf = (printed: string) => { readonly typeSchema: string; readonly typeName: string };

/** Reads a type as `format_type` prints it: a schema where the search path does not find it, modifiers and brackets behind. */
function typeNamer(catalog: DatabaseCatalog): NameOf {
  const own = [...catalog.enums, ...catalog.domains, ...catalog.composites, ...catalog.ranges, ...catalog.tables];
  const schemasByName = new Map<string, Set<string>>();
  for (const { schema, name } of own) schemasByName.set(name, (schemasByName.get(name) ?? new Set()).add(schema));
  return (printed) => {
    const parts = splitName(printed.replace(/(\(.*\))?(\[\])*$/, '')) ?? [printed];
    const name = parts.at(-1) ?? printed;
    const schema =
      parts.length > 1 ? parts.at(-2) : catalog.searchPath.find((path) => schemasByName.get(name)?.has(path));
    return { typeSchema: schema ?? 'pg_catalog', typeName: name };
  };
}

function relations(table: Table, nameOf: NameOf): Relation[] {
  const columns = table.columns.map(({ name, type }) => ({ name, ...nameOf(type) }));
  const own: Relation = {
    schema: table.schema,
    name: table.name,
    kind: RELATION_KINDS[table.kind],
    columns,
    ...(table.definition !== undefined && { definition: table.definition }),
    parents: table.inherits.map(({ schema, name }) => ({ schema, name })),
  };
  const partitions = (table.partitioning?.partitions ?? []).map(
    ({ schema, name, parent }): Relation => ({
      schema,
      name,
      kind: 'table',
      columns,
      parents: [parent ? { schema: parent.schema, name: parent.name } : { schema: table.schema, name: table.name }],
    }),
  );
  return [own, ...partitions];
}

function userTypes(catalog: DatabaseCatalog, nameOf: NameOf): UserType[] {
  const identity = ({ schema, name, extension }: { schema: string; name: string; extension?: string }) => ({
    schema,
    name,
    ...(extension !== undefined && { extension }),
  });
  const base = (printed: string) => {
    const { typeSchema, typeName } = nameOf(printed);
    return { baseSchema: typeSchema, baseName: typeName };
  };
  return [
    ...catalog.enums.map((type): UserType => ({ ...identity(type), kind: 'enum' })),
    ...catalog.domains.map(
      (type): UserType => ({
        ...identity(type),
        kind: 'domain',
        ...base(type.underlyingType),
        checks: type.checks.map(({ expression }) => expression),
      }),
    ),
    ...catalog.composites.map(
      (type): UserType => ({
        ...identity(type),
        kind: 'composite',
        attributes: type.attributes.map(({ name, type: printed }) => ({ name, ...nameOf(printed) })),
      }),
    ),
    ...catalog.ranges.map((type): UserType => ({ ...identity(type), kind: 'range', ...base(type.subtype) })),
  ];
}
