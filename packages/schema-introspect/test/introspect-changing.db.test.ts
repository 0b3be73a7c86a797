import { setTimeout } from 'node:timers/promises';
import { useDatabase } from '@pgmcp/testing/vitest';
import { expect, it } from 'vitest';
import { introspect, readFingerprint } from '../src/index.ts';
import { createOddCatalog } from './odd-catalog.ts';

const database = useDatabase();

it('reads while objects come and go', async () => {
  const reader = await database.connect();
  const writer = await database.connect();
  await createOddCatalog(writer);
  let stopped = false;
  const churn = (async () => {
    while (!stopped) {
      await writer.query(`
        create function odd.brief_function(a int default 3) returns int language sql as 'select 1';
        create domain odd.brief_domain as int check (value > 0);
        create table odd.brief (id int primary key default 7, n odd.brief_domain check (n < 5)) partition by range (id);
        create table odd.brief_1 partition of odd.brief for values from (1) to (2);
        create view odd.brief_view as select * from odd.brief;
        create index on odd.brief ((id + 1))`);
      await writer.query(
        'drop view odd.brief_view; drop table odd.brief; drop domain odd.brief_domain; drop function odd.brief_function',
      );
      // Longer than a reading takes, or no reading could ever see a moment of rest.
      await setTimeout(40);
    }
  })();
  try {
    for (let round = 0; round < 40; round += 1) {
      const catalog = await introspect(reader);
      expect(JSON.parse(JSON.stringify(catalog))).toStrictEqual(catalog);
      expect(catalog.tables.length).toBeGreaterThan(20);
    }
  } finally {
    stopped = true;
    await churn;
  }
});

it('reads in a read-only transaction', async () => {
  const client = await database.connect();
  await client.query('begin read only');
  expect((await introspect(client)).tables.length).toBeGreaterThan(20);
  expect(await readFingerprint(client)).toMatch(/^[0-9a-f]{32}$/);
  await client.query('rollback');
});
