--> field SelectStmt.lockingClause 1:1
SELECT * FROM customers FOR UPDATE
--> field SelectStmt.lockingClause 1:1
SELECT * FROM customers FOR NO KEY UPDATE
--> field SelectStmt.lockingClause 1:1
SELECT * FROM customers FOR SHARE
--> field SelectStmt.lockingClause 1:1
SELECT * FROM customers FOR KEY SHARE
--> field SelectStmt.lockingClause 1:1
SELECT * FROM customers FOR UPDATE NOWAIT
--> field SelectStmt.lockingClause 1:1
SELECT * FROM customers FOR UPDATE SKIP LOCKED
--> field SelectStmt.lockingClause 1:1
SELECT * FROM customers c, orders o FOR UPDATE OF c FOR SHARE OF o
--> field SelectStmt.lockingClause 1:1
SELECT * FROM (SELECT * FROM customers FOR UPDATE) x
--> field SelectStmt.lockingClause 1:1
WITH x AS (SELECT * FROM customers FOR UPDATE) SELECT * FROM x
--> field SelectStmt.lockingClause 1:1
SELECT (SELECT id FROM customers LIMIT 1 FOR UPDATE)
--> field SelectStmt.lockingClause 1:1
SELECT * FROM customers WHERE id IN (SELECT customer_id FROM orders FOR SHARE)
--> syntax ParseResult 1:24
SELECT 1 FOR READ ONLY FOR UPDATE
--> node LockStmt 1:1
LOCK TABLE customers
--> node LockStmt 1:1
LOCK customers IN ACCESS EXCLUSIVE MODE NOWAIT
--> node LockStmt 1:1
LOCK TABLE ONLY customers IN SHARE MODE
--> field SelectStmt.lockingClause 1:1
EXPLAIN SELECT * FROM customers FOR UPDATE
--> field SelectStmt.lockingClause 1:1
(SELECT * FROM customers) FOR UPDATE
