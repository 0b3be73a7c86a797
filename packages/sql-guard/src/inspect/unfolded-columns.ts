import { anyOf, type UnfoldedValue, unknownValue } from './unfolded-value.ts';

/** A column of a query. */
export interface Column {
  readonly name: string | undefined;
  readonly value: UnfoldedValue;
}

/** A FROM item. */
export interface Range {
  readonly alias: string | undefined;
  readonly columns: readonly Column[];
  /** Of a column that is not listed. */
  readonly other: UnfoldedValue;
}

/** What an expression can see. */
export interface Frame {
  readonly ranges: Range[];
  readonly outer: Frame | undefined;
}

/** A column by its names. One without a qualifier may be of any range, and the name of a range means its whole row. */
export function columnValue(names: readonly (string | undefined)[], frame: Frame): UnfoldedValue {
  const column = names.at(-1);
  const alias = names.length > 1 ? names.at(-2) : undefined;
  const found: UnfoldedValue[] = [];
  const rows: UnfoldedValue[] = [];
  for (let at: Frame | undefined = frame; at; at = at.outer) {
    for (const range of at.ranges) {
      if (alias !== undefined && range.alias !== alias) continue;
      const matching = column === undefined ? range.columns : range.columns.filter(({ name }) => name === column);
      found.push(...matching.map(({ value }) => value));
      if (matching.length === 0 && range.other !== unknownValue) rows.push(range.other);
      if (range.alias === column) rows.push(...range.columns.map(({ value }) => value));
    }
  }
  if (found.length === 0) found.push(...rows);
  if (found.length === 0) return unknownValue;
  if (found.length === 1 && found[0] !== undefined) return found[0];
  return { ...anyOf(found), nodes: found.reduce((most, { nodes }) => Math.max(most, nodes), 1) };
}
