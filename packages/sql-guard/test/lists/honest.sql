-- Pass in read-only where public.secret and hr.* are denied and customers.email, .balance, .mail and child.email are masked.
SELECT count(*) FROM customers
SELECT id, name FROM customers
SELECT id, name FROM public.customers ORDER BY name, id LIMIT 3
SELECT c.id, c.name FROM customers AS c WHERE c.name LIKE 'name%' ORDER BY c.id DESC
SELECT * FROM customers
SELECT * FROM customers WHERE id = 3
SELECT c.* FROM customers c ORDER BY c.id
SELECT id, email FROM customers WHERE name = 'name1' ORDER BY id
SELECT id, email AS contact, balance FROM customers WHERE created > '2024-01-02' ORDER BY created
SELECT email FROM customers WHERE id IN (SELECT customer_id FROM orders WHERE total > 20) ORDER BY id
SELECT name, count(*) FROM customers GROUP BY name ORDER BY 2 DESC, 1
SELECT name, count(*), min(created), max(created) FROM customers GROUP BY name HAVING count(*) > 1 ORDER BY name
SELECT DISTINCT name FROM customers ORDER BY name
SELECT DISTINCT ON (name) name, id FROM customers ORDER BY name, id
SELECT DISTINCT ON (c.name) c.name, c.id, c.email FROM customers c ORDER BY c.name, c.created DESC
SELECT DISTINCT ON (1) name, email FROM customers ORDER BY 1, id
SELECT o.id, o.total, c.name FROM orders o JOIN customers c ON c.id = o.customer_id ORDER BY o.id
SELECT o.id, c.email FROM orders o JOIN customers c ON c.id = o.customer_id WHERE o.total > 20 ORDER BY o.id
SELECT o.*, c.name FROM orders o JOIN customers c ON c.id = o.customer_id ORDER BY o.id
SELECT o.*, c.* FROM orders o JOIN customers c ON c.id = o.customer_id ORDER BY o.id
SELECT * FROM orders o JOIN customers c ON c.id = o.customer_id ORDER BY o.id
SELECT * FROM orders o, customers c WHERE c.id = o.customer_id ORDER BY o.id
SELECT c.name, sum(o.total) FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY c.name ORDER BY 2 DESC
SELECT c.id, c.name, count(o.id) FROM customers c LEFT JOIN orders o ON o.customer_id = c.id GROUP BY c.id, c.name ORDER BY c.id
SELECT c.id, c.email, count(o.id) FROM customers c LEFT JOIN orders o ON o.customer_id = c.id GROUP BY c.id ORDER BY c.id
SELECT c.name FROM customers c WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id AND o.total > 50) ORDER BY c.id
SELECT c.name FROM customers c WHERE NOT EXISTS (SELECT * FROM orders o WHERE o.customer_id = c.id) ORDER BY c.id
SELECT o.id FROM orders o WHERE EXISTS (SELECT * FROM customers c WHERE c.id = o.customer_id AND c.name = 'name1') ORDER BY o.id
SELECT id FROM orders WHERE customer_id = ANY (SELECT id FROM customers WHERE tier = 'gold') ORDER BY id
SELECT id, (SELECT count(*) FROM orders o WHERE o.customer_id = c.id) AS orders FROM customers c ORDER BY id
SELECT id, (SELECT name FROM customers c WHERE c.id = o.customer_id) AS customer FROM orders o ORDER BY id
SELECT o.email, o.status FROM orders o WHERE o.email LIKE 'public%' ORDER BY o.email
SELECT email, count(*) FROM orders GROUP BY email ORDER BY email
SELECT max(email) FROM orders
SELECT o.id FROM orders o JOIN orders p USING (email) ORDER BY o.id
SELECT row_number() OVER (PARTITION BY name ORDER BY id) AS n, id, name FROM customers ORDER BY id
SELECT id, total, sum(total) OVER (ORDER BY placed, id) AS running FROM orders ORDER BY id
SELECT id, lag(total) OVER w, lead(total) OVER w FROM orders WINDOW w AS (PARTITION BY customer_id ORDER BY placed) ORDER BY id
SELECT id, rank() OVER (ORDER BY created DESC), email FROM customers ORDER BY id
SELECT * FROM (SELECT id, name, row_number() OVER (PARTITION BY name ORDER BY id) AS n FROM customers) x WHERE n = 1 ORDER BY id
SELECT * FROM (SELECT id, email, row_number() OVER (PARTITION BY name ORDER BY id) AS n FROM customers) x WHERE n = 1 ORDER BY id
WITH big AS (SELECT customer_id, sum(total) AS total FROM orders GROUP BY customer_id) SELECT c.name, b.total FROM big b JOIN customers c ON c.id = b.customer_id ORDER BY 2, 1
WITH c AS (SELECT id, name FROM customers) SELECT * FROM c ORDER BY id
WITH c AS (SELECT * FROM customers) SELECT id, name, email FROM c ORDER BY id
WITH c AS MATERIALIZED (SELECT id, name, email FROM customers) SELECT c.email, o.total FROM c JOIN orders o ON o.customer_id = c.id ORDER BY o.id
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5) SELECT n.i, c.name FROM n JOIN customers c ON c.id = n.i ORDER BY n.i
WITH secret AS (SELECT id, name FROM customers) SELECT * FROM secret ORDER BY id
SELECT 'secret' AS secret, count(*) FROM orders
SELECT o.name AS email FROM orders o WHERE o.name = 'name1' ORDER BY email, o.id
SELECT email FROM (SELECT name AS email FROM customers) x WHERE email > 'a' ORDER BY email
SELECT x.id FROM (SELECT id, email FROM customers) x ORDER BY x.id
SELECT to_char(created, 'YYYY-MM') AS month, count(*) FROM customers GROUP BY 1 ORDER BY 1
SELECT date_trunc('month', placed) AS month, sum(total) FROM orders GROUP BY month ORDER BY month
SELECT extract(year FROM created) AS year, tier, count(*) FROM customers GROUP BY GROUPING SETS ((1, 2), (1), ()) ORDER BY 1, 2
SELECT name, tier, count(*), grouping(name, tier) FROM customers GROUP BY ROLLUP (name, tier) ORDER BY 1, 2
SELECT count(*) FILTER (WHERE tier = 'gold') AS gold, count(*) AS all FROM customers
SELECT CASE WHEN tier = 'gold' THEN 'best' ELSE 'other' END AS class, count(*) FROM customers GROUP BY 1
SELECT upper(name), length(name), left(name, 2) FROM customers ORDER BY id
SELECT string_agg(DISTINCT name, ', ' ORDER BY name) FROM customers
SELECT array_agg(id ORDER BY created) FROM customers
SELECT jsonb_build_object('id', id, 'name', name) FROM customers ORDER BY id
SELECT json_agg(json_build_object('id', id)) FROM customers
SELECT json_agg(x) FROM (SELECT id, name FROM customers ORDER BY id) x
SELECT to_jsonb(x) FROM (SELECT id, name, created FROM customers ORDER BY id) x
SELECT row_to_json(o) FROM orders o ORDER BY o.id
SELECT profile ->> 'a' FROM customers ORDER BY id
SELECT id, profile['a'] FROM customers ORDER BY id
SELECT id, tags[1], cardinality(tags) FROM customers ORDER BY id
SELECT id, tag FROM customers, unnest(tags) AS tag ORDER BY id, tag
SELECT c.id, t.tag, t.n FROM customers c CROSS JOIN LATERAL unnest(c.tags) WITH ORDINALITY AS t(tag, n) ORDER BY 1, 3
SELECT c.id, k.key FROM customers c, jsonb_each(c.profile) k ORDER BY c.id
SELECT c.id, l.total FROM customers c LEFT JOIN LATERAL (SELECT o.total FROM orders o WHERE o.customer_id = c.id ORDER BY o.placed DESC LIMIT 1) l ON true ORDER BY c.id
SELECT c.email, l.total FROM customers c CROSS JOIN LATERAL (SELECT sum(o.total) AS total FROM orders o WHERE o.customer_id = c.id) l ORDER BY c.id
SELECT (home).city FROM customers ORDER BY id
SELECT (c.home).street, c.id FROM customers c ORDER BY c.id
SELECT 'gold'::app.tier, count(*) FROM customers WHERE tier = 'gold'::app.tier
SELECT 5::app.positive
SELECT enum_range(NULL::app.tier)
SELECT * FROM app.plain ORDER BY id
SELECT p.name FROM app.plain p WHERE p.id > 2 ORDER BY p.name
SELECT * FROM app.contacts ORDER BY id
SELECT id, name FROM app.contacts WHERE name = 'name1' ORDER BY id
SELECT * FROM app.copied_contacts ORDER BY id
SELECT * FROM app.spending ORDER BY name
SELECT id FROM holder ORDER BY id
SELECT * FROM holder ORDER BY id
SELECT id FROM pairs ORDER BY id
SELECT id, h FROM a_diary ORDER BY id
SELECT * FROM base ORDER BY id
SELECT * FROM child ORDER BY id
SELECT count(*) FROM child WHERE name = 'n1'
SELECT id, note FROM regions WHERE country = 'de' ORDER BY id
SELECT country, count(*) FROM regions GROUP BY country ORDER BY country
SELECT * FROM regions ORDER BY id
SELECT * FROM measures_2025 ORDER BY id
SELECT * FROM "SECRET"
SELECT * FROM "sécret"
SELECT * FROM app.notes
SELECT * FROM public.orders o, LATERAL (SELECT c.name FROM customers c WHERE c.id = o.customer_id) x ORDER BY o.id
SELECT id FROM customers UNION SELECT id FROM orders ORDER BY 1
SELECT id, name FROM customers UNION ALL SELECT id, name FROM orders ORDER BY 1, 2
SELECT name FROM customers INTERSECT SELECT name FROM orders ORDER BY 1
SELECT id FROM orders EXCEPT SELECT id FROM customers ORDER BY 1
SELECT email FROM customers UNION ALL SELECT email FROM orders
SELECT name, email FROM customers UNION ALL SELECT 'nobody', NULL
SELECT 'total', count(*) FROM customers UNION ALL SELECT 'orders', count(*) FROM orders
VALUES (1, 'a'), (2, 'b')
TABLE app.plain
TABLE orders
SELECT o.id FROM orders o JOIN (VALUES (1), (2)) v(id) USING (id) ORDER BY 1
SELECT c.id, d.day::date FROM customers c CROSS JOIN generate_series('2024-01-01'::date, '2024-01-02', interval '1 day') AS d(day) ORDER BY 1, 2
SELECT customers.name, orders.total FROM customers JOIN orders ON orders.customer_id = customers.id AND orders.total > customers.id ORDER BY orders.id
SELECT a.id, b.id FROM customers a JOIN customers b ON a.name = b.name AND a.id < b.id ORDER BY 1, 2
SELECT o.id FROM orders o JOIN (customers c JOIN app.plain p ON p.id = c.id) ON c.id = o.customer_id ORDER BY o.id
SELECT (SELECT count(*) FROM orders o JOIN app.plain p ON p.id = o.customer_id AND p.id = c.id) FROM customers c ORDER BY c.id
SELECT c.id, (SELECT string_agg(x.name, ',') FROM orders x JOIN orders y ON y.id = x.id AND x.customer_id = c.id) FROM customers c ORDER BY 1
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY total) FROM orders
SELECT corr(id, total), stddev(total) FROM orders
SELECT width_bucket(total, 0, 100, 5), count(*) FROM orders GROUP BY 1 ORDER BY 1
SELECT * FROM orders TABLESAMPLE bernoulli (100) ORDER BY id
SELECT c.id FROM customers c TABLESAMPLE system (100) ORDER BY c.id
EXPLAIN SELECT id, name FROM customers WHERE created > '2024-01-02'
EXPLAIN (FORMAT JSON, COSTS off) SELECT c.name, sum(o.total) FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY 1
EXPLAIN SELECT count(*) FROM customers
EXPLAIN SELECT * FROM orders WHERE email = 'x'
SHOW search_path
SELECT current_date - created FROM customers WHERE id = 0
SELECT relname FROM pg_class WHERE relname = 'customers'
SELECT attname, attnum FROM pg_attribute WHERE attrelid = 'customers'::regclass AND attnum > 0 ORDER BY attnum
SELECT table_name, column_name FROM information_schema.columns WHERE table_name = 'customers' ORDER BY ordinal_position
SELECT pg_size_pretty(pg_relation_size('orders'))
SELECT id, ctid FROM customers ORDER BY id
SELECT tableoid = 'customers'::regclass FROM customers
SELECT NULL::orders
SELECT * FROM jsonb_populate_record(NULL::orders, '{"id": 5}')
SELECT name, id FROM customers ORDER BY 1, 2 FETCH FIRST 2 ROWS WITH TIES
SELECT count(DISTINCT name), count(DISTINCT tier) FROM customers
SELECT name COLLATE "C" FROM customers ORDER BY name COLLATE "C", id
SELECT COALESCE(name, 'none'), NULLIF(name, 'name1') FROM customers ORDER BY id
SELECT * FROM orders NATURAL JOIN (SELECT id, total FROM orders) x ORDER BY id
SELECT id FROM orders JOIN app.plain USING (id) ORDER BY id
SELECT o.status, c.email FROM orders o JOIN customers c USING (id) ORDER BY o.id
SELECT * FROM orders JOIN app.plain USING (id) ORDER BY id
SELECT c.id, c.name FROM customers c NATURAL JOIN app.plain ORDER BY c.id
SELECT * FROM orders JOIN customers USING (id) ORDER BY id
SELECT * FROM customers c JOIN orders o USING (id) ORDER BY id
SELECT * FROM customers a FULL JOIN orders b USING (id, name) ORDER BY id, name
SELECT * FROM orders b RIGHT JOIN customers a USING (name, id) ORDER BY id, name
SELECT * FROM orders o JOIN customers c USING (id) JOIN app.plain p USING (id) ORDER BY id
SELECT * FROM app.plain NATURAL JOIN app.contacts ORDER BY id
SELECT * FROM orders NATURAL JOIN (SELECT id, email AS contact FROM customers) c ORDER BY id
SELECT * FROM (customers c JOIN orders o USING (id)) AS j (a, b, c, d) ORDER BY a
SELECT c.*, o.* FROM orders o JOIN customers c USING (id) ORDER BY o.id
SELECT (o).* FROM orders o ORDER BY o.id
SELECT (o).id, c.email FROM orders o JOIN customers c ON c.id = o.customer_id ORDER BY o.id
SELECT s.a, c.email FROM (SELECT (o).* FROM orders o) AS s(a) JOIN customers c ON c.id = s.a ORDER BY s.a
SELECT v.*, c.email FROM customers c, (VALUES (1, 2)) v ORDER BY c.id
SELECT unnest(tags), email FROM customers ORDER BY id
SELECT x.n, x.o, c.email FROM (WITH RECURSIVE x AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM x WHERE n < 2) SEARCH DEPTH FIRST BY n SET o SELECT * FROM x) x JOIN customers c ON c.id = x.n ORDER BY 1
SELECT x.*, c.email FROM orders u, customers c, LATERAL (SELECT u.* FROM base a JOIN base b USING (id) AS u) x ORDER BY 1, c.id
SELECT u.id, c.email FROM orders o JOIN customers c USING (id) AS u ORDER BY u.id
SELECT u.*, c.email FROM orders o JOIN customers c USING (id) AS u ORDER BY u.id
SELECT unnest.unnest, email FROM customers, unnest(tags) ORDER BY id, 1
SELECT * FROM (SELECT id::int AS id FROM orders) a NATURAL JOIN app.plain, customers c ORDER BY a.id, c.id
SELECT * FROM customers c CROSS JOIN (orders o JOIN app.plain p USING (id, name)) ORDER BY c.id, o.id
SELECT jt.a, email FROM customers, JSON_TABLE('{}', '$' COLUMNS (a text, b text)) jt ORDER BY id
