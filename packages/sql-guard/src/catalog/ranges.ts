import type { Fields } from '../tree.ts';
import { fieldsOf, isFields, listOf, namesOf, textOf } from '../tree.ts';
import type { ProtectedColumn } from './protected-columns.ts';

/** A column of a query or of a FROM item, with the protected columns whose values it carries unchanged. */
export interface OutputColumn {
  /** Undefined where PostgreSQL makes a name of its own out of an expression. */
  readonly name: string | undefined;
  readonly sources: readonly ProtectedColumn[];
  /** Values of other places are among those of `sources`, as UNION ALL puts them. */
  readonly mixed?: true;
  /** A literal, which takes the type of what stands beside it in a set operation, or one that can hold it. */
  readonly constant?: true;
  /** Stands for any number of columns without sources: what a star gives where not all columns are known. */
  readonly several?: true;
}

/**
 * One FROM item. `complete` is false when it may have columns that are not listed, or has them in another order; columns that are not
 * listed carry nothing protected.
 */
export interface Range {
  readonly alias: string | undefined;
  /** Where a table is that is named without an alias: `schema.table.column` finds it, and nothing else. */
  readonly schema: string | undefined;
  readonly columns: readonly OutputColumn[];
  readonly complete: boolean;
}

/** What an expression can see: the FROM items of its query, then those around it. */
export interface Frame {
  readonly ranges: Range[];
  readonly outer: Frame | undefined;
  /** What `*` stands for, in order: JOIN … USING and NATURAL JOIN put columns together. */
  readonly shown: OutputColumn[];
}

/** Thrown when it is not sure where a value comes from. */
export class UnsureLineage extends Error {}

/** Any number of columns that nobody knows. */
export const unknownColumns: OutputColumn = { name: undefined, sources: [], several: true };

/** Whether a name may mean a column. */
export const mayBeCalled = (column: OutputColumn, name: string | undefined): boolean =>
  column.name === name || (column.name === undefined && column.sources.length > 0);

/** The columns of a FROM item as `*` shows them. */
export const shownColumns = ({ columns, complete }: Range): readonly OutputColumn[] =>
  complete ? columns : [...columns, unknownColumns];

/** The columns of a join as `*` shows them: those in USING first, once. */
export function mergedColumns(
  left: readonly OutputColumn[],
  right: readonly OutputColumn[],
  shared: readonly string[],
): readonly OutputColumn[] {
  const called = (columns: readonly OutputColumn[], name: string) => columns.filter((column) => column.name === name);
  // Where one is missing, one without a name of its own may be it.
  const isSure = shared.every((name) => called(left, name).length === 1 && called(right, name).length === 1);
  if (!isSure) return [...left, ...right, unknownColumns];
  const merged = shared.map((name): OutputColumn => {
    const both = [...called(left, name), ...called(right, name)];
    return {
      name,
      sources: both.flatMap(({ sources }) => sources),
      ...(both.some(({ mixed }) => mixed) && { mixed: true }),
    };
  });
  const others = [...left, ...right].filter(({ name }) => name === undefined || !shared.includes(name));
  return [...merged, ...others];
}

const systemColumns: ReadonlySet<string> = new Set(['ctid', 'tableoid', 'xmin', 'xmax', 'cmin', 'cmax']);
const allSources = (range: Range): readonly ProtectedColumn[] => range.columns.flatMap(({ sources }) => sources);

/** Gives a FROM item its alias and column aliases. */
export function withAlias(range: Range, alias: unknown): Range {
  if (!isFields(alias)) return range;
  const names = namesOf(alias['colnames']) ?? [];
  if (names.length > 0 && !range.complete && allSources(range).length > 0)
    throw new UnsureLineage('columns get new names, and their order is not sure');
  return {
    ...range,
    alias: textOf(alias['aliasname']) ?? range.alias,
    schema: undefined,
    columns: range.columns.map((column, index) =>
      names[index] === undefined ? column : { ...column, name: names[index] },
    ),
  };
}

/** Whether a FROM item may be a function, which goes by its own name when it has no alias. */
const mayBeFunction = ({ alias, complete }: Range): boolean => alias === undefined && !complete;

function findRange(frame: Frame | undefined, alias: string, schema: string | undefined): Range | undefined {
  let isSure = true;
  for (let at = frame; at; at = at.outer) {
    const range = at.ranges.find((item) => item.alias === alias && (schema === undefined || item.schema === schema));
    // A function that is nearer may be the one that is meant.
    if (range) return isSure ? range : { ...range, complete: false };
    isSure &&= schema !== undefined || !at.ranges.some(mayBeFunction);
  }
  return undefined;
}

function anyFunction(frame: Frame | undefined): boolean {
  for (let at = frame; at; at = at.outer) if (at.ranges.some(mayBeFunction)) return true;
  return false;
}

/** The FROM item that a qualifier means; undefined for a function without an alias. */
function qualifiedRange(names: readonly (string | undefined)[], frame: Frame | undefined): Range | undefined {
  const alias = names.at(-2) ?? '';
  const range = findRange(frame, alias, names.length > 2 ? names.at(-3) : undefined);
  if (!range && !(names.length === 2 && anyFunction(frame)))
    throw new UnsureLineage(`it is not sure what ${alias} means before a column`);
  return range;
}

/** The column names of a reference; a star is undefined. */
export function referenceNames(fields: Fields): readonly (string | undefined)[] {
  const items = Array.isArray(fields['fields']) ? fields['fields'] : [];
  return items.map((item: unknown) =>
    isFields(item) && isFields(item['String']) ? (textOf(item['String']['sval']) ?? '') : undefined,
  );
}

/** Whether a target stands for the fields of a row, `t.*` or `(row).*`: several columns. */
export function isExpanded(target: unknown): boolean {
  const reference = fieldsOf(target, 'ColumnRef');
  if (reference) return referenceNames(reference).at(-1) === undefined;
  const steps = listOf(fieldsOf(target, 'A_Indirection')?.['indirection']);
  return fieldsOf(steps.at(-1), 'A_Star') !== undefined;
}

/** What a reference reaches. `exact` is false for a row, a star, or a function called on a row: these reach all columns. */
export interface Reach {
  readonly sources: readonly ProtectedColumn[];
  readonly exact: boolean;
  readonly mixed?: true;
}

/** Protected columns that a reference can reach. */
export function reachOf(names: readonly (string | undefined)[], frame: Frame | undefined): Reach {
  const column = names.at(-1);
  if (names.length === 1) {
    return column === undefined
      ? { sources: frame?.ranges.flatMap(allSources) ?? [], exact: false }
      : bareReach(column, frame);
  }
  const range = qualifiedRange(names, frame);
  if (!range) return { sources: [], exact: true };
  if (column === undefined) return { sources: allSources(range), exact: false };
  const matching = range.columns.filter(({ name }) => name === column);
  if (matching.length > 0) return reachOfColumns(matching);
  return systemColumns.has(column) ? { sources: [], exact: true } : { sources: allSources(range), exact: false };
}

function reachOfColumns(matching: readonly OutputColumn[]): Reach {
  return {
    sources: matching.flatMap(({ sources }) => sources),
    // Several columns of one name are those that USING merged, or an error of the server.
    exact: matching.length === 1,
    ...(matching.some(({ mixed }) => mixed) && { mixed: true }),
  };
}

/** The server looks for a column in every query around it before it takes the name for that of a row. */
function bareReach(column: string, frame: Frame | undefined): Reach {
  for (let at = frame; at; at = at.outer) {
    const matching = at.ranges.flatMap(({ columns }) => columns.filter((item) => mayBeCalled(item, column)));
    if (matching.length > 0) return reachOfColumns(matching);
  }
  for (let at = frame; at; at = at.outer) {
    const whole = at.ranges.find(({ alias }) => alias === column);
    if (whole) return { sources: allSources(whole), exact: false };
  }
  return { sources: [], exact: true };
}

/** What a star in a select list stands for, in order. */
export function expandStar(names: readonly (string | undefined)[], frame: Frame): readonly OutputColumn[] {
  if (names.length === 1) return inKnownOrder(frame.shown);
  const range = qualifiedRange(names, frame);
  return inKnownOrder(range ? shownColumns(range) : [unknownColumns]);
}

/** Which columns these are is sure only when each of them is known, or none is protected. */
export function inKnownOrder(columns: readonly OutputColumn[]): readonly OutputColumn[] {
  if (columns.some(({ several }) => several) && columns.some(({ sources }) => sources.length > 0))
    throw new UnsureLineage('the order of the columns behind * is not sure');
  return columns;
}
