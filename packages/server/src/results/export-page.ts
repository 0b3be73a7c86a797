import type { Caller } from '../call.ts';
import { PgmcpError } from '../errors.ts';
import type { TypeLookup } from '../values/built-in-types.ts';
import { type Cell, encodeColumn } from '../values/encode-column.ts';
import { csvLine } from '../values/write-csv.ts';
import { typeLookup } from './captured-stream.ts';
import type { CapturedRows, TextRow } from './kept-result.ts';
import type { ResultExtension } from './result-uri.ts';
import type { FoundResult, Results } from './results.ts';

/**
 * One part of a kept result as a file, every cell whole: CSV in PostgreSQL's own text, as COPY reads it, with the names of the columns
 * before the first part; or NDJSON, a list of columns and then one list of cells a line.
 *
 * @throws PgmcpError `VALIDATION_ERROR` when there is no such part, or none yet.
 */
export async function exportPage(
  results: Pick<Results, 'page'>,
  caller: Caller,
  found: FoundResult,
  extension: ResultExtension,
  part: string,
): Promise<string> {
  const { captured, status } = found.result;
  const parts = captured.pageStarts.length;
  const number = /^[1-9]\d{0,8}$/.test(part) ? Number(part) : 0;
  const rows = status === 'complete' && number > 0 ? await results.page(caller, found, number - 1) : undefined;
  if (rows === undefined)
    throw new PgmcpError(
      'VALIDATION_ERROR',
      status === 'complete'
        ? `There is no part ${part}: this result has ${parts}.`
        : `The statement is ${status}: there is nothing to read.`,
    );
  const { fields, types } = captured;
  return exportText(extension, { fields, typeOf: typeLookup(types), rows, isFirst: number === 1 });
}

/** Some rows of a result, the first ones with the names of the columns before them. */
export interface ExportRows {
  readonly fields: CapturedRows['fields'];
  readonly typeOf: TypeLookup;
  readonly rows: readonly TextRow[];
  readonly isFirst: boolean;
}

/** Rows as lines of CSV or NDJSON. */
export function exportText(extension: ResultExtension, rows: ExportRows): string {
  return extension === 'csv' ? csvOf(rows) : ndjsonOf(rows);
}

function csvOf({ fields, rows, isFirst }: ExportRows): string {
  return linesOf(isFirst ? [fields.map(({ name }) => name), ...rows] : rows, csvLine);
}

function ndjsonOf({ fields, typeOf, rows, isFirst }: ExportRows): string {
  const cells: Cell[][] = rows.map((row) => new Array<Cell>(row.length).fill(null));
  for (const [column, { typeOid }] of fields.entries()) {
    const texts = rows.map((row) => row[column] ?? null);
    encodeColumn(typeOid, typeOf, texts, cells, column);
  }
  return linesOf(isFirst ? [fields.map(({ name }) => name), ...cells] : cells, (row) => JSON.stringify(row));
}

function linesOf<Row>(rows: readonly Row[], write: (row: Row) => string): string {
  return rows.map((row) => `${write(row)}\n`).join('');
}
