import { renderTable } from '@pgmcp/server';

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

/** Draws rows under their columns, indented. */
export function table(columns: readonly string[], rows: readonly (readonly unknown[])[]): string {
  return indented(renderTable(columns, rows));
}
