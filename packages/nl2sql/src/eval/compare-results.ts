import { typedCell } from '../typed-cell.ts';

/** A result with the types of its columns and its cells in PostgreSQL's text format. */
export interface TypedTable {
  readonly columns: readonly { readonly name: string; readonly typeOid: number }[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/** How a candidate's result compares with the one that is right. */
export interface ResultComparison {
  /** Equal as multisets of rows, and as sequences when order counts. */
  readonly exact: boolean;
  /** Equal after duplicate rows are removed: the rule of BIRD's own evaluation. */
  readonly set: boolean;
  /** Some choice of the candidate's columns is `exact`: extra columns are forgiven. */
  readonly subset: boolean;
}

/** How to compare. */
export interface ComparisonOptions {
  /** Whether the order of rows counts: the right statement ends in ORDER BY. */
  readonly ordered: boolean;
}

/** Compares two results cell by cell with types. Names of columns do not count, their order does. */
export function compareResults(
  gold: TypedTable,
  candidate: TypedTable,
  { ordered }: ComparisonOptions,
): ResultComparison {
  const goldColumns = typedColumns(gold);
  const columns = typedColumns(candidate);
  const sameWidth = goldColumns.length === columns.length;
  const exact = sameWidth && sameRows(goldColumns, columns, { ordered });
  const set = sameWidth && sameSet(rowsOf(goldColumns), rowsOf(columns));
  return { exact, set, subset: exact || hasSubset(goldColumns, columns, { ordered }) };
}

type Columns = readonly (readonly string[])[];

const typedColumns = ({ columns, rows }: TypedTable): Columns =>
  columns.map(({ typeOid }, at) => rows.map((row) => typedCell(row[at] ?? null, typeOid)));

const separator = '\u0000';

const rowsOf = (columns: Columns): string[] =>
  (columns[0] ?? []).map((_, row) => columns.map((column) => column[row]).join(separator));

function sameRows(left: Columns, right: Columns, { ordered }: ComparisonOptions): boolean {
  const [a, b] = [rowsOf(left), rowsOf(right)];
  if (a.length !== b.length) return false;
  if (!ordered) {
    a.sort();
    b.sort();
  }
  return a.every((row, at) => row === b[at]);
}

function sameSet(left: readonly string[], right: readonly string[]): boolean {
  const [a, b] = [new Set(left), new Set(right)];
  return a.size === b.size && [...a].every((row) => b.has(row));
}

/** Ten columns that hold the same values in different rows can be chosen in millions of ways; few of them say enough. */
const mostChoices = 10_000;

/** Tries the columns that hold the same values as each wanted one; each is used once. */
function hasSubset(wanted: Columns, offered: Columns, options: ComparisonOptions): boolean {
  if (offered.length <= wanted.length) return false;
  const alike = wanted.map((column) =>
    offered.flatMap((other, at) => (sameRows([column], [other], options) ? [at] : [])),
  );
  let choices = 0;
  const choose = (at: number, chosen: readonly number[]): boolean => {
    if (at === wanted.length) {
      choices++;
      const columns = chosen.map((position) => offered[position] ?? []);
      return sameRows(wanted, columns, options);
    }
    if (choices >= mostChoices) return false;
    return (alike[at] ?? []).some((position) => !chosen.includes(position) && choose(at + 1, [...chosen, position]));
  };
  return choose(0, []);
}
