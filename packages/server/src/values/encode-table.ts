import type { TextTable } from '@pgmcp/pool';
import { PgmcpError } from '../errors.ts';
import { type Cap, costOfNames, countRowsWithin, type ResultBudget } from './budget.ts';
import type { TypeLookup } from './built-in-types.ts';
import { type Cell, encodeColumn } from './encode-column.ts';
import { createFence, type Fence } from './fence.ts';
import { formatType } from './format-type.ts';

/** A result as every tool gives it. docs/types.md is its contract. */
export interface EncodedTable {
  /** In the order of the statement; names may repeat. */
  columns: { name: string; type: string }[];
  /** One list of cells per row, in the order of `columns`. */
  rows: Cell[][];
  /** Rows given here. */
  row_count: number;
  /** True when rows are missing or cells are cut; false says that everything is here. */
  truncated: boolean;
  /** Where the rows that are not here can be read, when they were kept. */
  query_id?: string;
  /** What the reader must know, truncation first. */
  notice?: string;
}

/** How a table is encoded. */
export interface EncodeOptions {
  /** Facts of types that are not built in. */
  readonly typeOf: TypeLookup;
  readonly budget: ResultBudget;
  /** What else the notice shall say, such as a limit that was lowered. */
  readonly notices?: readonly string[];
}

/**
 * Turns the wire's text into JSON values without losing any, keeps it within the budget, and writes the notice.
 *
 * Rows are never encoded to be thrown away: first the rows that fit are counted, then they are encoded column by column.
 */
export function encodeTable(table: TextTable, { typeOf, budget, notices = [] }: EncodeOptions): EncodedTable {
  const columns = table.fields.map(({ name, typeOid, typeModifier }) => ({
    name,
    type: formatType(typeOid, typeModifier, typeOf),
  }));
  const names = columns.flatMap(({ name, type }) => [name, type]);
  refuseTooManyColumns(budget, names);
  const { count, cap = table.truncated || undefined } = countRowsWithin(budget, names, table.rows);
  const kept = table.rows.slice(0, count);
  const fence = createFence();
  const rows: Cell[][] = kept.map((row) => new Array<Cell>(row.length).fill(null));
  const cuts = createCutter(budget.maxCellCharacters, fence);
  for (const [column, { typeOid }] of table.fields.entries()) {
    const texts = kept.map((row, index) => cuts.take(row[column] ?? null, rows[index], index, column));
    encodeColumn(typeOid, typeOf, texts, rows, column);
  }
  const remarks = [...(cap === undefined ? [] : [remarkOn(cap, count)]), ...cuts.remarks(), ...notices];
  const needsNotice = rows.length > 0 || remarks.length > 0;
  return {
    columns,
    rows,
    row_count: rows.length,
    truncated: cap !== undefined || cuts.count() > 0,
    ...(needsNotice && { notice: fence.notice(remarks) }),
  };
}

/** Names of columns cannot be left out of a result as rows can. */
function refuseTooManyColumns(budget: ResultBudget, names: readonly string[]): void {
  const { tokens, bytes } = costOfNames(names);
  if (tokens <= budget.maxTokens && bytes <= (budget.maxBytes ?? Number.POSITIVE_INFINITY)) return;
  throw new PgmcpError(
    'RESULT_TOO_LARGE',
    `The names of the ${names.length / 2} columns alone are above the cap of a result. Select fewer columns.`,
  );
}

const advice = 'Aggregate, filter, or select fewer columns to see what matters.';

function remarkOn(cap: Cap, count: number): string {
  if (count === 0)
    return `TRUNCATED: the first row alone is above the ${cap} cap. Select fewer columns or shorter values.`;
  const caps = { rows: `the row cap`, bytes: 'the byte cap', tokens: 'the token cap' };
  return `TRUNCATED at ${caps[cap]}: only the first ${count === 1 ? 'row is' : `${count} rows are`} here, there are more. ${advice}`;
}

/** How many cut cells the notice lists one by one. */
const listedCuts = 5;

/** Cuts cells that are too long and remembers where they stood. */
function createCutter(maximum: number, fence: Fence) {
  const places: string[] = [];
  let count = 0;
  return {
    count: () => count,
    /** Gives a text back for encoding, or writes its beginning into the row and gives `undefined`. */
    take(text: string | null, row: Cell[] | undefined, index: number, column: number): string | null | undefined {
      if (text === null || text.length <= maximum || row === undefined) return text;
      count += 1;
      if (count <= listedCuts) places.push(`row ${index + 1} column ${column + 1}`);
      row[column] = beginningOf(text, maximum) + fence.cutMark(text.length);
      return undefined;
    },
    /** By position: a column's name is data too, and the notice is the server's own voice. */
    remarks(): readonly string[] {
      if (count === 0) return [];
      const more = count > listedCuts ? ` and ${count - listedCuts} more` : '';
      const cells = count === 1 ? 'One cell is' : `${count} cells are`;
      const cure = 'Use substring(), or a path into the JSON, to read on.';
      return [`${cells} cut to ${maximum} characters: ${places.join(', ')}${more}. ${cure}`];
    },
  };
}

/** Never ends in half of a character. */
function beginningOf(text: string, length: number): string {
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}
