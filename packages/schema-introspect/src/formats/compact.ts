import { qualifiedName, quoteIdentifier, referenceTo } from '../names.ts';
import { plainText } from '../plain-text.ts';
import type { Column, Partitioning, Table } from '../schema.ts';
import type { ForeignKey } from '../schema-constraints.ts';
import { createTableLookup } from '../table-lookup.ts';
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

/** How one table is written. */
export interface CompactTableOptions extends CompactDetails {
  /** The columns to show, in order; what is left out is said. All that the role may select by default. */
  readonly columns?: readonly Column[];
  /** Whether a column's comment is shown; all are by default. */
  readonly showsComment?: (column: Column) => boolean;
  /** Other tables of the same columns that this one stands for. */
  readonly family?: readonly Table[];
}

/**
 * One table in the compact form: a line `name(column type, …)` with the primary key, enum labels and comments, then a
 * line per foreign key. Names stand as SQL must spell them.
 */
export function compactTable(table: Table, referenceOf: ReferenceOf, options: CompactTableOptions = {}): string {
  const readable = selectableColumns(table);
  const { columns = readable, showsComment = () => true, ...details } = options;
  const primary = new Set(details.primaryKeys === false ? [] : table.primaryKey?.columns);
  const shown = columns.map((column) =>
    compactColumn(
      column,
      primary.has(column.name),
      showsComment(column) ? details : { ...details, maxCommentCharacters: 0 },
    ),
  );
  const hidden = readable.length - columns.length;
  if (hidden > 0) shown.push(`/* ${hidden} more */`);
  const kind = table.kind === 'table' || table.kind === 'partitioned table' ? '' : `${table.kind} `;
  const lines = [`${kind}${referenceTo(table)}(${shown.join(', ')})${remark(table, details, options.family ?? [])}`];
  const visible = new Set(columns.map(({ name }) => name));
  for (const key of table.foreignKeys) {
    const target = referenceOf(key.references.schema, key.references.table);
    if (target !== undefined && key.columns.every((name) => visible.has(name)))
      lines.push(compactForeignKey(key, target));
  }
  return lines.join('\n');
}

/** Columns the role may select. */
export function selectableColumns(table: Table): readonly Column[] {
  return table.columns.some((column) => column.selectable === false)
    ? table.columns.filter((column) => column.selectable !== false)
    : table.columns;
}

function compactColumn(column: Column, primary: boolean, details: CompactDetails): string {
  const { maxCommentCharacters = 100, maxEnumLabels = 12 } = details;
  // What a domain is made of says more than its name.
  const parts = [quoteIdentifier(column.name), plainText(shortType(column.domainBaseType ?? column.type), 140)];
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

function remark(table: Table, { maxCommentCharacters = 100 }: CompactDetails, family: readonly Table[]): string {
  const remarks: string[] = [];
  if (table.comment !== undefined && maxCommentCharacters > 0)
    remarks.push(inComment(table.comment, maxCommentCharacters));
  if (table.partitioning) remarks.push(partitionRemark(table.partitioning));
  if (family.length > 1) {
    const [first, last] = [family[0], family.at(-1)];
    if (first && last)
      remarks.push(`the same columns in ${family.length} tables, ${referenceTo(first)} … ${referenceTo(last)}`);
  }
  return remarks.length > 0 ? ` -- ${remarks.join('; ')}` : '';
}

function partitionRemark({ key, partitions, namePattern }: Partitioning): string {
  const [first, last] = [partitions[0], partitions.at(-1)];
  // Like names are ordered by their digits, which are dates or numbers.
  const range =
    namePattern !== undefined && first && last
      ? `, ${quoteIdentifier(first.name)} … ${quoteIdentifier(last.name)}`
      : '';
  return `partitioned by ${key}, ${partitions.length} partitions${range}`;
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
  const lookUp = createTableLookup(tables);
  return (schema, name) => {
    const table = lookUp(schema, name);
    if (table) return table.selectable ? referenceTo(table) : undefined;
    return complete ? undefined : qualifiedName(schema, name);
  };
}
