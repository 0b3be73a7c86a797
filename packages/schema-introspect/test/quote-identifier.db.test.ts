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
  expect(rows.filter(({ name, quoted }) => quoteIdentifier(name) !== quoted)).toEqual([]);
});
