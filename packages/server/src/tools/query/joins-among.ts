import {
  type DatabaseCatalog,
  qualifiedName,
  quoteIdentifier,
  type SliceTable,
  type Table,
} from '@pgmcp/schema-introspect';

/** The conditions by which tables of a slice are joined, as their foreign keys say: all columns of a composite key together. */
export function joinsAmong(catalog: DatabaseCatalog, slice: readonly SliceTable[]): string[] {
  const shown = new Set(slice.map(({ schema, name }) => qualifiedName(schema, name)));
  return catalog.tables.filter((table) => shown.has(nameOf(table))).flatMap((table) => joinsOf(table, shown));
}

function joinsOf(table: Table, shown: ReadonlySet<string>): string[] {
  return table.foreignKeys
    .map(({ columns, references }) => ({
      columns,
      references,
      target: qualifiedName(references.schema, references.table),
    }))
    .filter(({ target }) => shown.has(target))
    .map(({ columns, references, target }) =>
      columns
        .map(
          (column, index) =>
            `${nameOf(table)}.${quoteIdentifier(column)} = ${target}.${quoteIdentifier(references.columns[index] ?? '')}`,
        )
        .join(' AND '),
    );
}

const nameOf = ({ schema, name }: Table): string => qualifiedName(schema, name);
