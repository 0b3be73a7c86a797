--> function FuncCall 1:8
SELECT set_config('role', 'postgres', true)
--> function FuncCall 1:8
SELECT pg_catalog.set_config('a.b', 'c', true)
--> function FuncCall 1:8
SELECT "set_config"('a.b', 'c', true)
--> function FuncCall 1:8
SELECT "pg_catalog"."set_config"('a.b', 'c', false)
--> function FuncCall 1:8
SELECT U&"set\005Fconfig"('a.b', 'c', true)
--> function FuncCall 1:8
SELECT U&"!0073et_config" UESCAPE '!' ('a.b', 'c', true)
--> function FuncCall 1:8
SELECT SET_CONFIG('a.b', 'c', true)
--> function FuncCall 1:11
SELECT/**/set_config/**/('a.b', 'c', true)
--> function FuncCall 1:19
SELECT 1 ORDER BY set_config('a.b', 'c', true)
--> function FuncCall 1:16
SELECT 1 WHERE set_config('a.b', 'c', true) IS NOT NULL
--> function FuncCall 1:41
SELECT count(*) FROM customers GROUP BY set_config('a.b', 'c', true)
--> function FuncCall 1:32
SELECT 1 FROM customers HAVING set_config('a.b', 'c', true) = 'c'
--> function FuncCall 1:23
SELECT 1 LIMIT length(set_config('a.b', 'c', true))
--> function FuncCall 1:24
SELECT 1 OFFSET length(set_config('a.b', 'c', true))
--> function FuncCall 1:18
SELECT CASE WHEN set_config('a.b', 'c', true) = 'c' THEN 1 END
--> function FuncCall 1:17
SELECT coalesce(set_config('a.b', 'c', true), '')
--> function FuncCall 1:17
SELECT greatest(set_config('a.b', 'c', true), '')
--> function FuncCall 1:14
SELECT ARRAY[set_config('a.b', 'c', true)]
--> function FuncCall 1:12
SELECT ROW(set_config('a.b', 'c', true))
--> function FuncCall 1:9
SELECT (set_config('a.b', 'c', true))::text COLLATE "C"
--> function FuncCall 1:15
SELECT * FROM set_config('a.b', 'c', true)
--> function FuncCall 1:15
SELECT * FROM set_config('a.b', 'c', true) AS s(x)
--> function FuncCall 1:26
SELECT * FROM ROWS FROM (set_config('a.b', 'c', true)) AS s
--> function FuncCall 1:34
SELECT * FROM customers, LATERAL set_config('a.b', customers.name, true)
--> function FuncCall 1:40
SELECT * FROM customers JOIN orders ON set_config('a.b', 'c', true) = 'c'
--> function FuncCall 1:19
WITH x AS (SELECT set_config('a.b', 'c', true)) SELECT * FROM x
--> function FuncCall 1:32
WITH x AS MATERIALIZED (SELECT set_config('app.uid', 'bob', true)) SELECT * FROM x, customers
--> function FuncCall 1:9
VALUES (set_config('a.b', 'c', true))
--> function FuncCall 1:29
SELECT sum(1) FILTER (WHERE set_config('a.b', 'c', true) = 'c') FROM customers
--> function FuncCall 1:38
SELECT string_agg(name, ',' ORDER BY set_config('a.b', 'c', true)) FROM customers
--> function FuncCall 1:34
SELECT rank() OVER (PARTITION BY set_config('a.b', 'c', true)) FROM customers
--> function FuncCall 1:59
SELECT rank() OVER w FROM customers WINDOW w AS (ORDER BY set_config('a.b', 'c', true))
--> function FuncCall 1:33
SELECT sum(1) OVER (ROWS length(set_config('a.b', 'c', true)) PRECEDING) FROM customers
--> function FuncCall 1:30
SELECT 1 UNION SELECT length(set_config('a.b', 'c', true))
--> function FuncCall 1:9
(SELECT set_config('a.b', 'c', true)) EXCEPT SELECT 'x'
--> function FuncCall 1:23
SELECT EXISTS (SELECT set_config('a.b', 'c', true))
--> function FuncCall 1:31
SELECT 1 = ANY (SELECT length(set_config('a.b', 'c', true)))
--> function FuncCall 1:16
SELECT 'c' IN (set_config('a.b', 'c', true))
--> function FuncCall 1:25
SELECT 1 BETWEEN length(set_config('a.b', 'c', true)) AND 2
--> function FuncCall 1:29
SELECT (ARRAY[1, 2])[length(set_config('a.b', 'c', true))]
--> function FuncCall 1:21
SELECT DISTINCT ON (set_config('a.b', 'c', true)) name FROM customers
--> function FuncCall 1:55
SELECT * FROM customers TABLESAMPLE BERNOULLI (length(set_config('a.b', 'c', true)))
--> function FuncCall 1:68
SELECT * FROM customers TABLESAMPLE SYSTEM (10) REPEATABLE (length(set_config('a.b', 'c', true)))
--> function FuncCall 1:27
SELECT xmlelement(name a, set_config('a.b', 'c', true))
--> function FuncCall 1:18
SELECT xmlforest(set_config('a.b', 'c', true) AS x)
--> syntax ParseResult 1:65
SELECT x FROM xmltable('/a' PASSING set_config('a.b', 'c', true)::xml COLUMNS x text)
--> syntax ParseResult 1:43
SELECT x FROM xmltable('/a' PASSING '<a/>'::xml COLUMNS x text DEFAULT set_config('a.b', 'c', true))
--> function FuncCall 1:44
SELECT * FROM json_table('{}', '$' PASSING set_config('a.b', 'c', true) AS x COLUMNS (y int PATH '$.y'))
--> function FuncCall 1:39
SELECT json_value('{}', '$.a' DEFAULT set_config('a.b', 'c', true) ON EMPTY)
--> function FuncCall 1:25
SELECT json_object('a': set_config('a.b', 'c', true))
--> function FuncCall 1:19
SELECT json_array(set_config('a.b', 'c', true))
--> function FuncCall 1:22
SELECT json_arrayagg(set_config('a.b', 'c', true)) FROM customers
--> function FuncCall 1:8
SELECT set_config('a.b', 'c', true) IS JSON
--> function FuncCall 1:8
SELECT set_config('a.b', 'c', true) IS DISTINCT FROM 'x'
--> function FuncCall 1:13
SELECT NOT (set_config('a.b', 'c', true) IS NULL)
--> function FuncCall 1:15
SELECT nullif(set_config('a.b', 'c', true), 'x')
--> function FuncCall 1:8
SELECT set_config('a.b', 'c', true) LIKE 'x'
--> function FuncCall 1:8
SELECT set_config('a.b', 'c', true) SIMILAR TO 'x'
--> function FuncCall 1:8
SELECT set_config('a.b', 'c', true) AT TIME ZONE 'UTC'
--> function FuncCall 1:26
SELECT extract(year FROM set_config('a.b', '2020-01-01', true)::date)
--> function FuncCall 1:30
SELECT overlay('abc' PLACING set_config('a.b', 'c', true) FROM 1)
--> function FuncCall 1:13
SELECT trim(set_config('a.b', 'c', true))
--> function FuncCall 1:8
SELECT set_config(setting_name => 'a.b', new_value => 'c', is_local => true)
--> function FuncCall 1:8
SELECT set_config(VARIADIC ARRAY['a.b', 'c'])
--> function FuncCall 1:16
EXPLAIN SELECT set_config('a.b', 'c', true)
--> function FuncCall 1:36
EXPLAIN (COSTS OFF) SELECT 1 WHERE set_config('a.b', 'c', true) = 'c'
--> function FuncCall 1:62
WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + length(set_config('a.b', 'c', true)) FROM t WHERE n < 5) SELECT * FROM t
--> function FuncCall 1:24
SELECT grouping(name), set_config('a.b', 'c', true) FROM customers GROUP BY ROLLUP (name)
--> function FuncCall 1:50
SELECT 1 FROM customers GROUP BY GROUPING SETS ((set_config('a.b', 'c', true)), ())
--> function FuncCall 1:26
TABLE customers ORDER BY set_config('a.b', 'c', true)
--> function FuncCall 1:30
SELECT 1 FETCH FIRST (length(set_config('a.b', 'c', true))) ROWS ONLY
