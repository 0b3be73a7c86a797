import { useDatabase } from '@pgmcp/testing/vitest';
import type pg from 'pg';
import { beforeAll, expect, it } from 'vitest';
import { readTypes } from '../src/index.ts';
import { createOddCatalog } from './odd-catalog.ts';

const database = useDatabase();
let client: pg.Client;
beforeAll(async () => {
  client = await database.connect();
  await createOddCatalog(client);
});
const oidOf = async (type: string) =>
  (await client.query('select $1::regtype::oid::int8 as oid', [type])).rows[0].oid as string;

it('reads every kind of type with what it is made of, in one query', async () => {
  const names = [
    'integer',
    'text[]',
    'odd.mood',
    'odd.mood[]',
    'odd.moods',
    'odd.small_positive',
    'odd.address',
    'odd.temperature_range',
    'int4multirange',
    'box[]',
    'point',
    'record',
    'name',
  ];
  const oids: number[] = [];
  for (const name of names) oids.push(Number(await oidOf(name)));
  let trips = 0;
  const types = await readTypes(
    {
      query: async (text, values) => {
        trips += 1;
        return client.query(text, values as unknown[]) as never;
      },
    },
    [...oids, 4_000_000_000],
  );
  expect(trips).toBe(1);
  const of = (name: string) => types.find((type) => type.oid === oids[names.indexOf(name)]);
  expect(of('integer')).toEqual({ oid: 23, name: 'integer', kind: 'base', delimiter: ',' });
  expect(of('text[]')).toEqual({ oid: 1009, name: 'text[]', kind: 'array', elementOid: 25, delimiter: ',' });
  expect(of('odd.mood')?.kind).toBe('enum');
  expect(of('odd.mood[]')).toMatchObject({ kind: 'array', elementOid: of('odd.mood')?.oid });
  expect(of('odd.moods')).toMatchObject({ kind: 'domain', baseOid: of('odd.mood[]')?.oid });
  expect(of('odd.small_positive')?.kind).toBe('domain');
  expect(types.find(({ oid }) => oid === of('odd.small_positive')?.baseOid)).toMatchObject({
    name: 'odd.positive',
    baseOid: 23,
  });
  expect(of('odd.address')?.kind).toBe('composite');
  expect(of('odd.temperature_range')).toMatchObject({ kind: 'range', baseOid: 1700 });
  expect(of('int4multirange')).toMatchObject({ kind: 'multirange', baseOid: 23 });
  expect(of('box[]')).toMatchObject({ kind: 'array', elementOid: 603 });
  expect(types.find(({ oid }) => oid === 603)?.delimiter).toBe(';');
  expect(of('point')?.kind).toBe('base');
  expect(of('name')?.kind).toBe('base');
  expect(of('record')?.kind).toBe('pseudo');
  expect(types.some(({ oid }) => oid === 4_000_000_000)).toBe(false);
});

it('asks nothing for no oids, and refuses what is no oid', async () => {
  expect(await readTypes({ query: () => Promise.reject(new Error('asked')) }, [])).toEqual([]);
  await expect(readTypes(client as never, [-1])).rejects.toMatchObject({ code: 'INVALID_OPTIONS' });
  await expect(readTypes(client as never, [1.5])).rejects.toMatchObject({ code: 'INVALID_OPTIONS' });
});
