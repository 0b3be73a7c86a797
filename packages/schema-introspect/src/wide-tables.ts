import { selectableColumns } from './formats/compact.ts';
import type { Column, Table } from './schema.ts';

/** From this number of columns on a table may be shown in part. */
const WIDE = 20;

/** Columns shown of a wide table beyond those that must be, so that a reader sees what kind of table it is. */
const FIRST_COLUMNS = 5;

/**
 * The columns of a table that a tight budget keeps: of a wide one its keys, what other tables point to, matched
 * columns, commented ones where comments are rare enough to tell something, and the first few; of another one all.
 */
export function essentialColumns(
  table: Table,
  isMatched: (column: Column) => boolean,
  referenced: ReadonlySet<string>,
): readonly Column[] {
  const columns = selectableColumns(table);
  if (columns.length <= WIDE) return columns;
  const keys = keysOf(table, referenced);
  const commented = columns.filter((column) => column.comment !== undefined).length;
  const commentsTell = commented <= columns.length / 2;
  return columns.filter(
    (column, place) =>
      place < FIRST_COLUMNS ||
      keys.has(column.name) ||
      isMatched(column) ||
      (commentsTell && column.comment !== undefined),
  );
}

/** The columns that a statement needs to join through a table, and those that the question names. */
export function joiningColumns(
  table: Table,
  isMatched: (column: Column) => boolean,
  referenced: ReadonlySet<string>,
): readonly Column[] {
  const keys = keysOf(table, referenced);
  const columns = selectableColumns(table);
  const joining = columns.filter((column) => keys.has(column.name) || isMatched(column));
  // A table without keys is joined by columns that only their names tell.
  return joining.length > 0 ? joining : columns;
}

function keysOf(table: Table, referenced: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([
    ...(table.primaryKey?.columns ?? []),
    ...table.foreignKeys.flatMap((key) => key.columns),
    ...referenced,
  ]);
}
