import { useDatabase } from '@pgmcp/testing/vitest';
import type pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { introspect, searchValues } from '../src/index.ts';

const database = useDatabase();
let client: pg.Client;
beforeAll(async () => {
  client = await database.connect();
  await client.query(`
    create table cities (id int, name text, "Odd ""Name" varchar(40), size int);
    insert into cities select n, case n % 3 when 0 then 'São Paulo' when 1 then 'Lisbon' else 'Rome' end, 'Ward ' || n % 7, n from generate_series(1, 300) n;
    create table never_analyzed (city text); insert into never_analyzed values ('Lisbon');
    create table huge_cities (city text); insert into huge_cities select 'Lisbon' from generate_series(1, 2000);
    analyze cities; analyze huge_cities`);
});

describe('searchValues', () => {
  it('finds phrases of the question in text columns, in one round trip', async () => {
    let trips = 0;
    const catalog = await introspect(client);
    const hints = await searchValues(
      {
        query: async (text, values) => {
          trips += 1;
          return client.query(text, values as unknown[]) as never;
        },
      },
      catalog,
      'how many cities called lisbon are in ward 3',
      { maxRowsPerTable: 1_000 },
    );
    expect(trips).toBe(1);
    expect(hints.map(({ table, column, value, phrase }) => [table, column, value, phrase])).toEqual([
      ['cities', 'name', 'Lisbon', 'lisbon'],
      ['cities', 'Odd "Name', 'Ward 3', 'ward 3'],
    ]);
  });

  it('looks past what no database could hold, in a question and in names of schemas', async () => {
    const catalog = await introspect(client, { schemas: ['public', 'a\u0000', '\ud800'] });
    const question = 'cities called "Li\u0000sbon" or "Ro\ud800me" or "Lisbon"';
    const hints = await searchValues(client, catalog, question, { maxRowsPerTable: 1_000 });
    expect(hints.map(({ value }) => value)).toEqual(['Lisbon']);
  });

  it('asks nothing when there is nothing to look for', async () => {
    const catalog = await introspect(client);
    const refusing = { query: () => Promise.reject(new Error('asked')) };
    expect(await searchValues(refusing, catalog, '?')).toEqual([]);
    expect(await searchValues(refusing, catalog, 'Lisbon', { maxRowsPerTable: 0 })).toEqual([]);
  });

  it('takes phrases as values, never as SQL', async () => {
    const catalog = await introspect(client);
    expect(await searchValues(client as never, catalog, `cities named "x') or true; drop table cities; --"`)).toEqual(
      [],
    );
    expect((await client.query('select count(*)::int as n from cities')).rows).toEqual([{ n: 300 }]);
  });
});
