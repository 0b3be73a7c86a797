import { type Fields, isFields, namesOf, textOf } from '../tree.ts';
import { type Column, keptApart, type Range } from './unfolded-columns.ts';
import { anyOf, type UnfoldedValue, unknownValue, widest, withNodes } from './unfolded-value.ts';

/** A column of a view of the server's own is an expression of some twenty parts. */
const viewColumn: UnfoldedValue = { ...unknownValue, nodes: 20 };

/** A common table expression. */
export interface Table {
  readonly name: string;
  readonly rows: Rows;
  readonly outer: Table | undefined;
}

/** What a query gives to those who read it. */
export interface Rows {
  readonly columns: readonly Column[];
  /** It has more columns than are listed, and in an unknown order: those of a table. */
  readonly open: boolean;
  /** Of a column that is not listed. */
  readonly other: UnfoldedValue;
}

export interface Query extends Rows {
  /** Parts of all of its expressions. */
  readonly parts: number;
}

/** Those of a table that nothing is known of. */
export const unknownRows: Rows = { columns: [], open: true, other: unknownValue };
const viewRows: Rows = { columns: [], open: true, other: viewColumn };

/** The rows of a table or common table expression that FROM names. */
export function tableRows(fields: Fields, tables: Table | undefined): Rows {
  const name = textOf(fields['relname']);
  const schema = textOf(fields['schemaname']);
  if (schema !== undefined) return schema === 'information_schema' ? viewRows : unknownRows;
  for (let table = tables; table; table = table.outer) if (table.name === name) return table.rows;
  return unknownRows;
}

/** Rows with the column names of an alias or a common table expression. */
export function renamed(rows: Rows, names: unknown): Rows {
  const given = namesOf(names) ?? [];
  if (given.length === 0) return rows;
  const columns = rows.columns.map(({ name, value }, index) => ({
    name: rows.open ? undefined : (given[index] ?? name),
    value,
  }));
  return { columns, open: rows.open, other: rows.other };
}

/** Rows that are computed once, so that only references to their columns are copied. */
export const rowsKeptApart = ({ columns, open, other }: Rows): Rows => ({
  columns: columns.some(({ value }) => value.nodes !== 1) ? columns.map(keptApart) : columns,
  open,
  other: withNodes(other, 1),
});

/** Rows as a FROM item. */
export function rangeOf(fields: Fields, rows: Rows, name?: string): Range {
  const alias = isFields(fields['alias']) ? fields['alias'] : undefined;
  const { columns, open, other } = renamed(rows, alias?.['colnames']);
  return { alias: textOf(alias?.['aliasname']) ?? name, columns, open, other, row: undefined };
}

/** What UNION, INTERSECT and EXCEPT give. */
export function setOperation(select: Fields, left: Query, right: Query): Query {
  const open = left.open || right.open;
  const of = (one: UnfoldedValue, other: UnfoldedValue): UnfoldedValue => anyOf([one, other]);
  const any = open ? widest([right.other, ...right.columns.map(({ value }) => value)]) : unknownValue;
  const rows: Rows = {
    columns: left.columns.map(({ name, value }, index) => ({
      name,
      value: of(value, open ? any : (right.columns[index]?.value ?? unknownValue)),
    })),
    open,
    other: of(left.other, any),
  };
  const apart = select['op'] !== 'SETOP_UNION' || select['all'] !== true;
  return { ...(apart ? rowsKeptApart(rows) : rows), parts: left.parts + right.parts };
}
