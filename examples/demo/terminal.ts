/** Widest cell that a table shows, in characters. */
const MAX_CELL = 60;

/** Prints a line. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Prints the title of a step. */
export function heading(title: string): void {
  print(`\n\n${title}\n${'='.repeat(title.length)}`);
}

/** Indents every line. */
export function indented(text: string): string {
  return text.replaceAll(/^/gm, '    ');
}

/** Puts a question into quotation marks. */
export function quoted(text: string): string {
  return `"${text}"`;
}

/** Draws rows under their columns; numbers stand to the right. */
export function renderTable(columns: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const cells = rows.map((row) => row.map(cellText));
  const widths = columns.map((name, index) => Math.max(name.length, ...cells.map((row) => (row[index] ?? '').length)));
  const isNumber = columns.map(
    (_, index) => rows.length > 0 && rows.every((row) => /^-?\d+(\.\d+)?$/.test(String(row[index] ?? ''))),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, index) => (isNumber[index] ? cell.padStart(widths[index] ?? 0) : cell.padEnd(widths[index] ?? 0)))
      .join('  ')
      .trimEnd();
  return indented([line(columns), widths.map((width) => '-'.repeat(width)).join('  '), ...cells.map(line)].join('\n'));
}

function cellText(value: unknown): string {
  const text = value === null ? 'null' : typeof value === 'object' ? JSON.stringify(value) : String(value);
  const flat = text.replaceAll(/\s+/g, ' ');
  return flat.length > MAX_CELL ? `${flat.slice(0, MAX_CELL - 1)}…` : flat;
}
