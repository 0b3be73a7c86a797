--> select
WITH x AS (SELECT 1) SELECT * FROM x
--> select
WITH x (a, b) AS (SELECT 1, 2), y AS (SELECT a + b AS c FROM x) SELECT * FROM y
--> select
WITH x AS MATERIALIZED (SELECT * FROM customers) SELECT count(*) FROM x
--> select
WITH x AS NOT MATERIALIZED (SELECT * FROM customers) SELECT count(*) FROM x
--> select
WITH RECURSIVE t(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM t WHERE n < 10) SELECT sum(n) FROM t
--> select
WITH RECURSIVE chain AS (SELECT id, name, boss_id, 1 AS depth FROM employees WHERE boss_id IS NULL UNION ALL SELECT e.id, e.name, e.boss_id, c.depth + 1 FROM employees e JOIN chain c ON e.boss_id = c.id) SELECT * FROM chain ORDER BY depth
--> select
WITH RECURSIVE t AS (SELECT id, boss_id FROM employees WHERE boss_id IS NULL UNION ALL SELECT e.id, e.boss_id FROM employees e, t WHERE e.boss_id = t.id) SEARCH DEPTH FIRST BY id SET ordercol SELECT * FROM t ORDER BY ordercol
--> select
WITH RECURSIVE t AS (SELECT id, boss_id FROM employees UNION ALL SELECT e.id, e.boss_id FROM employees e, t WHERE e.boss_id = t.id) SEARCH BREADTH FIRST BY id SET o SELECT * FROM t ORDER BY o LIMIT 5
--> select
WITH RECURSIVE t AS (SELECT id, boss_id FROM employees UNION ALL SELECT e.id, e.boss_id FROM employees e, t WHERE e.boss_id = t.id) CYCLE id SET is_cycle USING path SELECT * FROM t LIMIT 5
--> select
WITH RECURSIVE t AS (SELECT id FROM employees UNION ALL SELECT e.id FROM employees e, t WHERE e.boss_id = t.id) CYCLE id SET looped TO 'Y' DEFAULT 'N' USING path SELECT * FROM t LIMIT 5
--> select
WITH a AS (WITH b AS (SELECT 1 AS x) SELECT x FROM b) SELECT * FROM a
--> select
WITH customers AS (SELECT * FROM orders) SELECT * FROM customers
--> select
WITH a AS (SELECT 1) SELECT * FROM a UNION ALL SELECT * FROM a
--> select
WITH a AS (VALUES (1)) TABLE a
--> select
SELECT * FROM (WITH a AS (SELECT 1) SELECT * FROM a) s
--> select
SELECT (WITH a AS (SELECT 1 AS x) SELECT x FROM a)
--> select
WITH monthly_total AS (SELECT date_trunc('month', placed_at) AS m, sum(total) AS t FROM orders GROUP BY 1) SELECT m, t, t - lag(t) OVER (ORDER BY m) AS growth FROM monthly_total
--> select
WITH RECURSIVE a AS (SELECT 1 AS n UNION SELECT n + 1 FROM a WHERE n < 3), b AS (SELECT * FROM a) SELECT * FROM b
--> select
WITH pg_authid AS (SELECT 1 AS x) SELECT * FROM pg_authid
--> select
WITH RECURSIVE fibonacci (n, a, b) AS (SELECT 1, 0::numeric, 1::numeric UNION ALL SELECT n + 1, b, a + b FROM fibonacci WHERE n < 50) SELECT n, a FROM fibonacci
--> select
WITH RECURSIVE divisor (a, b) AS (SELECT 48, 36 UNION ALL SELECT b, a % b FROM divisor WHERE b <> 0) SELECT a FROM divisor WHERE b = 0
--> select
WITH RECURSIVE chain AS (SELECT id, name, ARRAY[id] AS path, name AS shown, 1 AS depth FROM employees WHERE boss_id IS NULL UNION ALL SELECT e.id, e.name, c.path || e.id, c.shown || ' > ' || e.name, c.depth + 1 FROM employees e JOIN chain c ON e.boss_id = c.id WHERE NOT e.id = ANY (c.path)) SELECT repeat('  ', depth - 1) || name, shown FROM chain ORDER BY path
--> select
WITH RECURSIVE words (rest, word) AS (SELECT 'a,b,c,'::text, ''::text UNION ALL SELECT substr(rest, position(',' in rest) + 1), split_part(rest, ',', 1) FROM words WHERE rest <> '') SELECT word FROM words
--> select
WITH RECURSIVE filled (s, at) AS (SELECT '1..4'::text, position('.' in '1..4') UNION ALL SELECT substr(s, 1, at - 1) || d || substr(s, at + 1), position('.' in substr(s, 1, at - 1) || d || substr(s, at + 1)) FROM filled, generate_series(1, 4) d WHERE at > 0) SELECT s FROM filled WHERE at = 0
--> select
WITH RECURSIVE swapped (n, a, b) AS (SELECT 1, 'x'::text, 'y'::text UNION ALL SELECT n + 1, CASE WHEN n % 2 = 0 THEN a ELSE b END, CASE WHEN n % 2 = 0 THEN b ELSE a END FROM swapped WHERE n < 5) SELECT * FROM swapped
--> select
WITH RECURSIVE tree AS (SELECT id, boss_id, to_jsonb(name) AS doc FROM employees WHERE boss_id IS NULL UNION ALL SELECT e.id, e.boss_id, jsonb_build_object('name', e.name, 'boss', t.doc) FROM employees e JOIN tree t ON e.boss_id = t.id) SELECT jsonb_pretty(doc) FROM tree
--> select
WITH a AS (SELECT total, coalesce(total, 0) AS t FROM orders), b AS (SELECT t, CASE WHEN t > 100 THEN t * 0.9 ELSE t END AS net FROM a), c AS (SELECT net, round(net, 2) AS r, net - t AS off FROM b), d AS (SELECT r, r * 1.19 AS gross, off FROM c) SELECT gross, r, off, gross - r AS tax FROM d WHERE gross > 10 ORDER BY gross
