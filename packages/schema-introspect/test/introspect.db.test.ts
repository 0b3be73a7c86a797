import { useDatabase } from '@pgmcp/testing/vitest';
import pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { introspect, type Queryable } from '../src/index.ts';
import { createOddCatalog } from './odd-catalog.ts';
import { describeOddCatalog } from './odd-catalog-contract.ts';

describe('introspect on a server', () => {
  const database = useDatabase();
  let client: pg.Client;
  beforeAll(async () => {
    client = await database.connect();
    await createOddCatalog(client);
  });

  describeOddCatalog(async () => client);

  it('reads an index that a failed concurrent build left invalid', async () => {
    await client.query('create table odd.doubled (id int); insert into odd.doubled values (1), (1)');
    await expect(client.query('create unique index concurrently broken on odd.doubled (id)')).rejects.toThrow(
      /could not create unique index/,
    );
    const catalog = await introspect(client, { schemas: ['odd'] });
    expect(catalog.tables.find(({ name }) => name === 'doubled')?.indexes).toMatchObject([
      { name: 'broken', valid: false },
    ]);
  });

  it('prints every index as the server does, plain or not', async () => {
    await client.query(`
      create table odd."Many Indexes" (id int, "select" text, code char(3), at timestamptz, tags text[], body text collate "C");
      create unique index "Plain one" on odd."Many Indexes" ("select" desc, id nulls first) include (at, "select");
      create index on odd."Many Indexes" (id desc nulls last, at desc);
      create index on odd."Many Indexes" ("select" text_pattern_ops);
      create index on odd."Many Indexes" ("select" collate "C");
      create index on odd."Many Indexes" (body);
      create index on odd."Many Indexes" (code);
      create index on odd."Many Indexes" using gin (tags) with (fastupdate = off);
      create index on odd."Many Indexes" using hash (id);
      create index on odd."Many Indexes" (id) with (fillfactor = 50);
      create index on odd.measurement (value)`);
    const catalog = await introspect(client, { schemas: ['odd'] });
    const { rows } = await client.query<{ definition: string }>(`
      select pg_get_indexdef(i.indexrelid) as definition
        from pg_index i join pg_class c on c.oid = i.indrelid
       where c.relnamespace = 'odd'::regnamespace and not c.relispartition and c.relkind <> 't'`);
    const definitions = catalog.tables.flatMap(({ indexes }) => indexes.map(({ definition }) => definition));
    expect(definitions.length).toBeGreaterThan(20);
    expect(definitions.sort()).toEqual(rows.map(({ definition }) => definition).sort());
  });

  it('reads what is new in PostgreSQL 18', async (context) => {
    if ((await introspect(client, { schemas: [] })).serverVersionNum < 180_000) return context.skip();
    await client.query(`
      create extension btree_gist;
      create table odd.newest (
        id int, during tsrange, price int, doubled int generated always as (price * 2) virtual,
        primary key (id, during without overlaps), constraint cheap check (price < 10) not enforced
      );
      create table odd.newest_part (id int, during tsrange, foreign key (id, period during) references odd.newest (id, period during));
      create table odd.unchecked (n int, foreign key (n) references odd.node (id) not enforced)`);
    const catalog = await introspect(client, { schemas: ['odd'] });
    const find = (wanted: string) => catalog.tables.find(({ name }) => name === wanted);
    expect(find('newest')?.primaryKey).toMatchObject({ columns: ['id', 'during'], withoutOverlaps: true });
    expect(find('newest')?.columns[3]?.generated).toEqual({ expression: '(price * 2)', stored: false });
    expect(find('newest')?.checks).toEqual([{ name: 'cheap', expression: '(price < 10)', notEnforced: true }]);
    expect(find('newest_part')?.foreignKeys).toMatchObject([{ period: true }]);
    expect(find('unchecked')?.foreignKeys).toMatchObject([{ notEnforced: true }]);
  });

  it('reads foreign tables with their server, and objects of extensions with the extension', async () => {
    await client.query(`
      create extension postgres_fdw;
      create extension pg_trgm;
      create server elsewhere foreign data wrapper postgres_fdw options (host 'nowhere.invalid');
      create foreign table odd.far (id int, name text) server elsewhere;
      comment on foreign table odd.far is 'Not here'`);
    const catalog = await introspect(client);
    expect(catalog.tables.find(({ name }) => name === 'far')).toMatchObject({
      kind: 'foreign table',
      server: 'elsewhere',
      comment: 'Not here',
    });
    expect(catalog.extensions.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['pg_trgm', 'plpgsql', 'postgres_fdw']),
    );
    expect(catalog.functions.find(({ name }) => name === 'similarity')?.extension).toBe('pg_trgm');
  });

  it('estimates rows and bytes from the statistics, over the partitions of a table too', async () => {
    await client.query(`
      create table odd.counted (id int);
      insert into odd.counted select generate_series(1, 1000);
      insert into odd.measurement select date '2024-01-01' + n, n, 0 from generate_series(0, 99) n;
      insert into odd.measurement select date '2030-01-01' + n, n, 0 from generate_series(0, 49) n;
      analyze odd.counted; analyze odd.measurement`);
    const catalog = await introspect(client, { schemas: ['odd'] });
    const find = (wanted: string) => catalog.tables.find(({ name }) => name === wanted);
    expect(find('counted')?.estimatedRows).toBe(1000);
    expect(find('counted')?.estimatedBytes).toBeGreaterThan(8192);
    expect(find('measurement')?.estimatedRows).toBe(150);
    expect(find('ancestor')?.estimatedRows).toBeUndefined();
  });

  it('reads column statistics only on request', async () => {
    const without = await introspect(client, { schemas: ['odd'] });
    expect(JSON.stringify(without)).not.toContain('commonValues');
    await client.query(`
      create table odd.answers (answer text);
      insert into odd.answers select case when n % 4 = 0 then 'no' when n % 7 = 0 then null else 'yes' end from generate_series(1, 1000) n;
      analyze odd.answers`);
    const catalog = await introspect(client, { schemas: ['odd'], statistics: true });
    const [column] = catalog.tables.find(({ name }) => name === 'answers')?.columns ?? [];
    expect(column?.statistics).toMatchObject({ distinct: 2, commonValues: ['yes', 'no'] });
    expect(column?.statistics?.nullFraction).toBeGreaterThan(0.05);
  });

  it('shows common values of every type as they are written', async () => {
    await client.query(`
      create table odd.common (document jsonb, large bigint, price numeric(9, 2), list int[], flag boolean);
      insert into odd.common select '{"a": 1}', 9007199254740993, 12.50, '{1,2}', true from generate_series(1, 100);
      analyze odd.common`);
    const catalog = await introspect(client, { schemas: ['odd'], statistics: true });
    const columns = catalog.tables.find(({ name }) => name === 'common')?.columns ?? [];
    expect(columns.map((column) => column.statistics?.commonValues)).toEqual([
      ['{"a": 1}'],
      ['9007199254740993'],
      ['12.50'],
      ['[1,2]'],
      ['true'],
    ]);
  });

  it('needs one round trip, whatever the number of tables and partitions', async () => {
    let trips = 0;
    const counting: Queryable = {
      query: async <Row>(text: string, values?: readonly unknown[]) => {
        trips += 1;
        return client.query(text, values as unknown[]) as unknown as Promise<{ rows: Row[] }>;
      },
    };
    await introspect(counting);
    expect(trips).toBe(1);
    await client.query(`create schema many`);
    for (let round = 0; round < 5; round += 1) {
      await client.query(`do $$ begin
        for n in 1..60 loop execute format('create table many.t%s (id int primary key, other int references many.t%s)', ${round * 60} + n, ${round * 60} + n); end loop;
      end $$`);
    }
    const catalog = await introspect(counting);
    expect(catalog.tables.filter(({ schema }) => schema === 'many')).toHaveLength(300);
    expect(trips).toBe(2);
  });

  it('tells what the names of partitions have in common', async () => {
    await client.query(`create table odd.log (at date) partition by range (at);
      create table odd.log_2024_01 partition of odd.log for values from ('2024-01-01') to ('2024-02-01');
      create table odd.log_2024_02 partition of odd.log for values from ('2024-02-01') to ('2024-03-01')`);
    const catalog = await introspect(client, { schemas: ['odd'] });
    const patternOf = (wanted: string) => catalog.tables.find(({ name }) => name === wanted)?.partitioning?.namePattern;
    expect(patternOf('log')).toBe('log_*_*');
    expect(patternOf('measurement')).toBeUndefined();
  });

  it('marks partitions that are on another server', async () => {
    await client.query(`create foreign data wrapper partitions_away; create server far foreign data wrapper partitions_away;
      create table odd.spread (id int) partition by list (id);
      create table odd.spread_here partition of odd.spread for values in (1);
      create foreign table odd.spread_away partition of odd.spread for values in (2) server far`);
    const catalog = await introspect(client, { schemas: ['odd'] });
    const partitions = catalog.tables.find(({ name }) => name === 'spread')?.partitioning?.partitions;
    expect(partitions?.map(({ name, foreign }) => [name, foreign])).toEqual([
      ['spread_away', true],
      ['spread_here', undefined],
    ]);
  });

  it('cuts comments of excessive length', async () => {
    await client.query(
      `create table odd.verbose (id int); comment on table odd.verbose is '${'long '.repeat(100_000)}'`,
    );
    const catalog = await introspect(client, { schemas: ['odd'] });
    expect(catalog.tables.find(({ name }) => name === 'verbose')?.comment).toHaveLength(4_000);
  });

  it('works through a pool', async () => {
    const pool = new pg.Pool({ connectionString: database.url, max: 1 });
    try {
      expect((await introspect(pool, { schemas: ['hidden'] })).tables).toHaveLength(2);
    } finally {
      await pool.end();
    }
  });

  it('says which tables lie in the search path, as the server resolves names', async () => {
    await client.query('create table public.node (id int); create table public.pg_class (id int)');
    const before = await introspect(client);
    const find = (catalog: typeof before, schema: string, table: string) =>
      catalog.tables.find((each) => each.schema === schema && each.name === table)?.inSearchPath;
    expect([find(before, 'public', 'node'), find(before, 'odd', 'node')]).toEqual([true, false]);
    expect(find(before, 'public', 'pg_class')).toBe(false);
    await client.query('set search_path = odd, public');
    const after = await introspect(client);
    await client.query('reset search_path');
    expect(after.searchPath).toEqual(['odd', 'public']);
    expect([find(after, 'public', 'node'), find(after, 'odd', 'node')]).toEqual([false, true]);
    expect(after.tables.find(({ name }) => name === 'columns_of_all_kinds')?.columns[5]?.type).toBe('mood');
  });

  it('qualifies the names in view definitions, and leaves the search path as it was', async () => {
    await client.query(`
      create table public.base (id int);
      create function public.twice(int) returns int language sql immutable as 'select $1 * 2';
      create view public.over_base as select public.twice(id) as id from public.base`);
    const path = async () => (await client.query<{ search_path: string }>('show search_path')).rows[0]?.search_path;
    const definition = async () =>
      (await introspect(client, { schemas: ['public'] })).tables.find(({ name }) => name === 'over_base')?.definition;
    // PostgreSQL 15 and older name the table with each column.
    const qualified = expect.stringMatching(/^ SELECT public\.twice\((base\.)?id\) AS id\n {3}FROM public\.base;$/);
    expect(await definition()).toEqual(qualified);
    expect(await path()).toBe('"$user", public');
    await client.query('begin; set local search_path = odd, public');
    expect(await definition()).toEqual(qualified);
    expect(await path()).toBe('odd, public');
    const inside = await introspect(client);
    expect(inside.searchPath).toEqual(['odd', 'public']);
    expect(inside.tables.find(({ name }) => name === 'columns_of_all_kinds')?.columns[5]?.type).toBe('mood');
    await client.query('commit');
    expect(await path()).toBe('"$user", public');
  });

  it('is not misled by user tables that are named like catalogs and stand before them', async () => {
    await client.query('create table if not exists public.pg_class (id int)');
    await client.query('set search_path = public, pg_catalog');
    const catalog = await introspect(client, { schemas: ['hidden'] });
    await client.query('reset search_path');
    expect(catalog.tables).toHaveLength(2);
  });
});

describe('introspect as a role with few rights', () => {
  const database = useDatabase();

  it('marks what the role may not read and still reads all the rest', async () => {
    const owner = await database.connect();
    await createOddCatalog(owner);
    const role = await database.createRole('reader');
    await owner.query(`
      grant usage on schema odd to "${role.name}";
      grant select on odd.node, odd.view_2, odd.measurement to "${role.name}";
      grant select (id, open_note) on odd.partly_readable to "${role.name}";
      grant select on hidden.secret to "${role.name}";
      revoke execute on function odd.touch() from public`);
    const reader = new pg.Client({ connectionString: role.url });
    await reader.connect();
    try {
      const catalog = await introspect(reader);
      const whole = await introspect(owner);
      const selectable = Object.fromEntries(catalog.tables.map((table) => [table.name, table.selectable]));
      expect(catalog.tables.map(({ name }) => name)).toEqual(whole.tables.map(({ name }) => name));
      expect(catalog.role).toBe(role.name);
      expect(selectable).toMatchObject({
        node: true,
        view_2: true,
        measurement: true,
        partly_readable: true,
        chicken: false,
      });
      // SELECT on a table is worth nothing without USAGE on its schema.
      expect(selectable['secret']).toBe(false);
      expect(catalog.schemas.map(({ name, usable }) => [name, usable])).toContainEqual(['hidden', false]);
      const partly = catalog.tables.find(({ name }) => name === 'partly_readable');
      expect(partly?.columns.map(({ name, selectable: may }) => [name, may])).toEqual([
        ['id', undefined],
        ['open_note', undefined],
        ['salary', false],
      ]);
      expect(catalog.tables.find(({ name }) => name === 'measurement')?.partitioning?.partitions[1]?.selectable).toBe(
        false,
      );
      expect(catalog.functions.find(({ name }) => name === 'touch')?.executable).toBe(false);
      expect(catalog.functions.find(({ name }) => name === 'near')?.executable).toBe(true);
    } finally {
      await reader.end();
    }
  });
});
