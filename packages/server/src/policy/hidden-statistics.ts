import type { Column, DatabaseCatalog, Table, TableName } from '@pgmcp/schema-introspect';
import { copiesHidden } from './copies-hidden.ts';
import type { Hiding } from './hiding.ts';

const keyOf = ({ schema, name }: TableName): string => JSON.stringify([schema, name]);

/**
 * Makes the answer to whether the common values of a column may be shown at all. Values of a hidden column are in the statistics of
 * generated columns too, and of other tables: of parents and children under the same name, and of materialized views under any name,
 * which nobody can trace.
 */
export function statisticsHiding(catalog: DatabaseCatalog, hiding: Hiding): (table: Table, column: Column) => boolean {
  const related = new Map<string, TableName[]>();
  const relate = (one: TableName, other: TableName): void => {
    related.set(keyOf(one), [...(related.get(keyOf(one)) ?? []), other]);
    related.set(keyOf(other), [...(related.get(keyOf(other)) ?? []), one]);
  };
  for (const table of catalog.tables) {
    for (const parent of table.inherits) relate(table, parent);
    for (const partition of table.partitioning?.partitions ?? []) relate(table, partition);
  }

  function familyOf(table: Table): readonly TableName[] {
    const found = new Map<string, TableName>([[keyOf(table), table]]);
    // A map hands out what is added while it is walked.
    for (const member of found.values())
      for (const next of related.get(keyOf(member)) ?? []) found.set(keyOf(next), next);
    return [...found.values()];
  }

  return (table, column) =>
    table.kind === 'materialized view' ||
    copiesHidden(hiding, table, column) ||
    familyOf(table).some(({ schema, name }) => hiding.hides(schema, name, column.name));
}

/** A column that may be named and selected while what it can hold is nobody's to see: without labels, statistics and default. */
export function withoutHeldValues(column: Column): Column {
  const { enumLabels: _labels, statistics: _statistics, default: _default, ...structure } = column;
  return structure;
}
