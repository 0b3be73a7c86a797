import { fieldsOf, textOf } from '../tree.ts';
import { join, type UnfoldedValue, unknownValue, widest, withNodes } from './unfolded-value.ts';

/** A column of a query. */
export interface Column {
  /** Undefined: the server chooses it, or it cannot be told, so that any name may mean this column. */
  readonly name: string | undefined;
  readonly value: UnfoldedValue;
}

/** A column that is computed once, so that only a reference to it is copied. */
export const keptApart = (column: Column): Column =>
  column.value.nodes === 1 ? column : { name: column.name, value: withNodes(column.value, 1) };

/** A FROM item. */
export interface Range {
  readonly alias: string | undefined;
  readonly columns: readonly Column[];
  /** It has more columns than are listed. */
  readonly open: boolean;
  /** Of a column that is not listed. */
  readonly other: UnfoldedValue;
  /** Its whole row, once it was asked for. */
  row: UnfoldedValue | undefined;
}

/** What an expression can see. */
export interface Frame {
  readonly ranges: Range[];
  readonly outer: Frame | undefined;
}

/** The whole row of a FROM item, which the planner writes as all of its columns. */
function rowOf(range: Range): UnfoldedValue {
  const { columns, other } = range;
  range.row ??= { ...join([other, ...columns.map(({ value }) => value)]), escapes: true, made: 'row' };
  return range.row;
}

const either = (one: UnfoldedValue | undefined, other: UnfoldedValue): UnfoldedValue =>
  one === undefined ? other : widest([one, other]);

const nameAt = (fields: readonly unknown[], index: number): string | undefined =>
  textOf(fieldsOf(fields[index], 'String')?.['sval']);

/**
 * A column by the names of its reference. The innermost query that has a column of this name is asked, as the server does; where none has,
 * the name may be that of a column which no list knows, or of a FROM item, which means its whole row.
 *
 * @param fields names as the tree has them; one that ends with `*` means a whole row
 */
export function columnValue(fields: readonly unknown[], frame: Frame): UnfoldedValue {
  const column = nameAt(fields, fields.length - 1);
  const alias = fields.length > 1 ? nameAt(fields, fields.length - 2) : undefined;
  let candidate: UnfoldedValue | undefined;
  for (let at: Frame | undefined = frame; at; at = at.outer) {
    let found: UnfoldedValue | undefined;
    let unnamed: UnfoldedValue | undefined;
    for (const range of at.ranges) {
      if (alias !== undefined && range.alias !== alias) continue;
      const value = column === undefined ? rowOf(range) : columnOf(range, column);
      // JOIN USING makes one column of two.
      if (value) found = found ? join([found, value]) : value;
      else {
        unnamed = unnamedValue(range, unnamed);
        candidate = unlistedValue(range, alias === undefined && range.alias === column, candidate);
      }
    }
    // Of the two, one may have its name from the server.
    if (found) return unnamed ? join([found, unnamed]) : found;
    if (unnamed) candidate = either(candidate, unnamed);
  }
  return candidate ?? unknownValue;
}

function columnOf({ columns }: Range, column: string): UnfoldedValue | undefined {
  let found: UnfoldedValue | undefined;
  for (const { name, value } of columns) if (name === column) found = found ? join([found, value]) : value;
  return found;
}

/** The columns of a FROM item whose names the server chooses, and what they are elsewhere. */
function unnamedValue({ columns }: Range, elsewhere: UnfoldedValue | undefined): UnfoldedValue | undefined {
  let value = elsewhere;
  for (const column of columns) if (column.name === undefined) value = either(value, column.value);
  return value;
}

/** What a name may mean that no column of a FROM item has, or what it may mean elsewhere. */
function unlistedValue(range: Range, isRow: boolean, elsewhere: UnfoldedValue | undefined): UnfoldedValue | undefined {
  const value = range.other === unknownValue ? elsewhere : either(elsewhere, range.other);
  return isRow ? either(value, rowOf(range)) : value;
}
