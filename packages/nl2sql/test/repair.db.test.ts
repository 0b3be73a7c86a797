import { describe, expect, it } from 'vitest';
import { useShop } from './use-tables.ts';

const { askFor } = useShop();

describe('a failing statement is repaired by rule, without another call, when', () => {
  it.each([
    [
      'names are in backticks',
      'SELECT `name`, `Opening Date`, `order` FROM `stores` JOIN orders USING (`store_id`) LIMIT 1',
      'SELECT name, "Opening Date", "order" FROM stores JOIN orders USING (store_id) LIMIT 1',
    ],
    [
      'names are in brackets',
      'SELECT [name], s.[Opening Date] FROM stores s',
      'SELECT name, s."Opening Date" FROM stores s',
    ],
    [
      'Markdown escaped them',
      'SELECT customer\\_id, count(\\*) FROM orders GROUP BY customer\\_id',
      'SELECT customer_id, count(*) FROM orders GROUP BY customer_id',
    ],
    [
      'a quote is escaped by a backslash',
      "SELECT name FROM customers WHERE name = 'O\\'Neil'",
      "SELECT name FROM customers WHERE name = 'O''Neil'",
    ],
    [
      'quotes are typographic',
      'SELECT name FROM customers WHERE name = ‘Ann’',
      "SELECT name FROM customers WHERE name = 'Ann'",
    ],
    [
      'LIMIT has a comma',
      'SELECT name FROM stores ORDER BY name LIMIT 1, 1',
      'SELECT name FROM stores ORDER BY name LIMIT 1 OFFSET 1',
    ],
    [
      'it says TOP and ends in a comment',
      'SELECT TOP 1 name FROM stores ORDER BY name -- the first',
      'SELECT name FROM stores ORDER BY name -- the first\nLIMIT 1',
    ],
    ['it says TOP', 'SELECT TOP 1 name FROM stores ORDER BY name', 'SELECT name FROM stores ORDER BY name LIMIT 1'],
    [
      'an aggregate holds WHERE',
      'SELECT count(order_id WHERE total > 6) FROM orders',
      'SELECT count(order_id) FILTER (WHERE total > 6) FROM orders',
    ],
    [
      'mixed-case names are not quoted',
      'SELECT OrderId, OrderItems.Qty FROM OrderItems WHERE UnitPrice > 5',
      'SELECT "OrderId", "OrderItems"."Qty" FROM "OrderItems" WHERE "UnitPrice" > 5',
    ],
    ['names have other blanks', 'SELECT Opening_Date FROM stores', 'SELECT "Opening Date" FROM stores'],
    [
      'a reserved name is nearly right',
      'SELECT o.order FROM orders o WHERE o.ordr > 5',
      'SELECT o.order FROM orders o WHERE o."order" > 5',
    ],
    [
      'the wrong alias stands before a column',
      'SELECT o.email FROM orders o JOIN customers c ON c.customer_id = o.customer_id',
      'SELECT c.email FROM orders o JOIN customers c ON c.customer_id = o.customer_id',
    ],
    ['a table is named that its alias hides', 'SELECT orders.total FROM orders o', 'SELECT o.total FROM orders o'],
    [
      'an ambiguous column is equal on both sides',
      'SELECT customer_id, email FROM orders o JOIN customers c ON o.customer_id = c.customer_id',
      'SELECT o.customer_id, email FROM orders o JOIN customers c ON o.customer_id = c.customer_id',
    ],
    [
      'a column is one foreign key away',
      'SELECT order_id, email FROM orders ORDER BY 1',
      'SELECT order_id, customers.email FROM orders LEFT JOIN customers ON orders.customer_id = customers.customer_id ORDER BY 1',
    ],
    [
      'a column is two foreign keys away',
      "SELECT sum(o.total) FROM orders o WHERE o.region_name = 'South'",
      "SELECT sum(o.total) FROM orders o LEFT JOIN stores ON o.store_id = stores.store_id LEFT JOIN regions ON stores.region_id = regions.region_id WHERE regions.region_name = 'South'",
    ],
    [
      'a table is used without being joined',
      'SELECT customers.email FROM orders ORDER BY order_id',
      'SELECT customers.email FROM orders LEFT JOIN customers ON orders.customer_id = customers.customer_id ORDER BY order_id',
    ],
    ['a table lives in another schema', 'SELECT note FROM old_orders', 'SELECT note FROM archive.old_orders'],
    [
      'names are nearly right',
      'SELECT custmer_id, emails FROM customer',
      'SELECT customers.customer_id, customers.email FROM customers',
    ],
    [
      'a letter is missing',
      'SELECT nme, cuntry FROM stores JOIN regions USING (region_id)',
      'SELECT stores.name, regions.country FROM stores JOIN regions USING (region_id)',
    ],
    [
      'the name of the table stands before a column',
      'SELECT s.store_name FROM stores s',
      'SELECT s.name FROM stores s',
    ],
    [
      'an alias is used that nobody gave',
      'SELECT o.total, c.email FROM orders o ORDER BY 1',
      'SELECT o.total, customers.email FROM orders o LEFT JOIN customers ON o.customer_id = customers.customer_id ORDER BY 1',
    ],
    [
      'an output name stands in HAVING',
      'SELECT store_id, sum(total) AS revenue FROM orders GROUP BY store_id HAVING revenue > 20',
      'SELECT store_id, sum(total) AS revenue FROM orders GROUP BY store_id HAVING (sum(total)) > 20',
    ],
    [
      'a string is in double quotes',
      'SELECT name FROM customers WHERE name = "Ann"',
      "SELECT name FROM customers WHERE name = 'Ann'",
    ],
    [
      'text is compared with a number',
      'SELECT name FROM stores WHERE code = 7 OR code IN (12)',
      "SELECT name FROM stores WHERE code = '7' OR code IN ('12')",
    ],
    [
      'text is ordered against a number',
      'SELECT name FROM stores WHERE code > 8',
      'SELECT name FROM stores WHERE code::numeric > 8',
    ],
    [
      'a date is matched with LIKE',
      "SELECT order_id FROM orders WHERE placed LIKE '2024-03%'",
      "SELECT order_id FROM orders WHERE placed::text LIKE '2024-03%'",
    ],
    ['a condition is summed', 'SELECT sum(total > 6) FROM orders', 'SELECT sum((total > 6)::int) FROM orders'],
    [
      'a boolean is compared with a number',
      'SELECT name FROM customers WHERE is_active = 1',
      'SELECT name FROM customers WHERE is_active::int = 1',
    ],
    [
      'round has a double',
      'SELECT round(avg(weight), 1) FROM orders',
      'SELECT round((avg(weight))::numeric, 1) FROM orders',
    ],
    [
      'functions are those of other databases',
      "SELECT year(placed), ifnull(sum(total), 0), if(count(*) > 1, 'many', 'one') FROM orders GROUP BY year(placed) ORDER BY 1",
      "SELECT EXTRACT(YEAR FROM placed), COALESCE(sum(total), 0), CASE WHEN count(*) > 1 THEN 'many' ELSE 'one' END FROM orders GROUP BY EXTRACT(YEAR FROM placed) ORDER BY 1",
    ],
    [
      'a date is formatted as SQLite does',
      "SELECT strftime('%Y-%m', placed) AS m, count(*) FROM orders GROUP BY m ORDER BY m",
      "SELECT to_char((placed)::timestamp, 'YYYY-MM') AS m, count(*) FROM orders GROUP BY m ORDER BY m",
    ],
    [
      'an enum label is spelled otherwise',
      "SELECT ticket_id FROM tickets WHERE state = 'In-Progress'",
      "SELECT ticket_id FROM tickets WHERE state = 'in progress'",
    ],
    [
      'it has characters beyond ASCII',
      "SELECT 'äöü😀' AS x, OrderId FROM OrderItems ORDER BY OrderId",
      'SELECT \'äöü😀\' AS x, "OrderId" FROM "OrderItems" ORDER BY "OrderId"',
    ],
  ])('%s', async (_, broken, expected) => {
    const outcome = await askFor(broken);
    expect(outcome).toMatchObject({ kind: 'answered', sql: expected, usage: { modelCalls: 1 } });
    expect(outcome.attempts).toMatchObject([{ stage: 'done', writtenSql: broken, sql: expected }]);
    expect(outcome.attempts[0]!.repairs!.length).toBeGreaterThan(0);
  });
});

const moment = "(SELECT '2024-05-06'::text AS d) t";

describe('operands and functions are repaired by rule in', () => {
  it.each([
    [
      'SELECT 1 FROM "OrderItems" a JOIN "OrderItems" b USING (OrderId)',
      'SELECT 1 FROM "OrderItems" a JOIN "OrderItems" b USING ("OrderId")',
    ],
    ['SELECT name FROM stores WHERE 7 = code', "SELECT name FROM stores WHERE '7' = code"],
    ['SELECT name FROM stores WHERE code = store_id', 'SELECT name FROM stores WHERE code = store_id::text'],
    ['SELECT name FROM stores WHERE store_id < code', 'SELECT name FROM stores WHERE store_id < code::numeric'],
    [
      'SELECT name FROM stores WHERE code = (SELECT max(store_id) FROM stores)',
      'SELECT name FROM stores WHERE code = ((SELECT max(store_id) FROM stores))::text',
    ],
    ['SELECT name FROM customers WHERE 1 = is_active', 'SELECT name FROM customers WHERE 1 = is_active::int'],
    [
      `SELECT c.name FROM customers c, ${moment} WHERE c.born > t.d`,
      `SELECT c.name FROM customers c, ${moment} WHERE c.born > t.d::date`,
    ],
    [
      `SELECT c.name FROM customers c, ${moment} WHERE t.d > c.born`,
      `SELECT c.name FROM customers c, ${moment} WHERE t.d::date > c.born`,
    ],
    ['SELECT avg(code) FROM stores', 'SELECT avg(code::numeric) FROM stores'],
    ['SELECT sum(DISTINCT total > 6) FROM orders', 'SELECT sum(DISTINCT (total > 6)::int) FROM orders'],
    [`SELECT EXTRACT(YEAR FROM t.d) FROM ${moment}`, `SELECT EXTRACT(YEAR FROM t.d::timestamp) FROM ${moment}`],
    [`SELECT date_trunc('month', t.d) FROM ${moment}`, `SELECT date_trunc('month', t.d::timestamp) FROM ${moment}`],
    [`SELECT to_char(t.d, 'YYYY') FROM ${moment}`, `SELECT to_char(t.d::timestamp, 'YYYY') FROM ${moment}`],
    ['SELECT substr(order_id, 1, 1) FROM orders', 'SELECT substr(order_id::text, 1, 1) FROM orders'],
    ["SELECT string_agg(order_id, ',') FROM orders", "SELECT string_agg(order_id::text, ',') FROM orders"],
    [
      'SELECT divide(sum(total), count(*)) FROM orders',
      'SELECT ((sum(total))::numeric / NULLIF(count(*), 0)) FROM orders',
    ],
    ["SELECT nvl(name, 'x'), len(name) FROM stores", "SELECT COALESCE(name, 'x'), length(name) FROM stores"],
    [
      "SELECT iif(total > 6, 1, 0), instr('ab', 'b') FROM orders",
      "SELECT CASE WHEN total > 6 THEN 1 ELSE 0 END, strpos('ab', 'b') FROM orders",
    ],
    [
      "SELECT datediff(placed, DATE '2024-01-01'), curdate() FROM orders",
      "SELECT ((placed)::date - (DATE '2024-01-01')::date), CURRENT_DATE FROM orders",
    ],
    [
      'SELECT group_concat(DISTINCT order_id) FROM orders',
      "SELECT string_agg(DISTINCT (order_id)::text, ',') FROM orders",
    ],
    [
      "SELECT date_format(placed, '%d.%m.%Y') FROM orders",
      "SELECT to_char((placed)::timestamp, 'DD.MM.YYYY') FROM orders",
    ],
  ])('%s', async (broken, expected) => {
    expect(await askFor(broken)).toMatchObject({ kind: 'answered', sql: expected, usage: { modelCalls: 1 } });
  });

  it('none that has no certain meaning', async () => {
    for (const sql of [
      "SELECT date_format(placed, '%Q') FROM orders",
      'SELECT median(total) FROM orders',
      'SELECT nvl(total) FROM orders',
    ]) {
      expect(await askFor(sql)).toMatchObject({ kind: 'failed', error: { sqlState: '42883' } });
    }
  });
});

describe('a failing statement is left to the model when', () => {
  it.each([
    ['two tables have the column', 'SELECT s.email_address FROM stores s', '42703'],
    ['an ambiguous column means different things', 'SELECT name FROM stores, customers', '42702'],
    ['another letter makes another word', 'SELECT gode FROM stores', '42703'],
    ['only a number tells the names apart', 'SELECT sales_2023 FROM (SELECT 1 AS sales_2024) t', '42703'],
    ['there is no place for a join', 'SELECT email FROM orders o TABLESAMPLE SYSTEM (50)', '42703'],
    ['nothing is like the name', 'SELECT rainfall FROM orders', '42703'],
    ['a row would be multiplied on the way', 'SELECT name, total FROM customers', '42703'],
  ])('%s', async (_, sql, sqlState) => {
    const outcome = await askFor(sql);
    expect(outcome).toMatchObject({ kind: 'failed', error: { code: 'SQL_ERROR', sqlState } });
    expect(outcome.attempts[0]).not.toHaveProperty('repairs');
  });
});

it('a statement that runs is never changed', async () => {
  const sql = 'SELECT  name,"Opening Date"\nFROM stores -- all\nORDER BY name';
  const outcome = await askFor(sql);
  expect(outcome).toMatchObject({ kind: 'answered', sql });
  expect(outcome.attempts[0]).not.toHaveProperty('repairs');
});
