--> function FuncCall 1:17
SELECT/**//*--*/pg_sleep/**/(1)
--> function FuncCall 1:8
SELECT pg_sleep--comment
(1)
--> function FuncCall 1:8
SELECT "pg_sleep" ( 1 )
--> syntax ParseResult 1:11
SELECT U&"\+00070g_sleep"(1)
--> function FuncCall 1:8
SELECT pg_catalog . pg_sleep ( 1 )
--> function FuncCall 1:8
sElEcT Pg_SlEeP(1)
--> function FuncCall 1:17
WITH"x"AS(SELECT"pg_sleep"(1))TABLE"x"
--> syntax ParseResult 1:1
SELECT$$x$$,pg_sleep(1)
--> function FuncCall 1:15
SELECT E'\'', pg_sleep(1)
--> syntax ParseResult 1:12
SELECT 'x' 'y', pg_sleep(1)
--> function FuncCall 2:6
SELECT 'a'
'b', pg_sleep(1)
--> function FuncCall 1:27
SELECT N'x', B'1', X'1F', pg_sleep(1)
--> function FuncCall 1:13
(((((SELECT pg_sleep(1))))))
--> function FuncCall 1:8
SELECT(pg_sleep(1))
--> syntax ParseResult 1:8
SELECT 1UNION SELECT 2 FROM pg_authid
--> function FuncCall 1:13
SELECT 1e1, pg_sleep(1)
--> syntax ParseResult 1:8
SELECT 1.5pg_sleep, pg_sleep(1)
--> function FuncCall 1:16
SELECT "a""b", pg_sleep(1) FROM customers
--> function FuncCall 1:40
SELECT a/*/* nested */ pg_sleep(1) */, pg_sleep(1) FROM customers
--> function FuncCall 1:13
SELECT CAST(pg_sleep(1) AS text)
--> function FuncCall 1:8
SELECT pg_sleep(1) AS "lower(name)"
--> function FuncCall 1:31
SELECT $pg_sleep$x$pg_sleep$, pg_sleep(1)
--> relation RangeVar 1:15
SELECT * FROM "pg_catalog"."pg_authid"
--> relation RangeVar 1:15
SELECT * FROM pg_catalog . "pg_authid" AS customers
--> function FuncCall 1:16
SELECT '-- ' , pg_sleep(1) -- '
--> statement DeleteStmt 1:1
DELETE/**/FROM/**/customers
--> syntax ParseResult 1:1
"DELETE" FROM customers
--> statement DeleteStmt 1:1
dElEtE fRoM customers
--> statement DeleteStmt 1:1
/*!50000 DELETE FROM customers */ DELETE FROM customers
