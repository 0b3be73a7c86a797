import pg from 'pg';
import { PoolError } from './errors.ts';
import type { RowSink, WireField } from './messages.ts';

/** One column of a {@link TextTable}. */
export interface TextField {
  readonly name: string;
  readonly typeOid: number;
  /** The type's modifier, for example the precision of a numeric; -1 when it has none. */
  readonly typeModifier: number;
  /** The table the column comes from; 0 when it is computed. */
  readonly tableOid: number;
  /** The column's number in that table; 0 when it is computed. */
  readonly columnNumber: number;
}

/** The answer of a statement as PostgreSQL wrote it: nothing is parsed, so nothing is lost. */
export interface TextTable {
  readonly fields: readonly TextField[];
  /** One text or null per column, in PostgreSQL's text format. */
  readonly rows: readonly (readonly (string | null)[])[];
  /** `rows` or `bytes` when the limit of that name cut the answer off. */
  readonly truncated: false | 'rows' | 'bytes';
  /** Bytes of the rows as they stood on the wire. */
  readonly byteCount: number;
  /** The command tag, `SELECT 3`; empty when the answer was cut off. */
  readonly command: string;
}

/** Collects a {@link TextTable} within its limits. */
export interface TableSink extends RowSink {
  /** Set when the byte limit was reached; what comes after is counted and thrown away. */
  readonly overflowed: boolean;
  table(): TextTable;
  /** An error when not even the first row fits. */
  tooLarge(): PoolError | undefined;
}

/** @param onDiscard called with the bytes thrown away so far, so that a stream of unwanted rows can be stopped. */
export function createTableSink(
  limits: { readonly maxRows: number; readonly maxBytes: number },
  onDiscard: (discardedBytes: number) => void,
): TableSink {
  let fields: readonly TextField[] = [];
  const rows: (string | null)[][] = [];
  let byteCount = 0;
  let discardedBytes = 0;
  let overflowed = false;
  let moreRows = false;
  let command = '';
  let firstRowBytes = 0;
  return {
    get overflowed() {
      return overflowed;
    },
    fields: (wire) => {
      fields = wire.map(toTextField);
    },
    row: (values, bytes) => {
      if (firstRowBytes === 0) firstRowBytes = bytes;
      if (overflowed || byteCount + bytes > limits.maxBytes) {
        overflowed = true;
        discardedBytes += bytes;
        onDiscard(discardedBytes);
      } else if (rows.length === limits.maxRows) {
        // One row more is asked for than wanted: it says that there are more.
        moreRows = true;
      } else {
        rows.push(values);
        byteCount += bytes;
      }
    },
    end: (tag) => {
      command = tag;
    },
    table: () => ({
      fields,
      rows,
      truncated: overflowed ? 'bytes' : moreRows ? 'rows' : false,
      byteCount,
      command: overflowed || moreRows ? '' : command,
    }),
    tooLarge: () =>
      overflowed && rows.length === 0
        ? new PoolError(
            'RESULT_TOO_LARGE',
            `The first row alone has ${firstRowBytes} bytes; at most ${limits.maxBytes} are read. Select fewer or shorter columns, for example with left(column, 1000).`,
            {
              details: { bytes: firstRowBytes, maxBytes: limits.maxBytes },
            },
          )
        : undefined,
  };
}

/** Names what RowDescription says as PostgreSQL's documentation does. */
export function toTextField({ name, dataTypeID, dataTypeModifier, tableID, columnID }: WireField): TextField {
  return { name, typeOid: dataTypeID, typeModifier: dataTypeModifier, tableOid: tableID, columnNumber: columnID };
}

const DATE = 1082;
const TIMESTAMP = 1114;
const DATE_ARRAY = 1182;
const TIMESTAMP_ARRAY = 1115;
const TEXT_ARRAY = 1009;

// Declared for the built-in types only, but made for every type.
const driverParser = pg.types.getTypeParser as (typeOid: number, format: 'text') => (text: string) => unknown;

/** The driver's parsers, except where they read a time without a zone in the zone of this host: these stay text. */
function parserOf(typeOid: number): (text: string) => unknown {
  switch (typeOid) {
    case DATE:
    case TIMESTAMP:
      return (text) => text;
    case DATE_ARRAY:
    case TIMESTAMP_ARRAY:
      return driverParser(TEXT_ARRAY, 'text');
    default:
      return driverParser(typeOid, 'text');
  }
}

/** Collects object rows, values parsed. */
export function createObjectSink(): RowSink & { readonly rows: unknown[] } {
  let columns: readonly { readonly name: string; readonly parse: (text: string) => unknown }[] = [];
  const rows: unknown[] = [];
  return {
    rows,
    fields: (wire) => {
      columns = wire.map(({ name, dataTypeID }) => ({ name, parse: parserOf(dataTypeID) }));
    },
    row: (values) => {
      // fromEntries and not assignment: a column may be called __proto__.
      rows.push(
        Object.fromEntries(
          columns.map(({ name, parse }, index) => {
            const value = values[index] ?? null;
            return [name, value === null ? null : parse(value)];
          }),
        ),
      );
    },
    end: () => {},
  };
}
