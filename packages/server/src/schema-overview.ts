import { type DatabaseCatalog, renderMermaid } from '@pgmcp/schema-introspect';

/** Tables that the diagram is drawn from; the rest is only counted. */
const MAX_TABLES = 200;

/** The structure of a database as an operator's page draws it: tables, and what refers to what. */
export function schemaOverview(catalog: DatabaseCatalog) {
  const shown = catalog.tables.filter(({ selectable }) => selectable).slice(0, MAX_TABLES);
  const names = new Set(shown.map(({ schema, name }) => `${schema}.${name}`));
  return {
    total: catalog.tables.length,
    mermaid: renderMermaid(shown),
    tables: shown.map((table) => ({
      name: `${table.schema}.${table.name}`,
      kind: table.kind,
      comment: table.comment,
      estimatedRows: table.estimatedRows,
      estimatedBytes: table.estimatedBytes,
      rowSecurity: table.rowSecurity,
      indexes: table.indexes.map(({ name, definition }) => ({ name, definition })),
      columns: table.columns.map(({ name, type, nullable, comment }) => ({
        name,
        type,
        nullable,
        comment,
        key: table.primaryKey?.columns.includes(name) === true,
      })),
      references: table.foreignKeys
        .map(({ columns, references }) => ({ columns, to: `${references.schema}.${references.table}` }))
        .filter(({ to }) => names.has(to)),
    })),
  };
}
