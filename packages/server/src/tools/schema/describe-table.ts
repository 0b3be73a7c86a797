import type { Column, ForeignKey, Table } from '@pgmcp/schema-introspect';
import { z } from 'zod';

const columnSchema = z.object({
  name: z.string(),
  type: z.string(),
  not_null: z.literal(true).optional(),
  default: z.string().optional(),
  identity: z.string().optional(),
  generated: z.string().optional(),
  labels: z.array(z.string()).optional(),
  base_type: z.string().optional(),
  readable: z.literal(false).optional(),
  comment: z.string().optional(),
});

/** One table as `get_table_schema` returns it: a fact that does not exist is absent, to save a model's tokens. */
export const tableSchema = z.object({
  schema: z.string(),
  name: z.string(),
  kind: z.string(),
  comment: z.string().optional(),
  estimated_rows: z.number().optional(),
  readable: z.literal(false).optional(),
  columns: z.array(columnSchema),
  primary_key: z.array(z.string()).optional(),
  unique: z.array(z.array(z.string())).optional(),
  foreign_keys: z.array(z.object({ columns: z.array(z.string()), references: z.string() })).optional(),
  referenced_by: z.array(z.object({ table: z.string(), columns: z.array(z.string()) })).optional(),
  checks: z.array(z.string()).optional(),
  indexes: z.array(z.string()).optional(),
  partition_key: z.string().optional(),
  partitions: z.int().optional(),
  row_security: z.string().optional(),
  definition: z.string().optional(),
});

type DescribedTable = z.output<typeof tableSchema>;

/** Says everything about a table that matters for writing a statement over it. */
export function describeTable(table: Table, all: readonly Table[]): DescribedTable {
  const unique = table.uniqueConstraints.map(({ columns }) => [...columns]);
  const indexes = table.indexes
    .filter(({ primary }) => !primary)
    .map(({ definition, valid }) => (valid ? definition : `${definition} -- invalid`));
  const referencedBy = all.flatMap((other) =>
    other.foreignKeys
      .filter(({ references }) => references.schema === table.schema && references.table === table.name)
      .map(({ columns }) => ({ table: `${other.schema}.${other.name}`, columns: [...columns] })),
  );
  return {
    schema: table.schema,
    name: table.name,
    kind: table.kind,
    ...(table.comment !== undefined && { comment: table.comment }),
    ...(table.estimatedRows !== undefined && { estimated_rows: table.estimatedRows }),
    ...(!table.selectable && { readable: false as const }),
    columns: table.columns.map(describeColumn),
    ...(table.primaryKey && { primary_key: [...table.primaryKey.columns] }),
    ...(unique.length > 0 && { unique }),
    ...(table.foreignKeys.length > 0 && { foreign_keys: table.foreignKeys.map(describeForeignKey) }),
    ...(referencedBy.length > 0 && { referenced_by: referencedBy }),
    ...(table.checks.length > 0 && { checks: table.checks.map(({ expression }) => expression) }),
    ...(indexes.length > 0 && { indexes }),
    ...(table.partitioning && {
      partition_key: table.partitioning.key,
      partitions: table.partitioning.partitions.length,
    }),
    ...(table.rowSecurity !== 'off' && { row_security: table.rowSecurity }),
    ...(table.definition !== undefined && { definition: table.definition }),
  };
}

function describeColumn(column: Column): z.output<typeof columnSchema> {
  return {
    name: column.name,
    type: column.type,
    ...(!column.nullable && { not_null: true as const }),
    ...(column.default !== undefined && { default: column.default }),
    ...(column.identity && { identity: column.identity }),
    ...(column.generated && { generated: column.generated.expression }),
    ...(column.enumLabels && { labels: [...column.enumLabels] }),
    ...(column.domainBaseType !== undefined && { base_type: column.domainBaseType }),
    ...(column.selectable === false && { readable: false as const }),
    ...(column.comment !== undefined && { comment: column.comment }),
  };
}

function describeForeignKey(key: ForeignKey) {
  const { schema, table, columns } = key.references;
  return { columns: [...key.columns], references: `${schema}.${table}(${columns.join(', ')})` };
}
