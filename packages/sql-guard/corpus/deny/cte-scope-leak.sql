--> relation RangeVar 1:34
WITH pg_authid AS (SELECT * FROM pg_authid) SELECT * FROM pg_authid
--> relation RangeVar 1:26
WITH x AS (SELECT * FROM pg_authid), pg_authid AS (SELECT 1) SELECT * FROM x
--> relation RangeVar 1:44
WITH pg_authid AS (SELECT 1) SELECT * FROM pg_catalog.pg_authid
--> relation RangeVar 1:73
SELECT * FROM (WITH pg_authid AS (SELECT 1) SELECT * FROM pg_authid) a, pg_authid b
--> relation RangeVar 1:91
SELECT (WITH pg_authid AS (SELECT 1 AS x) SELECT x FROM pg_authid), (SELECT count(*) FROM pg_authid)
--> relation RangeVar 1:83
(WITH pg_authid AS (SELECT 1) SELECT * FROM pg_authid) UNION SELECT oid::int FROM pg_authid
--> relation RangeVar 1:74
WITH RECURSIVE a AS (SELECT 1), pg_shadow AS (SELECT 1) SELECT * FROM a, pg_catalog.pg_shadow
--> relation RangeVar 1:65
WITH a AS (WITH pg_authid AS (SELECT 1) SELECT 1) SELECT * FROM pg_authid
--> relation RangeVar 1:50
WITH a AS (SELECT * FROM b), b AS (SELECT * FROM pg_authid) SELECT * FROM a
--> relation RangeVar 1:25
SELECT pg_authid.* FROM pg_authid AS pg_authid
--> relation RangeVar 1:39
SELECT * FROM customers AS pg_authid, pg_authid AS customers
