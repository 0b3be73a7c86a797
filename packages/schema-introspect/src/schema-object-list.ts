import type { DatabaseCatalog, TableKind } from './schema.ts';

/** Kinds of things that have a name. */
export type SchemaObjectKind = TableKind | 'column' | 'function' | 'type' | 'sequence';

/** All of them, for checks at run time. */
export const SCHEMA_OBJECT_KINDS: readonly string[] = [
  'table',
  'partitioned table',
  'view',
  'materialized view',
  'foreign table',
  'column',
  'function',
  'type',
  'sequence',
] satisfies SchemaObjectKind[];

/** Something with a name. */
export interface SchemaObject {
  readonly kind: SchemaObjectKind;
  readonly schema: string;
  /** Of a column: its table. */
  readonly name: string;
  readonly column?: string;
  /** Type of a column, arguments of a function. */
  readonly detail?: string;
  readonly comment?: string;
  /** Labels of an enum column. */
  readonly labels?: readonly string[];
}

/** Everything in a catalog that has a name and that the role may use, tables before their columns. */
export function listObjects(catalog: DatabaseCatalog): readonly SchemaObject[] {
  const objects: SchemaObject[] = [];
  for (const table of catalog.tables) {
    if (!table.selectable) continue;
    const { schema, name } = table;
    objects.push({ kind: table.kind, schema, name, ...commentOf(table) });
    for (const column of table.columns) {
      if (column.selectable === false) continue;
      const labels = column.enumLabels ? { labels: column.enumLabels } : {};
      objects.push({
        kind: 'column',
        schema,
        name,
        column: column.name,
        detail: column.type,
        ...commentOf(column),
        ...labels,
      });
    }
  }
  for (const each of catalog.functions) {
    if (!each.executable || each.extension !== undefined) continue;
    objects.push({
      kind: 'function',
      schema: each.schema,
      name: each.name,
      detail: each.arguments,
      ...commentOf(each),
    });
  }
  const { enums, domains, composites, ranges, baseTypes } = catalog;
  for (const type of [...enums, ...domains, ...composites, ...ranges, ...baseTypes]) {
    if (type.extension === undefined)
      objects.push({ kind: 'type', schema: type.schema, name: type.name, ...commentOf(type) });
  }
  for (const sequence of catalog.sequences) {
    objects.push({ kind: 'sequence', schema: sequence.schema, name: sequence.name, ...commentOf(sequence) });
  }
  return objects;
}

function commentOf({ comment }: { readonly comment?: string }): { comment?: string } {
  return comment === undefined ? {} : { comment };
}
