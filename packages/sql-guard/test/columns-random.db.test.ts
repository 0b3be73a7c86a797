import { useDatabase } from '@pgmcp/testing/vitest';
import type pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CatalogSnapshot, createGuard, type Guard, readCatalogSnapshot } from '../src/index.ts';
import { randomQueries } from './random-queries.ts';
import { shownMasked } from './shown-masked.ts';

/** More at night: each thousand takes a second or two. */
const STATEMENTS = Number(process.env['PGMCP_RANDOM_STATEMENTS'] ?? 4_000);
const SEED = Number(process.env['PGMCP_RANDOM_SEED'] ?? 1);

/** The same tables with other secrets: of other length, in another order. */
const tables = (secret: string, points: string) => `
CREATE TABLE customers (id text, name text, email text, note text, points bigint);
CREATE TABLE orders (id text, name text, email text, total text);
CREATE TABLE people (id text, secret text) PARTITION BY LIST (id);
CREATE TABLE people_attached (secret text, id text);
ALTER TABLE people ATTACH PARTITION people_attached DEFAULT;
CREATE TABLE base (id text, name text);
CREATE TABLE child (email text) INHERITS (base);
CREATE TABLE holder (id text, who customers);
CREATE TABLE a_log (id text, held holder);
CREATE TYPE pair AS (x customers, y text);
CREATE TABLE pairs (id text, p pair);
CREATE VIEW contacts AS SELECT id, email AS contact, name FROM customers;
INSERT INTO customers SELECT i::text, 'name' || i % 3, ${secret}, 'note' || i, ${points} FROM generate_series(1, 4) i;
INSERT INTO orders SELECT i::text, 'name' || i % 3, 'public' || i, 't' || i FROM generate_series(1, 3) i;
INSERT INTO people SELECT i::text, ${secret} FROM generate_series(1, 3) i;
INSERT INTO child SELECT i::text, 'n' || i, ${secret} FROM generate_series(1, 3) i;
INSERT INTO holder SELECT id, c FROM customers c;
INSERT INTO a_log SELECT id, h FROM holder h;
INSERT INTO pairs SELECT id, ROW(c, 'y')::pair FROM customers c;
ANALYZE;`;

const one = useDatabase();
const other = useDatabase();
let clients: readonly pg.Client[];
let catalog: CatalogSnapshot;
let guard: Guard;

beforeAll(async () => {
  const [left, right] = await Promise.all([one.connect(), other.connect()]);
  await left.query(tables("'k' || i * 7 % 5", 'i'));
  await right.query(tables("'zz' || 9 - i * 7 % 5", '-i'));
  clients = [left, right];
  catalog = await readCatalogSnapshot(left);
  guard = await createGuard({
    engine: 'same-thread',
    catalog,
    columns: {
      mask: ['public.customers.email', 'public.customers.points', 'public.people.secret', 'public.child.email'],
    },
  });
});
afterAll(() => guard?.close());

it('says nothing about masked values, whatever statement the guard lets through', async () => {
  const relations = catalog.relations.map(({ name, columns }) => ({
    name,
    columns: columns.map((column) => column.name),
  }));
  const next = randomQueries(relations, SEED);
  let ran = 0;
  let masked = 0;
  for (let index = 0; index < STATEMENTS; index += 1) {
    const sql = next();
    const verdict = await guard.check(sql);
    if (!verdict.allowed) continue;
    const [left, right] = await Promise.all(clients.map((client) => shownMasked(client, sql, verdict.columns ?? [])));
    expect(left, sql).toBe(right);
    if (left?.startsWith('[[')) ran += 1;
    if (left?.includes('***')) masked += 1;
  }
  // The generator must not come to write what is refused or fails anyway.
  expect(ran).toBeGreaterThan(STATEMENTS / 10);
  expect(masked).toBeGreaterThan(STATEMENTS / 20);
}, 300_000);
