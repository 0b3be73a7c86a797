import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A reader of CSV with quoted fields, as the evaluation sets use it. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let field = '';
  let quoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (quoted) {
      if (character !== '"') field += character;
      else if (text[index + 1] === '"') {
        field += '"';
        index += 1;
      } else quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === ',' || character === '\n') {
      row.push(field);
      field = '';
      if (character === '\n') {
        rows.push(row);
        row = [];
      }
    } else if (character !== '\r') field += character;
  }
  return field === '' && row.length === 0 ? rows : [...rows, [...row, field]];
}

/** Gold SQL of defog and BIRD mini-dev, or undefined when `PGMCP_EVAL_DATA` names no such folder. Templates with `{}` are left out. */
export function readGoldStatements(): readonly string[] | undefined {
  const folder = process.env['PGMCP_EVAL_DATA'];
  if (!folder || !existsSync(folder)) return undefined;
  const bird = JSON.parse(readFileSync(join(folder, 'bird_minidev/questions.json'), 'utf8')) as { SQL: string }[];
  const defogFolder = join(folder, 'defog/questions');
  const defog = readdirSync(defogFolder)
    .filter((name) => name.endsWith('_postgres.csv'))
    .flatMap((name) => {
      const [header = [], ...rows] = parseCsv(readFileSync(join(defogFolder, name), 'utf8'));
      const column = header.indexOf('query');
      return rows.flatMap((row) => (row[column] ?? '').split(';'));
    });
  return [...bird.map(({ SQL }) => SQL), ...defog]
    .map((sql) => sql.trim())
    .filter((sql) => sql !== '' && !sql.includes('{'));
}
