/** A table in Markdown. Pipes are escaped and line ends become `<br>`: a cell cannot leave its place. NULL is `NULL` in italics. */
export function markdownTable(names: readonly string[], rows: readonly (readonly (string | null)[])[]): string {
  const line = (cells: readonly (string | null)[]) => `| ${cells.map(markdownCell).join(' | ')} |`;
  return [line(names), `|${names.map(() => '---|').join('')}`, ...rows.map(line)].join('\n');
}

function markdownCell(text: string | null): string {
  if (text === null) return '*NULL*';
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('|', '\\|')
    .replaceAll(/\r\n|\r|\n/g, '<br>');
}
