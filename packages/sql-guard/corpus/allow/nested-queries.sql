--> select
SELECT to_jsonb(t) FROM (SELECT o.id, o.total, c.name FROM orders o JOIN customers c ON c.id = o.customer_id) t LIMIT 5
--> select
SELECT row_to_json(t)::text FROM (SELECT id, name AS customer, country FROM customers) t
--> select
SELECT t::text, ROW(t.*) FROM (SELECT id, total FROM orders WHERE total > 10) t
--> select
SELECT id, total FROM (SELECT id, coalesce(total, 0) FROM orders) AS t (id, total)
--> select
SELECT "coalesce", "case" FROM (SELECT coalesce(total, 0), CASE WHEN total > 10 THEN 'large' ELSE 'small' END FROM orders) t
--> select
SELECT x, count(*) FROM (SELECT total * 2 AS x, placed_at FROM orders WINDOW w AS (ORDER BY placed_at)) t GROUP BY x
--> select
SELECT x, r FROM (SELECT total AS x, rank() OVER w AS r FROM orders WINDOW w AS (ORDER BY total)) t WHERE r < 4
--> select
SELECT id, a.total, b.total FROM (SELECT id, sum(total) AS total FROM orders GROUP BY id) a FULL JOIN (SELECT order_id AS id, sum(quantity * unit_price) AS total FROM order_items GROUP BY 1) b USING (id)
--> select
WITH raw AS (SELECT * FROM orders), named AS (SELECT *, total * 1.19 AS gross FROM raw), joined AS (SELECT n.*, c.name, c.country FROM named n JOIN customers c ON c.id = n.customer_id), flagged AS (SELECT *, CASE WHEN gross > 100 THEN 'large' WHEN gross > 50 THEN 'middle' ELSE 'small' END AS size, gross - total AS tax FROM joined), ranked AS (SELECT *, row_number() OVER (PARTITION BY country ORDER BY gross DESC) AS place FROM flagged) SELECT country, name, gross, tax, size, place FROM ranked WHERE place <= 3
--> select
WITH people AS (SELECT id, name, 'customer' AS role FROM customers UNION ALL SELECT id, name, 'employee' FROM employees), labelled AS (SELECT *, name || ' (' || role || ')' AS label FROM people) SELECT role, label, length(label) FROM labelled ORDER BY label
--> select
WITH a AS (SELECT *, id * 2 AS twice FROM customers), b AS (SELECT *, id * 3 AS thrice FROM customers), u AS (SELECT * FROM a UNION ALL SELECT * FROM b) SELECT u.name, u.twice, u.twice + u.id AS more FROM u
--> select
WITH RECURSIVE tree AS (SELECT e.*, ARRAY[e.id] AS path, e.name AS line FROM employees e WHERE e.boss_id IS NULL UNION ALL SELECT e.*, t.path || e.id, t.line || ' > ' || e.name FROM employees e JOIN tree t ON e.boss_id = t.id) SELECT line, cardinality(path) FROM tree ORDER BY path
--> select
SELECT o.id, v.kind, v.amount FROM orders o CROSS JOIN LATERAL (VALUES ('net', o.total), ('gross', o.total * 1.19), ('tax', o.total * 0.19)) AS v (kind, amount)
--> select
SELECT p.name, x.margin, y.level FROM products p, LATERAL (SELECT p.price - p.price * 0.7 AS margin) x, LATERAL (SELECT CASE WHEN x.margin > 5 THEN 'high' WHEN x.margin > 2 THEN 'fair' ELSE 'low' END AS level) y
--> select
SELECT max(total), max(max) FROM (SELECT customer_id, total, max(total) OVER (PARTITION BY customer_id) FROM orders) t
--> select
SELECT (SELECT y FROM (SELECT 1 AS x) a, (SELECT total * 2 AS y) b) FROM (SELECT total FROM orders) t
--> select
SELECT c.table_schema, c.table_name, string_agg(c.column_name || ' ' || c.data_type || CASE WHEN c.is_nullable = 'NO' THEN ' NOT NULL' ELSE '' END, ', ' ORDER BY c.ordinal_position) FROM (SELECT * FROM information_schema.columns WHERE table_schema NOT IN ('pg_catalog', 'information_schema')) c GROUP BY 1, 2
--> select
WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM t WHERE n < 10) SELECT repeat('*', n) FROM t
--> select
WITH RECURSIVE fib(a, b) AS (SELECT 0, 1 UNION ALL SELECT b, a + b FROM fib WHERE b < 1000) SELECT a FROM fib
--> select
WITH RECURSIVE tree AS (SELECT id, name, 0 AS level, ARRAY[id] AS path FROM employees WHERE boss_id IS NULL UNION ALL SELECT e.id, e.name, t.level + 1, t.path || e.id FROM employees e JOIN tree t ON e.boss_id = t.id) SELECT repeat('  ', level) || name, array_to_string(path, '/') FROM tree ORDER BY path
--> select
WITH RECURSIVE tree AS (SELECT id, repeat('  ', 0) || name AS line, 0 AS level FROM employees WHERE boss_id IS NULL UNION ALL SELECT e.id, repeat('  ', t.level + 1) || e.name, t.level + 1 FROM employees e JOIN tree t ON e.boss_id = t.id) SELECT line FROM tree
--> select
WITH RECURSIVE tree AS (SELECT id, jsonb_build_array(to_jsonb(e)) AS path FROM employees e WHERE boss_id IS NULL UNION ALL SELECT e.id, t.path || to_jsonb(e) FROM employees e JOIN tree t ON e.boss_id = t.id) SELECT path FROM tree
--> select
WITH RECURSIVE tree AS (SELECT id, ARRAY[ROW(id, name)] AS path FROM employees e WHERE boss_id IS NULL UNION ALL SELECT e.id, t.path || ROW(e.id, e.name) FROM employees e JOIN tree t ON e.boss_id = t.id) SELECT path FROM tree
--> select
WITH RECURSIVE g(id, path, cycle) AS (SELECT e.boss_id, ARRAY[ROW(e.boss_id, e.id)], false FROM employees e UNION ALL SELECT e.id, path || ROW(e.boss_id, e.id), ROW(e.boss_id, e.id) = ANY (path) FROM employees e, g WHERE e.boss_id = g.id AND NOT cycle) SELECT * FROM g
--> select
SELECT o.id, l.sku, p FROM orders o, jsonb_to_recordset(o.lines) AS l(sku text, qty int), regexp_split_to_table(l.sku, '-') AS p
--> select
SELECT a.n, b.word, c.letter FROM generate_series(1, 3) AS a(n), unnest(string_to_array(repeat('a b ', a.n), ' ')) AS b(word), unnest(string_to_array(upper(b.word) || '!', NULL)) AS c(letter)
