/** What must stand in quotes: separators, quotes, line ends, and the mark that ends the data of COPY. */
const NEEDS_QUOTES = /[",\r\n]|^\\\.$|^$/;

/**
 * One line of CSV as PostgreSQL's `COPY ... (FORMAT csv)` writes and reads it: NULL is nothing at all, an empty text is `""`.
 *
 * @see https://www.postgresql.org/docs/current/sql-copy.html
 */
export function csvLine(cells: readonly (string | null)[]): string {
  // A line with nothing in it is one NULL, which readers other than COPY skip.
  return cells.map((cell) => (cell === null ? '' : csvCell(cell))).join(',');
}

function csvCell(text: string): string {
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
