/** Widest cell that a table shows, in characters. */
const MAX_CELL = 60;

/** Control characters and the like: a cell must not be able to steer the terminal it is shown on. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu;

/**
 * Draws rows under their columns for a terminal, numbers to the right. Long cells are cut, line ends become blanks and
 * control characters are dropped: cells are data of others.
 *
 * @param columns names, in order
 * @param rows cells in the order of the columns
 */
export function renderTable(columns: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const names = columns.map(printable);
  const cells = rows.map((row) => row.map(printable));
  const widths = names.map((name, index) => Math.max(name.length, ...cells.map((row) => (row[index] ?? '').length)));
  const isNumber = names.map(
    (_, index) => cells.length > 0 && cells.every((row) => /^-?\d+(\.\d+)?$/.test(row[index] ?? '')),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, index) => (isNumber[index] ? cell.padStart(widths[index] ?? 0) : cell.padEnd(widths[index] ?? 0)))
      .join('  ')
      .trimEnd();
  return [line(names), widths.map((width) => '-'.repeat(width)).join('  '), ...cells.map(line)].join('\n');
}

function printable(value: unknown): string {
  const text = value === null ? 'null' : typeof value === 'object' ? JSON.stringify(value) : String(value);
  const flat = text.replaceAll(/\s+/g, ' ').replaceAll(UNPRINTABLE, '');
  return flat.length > MAX_CELL ? `${flat.slice(0, MAX_CELL - 1)}…` : flat;
}
