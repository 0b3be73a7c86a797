--> select
VALUES (1)
--> select
VALUES (1, 'a'), (2, 'b') ORDER BY 1 DESC LIMIT 1
--> select
SELECT * FROM (VALUES (1, NULL), (2, now())) v (a, b)
--> select
SELECT (VALUES (1))
--> select
SELECT 1 IN (VALUES (1), (2))
