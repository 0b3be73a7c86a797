/**
 * Reads CSV with a header line (RFC 4180): quoted fields may hold commas, doubled quotes and line breaks. Where something
 * follows a closing quote the field goes on as a plain one, as Python's reader has it: the files of others are not strict.
 */
export function readCsv(content: string): Record<string, string>[] {
  const records: string[][] = [[]];
  for (let at = 0; at <= content.length; ) {
    const { value, end } = content[at] === '"' ? readQuoted(content, at + 1) : readPlain(content, at);
    records.at(-1)?.push(value);
    if (end >= content.length) break;
    const isBreak = content[end] !== ',';
    if (isBreak) records.push([]);
    at = end + (content.startsWith('\r\n', end) ? 2 : 1);
  }
  const [header = [], ...rows] = records;
  return rows
    .filter((row) => row.length > 1 || row[0] !== '')
    .map((row) => Object.fromEntries(header.map((name, at) => [name, row[at] ?? ''])));
}

interface Field {
  readonly value: string;
  /** Offset of the comma or line break behind the field, or the length of the text. */
  readonly end: number;
}

function readPlain(content: string, start: number): Field {
  let end = start;
  while (end < content.length && !isSeparator(content[end])) end++;
  return { value: content.slice(start, end), end };
}

function readQuoted(content: string, start: number): Field {
  let value = '';
  let from = start;
  for (let at = start; at < content.length; at++) {
    if (content[at] !== '"') continue;
    if (content[at + 1] === '"') {
      value += content.slice(from, at + 1);
      from = at + 2;
      at++;
    } else {
      const rest = readPlain(content, at + 1);
      return { value: value + content.slice(from, at) + rest.value, end: rest.end };
    }
  }
  return { value: value + content.slice(from), end: content.length };
}

const isSeparator = (character: string | undefined): boolean =>
  character === ',' || character === '\n' || character === '\r';
