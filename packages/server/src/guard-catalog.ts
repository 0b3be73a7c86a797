import type { DatabaseCatalog, Table, UserTypeName } from '@pgmcp/schema-introspect';
import type { CatalogSnapshot } from '@pgmcp/sql-guard';

type Relation = CatalogSnapshot['relations'][number];
type GuardType = CatalogSnapshot['types'][number];

const RELATION_KINDS: Readonly<Record<Table['kind'], Relation['kind']>> = {
  table: 'table',
  'partitioned table': 'partitioned-table',
  view: 'view',
  'materialized view': 'materialized-view',
  'foreign table': 'foreign-table',
};

const snapshots = new WeakMap<DatabaseCatalog, CatalogSnapshot>();
let readings = 0;

/** The catalog as the guard takes it. Made once for each reading, so that the guard can keep what it derives from it. */
export function guardCatalog(catalog: DatabaseCatalog): CatalogSnapshot {
  const known = snapshots.get(catalog);
  if (known) return known;
  readings += 1;
  const snapshot = toSnapshot(catalog, `${catalog.database}/${readings}`);
  snapshots.set(catalog, snapshot);
  return snapshot;
}

function toSnapshot(catalog: DatabaseCatalog, fingerprint: string): CatalogSnapshot {
  return {
    fingerprint,
    searchPath: catalog.searchPath,
    definitionsQualified: true,
    relations: catalog.tables.flatMap(relations),
    functions: catalog.functions.map((item) => ({
      schema: item.schema,
      name: item.name,
      argumentTypes: item.argumentTypes,
      kind: item.kind,
      volatility: item.volatility,
      securityDefiner: item.securityDefiner,
      changesSettings: item.settings.length > 0,
      ...extensionOf(item),
    })),
    operators: catalog.operators.map((item) => ({
      schema: item.schema,
      name: item.name,
      functionSchema: item.function.schema,
      functionName: item.function.name,
      ...extensionOf(item),
    })),
    casts: catalog.casts.map((cast) => {
      const source = typeOf(cast.source, cast.sourceUserType);
      const target = typeOf(cast.target, cast.targetUserType);
      return {
        sourceSchema: source.typeSchema,
        sourceName: source.typeName,
        targetSchema: target.typeSchema,
        targetName: target.typeName,
        ...(cast.function && { functionSchema: cast.function.schema, functionName: cast.function.name }),
      };
    }),
    types: guardTypes(catalog),
  };
}

/** Names of PostgreSQL's own types where `format_type` prints another than the catalog stores. */
const CATALOG_NAMES: Readonly<Record<string, string>> = {
  bigint: 'int8',
  'bit varying': 'varbit',
  boolean: 'bool',
  character: 'bpchar',
  'character varying': 'varchar',
  'double precision': 'float8',
  integer: 'int4',
  real: 'float4',
  smallint: 'int2',
  'time with time zone': 'timetz',
  'time without time zone': 'time',
  'timestamp with time zone': 'timestamptz',
  'timestamp without time zone': 'timestamp',
};

/** A type by its two names as the catalog stores them; one that no user made is PostgreSQL's own. */
function typeOf(printed: string, userType: UserTypeName | undefined) {
  if (userType) return { typeSchema: userType.schema, typeName: userType.name };
  const array = /(\[\])+$/.test(printed) ? '_' : '';
  // numeric(12,2), timestamp(3) with time zone, "char", interval day to second
  const plain = printed
    .replace(/(\[\])+$/, '')
    .replace(/\([^)]*\)/, '')
    .replace(/^interval .*/, 'interval')
    .replaceAll('"', '');
  return { typeSchema: 'pg_catalog', typeName: `${array}${CATALOG_NAMES[plain] ?? plain}` };
}

function extensionOf({ extension }: { readonly extension?: string }): { readonly extension?: string } {
  return extension === undefined ? {} : { extension };
}

function relations(table: Table): Relation[] {
  const columns = table.columns.map(({ name, type, userType, generated }) => ({
    name,
    ...typeOf(type, userType),
    ...(generated && { generated: generated.expression }),
  }));
  const own: Relation = {
    schema: table.schema,
    name: table.name,
    kind: RELATION_KINDS[table.kind],
    columns,
    ...(table.definition !== undefined && { definition: table.definition }),
    parents: table.inherits.map(({ schema, name }) => ({ schema, name })),
  };
  const partitions = (table.partitioning?.partitions ?? []).map(
    ({ schema, name, parent, foreign }): Relation => ({
      schema,
      name,
      kind: foreign ? 'foreign-table' : 'table',
      columns,
      // A table that was attached may hold them in another order.
      columnOrderUnknown: true,
      parents: [{ schema: parent?.schema ?? table.schema, name: parent?.name ?? table.name }],
    }),
  );
  return [own, ...partitions];
}

function guardTypes({ enums, domains, composites, ranges, baseTypes }: DatabaseCatalog): GuardType[] {
  const named = (type: { schema: string; name: string; extension?: string }) => ({
    schema: type.schema,
    name: type.name,
    ...extensionOf(type),
  });
  const base = (printed: string, userType: UserTypeName | undefined) => {
    const { typeSchema, typeName } = typeOf(printed, userType);
    return { baseSchema: typeSchema, baseName: typeName };
  };
  return [
    ...enums.map((type): GuardType => ({ ...named(type), kind: 'enum' })),
    ...baseTypes.map((type): GuardType => ({ ...named(type), kind: 'base' })),
    ...domains.map(
      (type): GuardType => ({
        ...named(type),
        kind: 'domain',
        ...base(type.underlyingType, type.underlyingUserType),
        checks: type.checks.map(({ expression }) => expression),
      }),
    ),
    ...composites.map(
      (type): GuardType => ({
        ...named(type),
        kind: 'composite',
        attributes: type.attributes.map(({ name, type: printed, userType }) => ({
          name,
          ...typeOf(printed, userType),
        })),
      }),
    ),
    ...ranges.flatMap((type): GuardType[] => [
      { ...named(type), kind: 'range', ...base(type.subtype, type.subtypeUserType) },
      ...(type.multirange === undefined
        ? []
        : [
            {
              ...named(type),
              name: type.multirange,
              kind: 'multirange' as const,
              ...base(type.subtype, type.subtypeUserType),
            },
          ]),
    ]),
  ];
}
