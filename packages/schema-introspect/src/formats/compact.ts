import { qualifiedName, quoteIdentifier, referenceTo } from '../names.ts';
import { plainText } from '../plain-text.ts';
import type { Column, Table } from '../schema.ts';
import type { ForeignKey } from '../schema-constraints.ts';
import { shortType } from './short-type.ts';

/** What the compact form shows beside names, types and keys. */
export interface CompactDetails {
  /** Comments on tables and columns, each cut at this number of characters; 0 leaves them out. Default 100. */
  readonly maxCommentCharacters?: number;
  /** Labels shown of an enum; 0 leaves them out. Default 12. */
  readonly maxEnumLabels?: number;
  /** Mark the columns of the primary key. Default `true`. */
  readonly primaryKeys?: boolean;
}

/** How a line names the target of a key; undefined for a target that must not be shown. */
export type ReferenceOf = (schema: string, table: string) => string | undefined;

/**
 * One table in the compact form: a line `name(column type, …)` with the primary key, enum labels and comments, then a
 * line per foreign key. Names stand as SQL must spell them.
 *
 * @param columns - the columns to show, in order; what is left out is said
 */
export function compactTable(
  table: Table,
  columns: readonly Column[],
  referenceOf: ReferenceOf,
  details: CompactDetails = {},
): string {
  const primary = new Set(details.primaryKeys === false ? [] : table.primaryKey?.columns);
  const shown = columns.map((column) => compactColumn(column, primary.has(column.name), details));
  const hidden = table.columns.filter((column) => column.selectable !== false).length - columns.length;
  if (hidden > 0) shown.push(`/* ${hidden} more */`);
  const kind = table.kind === 'table' || table.kind === 'partitioned table' ? '' : `${table.kind} `;
  const lines = [`${kind}${referenceTo(table)}(${shown.join(', ')})${remark(table, details)}`];
  for (const key of table.foreignKeys) {
    const target = referenceOf(key.references.schema, key.references.table);
    if (target !== undefined) lines.push(compactForeignKey(key, target));
  }
  return lines.join('\n');
}

function compactColumn(column: Column, primary: boolean, details: CompactDetails): string {
  const { maxCommentCharacters = 100, maxEnumLabels = 12 } = details;
  const parts = [quoteIdentifier(column.name), shortType(column.type)];
  if (primary) parts.push('pk');
  const remarks: string[] = [];
  if (column.enumLabels && maxEnumLabels > 0) {
    const labels = column.enumLabels.slice(0, maxEnumLabels).map((label) => inComment(label, 40));
    const more = column.enumLabels.length - labels.length;
    remarks.push(labels.join('|') + (more > 0 ? `|… ${more} more` : ''));
  }
  if (column.comment !== undefined && maxCommentCharacters > 0)
    remarks.push(inComment(column.comment, maxCommentCharacters));
  if (remarks.length > 0) parts.push(`/* ${remarks.join('; ')} */`);
  return parts.join(' ');
}

function remark(table: Table, { maxCommentCharacters = 100 }: CompactDetails): string {
  const remarks: string[] = [];
  if (table.comment !== undefined && maxCommentCharacters > 0)
    remarks.push(inComment(table.comment, maxCommentCharacters));
  if (table.partitioning) {
    remarks.push(`partitioned by ${table.partitioning.key}, ${table.partitioning.partitions.length} partitions`);
  }
  return remarks.length > 0 ? ` -- ${remarks.join('; ')}` : '';
}

/** Comments must not close the comment they stand in. */
function inComment(text: string, maxCharacters: number): string {
  return plainText(text, maxCharacters).replaceAll('*/', '* /');
}

function compactForeignKey(key: ForeignKey, target: string): string {
  const { columns } = key.references;
  const list = (names: readonly string[]): string => names.map(quoteIdentifier).join(',');
  const [from] = key.columns;
  const [to] = columns;
  if (key.columns.length === 1 && from !== undefined && to !== undefined) {
    return ` ${quoteIdentifier(from)}->${target}.${quoteIdentifier(to)}`;
  }
  return ` (${list(key.columns)})->${target}(${list(columns)})`;
}

/**
 * Names of targets among the given relations: bare where the search path finds them. A key to a relation that the role
 * may not select is not shown, since a model would only try to join it; likewise one to an unknown relation of a whole
 * catalog (`complete`), which lies outside the schemas chosen for reading.
 */
export function referencesAmong(tables: readonly Table[], complete: boolean): ReferenceOf {
  const known = new Map(tables.map((table) => [`${table.schema}\0${table.name}`, table]));
  return (schema, name) => {
    const table = known.get(`${schema}\0${name}`);
    if (table) return table.selectable ? referenceTo(table) : undefined;
    return complete ? undefined : qualifiedName(schema, name);
  };
}
