import { type Fields, fieldsOf, lastNameOf, listOf, textOf } from '../tree.ts';
import { isAggregate } from './row-estimate.ts';
import { type Column, type Frame, keptApart, type Range } from './unfolded-columns.ts';
import { type UnfoldingScope, unfold } from './unfolded-expression.ts';
import { anyOf, type UnfoldedValue, unknownValue, widest, withNodes } from './unfolded-value.ts';

/** Columns of one query; PostgreSQL refuses more. Stars over stars would double them at each level. */
const maxColumns = 1_664;

/** What keeps the planner from putting a query into the one around it. A WINDOW clause alone does not. */
const barriers = ['groupClause', 'havingClause', 'sortClause', 'distinctClause', 'limitCount', 'limitOffset'];

const isCollected = (value: unknown): boolean => {
  const call = fieldsOf(value, 'FuncCall');
  return call !== undefined && (call['over'] !== undefined || isAggregate(lastNameOf(call['funcname']) ?? ''));
};

/** True for a query that the planner keeps apart from the one around it, so that its columns are computed once. */
export function isKeptApart(select: Fields): boolean {
  for (const part of barriers) if (select[part] !== undefined) return true;
  for (const item of listOf(select['targetList'])) if (isCollected(fieldsOf(item, 'ResTarget')?.['val'])) return true;
  return false;
}

/** The columns of one query without set operations. */
export interface SelectedColumns {
  readonly columns: readonly Column[];
  readonly open: boolean;
  readonly other: UnfoldedValue;
  /** Parts of the expressions that are written here. */
  readonly parts: number;
  /** Parts of the columns that `*` stands for. */
  readonly starParts: number;
}

/** Reads VALUES or the select list. */
export function selectedColumns(select: Fields, frame: Frame, scope: UnfoldingScope): SelectedColumns {
  return select['valuesLists'] === undefined ? targets(select, frame, scope) : rowsOfValues(select, scope);
}

function rowsOfValues(select: Fields, scope: UnfoldingScope): SelectedColumns {
  let parts = 0;
  const lists = listOf(select['valuesLists']).map((row) =>
    listOf(fieldsOf(row, 'List')?.['items']).map((item) => {
      const value = unfold(item, scope);
      parts += value.nodes;
      return value;
    }),
  );
  const columns = (lists[0] ?? []).map((_first, index) => ({
    name: `column${index + 1}`,
    value: anyOf(lists.map((row) => row[index] ?? unknownValue)),
  }));
  return { columns, open: false, other: unknownValue, parts, starParts: 0 };
}

function targets(select: Fields, frame: Frame, scope: UnfoldingScope): SelectedColumns {
  const apart = isKeptApart(select);
  const only = apart ? undefined : rangeOfStar(select, frame);
  // Its parts were counted where it was made.
  if (only) return { columns: only.columns, open: only.open, other: only.other, parts: 0, starParts: 0 };
  const columns: Column[] = [];
  let parts = 0;
  let starParts = 0;
  let open = false;
  let other = unknownValue;
  const add = (column: Column): number => {
    columns.push(apart ? keptApart(column) : column);
    return column.value.nodes;
  };
  for (const item of listOf(select['targetList'])) {
    const target = fieldsOf(item, 'ResTarget');
    if (!target) continue;
    const reference = fieldsOf(target['val'], 'ColumnRef');
    const name = reference && lastNameOf(reference['fields']);
    if (!reference || name !== undefined) {
      const call = fieldsOf(target['val'], 'FuncCall');
      const column = textOf(target['name']) ?? name ?? (call && lastNameOf(call['funcname']));
      parts += add({ name: column, value: unfold(target['val'], scope) });
      continue;
    }
    const names = listOf(reference['fields']);
    const alias = names.length > 1 ? textOf(fieldsOf(names[names.length - 2], 'String')?.['sval']) : undefined;
    for (const range of frame.ranges) {
      if (alias !== undefined && range.alias !== alias) continue;
      for (const column of range.columns) if (columns.length < maxColumns) starParts += add(column);
      open ||= range.open;
      if (range.other !== unknownValue) other = widest([other, range.other]);
    }
  }
  return { columns, open, other: apart ? withNodes(other, 1) : other, parts, starParts };
}

/** The FROM item that `SELECT * FROM x` stands for: a long chain of these would copy all columns at each link. */
function rangeOfStar(select: Fields, { ranges }: Frame): Range | undefined {
  const list = listOf(select['targetList']);
  const reference = list.length === 1 ? fieldsOf(fieldsOf(list[0], 'ResTarget')?.['val'], 'ColumnRef') : undefined;
  return reference && ranges.length === 1 && lastNameOf(reference['fields']) === undefined ? ranges[0] : undefined;
}
