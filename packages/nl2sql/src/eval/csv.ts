/** Reads CSV with a header line (RFC 4180): quoted fields may hold commas, doubled quotes and line breaks. */
export function readCsv(content: string): Record<string, string>[] {
  const records: string[][] = [];
  let record: string[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy;
  while (field.lastIndex < content.length) {
    const match = field.exec(content);
    if (match === null) break;
    const [, quoted, plain = '', end] = match;
    record.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end !== ',') {
      records.push(record);
      record = [];
    }
  }
  if (record.length > 0) records.push([...record, '']);
  const [header = [], ...rows] = records;
  return rows
    .filter((row) => row.length > 1 || row[0] !== '')
    .map((row) => Object.fromEntries(header.map((name, at) => [name, row[at] ?? ''])));
}
