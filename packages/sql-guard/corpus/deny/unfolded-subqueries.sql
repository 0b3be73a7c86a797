--> size SelectStmt 1:1
WITH a AS (SELECT ARRAY[1,2,3,4,5,6,7,8] AS s), b AS (SELECT s||s||s||s||s||s||s||s AS s FROM a), c AS (SELECT s||s||s||s||s||s||s||s AS s FROM b), d AS (SELECT s||s||s||s||s||s||s||s AS s FROM c), e AS (SELECT s||s||s||s||s||s||s||s AS s FROM d), f AS (SELECT s||s||s||s||s||s||s||s AS s FROM e), g AS (SELECT s||s||s||s||s||s||s||s AS s FROM f), h AS (SELECT s||s||s||s||s||s||s||s AS s FROM g), i AS (SELECT s||s||s||s||s||s||s||s AS s FROM h) SELECT cardinality(s) FROM i
--> size SelectStmt 1:1
SELECT x FROM (SELECT x+x+x+x+x+x+x+x AS x FROM (SELECT x+x+x+x+x+x+x+x AS x FROM (SELECT x+x+x+x+x+x+x+x AS x FROM (SELECT x+x+x+x+x+x+x+x AS x FROM (SELECT x+x+x+x+x+x+x+x AS x FROM (SELECT oid::int AS x FROM pg_class) t0) t1) t2) t3) t4) t5
--> size SelectStmt 1:1
SELECT x FROM (SELECT x+x+x+x+x+x+x+x AS x FROM (SELECT x+x+x+x+x+x+x+x AS x FROM (SELECT x+x+x+x+x+x+x+x AS x FROM (SELECT x+x+x+x+x+x+x+x AS x FROM (SELECT x+x+x+x+x+x+x+x AS x FROM (SELECT x+x+x+x+x+x+x+x AS x FROM (SELECT oid::int AS x FROM pg_class) t0) t1) t2) t3) t4) t5) t6
--> size SelectStmt 1:1
SELECT x FROM (SELECT x+x+x+x+x+x+x+x AS x FROM (SELECT x+x+x+x+x+x+x+x AS x FROM (SELECT x+x+x+x+x+x+x+x AS x FROM (SELECT x+x+x+x+x+x+x+x AS x FROM (SELECT x+x+x+x+x+x+x+x AS x FROM (SELECT 1 AS x) t0) t1) t2) t3) t4) t5
--> size SelectStmt 1:1
SELECT x FROM (SELECT x+x+x+x+x+x+x+x AS x FROM (SELECT x+x+x+x+x+x+x+x AS x FROM (SELECT x+x+x+x+x+x+x+x AS x FROM (SELECT x+x+x+x+x+x+x+x AS x FROM (SELECT x+x+x+x+x+x+x+x AS x FROM (SELECT x+x+x+x+x+x+x+x AS x FROM (SELECT 1 AS x) t0) t1) t2) t3) t4) t5) t6
--> size SelectStmt 1:1
SELECT x FROM (SELECT x+x+x+x+x+x+x+x AS x FROM (SELECT x+x+x+x+x+x+x+x AS x FROM (SELECT x+x+x+x+x+x+x+x AS x FROM (SELECT x+x+x+x+x+x+x+x AS x FROM (SELECT x+x+x+x+x+x+x+x AS x FROM (SELECT x+x+x+x+x+x+x+x AS x FROM (SELECT random() AS x) t0) t1) t2) t3) t4) t5) t6
--> size SelectStmt 1:1
SELECT x FROM (SELECT CASE WHEN x > 1 THEN x WHEN x > 2 THEN x WHEN x > 3 THEN x ELSE x END AS x FROM (SELECT CASE WHEN x > 1 THEN x WHEN x > 2 THEN x WHEN x > 3 THEN x ELSE x END AS x FROM (SELECT CASE WHEN x > 1 THEN x WHEN x > 2 THEN x WHEN x > 3 THEN x ELSE x END AS x FROM (SELECT CASE WHEN x > 1 THEN x WHEN x > 2 THEN x WHEN x > 3 THEN x ELSE x END AS x FROM (SELECT CASE WHEN x > 1 THEN x WHEN x > 2 THEN x WHEN x > 3 THEN x ELSE x END AS x FROM (SELECT CASE WHEN x > 1 THEN x WHEN x > 2 THEN x WHEN x > 3 THEN x ELSE x END AS x FROM (SELECT oid::int AS x FROM pg_class) t0) t1) t2) t3) t4) t5) t6
--> size SelectStmt 1:1
SELECT x FROM (SELECT x||x||x||x||x||x||x||x AS x FROM (SELECT x||x||x||x||x||x||x||x AS x FROM (SELECT x||x||x||x||x||x||x||x AS x FROM (SELECT x||x||x||x||x||x||x||x AS x FROM (SELECT x||x||x||x||x||x||x||x AS x FROM (SELECT relname::text AS x FROM pg_class) t0) t1) t2) t3) t4) t5
--> size SelectStmt 1:1
SELECT count(*) FROM (SELECT x+x+x+x+x+x+x+x AS x FROM (SELECT x+x+x+x+x+x+x+x AS x FROM (SELECT x+x+x+x+x+x+x+x AS x FROM (SELECT x+x+x+x+x+x+x+x AS x FROM (SELECT x+x+x+x+x+x+x+x AS x FROM (SELECT oid::int AS x FROM pg_class) t0) t1) t2) t3) t4) t5
--> size SelectStmt 1:1
SELECT x FROM (SELECT ARRAY[x,x,x,x,x,x,x,x] AS x FROM (SELECT ARRAY[x,x,x,x,x,x,x,x] AS x FROM (SELECT ARRAY[x,x,x,x,x,x,x,x] AS x FROM (SELECT ARRAY[x,x,x,x,x,x,x,x] AS x FROM (SELECT ARRAY[x,x,x,x,x,x,x,x] AS x FROM (SELECT oid::int AS x FROM pg_class) t0) t1) t2) t3) t4) t5
--> size SelectStmt 1:1
SELECT 1 FROM (SELECT x+x+x+x+x+x+x+x AS x FROM (SELECT x+x+x+x+x+x+x+x AS x FROM (SELECT x+x+x+x+x+x+x+x AS x FROM (SELECT x+x+x+x+x+x+x+x AS x FROM (SELECT x+x+x+x+x+x+x+x AS x FROM (SELECT oid::int AS x FROM pg_class) t0) t1) t2) t3) t4) t5 WHERE x > 0
