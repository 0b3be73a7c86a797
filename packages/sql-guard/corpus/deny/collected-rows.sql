--> size FuncCall 1:8
SELECT array_agg(repeat('x', 10000)) FROM generate_series(1, 1000000)
--> size FuncCall 1:19
SELECT string_agg(repeat('x', 5000), '') FROM generate_series(1, 100000)
--> size FuncCall 1:8
SELECT json_agg(repeat('x', 100)) FROM generate_series(1, 1000) a, generate_series(1, 1000) b
--> size FuncCall 1:69
WITH s AS (SELECT generate_series(1, 100000) AS n) SELECT array_agg(lpad('x', 1000)) FROM s
--> size FuncCall 1:8
SELECT array_agg(x) FROM generate_series(1, 100000) x, generate_series(1, 100000) y
--> size FuncCall 1:8
SELECT range_agg(int4range(x, x + 1)) FROM generate_series(1, 1000000, 2) x
--> size FuncCall 1:24
SELECT array_to_string(array_fill('x'::text, ARRAY[1000000]), repeat('y', 1000))
--> size CommonTableExpr 1:16
WITH RECURSIVE r(s) AS (SELECT 'x'::text UNION ALL SELECT s || s FROM r) SELECT max(length(s)) FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(s, n) AS (SELECT 'x'::text, 1 UNION ALL SELECT concat(r.s, r.s), n + 1 FROM r WHERE n < 40) SELECT n FROM r
--> size CommonTableExpr 1:16
WITH RECURSIVE r(a) AS (SELECT ARRAY[1] UNION ALL SELECT array_cat(a, a) FROM r) SELECT 1 FROM r
--> size A_Expr 1:1
WITH a AS (SELECT repeat('x', 1000000) AS s), b AS (SELECT s||s||s||s||s||s||s||s AS s FROM a), c AS (SELECT s||s||s||s||s||s||s||s AS s FROM b) SELECT length(s||s||s||s) FROM c
--> size FuncCall 1:96
WITH a AS (SELECT 'x' || string_agg('y', '') AS s FROM generate_series(1, 9000)), b AS (SELECT string_agg(s, '') AS s FROM a, generate_series(1, 9000)), c AS (SELECT string_agg(s, '') AS s FROM b, generate_series(1, 9000)) SELECT length(s) FROM c
--> size FuncCall 1:67
WITH s AS (SELECT generate_series(1, 100000) AS n) SELECT (SELECT array_agg(1) FROM s a, s b) WHERE 1 IN (WITH s AS (SELECT 1 AS n) SELECT n FROM s)
--> size FuncCall 1:8
SELECT array_agg(ARRAY[g, g, g, g, g, g, g, g]) FROM generate_series(1, 1000000) g
--> size FuncCall 1:8
SELECT array_agg(ROW(g, g, g, g)) FROM generate_series(1, 1000000) g
--> size FuncCall 1:20
SELECT cardinality(array_agg(t.*)) FROM (SELECT g, g + 1 FROM generate_series(1, 1000000) g) t
--> size FuncCall 1:8
SELECT array_agg(now() + g * interval '1 s') FROM generate_series(1, 1000000) g
--> size FuncCall 1:8
SELECT array_agg(ARRAY[g, g, g, g, g, g, g, g, g, g, g, g, g, g, g, g, g, g, g, g, g, g, g, g, g, g, g, g, g, g, g, g, g, g, g, g, g, g, g, g, g, g, g, g, g, g, g, g, g, g, g, g, g, g, g, g, g, g, g, g]) FROM generate_series(1, 20000) g
--> size SubLink 1:8
SELECT ARRAY(SELECT ARRAY[g, g, g, g, g, g, g, g] FROM generate_series(1, 1000000) g)
--> size JsonArrayQueryConstructor 1:8
SELECT json_array(SELECT g FROM generate_series(1, 1000000) g)
--> size JsonArrayAgg 1:8
SELECT json_arrayagg(g) FROM generate_series(1, 1000000) g
--> size JsonObjectAgg 1:8
SELECT json_objectagg(g : g WITH UNIQUE KEYS) FROM generate_series(1, 1000000) g
--> size FuncCall 1:8
SELECT jsonb_object_agg_unique_strict(g, g) FROM generate_series(1, 1000000) g
--> size FuncCall 1:60
WITH t AS (SELECT generate_series(1, 1000000) AS g) SELECT json_agg_strict(g) FROM t
--> size FuncCall 1:39
SELECT string_agg(x, '') FROM (SELECT string_agg(g::text, '') OVER () AS x FROM generate_series(1, 10000) g) t
--> size JsonArrayAgg 1:34
SELECT array_agg(x) FROM (SELECT json_arrayagg(g ORDER BY g) OVER (ORDER BY g) AS x FROM generate_series(1, 10000) g) t
