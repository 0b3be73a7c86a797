import { introspect } from '@pgmcp/schema-introspect';
import { createGuard, type Guard, type Verdict } from '@pgmcp/sql-guard';
import { useDatabase } from '@pgmcp/testing/vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guardCatalog } from '../src/guard-catalog.ts';

const database = useDatabase();

const SCHEMA = `
  CREATE SCHEMA shop;
  SET search_path = shop, public;
  CREATE TYPE shop.colour AS ENUM ('red', 'green');
  CREATE FUNCTION shop.writes_settings(text) RETURNS boolean LANGUAGE sql STABLE AS
    $$ SELECT set_config('app.user', $1, true) IS NOT NULL $$;
  CREATE FUNCTION shop.as_owner() RETURNS int LANGUAGE sql STABLE SECURITY DEFINER AS 'SELECT 1';
  CREATE FUNCTION shop.plain(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 + 1';
  CREATE DOMAIN shop.amount AS numeric(12, 2) CHECK (VALUE >= 0);
  CREATE DOMAIN shop.checked_by_code AS text CHECK (shop.writes_settings(VALUE));
  CREATE DOMAIN shop.sizes AS integer[];
  CREATE DOMAIN shop.moment AS timestamp(3) with time zone;
  CREATE DOMAIN shop.word AS character varying(20);
  CREATE DOMAIN shop.code AS shop.word CHECK (VALUE ~ '^[a-z]+$');
  CREATE TABLE shop.items (id int PRIMARY KEY, colour shop.colour, price shop.amount, note text);
  CREATE FUNCTION public.peek(shop.items) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER AS 'SELECT $1.note';
  CREATE VIEW shop.cheap AS SELECT id, price FROM shop.items WHERE price < 10;
  CREATE VIEW shop.cheaper AS SELECT id FROM shop.cheap WHERE price < 5;
  CREATE VIEW shop.sly AS SELECT id, shop.writes_settings(note) AS done FROM shop.items;
  CREATE VIEW shop.slier AS SELECT id FROM shop.sly;
  CREATE MATERIALIZED VIEW shop.totals AS SELECT colour, sum(price) AS total FROM shop.items GROUP BY colour;
  CREATE TYPE shop.pair AS (a int, b int);
  CREATE FUNCTION shop.pair_to_text(shop.pair) RETURNS text LANGUAGE sql STABLE AS
    $$ SELECT set_config('app.user', 'x', true) $$;
  CREATE CAST (shop.pair AS text) WITH FUNCTION shop.pair_to_text(shop.pair);
  CREATE FUNCTION shop.join_text(text, text) RETURNS text LANGUAGE sql STABLE AS
    $$ SELECT set_config('app.user', $1, true) $$;
  CREATE OPERATOR shop.&&& (LEFTARG = text, RIGHTARG = text, FUNCTION = shop.join_text);
  CREATE FOREIGN DATA WRAPPER nothing;
  CREATE SERVER away FOREIGN DATA WRAPPER nothing;
  CREATE TABLE shop.spread (id int) PARTITION BY LIST (id);
  CREATE TABLE shop.spread_here PARTITION OF shop.spread FOR VALUES IN (1);
  CREATE FOREIGN TABLE shop.spread_away PARTITION OF shop.spread FOR VALUES IN (2) SERVER away;
  CREATE TYPE shop.bundle AS (first shop.items, others shop.items[]);
  CREATE TABLE shop.baskets (id int, bundle shop.bundle);
  CREATE TABLE shop.a_history (id int, basket shop.baskets);
  RESET search_path;
`;

describe('the guard on the catalog that introspection read', () => {
  let guard: Guard;
  let open: Guard;
  let check: (sql: string, by?: Guard) => Promise<Verdict>;

  beforeAll(async () => {
    const client = await database.connect();
    await client.query(SCHEMA);
    const catalog = guardCatalog(await introspect(client));
    guard = await createGuard({ engine: 'same-thread' });
    open = await createGuard({ engine: 'same-thread', functions: { allow: ['shop.*'] } });
    check = (sql, by = guard) => by.check(sql, { catalog });
  });
  afterAll(() => Promise.all([guard?.close(), open?.close()]));

  it.each([
    ['tables', 'SELECT * FROM shop.items'],
    ['a view over built-ins', 'SELECT * FROM shop.cheap'],
    ['a view over a view', 'SELECT count(*) FROM shop.cheaper'],
    ['a materialized view', 'SELECT * FROM shop.totals'],
    ['an enum', "SELECT * FROM shop.items WHERE colour = 'red'::shop.colour"],
    ['an array of an enum', "SELECT ARRAY['red']::shop.colour[]"],
    ['a domain with a harmless check', 'SELECT 12.5::shop.amount'],
    ['a domain over an array', "SELECT '{1}'::shop.sizes"],
    ['a domain over a moment', "SELECT '2025-01-01'::shop.moment"],
    ['a domain over a domain', "SELECT 'a'::shop.code"],
  ])('accepts %s', async (_what, sql) => {
    const verdict = await check(sql);
    expect(verdict.allowed, JSON.stringify(verdict)).toBe(true);
  });

  it.each([
    ['a function of a user', 'SELECT shop.plain(1)', 'shop.plain'],
    ['a view that calls one', 'SELECT id FROM shop.sly', 'shop.sly'],
    ['a view over such a view', 'SELECT id FROM shop.slier', 'shop.slier'],
    ['a domain whose check calls one', "SELECT 'x'::shop.checked_by_code", 'checked_by_code'],
    ['a cast that calls one', 'SELECT ROW(1, 2)::shop.pair::text', ''],
    ['an operator of a user', "SELECT 'a' OPERATOR(shop.&&&) 'b'", '&&&'],
    ['a function written as a column', 'SELECT i.peek FROM shop.items AS i', 'peek'],
    ['the same in parentheses', 'SELECT (i).peek FROM shop.items AS i', 'peek'],
  ])('refuses %s', async (_what, sql, named) => {
    const verdict = await check(sql);
    expect(verdict.allowed).toBe(false);
    expect(JSON.stringify(verdict)).toContain(named);
  });

  it('knows which partitions are on another server', async () => {
    expect(await check('SELECT * FROM shop.spread_here')).toMatchObject({ allowed: true });
    for (const table of ['shop.spread', 'shop.spread_away'])
      expect(await check(`SELECT * FROM ${table}`)).toMatchObject({
        allowed: false,
        violations: [{ code: 'relation', option: expect.stringContaining('tables.foreign') }],
      });
  });

  it('knows which columns hold rows of a table with a masked column, through composites, arrays and other rows', async () => {
    const masking = await createGuard({ engine: 'same-thread', columns: { mask: ['shop.items.note'] } });
    for (const sql of ['SELECT bundle FROM shop.baskets', 'SELECT basket FROM shop.a_history'])
      expect(await check(sql, masking), sql).toMatchObject({ allowed: true, columns: [{ outputIndex: 0 }] });
    for (const sql of [
      'SELECT (bundle).first FROM shop.baskets',
      'SELECT ((basket).bundle).others FROM shop.a_history',
    ])
      expect(await check(sql, masking), sql).toMatchObject({ allowed: false, violations: [{ code: 'column' }] });
    await masking.close();
  });

  it('lets the operator allow plain functions by name, but none that runs as its owner', async () => {
    expect(await check('SELECT shop.plain(1)', open)).toMatchObject({ allowed: true });
    expect(await check('SELECT shop.as_owner()', open)).toMatchObject({ allowed: false });
  });

  it('names every type of PostgreSQL as its catalog does', async () => {
    const client = await database.connect();
    const { rows } = await client.query<{ name: string; printed: string }>(`
      SELECT typname AS name, format_type(oid, NULL) AS printed FROM pg_type
      WHERE typnamespace = 'pg_catalog'::regnamespace AND typtype IN ('b', 'r', 'm') AND typrelid = 0`);
    const columns = rows.map(({ printed }, position) => ({ name: `c${position}`, type: printed }));
    const catalog = await introspect(client);
    const [items] = catalog.tables.filter(({ name }) => name === 'items');
    const table = { ...items, columns } as unknown as (typeof catalog.tables)[number];
    const [relation] = guardCatalog({ ...catalog, tables: [table] }).relations;
    expect(relation?.columns.map(({ typeName }) => typeName)).toEqual(rows.map(({ name }) => name));
  });

  it('is made once for each reading, and has another fingerprint for the next', async () => {
    const client = await database.connect();
    const first = await introspect(client);
    expect(guardCatalog(first)).toBe(guardCatalog(first));
    expect(guardCatalog(await introspect(client)).fingerprint).not.toBe(guardCatalog(first).fingerprint);
  });
});
