import type { Column, ForeignKey, Table } from '@pgmcp/schema-introspect';
import { z } from 'zod';
import { cutList, cutText } from './cut.ts';

/**
 * What `tools/list` says of a described table. The facts beyond these keys are left to the answer itself: spelling them all
 * out would cost every conversation a quarter of the whole list.
 */
export const tableSchema = z.looseObject({
  schema: z.string(),
  name: z.string(),
  kind: z.string(),
  columns: z.array(z.looseObject({ name: z.string(), type: z.string() })),
});

/** One column; a fact that does not exist is absent, to save a model's tokens. */
export type DescribedColumn = {
  readonly name: string;
  readonly type: string;
  readonly not_null?: true;
  readonly default?: string;
  readonly identity?: string;
  readonly generated?: string;
  /** Labels of an enum, in order. */
  readonly labels?: readonly string[];
  /** The type under a domain. */
  readonly base_type?: string;
  readonly readable?: false;
  readonly comment?: string;
};

/** One table as `get_table_schema` returns it. */
export type DescribedTable = {
  readonly schema: string;
  readonly name: string;
  readonly kind: string;
  readonly comment?: string;
  readonly estimated_rows?: number;
  readonly readable?: false;
  readonly columns: DescribedColumn[];
  readonly primary_key?: readonly string[];
  readonly unique?: readonly (readonly string[])[];
  readonly foreign_keys?: readonly {
    readonly columns: readonly string[];
    readonly references: string;
    /** Absent for NO ACTION. */
    readonly on_delete?: string;
    readonly on_update?: string;
  }[];
  readonly referenced_by?: readonly { readonly table: string; readonly columns: readonly string[] }[];
  readonly checks?: readonly string[];
  readonly indexes?: readonly string[];
  readonly partition_key?: string;
  readonly partitions?: number;
  readonly row_security?: string;
  readonly definition?: string;
};

/** Longest comment or expression, and longest view definition, in characters. */
const MAX_COMMENT = 500;
const MAX_DEFINITION = 6_000;

/** Most labels of an enum. */
const MAX_LABELS = 100;

type Reference = { readonly table: string; readonly columns: readonly string[] };

const references = new WeakMap<readonly Table[], ReadonlyMap<string, readonly Reference[]>>();

// NUL cannot be in a name.
const keyOf = (schema: string, name: string) => `${schema}\0${name}`;

/** Who refers to each table: looked through once for a reading of the structure, not once for each description. */
function referencesTo(all: readonly Table[]): ReadonlyMap<string, readonly Reference[]> {
  const known = references.get(all);
  if (known) return known;
  const found = new Map<string, Reference[]>();
  for (const { schema, name, foreignKeys } of all) {
    for (const { references: target, columns } of foreignKeys) {
      const key = keyOf(target.schema, target.table);
      const list = found.get(key) ?? [];
      list.push({ table: `${schema}.${name}`, columns: [...columns] });
      found.set(key, list);
    }
  }
  references.set(all, found);
  return found;
}

/** Says everything about a table that matters for writing a statement over it. */
export function describeTable(table: Table, all: readonly Table[]): DescribedTable {
  const unique = table.uniqueConstraints.map(({ columns }) => [...columns]);
  const indexes = table.indexes
    .filter(({ primary }) => !primary)
    .map(({ definition, valid }) => (valid ? definition : `${definition} -- invalid`));
  const referencedBy = referencesTo(all).get(keyOf(table.schema, table.name)) ?? [];
  return {
    schema: table.schema,
    name: table.name,
    kind: table.kind,
    ...(table.comment !== undefined && { comment: cutText(table.comment, MAX_COMMENT) }),
    ...(table.estimatedRows !== undefined && { estimated_rows: table.estimatedRows }),
    ...(!table.selectable && { readable: false as const }),
    columns: table.columns.map(describeColumn),
    ...(table.primaryKey && { primary_key: [...table.primaryKey.columns] }),
    ...(unique.length > 0 && { unique }),
    ...(table.foreignKeys.length > 0 && { foreign_keys: table.foreignKeys.map(describeForeignKey) }),
    ...(referencedBy.length > 0 && { referenced_by: [...referencedBy] }),
    ...(table.checks.length > 0 && { checks: table.checks.map(({ expression }) => cutText(expression, MAX_COMMENT)) }),
    ...(indexes.length > 0 && { indexes }),
    ...(table.partitioning && {
      partition_key: table.partitioning.key,
      partitions: table.partitioning.partitions.length,
    }),
    ...(table.rowSecurity !== 'off' && { row_security: table.rowSecurity }),
    ...(table.definition !== undefined && { definition: cutText(table.definition, MAX_DEFINITION) }),
  };
}

function describeColumn(column: Column): DescribedColumn {
  return {
    name: column.name,
    type: column.type,
    ...(!column.nullable && { not_null: true as const }),
    ...(column.default !== undefined && { default: cutText(column.default, MAX_COMMENT) }),
    ...(column.identity && { identity: column.identity }),
    ...(column.generated && { generated: cutText(column.generated.expression, MAX_COMMENT) }),
    ...(column.enumLabels && { labels: cutList(column.enumLabels, MAX_LABELS) }),
    ...(column.domainBaseType !== undefined && { base_type: column.domainBaseType }),
    ...(column.selectable === false && { readable: false as const }),
    ...(column.comment !== undefined && { comment: cutText(column.comment, MAX_COMMENT) }),
  };
}

function describeForeignKey(key: ForeignKey) {
  const { schema, table, columns } = key.references;
  return {
    columns: [...key.columns],
    references: `${schema}.${table}(${columns.join(', ')})`,
    ...(key.onDelete !== 'no action' && { on_delete: key.onDelete }),
    ...(key.onUpdate !== 'no action' && { on_update: key.onUpdate }),
  };
}
