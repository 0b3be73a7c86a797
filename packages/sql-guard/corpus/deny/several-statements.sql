--> statements ParseResult.stmts 1:11
SELECT 1; SELECT 2
--> statements ParseResult.stmts 1:11
SELECT 1; DROP TABLE customers
--> statements ParseResult.stmts 1:12
SELECT 1;;;DELETE FROM customers
--> statements ParseResult.stmts 1:43
SELECT * FROM customers WHERE name = 'x'; COMMIT
--> statements ParseResult.stmts 1:43
/* one */ SELECT 1 /* two */; /* three */ TRUNCATE customers
--> statements ParseResult.stmts 1:19
SELECT $a$ ; $a$; UPDATE customers SET name = 'y'
--> statements ParseResult.stmts 1:23
SELECT 'it''s; fine'; DELETE FROM orders
--> statements ParseResult.stmts 1:15
SELECT E'\''; DROP TABLE orders; --'
--> statements ParseResult.stmts 1:20
SELECT 1 AS "a;b"; SELECT 2
--> statements ParseResult.stmts 2:3
SELECT 1 -- one
; SELECT 2
--> statements ParseResult.stmts 1:13
VALUES (1); VALUES (2)
--> statements ParseResult.stmts 1:8
BEGIN; SELECT 1
--> statements ParseResult.stmts 1:9
COMMIT; DROP TABLE customers; BEGIN
--> statements ParseResult.stmts 1:11
SELECT 1; SET ROLE postgres; SELECT 2
--> statements ParseResult.stmts 1:19
SELECT U&'\0027'; SELECT pg_sleep(5)
--> statements ParseResult.stmts 1:16
SELECT $$;$$ ; EXPLAIN ANALYZE DELETE FROM orders
--> statements ParseResult.stmts 1:18
TABLE customers; TABLE orders
--> statements ParseResult.stmts 1:12
;SELECT 1; SELECT 2;
