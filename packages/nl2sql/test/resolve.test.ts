import { describe, expect, it } from 'vitest';
import { indexCatalog } from '../src/repair/catalog-index.ts';
import { resolveNames } from '../src/repair/resolve.ts';
import { parsePort } from './parse-port.ts';
import { shop } from './shop.ts';

const problemsOf = async (sql: string) => {
  const outcome = await parsePort.parse(sql);
  if (!outcome.parsed) throw new Error(`does not parse: ${sql}`);
  return resolveNames(outcome.tree, indexCatalog(shop), () => undefined).problems;
};

describe('resolveNames finds nothing wrong with', () => {
  it.each([
    ['aliases', 'SELECT o.total, c.name FROM orders o JOIN customers AS c ON c.customer_id = o.customer_id'],
    [
      'a correlated subquery',
      'SELECT name FROM customers c WHERE EXISTS (SELECT 1 FROM orders WHERE customer_id = c.customer_id AND email IS NULL)',
    ],
    [
      'a common table expression',
      'WITH t AS (SELECT customer_id AS k, total FROM orders) SELECT k, sum(total) FROM t GROUP BY k',
    ],
    [
      'named columns of a common table expression',
      'WITH t(a, b) AS (SELECT order_id, total FROM orders) SELECT a, t.b FROM t',
    ],
    ['a common table expression that hides a table', 'WITH orders AS (SELECT 1 AS x) SELECT x FROM orders'],
    [
      'a recursive one',
      'WITH RECURSIVE t(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM t WHERE n < 3) SELECT n FROM t',
    ],
    ['USING', 'SELECT customer_id FROM orders JOIN customers USING (customer_id)'],
    ['NATURAL', 'SELECT customer_id FROM orders NATURAL JOIN customers'],
    ['a star of a subquery', 'SELECT q.total, q.region_name FROM (SELECT o.*, r.* FROM orders o, regions r) q'],
    [
      'LATERAL',
      'SELECT s.name, l.best FROM stores s, LATERAL (SELECT max(total) AS best FROM orders o WHERE o.store_id = s.store_id) l',
    ],
    [
      'functions in FROM',
      "SELECT g, g.g, x.anything FROM generate_series(1, 3) g, json_to_record('{}') AS x(anything text)",
    ],
    [
      'output names in GROUP BY and ORDER BY',
      "SELECT date_trunc('month', placed) AS month, sum(total) AS s FROM orders GROUP BY month ORDER BY s, month",
    ],
    ['set operations', 'SELECT name AS n FROM stores UNION ALL SELECT name FROM customers ORDER BY n LIMIT 3'],
    ['VALUES', "SELECT v.column1, column2 FROM (VALUES (1, 'a')) v"],
    ['an alias list', 'SELECT t.a, t.b FROM regions AS t(a, b, c)'],
    [
      'system columns and views',
      'SELECT ctid, orders.tableoid, c.relname FROM orders, pg_class c, information_schema.tables t',
    ],
    ['whole rows', 'SELECT orders, count(stores) FROM orders, stores GROUP BY orders'],
    ['a schema', 'SELECT archive.old_orders.note, public.stores.name FROM archive.old_orders, public.stores'],
    [
      'windows and filters',
      'SELECT sum(total) FILTER (WHERE total > 1) OVER w FROM orders WINDOW w AS (PARTITION BY store_id ORDER BY placed)',
    ],
    ['quoted names', 'SELECT "OrderItems"."Qty", "Opening Date" FROM "OrderItems", stores'],
    ['a join alias', 'SELECT j.whatever FROM (orders JOIN stores USING (store_id)) AS j'],
    ['names beyond ASCII before a reference', "SELECT 'äöü😀', total FROM orders"],
  ])('%s', async (_, sql) => {
    expect(await problemsOf(sql)).toEqual([]);
  });
});

describe('resolveNames finds', () => {
  it.each([
    ['an unknown table', 'SELECT 1 FROM nothing', [{ kind: 'unknown_table', name: 'nothing', location: 14 }]],
    [
      'a table that is not in the search path',
      'SELECT 1 FROM old_orders',
      [{ kind: 'unknown_table', name: 'old_orders' }],
    ],
    [
      'a column that the named relation lacks',
      'SELECT o.name FROM orders o',
      [{ kind: 'unknown_column', column: 'name', location: 7 }],
    ],
    ['a column that no relation has', 'SELECT nothing FROM orders', [{ kind: 'unknown_column', column: 'nothing' }]],
    [
      'an output name where only expressions may stand',
      'SELECT total AS t FROM orders WHERE t > 1',
      [{ kind: 'unknown_column', column: 't' }],
    ],
    [
      'a table that its alias hides',
      'SELECT orders.total FROM orders o',
      [{ kind: 'unknown_qualifier', qualifier: 'orders' }],
    ],
    ['an ambiguous column', 'SELECT name FROM stores, customers', [{ kind: 'ambiguous_column', column: 'name' }]],
    [
      'a subquery that looks at its neighbour without LATERAL',
      'SELECT 1 FROM orders o, (SELECT o.total) x',
      [{ kind: 'unknown_qualifier', qualifier: 'o' }],
    ],
    [
      'a column of USING that one side lacks',
      'SELECT 1 FROM orders JOIN regions USING (store_id)',
      [{ kind: 'unknown_using', columns: ['store_id'] }],
    ],
    ['several at once', 'SELECT a, b FROM orders', [{ column: 'a' }, { column: 'b' }]],
  ])('%s', async (_, sql, expected) => {
    expect(await problemsOf(sql)).toMatchObject(expected);
  });
});

describe('a table that the role may not read', () => {
  it('exists, but is neither meant nor reached nor suggested', () => {
    const tables = shop.tables.map((table) => (table.name === 'customers' ? { ...table, selectable: false } : table));
    const index = indexCatalog({ tables });
    const orders = index.find(undefined, 'orders')[0]!;
    expect(index.find(undefined, 'customers')).toHaveLength(1);
    expect(index.findAlike(undefined, 'Customers')).toEqual([]);
    expect(index.tablesWithColumn('email')).toEqual([]);
    expect(index.steps(orders).map(({ table }) => table.name)).toEqual(['stores']);
    expect(index.tables.map(({ name }) => name)).not.toContain('customers');
  });
});
