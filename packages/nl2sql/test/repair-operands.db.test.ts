import { describe, expect, it } from 'vitest';
import { repairStatement } from '../src/repair/repair.ts';
import { parsePort } from './parse-port.ts';
import { shop } from './shop.ts';
import { useShop } from './use-tables.ts';

const { askFor } = useShop();

describe('operands get the type that their operator wants in', () => {
  it.each([
    ["SELECT 1 FROM stores WHERE store_id LIKE '1%'", "SELECT 1 FROM stores WHERE store_id::text LIKE '1%'"],
    ["SELECT 1 FROM stores WHERE store_id NOT ILIKE '1%'", "SELECT 1 FROM stores WHERE store_id::text NOT ILIKE '1%'"],
    ["SELECT 1 FROM orders WHERE placed ~ '2024'", "SELECT 1 FROM orders WHERE placed::text ~ '2024'"],
    ['SELECT 1 FROM stores WHERE code <> 7', "SELECT 1 FROM stores WHERE code <> '7'"],
    ['SELECT 1 FROM stores WHERE code = 7.5', "SELECT 1 FROM stores WHERE code = '7.5'"],
    ['SELECT 1 FROM stores WHERE code IN (7, 12)', "SELECT 1 FROM stores WHERE code IN ('7', '12')"],
    ['SELECT 1 FROM stores s WHERE s.code > 5', 'SELECT 1 FROM stores s WHERE s.code::numeric > 5'],
    ['SELECT 1 FROM stores WHERE substr(code, 1) > 5', 'SELECT 1 FROM stores WHERE (substr(code, 1))::numeric > 5'],
    [
      'SELECT 1 FROM stores WHERE store_id = substr(code, 1)',
      'SELECT 1 FROM stores WHERE store_id::text = substr(code, 1)',
    ],
    ['SELECT 1 FROM customers WHERE is_active = 1', 'SELECT 1 FROM customers WHERE is_active::int = 1'],
    [
      'SELECT 1 FROM customers WHERE is_active = customer_id',
      'SELECT 1 FROM customers WHERE is_active::int = customer_id',
    ],
    [
      'SELECT 1 FROM stores WHERE (SELECT code FROM stores LIMIT 1) > 5',
      'SELECT 1 FROM stores WHERE ((SELECT code FROM stores LIMIT 1))::numeric > 5',
    ],
  ])('%s', async (broken, expected) => {
    expect(await askFor(broken)).toMatchObject({ kind: 'answered', sql: expected });
  });

  it.each([
    ['a sum of texts', "SELECT 1 FROM stores WHERE (code || '1') > 5"],
    ['a window', 'SELECT 1 FROM (SELECT store_id, code FROM stores) t WHERE max(code) OVER () > 5'],
    ['types that nothing joins', 'SELECT 1 FROM customers, orders WHERE is_active > placed'],
    ['a moment and a number', 'SELECT 1 FROM customers WHERE born > 5'],
    ['a text that is matched by a number', 'SELECT 1 FROM stores WHERE name LIKE 5'],
  ])('none where it stands in %s', async (_, sql) => {
    const outcome = await askFor(sql);
    expect(outcome.kind).toBe('failed');
    expect(outcome.attempts[0]).not.toHaveProperty('repairs');
  });
});

describe('arguments get the type that their function wants in', () => {
  it.each([
    ['SELECT round(weight, 1) FROM orders', 'SELECT round(weight::numeric, 1) FROM orders'],
    ['SELECT round(weight * 2, 1) FROM orders', 'SELECT round((weight * 2)::numeric, 1) FROM orders'],
    ['SELECT sum(code) FROM stores', 'SELECT sum(code::numeric) FROM stores'],
    ['SELECT avg(is_active) FROM customers', 'SELECT avg(is_active::int) FROM customers'],
    ['SELECT upper(store_id) FROM stores', 'SELECT upper(store_id::text) FROM stores'],
    [
      "SELECT date_part('year', t.d) FROM (SELECT '2024-05-06'::text AS d) t",
      "SELECT date_part('year', t.d::timestamp) FROM (SELECT '2024-05-06'::text AS d) t",
    ],
    [
      "SELECT string_agg(DISTINCT store_id, ',') FROM stores",
      "SELECT string_agg(DISTINCT store_id::text, ',') FROM stores",
    ],
  ])('%s', async (broken, expected) => {
    expect(await askFor(broken)).toMatchObject({ kind: 'answered', sql: expected });
  });
});

describe('functions of other databases are written as PostgreSQL has them in', () => {
  it.each([
    [
      'SELECT year(placed), quarter(placed), dayofyear(placed) FROM orders',
      'SELECT EXTRACT(YEAR FROM placed), EXTRACT(QUARTER FROM placed), EXTRACT(DOY FROM placed) FROM orders',
    ],
    ['SELECT iif(total > 6, 1) FROM orders', 'SELECT CASE WHEN total > 6 THEN 1 ELSE NULL END FROM orders'],
    ["SELECT ifnull(name, 'a,b(c') FROM stores", "SELECT COALESCE(name, 'a,b(c') FROM stores"],
    [
      "SELECT nvl(split_part(name, 'a', 1), 'x') FROM stores",
      "SELECT COALESCE(split_part(name, 'a', 1), 'x') FROM stores",
    ],
    ['SELECT nvl(ARRAY[1, 2], ARRAY[3])', 'SELECT COALESCE(ARRAY[1, 2], ARRAY[3])'],
    [
      'SELECT "nvl"("Opening Date", CURRENT_DATE) FROM stores',
      'SELECT COALESCE("Opening Date", CURRENT_DATE) FROM stores',
    ],
    ["SELECT strftime('%Y-%m', placed) FROM orders", "SELECT to_char((placed)::timestamp, 'YYYY-MM') FROM orders"],
    ["SELECT strftime('%Y', 'now')", "SELECT to_char(now(), 'YYYY')"],
    [
      "SELECT strftime('%H:%M', placed), date_format(placed, '%H:%i') FROM orders",
      "SELECT to_char((placed)::timestamp, 'HH24:MI'), to_char((placed)::timestamp, 'HH24:MI') FROM orders",
    ],
    [
      "SELECT date_format(placed, '%M %Y, day %d') FROM orders",
      `SELECT to_char((placed)::timestamp, 'FMMonth YYYY, "day" DD') FROM orders`,
    ],
    ["SELECT group_concat(name, ' / ') FROM stores", "SELECT string_agg((name)::text, ' / ') FROM stores"],
    ['SELECT safe_divide(total, 2) FROM orders', 'SELECT ((total)::numeric / NULLIF(2, 0)) FROM orders'],
    ['SELECT ucase(name), lcase(name) FROM stores', 'SELECT upper(name), lower(name) FROM stores'],
  ])('%s', async (broken, expected) => {
    expect(await askFor(broken)).toMatchObject({ kind: 'answered', sql: expected });
  });

  it.each([
    'SELECT year() FROM orders',
    'SELECT iif(total > 6) FROM orders',
    'SELECT divide(total) FROM orders',
    "SELECT strftime('%Y') FROM orders",
    'SELECT strftime(name, placed) FROM stores, orders',
    "SELECT strftime('%s', placed) FROM orders",
    "SELECT strftime('%w', placed) FROM orders",
    "SELECT date_format(placed, '%w') FROM orders",
    `SELECT date_format(placed, '%Y"%m') FROM orders`,
    'SELECT datediff(placed) FROM orders',
    "SELECT datediff('fortnight', placed, placed) FROM orders",
    "SELECT strftime('%Y', placed, '-1 year') FROM orders",
    'SELECT group_concat(name, code) FROM stores',
    'SELECT group_concat() FROM stores',
    'SELECT constructor(name) FROM stores',
  ])('not in %s', async (sql) => {
    expect(await askFor(sql)).toMatchObject({ kind: 'failed', error: { sqlState: '42883' } });
  });
});

describe('a week', () => {
  it('is counted as ISO does, which the answer says and trusts less', async () => {
    const outcome = await askFor('SELECT week(placed), week(placed) FROM orders');
    expect(outcome).toMatchObject({
      kind: 'answered',
      sql: 'SELECT EXTRACT(WEEK FROM placed), EXTRACT(WEEK FROM placed) FROM orders',
      assumptions: [expect.stringContaining('ISO 8601')],
      attempts: [{ repairs: [{ rule: 'formula' }, { rule: 'formula' }] }],
      confidence: { score: 0.33 },
    });
  });

  it('that is ISO by its name is taken for that', async () => {
    const outcome = await askFor('SELECT weekofyear(placed) FROM orders');
    expect(outcome).toMatchObject({
      kind: 'answered',
      assumptions: [],
      attempts: [{ repairs: [{ rule: 'function' }] }],
    });
  });
});

describe('by the words of an error alone', () => {
  const repair = (sql: string, message: string, position?: number) =>
    repairStatement(
      { sql, error: { sqlState: '42883', message, ...(position === undefined ? {} : { position }) } },
      { parse: parsePort, snapshot: shop },
    );

  it('a subquery gets the alias that servers before 16 want', async () => {
    const sql = 'SELECT * FROM (SELECT 1)';
    expect(await repair(sql, 'subquery in FROM must have an alias', 15)).toMatchObject({
      sql: 'SELECT * FROM (SELECT 1) AS subquery_14',
    });
    expect(await repair(sql, 'subquery in FROM must have an alias', 1)).toBeUndefined();
  });

  it.each<[string, string, string, number | undefined]>([
    ['it has no place', 'SELECT 1', 'operator does not exist: text > integer', undefined],
    ['nothing stands at its place', 'SELECT 1', 'operator does not exist: text > integer', 1],
    ['no call stands at its place', 'SELECT 1', 'function sum(text) does not exist', 8],
    ['it is about something else', 'SELECT 1', 'out of memory', 1],
    ['the text is beyond all reading', `SELECT '${'x'.repeat(20_001)}'`, 'function sum(text) does not exist', 8],
  ])('nothing is repaired where %s', async (_, sql, message, position) => {
    expect(await repair(sql, message, position)).toBeUndefined();
  });
});
