import type { ColumnStatistics, DatabaseCatalog, ForeignKey, Table } from '@pgmcp/schema-introspect';
import type { SchemaFile } from './question-sets.ts';

/**
 * How databases become schemas of one catalog: each a schema with its own name, each a schema with a name that says
 * nothing, or all in one (only where no two tables have the same name).
 */
export type SchemaNames = 'own' | 'neutral' | 'single';

/**
 * A catalog value out of a schema file, without a database.
 *
 * @param samples - take the sample values of the file, where it has some, for common values
 */
export function buildCatalog(
  file: SchemaFile,
  databases: readonly string[],
  names: SchemaNames,
  samples = false,
): DatabaseCatalog {
  let oid = 20_000;
  const tables: Table[] = [];
  databases.forEach((db, place) => {
    const facts = file[db];
    if (!facts) throw new Error(`no database ${db}`);
    const schema = schemaName(db, place, names);
    for (const [name, { comment, columns }] of Object.entries(facts.tables)) {
      oid += 1;
      const foreignKeys = facts.fks.filter(([table]) => table === name).map((key) => foreignKey(schema, key));
      tables.push({
        oid,
        schema,
        name,
        kind: 'table',
        owner: 'postgres',
        selectable: true,
        inSearchPath: names === 'single',
        ...(comment === '' ? {} : { comment }),
        columns: columns.map((column, index) => ({
          name: column.name,
          position: index + 1,
          type: column.type,
          typeOid: 0,
          nullable: true,
          ...(column.comment === '' ? {} : { comment: column.comment }),
          ...(samples && column.samples ? { statistics: statisticsOf(column.samples) } : {}),
        })),
        uniqueConstraints: [],
        foreignKeys,
        checks: [],
        exclusions: [],
        indexes: [],
        triggers: [],
        rowSecurity: 'off',
        policies: [],
        inherits: [],
        options: [],
      });
    }
  });
  return {
    database: 'evaluation',
    role: 'postgres',
    serverVersion: '18.4',
    serverVersionNum: 180_004,
    searchPath: [],
    schemas: databases.map((db, place) => ({ name: schemaName(db, place, names), owner: 'postgres', usable: true })),
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

/** Samples in the place of common values, as a server with statistics would give them. */
function statisticsOf(samples: readonly unknown[]): ColumnStatistics {
  return { distinct: samples.length, nullFraction: 0, commonValues: samples.map(String) };
}

/** The schema that stands for a database. */
export function schemaName(db: string, place: number, names: SchemaNames): string {
  if (names === 'single') return 'public';
  return names === 'own' ? db.toLowerCase() : `s${place}`;
}

function foreignKey(schema: string, [, column, table, target]: readonly [string, string, string, string]): ForeignKey {
  return {
    name: `${column}_fkey`,
    columns: [column],
    references: { schema, table, columns: [target] },
    onUpdate: 'no action',
    onDelete: 'no action',
  };
}
