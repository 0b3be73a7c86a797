--> select
SELECT * FROM customers c CROSS JOIN (VALUES (1), (2)) AS v(n) NATURAL JOIN (SELECT 1 AS n) x
--> select
SELECT * FROM customers AS t1 LEFT JOIN orders AS t2 USING (id) RIGHT JOIN employees t3 ON t3.id = t1.id FULL JOIN products t4 ON t4.id = t3.id
--> select
SELECT * FROM (customers c JOIN orders o ON c.id = o.customer_id) AS j
--> select
SELECT * FROM customers JOIN orders o USING (id) AS merged WHERE merged.id = 1
--> select
SELECT p.* FROM customers AS c (a, b, d), LATERAL (SELECT * FROM orders WHERE customer_id = c.a) p
--> select
SELECT m.name FROM customers m LEFT JOIN LATERAL unnest(m.tags) pname ON true WHERE pname IS NULL
--> select
SELECT * FROM ROWS FROM (json_to_recordset('[{"a":40,"b":"foo"},{"a":"100","b":"bar"}]') AS (a INTEGER, b TEXT), generate_series(1, 3)) AS x (p, q, s) ORDER BY p
--> select
SELECT * FROM generate_series(1, 3) WITH ORDINALITY AS g(v, n)
--> select
SELECT sum(total) FROM orders GROUP BY () HAVING true
--> select
SELECT status, customer_id, sum(total) FROM orders GROUP BY DISTINCT ROLLUP (status, customer_id), ROLLUP (status)
--> select
SELECT status FROM orders GROUP BY ALL (status)
--> select
SELECT a + b AS sum, c FROM (VALUES (1, 2, 3)) t(a, b, c) ORDER BY sum, c NULLS FIRST
--> select
SELECT a, max(b) FROM (VALUES (1, 2)) t(a, b) GROUP BY a ORDER BY 1
--> select
SELECT ALL id FROM orders ORDER BY total USING >
--> select
SELECT id FROM orders ORDER BY id OFFSET 2 ROWS FETCH NEXT 3 ROWS ONLY
--> select
SELECT id FROM orders LIMIT ALL OFFSET 0
--> select
SELECT id FROM orders LIMIT NULL
--> select
VALUES (1, 'one'), (2, 'two'), (3, 'three') ORDER BY 1 DESC LIMIT 2
--> select
SELECT machines.id FROM customers machines JOIN (VALUES (1, 1.2), (2, 1.4)) AS v (target, increase) ON machines.id = v.target
--> select
TABLE customers
--> select
TABLE ONLY orders
--> select
(TABLE customers ORDER BY id LIMIT 3)
--> select
SELECT * FROM ONLY customers, customers * WHERE false
--> select
WITH regional_sales AS (SELECT country AS region, sum(total) AS total_sales FROM sales GROUP BY country), top_regions AS (SELECT region FROM regional_sales WHERE total_sales > (SELECT sum(total_sales) / 10 FROM regional_sales)) SELECT region, count(*) FROM orders o JOIN customers c ON c.id = o.customer_id JOIN top_regions t ON t.region = c.country GROUP BY region
--> select
WITH RECURSIVE t(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM t WHERE n < 100) SELECT sum(n) FROM t
--> select
WITH RECURSIVE included_parts(sub_part, part, quantity) AS (SELECT id, boss_id, 1 FROM employees WHERE boss_id = 1 UNION ALL SELECT p.id, p.boss_id, pr.quantity * 2 FROM included_parts pr, employees p WHERE p.boss_id = pr.sub_part) SELECT sub_part, sum(quantity) AS total_quantity FROM included_parts GROUP BY sub_part
--> select
WITH RECURSIVE search_tree(id, link, data, path) AS (SELECT t.id, t.boss_id, t.name, ARRAY[t.id] FROM employees t UNION ALL SELECT t.id, t.boss_id, t.name, path || t.id FROM employees t, search_tree st WHERE t.id = st.link) SELECT * FROM search_tree ORDER BY path
--> select
WITH RECURSIVE search_tree(id, link, data, path) AS (SELECT t.id, t.boss_id, t.name, ARRAY[ROW(t.name, t.id)] FROM employees t UNION ALL SELECT t.id, t.boss_id, t.name, path || ROW(t.name, t.id) FROM employees t, search_tree st WHERE t.id = st.link) SELECT * FROM search_tree ORDER BY path
--> select
WITH RECURSIVE search_tree(id, link, data) AS (SELECT t.id, t.boss_id, t.name FROM employees t UNION ALL SELECT t.id, t.boss_id, t.name FROM employees t, search_tree st WHERE t.id = st.link) SEARCH BREADTH FIRST BY id SET ordercol SELECT * FROM search_tree ORDER BY ordercol
--> select
WITH RECURSIVE search_graph(id, link, depth, is_cycle, path) AS (SELECT g.id, g.boss_id, 0, false, ARRAY[ROW(g.id, g.boss_id)] FROM employees g UNION ALL SELECT g.id, g.boss_id, sg.depth + 1, ROW(g.id, g.boss_id) = ANY(path), path || ROW(g.id, g.boss_id) FROM employees g, search_graph sg WHERE g.id = sg.link AND NOT is_cycle) SELECT * FROM search_graph
--> select
WITH RECURSIVE search_graph(id, link, depth) AS (SELECT g.id, g.boss_id, 1 FROM employees g UNION ALL SELECT g.id, g.boss_id, sg.depth + 1 FROM employees g, search_graph sg WHERE g.id = sg.link) CYCLE id SET is_cycle TO 'Y' DEFAULT 'N' USING path SELECT * FROM search_graph
--> select
WITH w AS NOT MATERIALIZED (SELECT * FROM orders) SELECT * FROM w AS w1 JOIN w AS w2 ON w1.id = w2.customer_id WHERE w2.id = 123
--> select
SELECT d.id, d.name, (SELECT max(total) FROM orders WHERE customer_id = d.id), ARRAY(SELECT id FROM orders WHERE customer_id = d.id ORDER BY id) FROM customers d
--> select
SELECT DISTINCT ON (status, date_trunc('day', placed_at)) status, total FROM orders ORDER BY status, date_trunc('day', placed_at), total DESC
--> select
SELECT f.title, f.did, d.name FROM (SELECT 1 AS did, 'x' AS title) f, LATERAL (SELECT f.did::text AS name) d
--> select
SELECT kind, sum(took) AS total FROM events GROUP BY kind HAVING sum(took) < interval '5 hours'
--> select
SELECT events.kind FROM events WHERE events.kind LIKE 'w%' UNION SELECT customers.name FROM customers WHERE customers.name LIKE 'W%'
--> select
SELECT FROM customers
--> select
SELECT 2 + 2
--> select
SELECT name AS "Full Name", upper(name) "UP", id out FROM customers AS "Cust List"
--> select
SELECT c.*, c.id, (c.tags)[1], (c).name, ROW(c.*) FROM customers c
--> select
SELECT * FROM orders TABLESAMPLE BERNOULLI (25.5) REPEATABLE (7)
--> select
SELECT CAST('1.5' AS numeric(4, 1)), '1'::int + 1, int '42', numeric '1.1', date '2024-01-01', interval(0) '1.234 s', float8 '1.5', "char" 'x', time(3) '10:00:00.12345', timestamp with time zone '2024-01-01 00:00+00', bit varying '101', character varying(5) 'abc', national character 'x', double precision '1'
--> select
SELECT @ -5 AS "abs", ~ '20' AS "negation", 2 OPERATOR(pg_catalog.+) 3, 'abc' || 'def' AS "unspecified", |/ 40 AS "square root of 40", text 'abc' || 'def'
--> select
SELECT round(4, 4), round(4.0, 4), substr('1234', 3), substr(varchar '1234', 3), text 'a' AS "text" UNION SELECT 1, 1, 'b', 'c', 'b'
--> select
SELECT 1.2 AS "numeric" UNION SELECT 1
--> select
SELECT 1 AS "real" UNION SELECT CAST('2.2' AS REAL)
--> select
SELECT NULL UNION SELECT NULL UNION SELECT 1
--> select
SELECT name COLLATE "C", name < 'x' COLLATE "C", name || 'y' COLLATE "POSIX" FROM customers ORDER BY name COLLATE "C" DESC
--> select
SELECT 'foo'
'bar'
--> select
SELECT U&"d\0061t\+000061" FROM (SELECT 1 AS data) x
--> select
SELECT U&"d!0061t!+000061" UESCAPE '!', E'\x41\u00e9\101\n' FROM (SELECT 1 AS data) x
--> select
SELECT $function$BEGIN RETURN (arg ~ $q$[\t\r\n\v\\]$q$); END;$function$
--> select
SELECT id, xmin, cmin, xmax, cmax, ctid, tableoid, tableoid::regclass FROM customers
--> select
SELECT count(*) FILTER (WHERE i < 5) AS filtered FROM generate_series(1, 10) AS s(i)
--> select
SELECT ts_headline('english', 'The most common type of search is to find all documents', to_tsquery('english', 'query & similarity'), 'MaxFragments=10, MaxWords=7, MinWords=3, StartSel=<<, StopSel=>>')
--> select
SELECT name, ts_rank_cd(search, query, 32 /* rank/(rank+1) */ ) AS rank FROM products, to_tsquery('fine | thing') query WHERE query @@ search ORDER BY rank DESC LIMIT 10
--> select
SELECT to_tsvector('fatal error') @@ to_tsquery('fatal <-> error'), phraseto_tsquery('the cats ate the rats'), to_tsquery('''supernova stars'' & !crab'), websearch_to_tsquery('english', 'signal -"segmentation fault"'), 'super:*A & star:A*B'::tsquery
--> select
SELECT * FROM events WHERE place <@ circle '<(0,0),5>' AND at >= now() - interval '1 year' AND payload @> '{"page": "/"}' AND host <<= inet '10.0.0.0/8'
--> select
SELECT EXISTS (SELECT 1 FROM employees WHERE span @> 3 AND span && int4range(1, 4) AND NOT isempty(span))
--> explain
EXPLAIN SELECT * FROM orders WHERE id < 7000
--> explain
EXPLAIN (FORMAT YAML) SELECT * FROM orders WHERE total = '4'
--> explain
EXPLAIN (COSTS FALSE, SUMMARY OFF, MEMORY, GENERIC_PLAN) SELECT sum(total) FROM orders WHERE id BETWEEN 1 AND 5
--> explain
EXPLAIN VERBOSE SELECT count(*) FROM generate_series(1, 10)
--> explain
EXPLAIN (VERBOSE, FORMAT JSON, SETTINGS ON, BUFFERS OFF) WITH x AS (SELECT 1) TABLE x
--> explain
EXPLAIN VALUES (1), (2)
--> show
SHOW DateStyle
--> show
SHOW geqo_threshold
--> show
SHOW enable_seqscan
--> show
SHOW SERVER_VERSION
--> show
SHOW lc_collate
