import type { DatabaseCatalog } from '@pgmcp/schema-introspect';
import type { PolicyConfiguration } from '../config/index.ts';
import { nearestName } from '../nearest.ts';

const TABLE_LISTS = ['allowedTables', 'deniedTables'] as const;
const COLUMN_LISTS = ['deniedColumns', 'maskedColumns', 'hashedColumns'] as const;

/** A name in a list of a policy that nothing in the database has: whatever it was meant to protect is open. */
export interface MissingName {
  readonly list: (typeof TABLE_LISTS)[number] | (typeof COLUMN_LISTS)[number];
  /** As it was written. */
  readonly name: string;
  /** What was probably meant. */
  readonly nearest?: string;
}

/**
 * Finds names of a policy that are not in the database: misspelt ones, and those of tables and columns that were renamed since.
 *
 * @param isShared whether other databases have the same policy: a name in a schema that is not here may be meant for them
 */
export function missingNames(policy: PolicyConfiguration, catalog: DatabaseCatalog, isShared: boolean): MissingName[] {
  const columnsOf = new Map<string, readonly string[]>();
  const schemas = new Set<string>();
  for (const { schema, name, columns, partitioning } of catalog.tables) {
    const names = columns.map((column) => column.name);
    for (const table of [{ schema, name }, ...(partitioning?.partitions ?? [])]) {
      columnsOf.set(`${table.schema}.${table.name}`, names);
      schemas.add(table.schema);
    }
  }
  const isMeantElsewhere = (name: string) => isShared && !schemas.has(name.slice(0, name.indexOf('.')));
  const missing = (list: MissingName['list'], name: string, known: Iterable<string>): MissingName => {
    const nearest = nearestName(name, known);
    return { list, name, ...(nearest !== undefined && { nearest }) };
  };

  const found: MissingName[] = [];
  for (const list of TABLE_LISTS) {
    for (const name of policy[list] ?? []) {
      if (isMeantElsewhere(name) || columnsOf.has(name)) continue;
      const [schema = ''] = name.split('.');
      if (!name.endsWith('.*')) found.push(missing(list, name, columnsOf.keys()));
      else if (!schemas.has(schema))
        found.push(
          missing(
            list,
            name,
            [...schemas].map((each) => `${each}.*`),
          ),
        );
    }
  }
  for (const list of COLUMN_LISTS) {
    for (const name of policy[list]) {
      const at = name.lastIndexOf('.');
      const [table, column] = [name.slice(0, at), name.slice(at + 1)];
      const columns = columnsOf.get(table);
      if (isMeantElsewhere(name) || columns?.includes(column)) continue;
      const known =
        columns?.map((each) => `${table}.${each}`) ?? [...columnsOf.keys()].map((each) => `${each}.${column}`);
      found.push(missing(list, name, known));
    }
  }
  return found;
}

/** One line for people. */
export function describeMissingName({ list, name, nearest }: MissingName): string {
  return `${name} (${list})${nearest === undefined ? '' : `, perhaps ${nearest}`}`;
}
