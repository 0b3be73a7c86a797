import type { Column, DatabaseCatalog, Table } from '@pgmcp/schema-introspect';
import { statisticsHiding, withoutHeldValues } from '../policy/hidden-statistics.ts';
import type { Hiding } from '../policy/hiding.ts';

const known = new WeakMap<DatabaseCatalog, WeakMap<Hiding, DatabaseCatalog>>();

/**
 * The structure without what a policy hides: tables and columns that must not be read are not there, and of columns whose
 * values are masked what they can hold is not: labels, statistics, defaults. The same catalog and policy give the same object, so that
 * whatever is indexed by it is indexed once.
 */
export function visibleCatalog(catalog: DatabaseCatalog, hiding: Hiding): DatabaseCatalog {
  if (!hiding.any) return catalog;
  const byHiding = known.get(catalog) ?? new WeakMap<Hiding, DatabaseCatalog>();
  known.set(catalog, byHiding);
  const visible = byHiding.get(hiding) ?? withoutHidden(catalog, hiding);
  byHiding.set(hiding, visible);
  return visible;
}

function withoutHidden(catalog: DatabaseCatalog, hiding: Hiding): DatabaseCatalog {
  const hidesStatistics = statisticsHiding(catalog, hiding);
  const tables = catalog.tables
    .filter(({ schema, name }) => !hiding.hides(schema, name))
    .map((table) => ({
      ...table,
      columns: table.columns.flatMap((column) =>
        visibleColumn(table, hidesStatistics(table, column) ? withoutStatistics(column) : column, hiding),
      ),
      foreignKeys: table.foreignKeys.filter(({ references }) => !hiding.hides(references.schema, references.table)),
    }));
  return { ...catalog, tables };
}

function visibleColumn({ schema, name }: Table, column: Column, hiding: Hiding): readonly Column[] {
  if (!hiding.hides(schema, name, column.name)) return [column];
  return hiding.maskOf(schema, name, column.name) === undefined ? [] : [withoutHeldValues(column)];
}

function withoutStatistics({ statistics: _, ...structure }: Column): Column {
  return structure;
}
