import { readFileSync } from 'node:fs';

const folder = new URL('./lists/', import.meta.url);

/** Values of the protected columns in two databases that are the same otherwise: of other length, in another order, beyond other types. */
const values = {
  one: { text: "'k' || i * 7 % 5", number: 'i * 7 % 5 * 1000000000::bigint' },
  other: { text: "'zz' || 9 - i * 7 % 5", number: '-i' },
};

/** The schema in which lists of tables and columns are attacked. */
export const listSchema = (database: keyof typeof values): string =>
  readFileSync(new URL('schema.sql', folder), 'utf8')
    .replaceAll('@text@', values[database].text)
    .replaceAll('@number@', values[database].number);

/** The statements of a file, one a line, without comments. */
export const readLines = (name: string): readonly string[] =>
  readFileSync(new URL(`${name}.sql`, folder), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('--'));
