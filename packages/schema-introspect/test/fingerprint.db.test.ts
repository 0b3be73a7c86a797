import { useDatabase } from '@pgmcp/testing/vitest';
import type pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { createCatalogCache, introspect, readFingerprint } from '../src/index.ts';
import { createOddCatalog } from './odd-catalog.ts';

const database = useDatabase();
let client: pg.Client;
beforeAll(async () => {
  client = await database.connect();
  await createOddCatalog(client);
  await client.query('insert into odd.node values (1, null)');
});

const changes = async (statement: string): Promise<boolean> => {
  const before = await readFingerprint(client);
  await client.query(statement);
  return (await readFingerprint(client)) !== before;
};

describe('readFingerprint', () => {
  it.each([
    'create table odd.added (id int)',
    'alter table odd.added add column note text',
    'alter table odd.added rename column note to remark',
    'alter table odd.added alter column remark set not null',
    "alter table odd.added alter column remark set default 'x'",
    'alter table odd.added alter column id type bigint',
    'alter table odd.added add primary key (id)',
    'alter table odd.added add constraint c check (id > 0)',
    'create index added_remark on odd.added (remark)',
    'alter index odd.added_remark rename to added_remark_index',
    'alter index odd.added_remark_index set (fillfactor = 70)',
    "comment on column odd.added.remark is 'changed'",
    "comment on column odd.added.remark is 'changed again'",
    'alter table odd.added enable row level security',
    'create policy p on odd.added using (true)',
    'alter policy p on odd.added using (false)',
    'create or replace view odd.view_1 as select id, parent_id from odd.node where id > 1',
    "alter type odd.mood add value 'new'",
    'alter domain odd.small_positive add constraint more check (value > 1)',
    'create or replace function odd.touch() returns trigger language plpgsql as $$ begin return null; end $$',
    'alter table odd.node enable trigger touch_node',
    'alter sequence odd.standalone increment by 2',
    'alter table odd.measurement detach partition odd.measurement_2024',
    'create extension pg_trgm',
    'revoke all on odd.node from public; grant select on odd.node to pg_monitor',
    'grant select (id) on odd.egg to pg_monitor',
    'grant usage on schema odd to pg_monitor',
    'alter table odd.added rename to renamed',
    'alter table odd.renamed set schema hidden',
    'drop table hidden.renamed',
    'set search_path = odd, public',
  ])('changes with: %s', async (statement) => {
    expect(await changes(statement)).toBe(true);
  });

  it.each([
    'insert into odd.node select n, 1 from generate_series(2, 500) n',
    'update odd.node set parent_id = 2',
    'analyze odd.node',
    'analyze',
    'vacuum odd.node',
    'vacuum full odd.node',
    'reindex table odd.node',
    'refresh materialized view odd.summary',
    "select nextval('odd.standalone')",
    'create temporary table scratch (id int primary key, mood odd.mood)',
    'create index on scratch (mood)',
    'drop table scratch',
    'truncate odd.fast',
  ])('stays with: %s', async (statement) => {
    expect(await changes(statement)).toBe(false);
  });

  it('is the same for two connections of one role', async () => {
    const other = await database.connect();
    await other.query('set search_path = odd, public');
    expect(await readFingerprint(other)).toBe(await readFingerprint(client));
  });

  it('tells a cache when to read again', async () => {
    const cache = createCatalogCache({
      load: () => introspect(client, { schemas: ['odd'] }),
      fingerprint: () => readFingerprint(client),
      refreshIntervalMs: 20,
    });
    const before = await cache.get();
    await client.query('create table odd.fresh (id int)');
    await expect.poll(() => cache.current()?.catalog.tables.some(({ name }) => name === 'fresh')).toBe(true);
    expect(cache.current()?.catalog).not.toBe(before);
    const after = cache.current();
    await client.query('analyze odd.fresh');
    await expect.poll(() => (cache.current()?.ageMs ?? 1_000) < 20).toBe(true);
    expect(cache.current()?.catalog).toBe(after?.catalog);
    cache.close();
    // A check that was under way still holds the connection.
    await client.query('select 1');
  });
});
