import { type DatabaseCatalog, diffCatalogs } from '@pgmcp/schema-introspect';
import { schemaUri } from './schema-uri.ts';

/** After so many changed tables the one address of the database has to do. */
const MAX_TABLES = 500;

/** Addresses of the resources that differ between two readings of a database; none when the structure is the same. */
export function changedResources(name: string, before: DatabaseCatalog, after: DatabaseCatalog): readonly string[] {
  const { isEmpty, tables } = diffCatalogs(before, after);
  if (isEmpty) return [];
  const changed = [...tables.added, ...tables.removed, ...tables.changed].slice(0, MAX_TABLES);
  return [
    schemaUri.database(name),
    schemaUri.diagram(name),
    ...changed.map((table) => schemaUri.table(name, table.schema, table.name)),
  ];
}
