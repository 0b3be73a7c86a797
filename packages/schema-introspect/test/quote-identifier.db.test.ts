import { useDatabase } from '@pgmcp/testing/vitest';
import { expect, it } from 'vitest';
import { quoteIdentifier } from '../src/index.ts';

const database = useDatabase();

it('quotes exactly where quote_ident of the server does, for every key word and odd name', async () => {
  const client = await database.connect();
  const { rows } = await client.query<{ name: string; quoted: string }>(`
    select name, quote_ident(name) as quoted
      from (select word as name from pg_get_keywords()
            union all select unnest(array['a', 'A', 'a b', '1a', 'a1', '_', 'ä', 'a"b', 'a.b', '🙈', 'a$', ''])) as n`);
  expect(rows.length).toBeGreaterThan(400);
  const different = rows.filter(({ name, quoted }) => quoteIdentifier(name) !== quoted);
  // Words that became key words later are quoted for older servers too, which read them just as well.
  const isOld = Number((await client.query('show server_version_num')).rows[0].server_version_num) < 180_000;
  expect(isOld ? different.filter(({ name }) => quoteIdentifier(name) !== `"${name}"`) : different).toEqual([]);
  expect(different.length).toBeLessThan(20);
});

it('writes names with control and invisible characters so that the server reads them back', async () => {
  const client = await database.connect();
  for (const name of [
    'a\nb',
    'tab\there',
    'rtl\u202e',
    'back\\slash\n"quote"',
    'family \u{1f468}\u200d\u{1f469}',
    '\u{e0001}tag',
  ]) {
    const { fields } = await client.query(`select 1 as ${quoteIdentifier(name)}`);
    expect(fields[0]?.name).toBe(name);
  }
});
