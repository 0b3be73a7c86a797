--> select
SELECT * FROM customers, orders WHERE customers.id = orders.customer_id
--> select
SELECT * FROM customers c JOIN orders o ON o.customer_id = c.id
--> select
SELECT * FROM customers c INNER JOIN orders o ON (o.customer_id = c.id)
--> select
SELECT * FROM customers c LEFT JOIN orders o ON o.customer_id = c.id
--> select
SELECT * FROM customers c LEFT OUTER JOIN orders o ON o.customer_id = c.id WHERE o.id IS NULL
--> select
SELECT * FROM customers c RIGHT JOIN orders o ON o.customer_id = c.id
--> select
SELECT * FROM customers c FULL JOIN orders o ON o.customer_id = c.id
--> select
SELECT * FROM customers CROSS JOIN products LIMIT 5
--> select
SELECT * FROM orders JOIN order_items ON orders.id = order_items.order_id JOIN products USING (id)
--> select
SELECT * FROM customers a JOIN customers b USING (id)
--> select
SELECT * FROM customers a JOIN customers b USING (id) AS j
--> select
SELECT j.id FROM customers a JOIN customers b USING (id) AS j
--> select
SELECT * FROM customers NATURAL JOIN customers b
--> select
SELECT * FROM customers a NATURAL LEFT JOIN customers b
--> select
SELECT * FROM (customers c JOIN orders o ON o.customer_id = c.id) LEFT JOIN order_items i ON i.order_id = o.id
--> select
SELECT * FROM (customers c JOIN orders o ON o.customer_id = c.id) AS j (a, b)
--> select
SELECT * FROM customers c, LATERAL (SELECT * FROM orders o WHERE o.customer_id = c.id ORDER BY placed_at DESC LIMIT 1) latest
--> select
SELECT * FROM customers c LEFT JOIN LATERAL (SELECT sum(total) AS total FROM orders o WHERE o.customer_id = c.id) s ON true
--> select
SELECT * FROM ONLY customers
--> select
SELECT * FROM customers *
--> select
SELECT * FROM customers AS c (a, b, d)
--> select
SELECT * FROM (SELECT 1 AS a) AS x
--> select
SELECT * FROM (SELECT 1, 2) x (a, b)
--> select
SELECT * FROM (VALUES (1, 'a'), (2, 'b')) AS v (id, label)
--> select
SELECT * FROM (SELECT 1)
--> select
SELECT * FROM generate_series(1, 10)
--> select
SELECT * FROM generate_series(1, 10) AS n
--> select
SELECT n FROM generate_series(1, 10, 2) n
--> select
SELECT g.n FROM generate_series(1, 10) AS g(n)
--> select
SELECT g.g FROM generate_series(1, 10) g
--> select
SELECT * FROM generate_series('2024-01-01'::date, '2024-01-31', interval '1 day') AS d(day)
--> select
SELECT * FROM generate_series(timestamp '2024-01-01', timestamp '2024-01-02', '1 hour')
--> select
SELECT * FROM unnest(ARRAY[1, 2], ARRAY['a', 'b']) AS u(x, y)
--> select
SELECT * FROM unnest(ARRAY['a', 'b']) WITH ORDINALITY AS t(value, position)
--> select
SELECT t.tag, t.ordinality FROM customers, unnest(tags) WITH ORDINALITY AS t(tag)
--> select
SELECT * FROM ROWS FROM (generate_series(1, 3), unnest(ARRAY['a', 'b'])) WITH ORDINALITY AS r(a, b, c)
--> select
SELECT * FROM ROWS FROM (jsonb_to_recordset('[{"a":1}]') AS (a int), generate_series(1, 2))
--> select
SELECT * FROM jsonb_to_record('{"a":1,"b":"x"}') AS r(a int, b text)
--> select
SELECT r.sku, r.qty FROM orders, jsonb_to_recordset(lines) AS r(sku text, qty int)
--> select
SELECT kv.key, kv.value FROM customers, jsonb_each(profile) AS kv
--> select
SELECT e.value FROM orders, jsonb_array_elements(lines) e
--> select
SELECT e FROM orders, jsonb_array_elements_text('["a"]') AS e
--> select
SELECT * FROM customers TABLESAMPLE BERNOULLI (10)
--> select
SELECT * FROM customers TABLESAMPLE SYSTEM (10) REPEATABLE (42)
--> select
SELECT * FROM customers TABLESAMPLE pg_catalog.bernoulli (10.5)
--> select
SELECT * FROM string_to_table('a,b', ',')
--> select
SELECT s.s FROM string_to_table('a,b', ',') s
--> select
SELECT * FROM current_date AS d
--> select
SELECT * FROM customers c JOIN orders o ON o.customer_id = c.id JOIN order_items i ON i.order_id = o.id JOIN products p ON p.id = i.product_id WHERE p.price > 5
--> select
SELECT sales.country, sales.total FROM sales
--> select
SELECT * FROM monthly ORDER BY month
--> select
SELECT * FROM employees e JOIN employees b ON b.id = e.boss_id
--> select
SELECT * FROM customers c WHERE EXISTS (SELECT FROM orders o WHERE o.customer_id = c.id)
--> select
TABLE customers
--> select
TABLE ONLY customers
--> select
TABLE customers ORDER BY id LIMIT 3
