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
