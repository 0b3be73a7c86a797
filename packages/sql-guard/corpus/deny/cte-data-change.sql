--> statement DeleteStmt 1:1
WITH d AS (DELETE FROM customers RETURNING *) SELECT * FROM d
--> statement InsertStmt 1:1
WITH i AS (INSERT INTO customers (name) VALUES ('x') RETURNING id) SELECT id FROM i
--> statement UpdateStmt 1:1
WITH u AS (UPDATE customers SET name = 'x' RETURNING *) SELECT count(*) FROM u
--> statement MergeStmt 1:1
WITH m AS (MERGE INTO customers c USING orders o ON c.id = o.id WHEN MATCHED THEN DELETE RETURNING c.*) SELECT * FROM m
--> statement DeleteStmt 1:1
WITH a AS (SELECT 1), d AS (DELETE FROM customers RETURNING 1) SELECT * FROM a
--> statement DeleteStmt 1:1
SELECT * FROM (WITH d AS (DELETE FROM customers RETURNING *) SELECT * FROM d) x
--> statement DeleteStmt 1:1
SELECT (WITH d AS (DELETE FROM customers RETURNING 1) SELECT 1)
--> statement DeleteStmt 1:1
WITH a AS (WITH d AS (DELETE FROM customers RETURNING *) SELECT * FROM d) SELECT * FROM a
--> statement DeleteStmt 1:1
WITH RECURSIVE d AS (DELETE FROM customers RETURNING *) SELECT * FROM d
--> statement DeleteStmt 1:1
EXPLAIN WITH d AS (DELETE FROM customers RETURNING *) SELECT * FROM d
--> statement DeleteStmt 1:1
SELECT 1 UNION (WITH d AS (DELETE FROM customers RETURNING 1) SELECT * FROM d)
--> statement DeleteStmt 1:1
VALUES ((WITH d AS (DELETE FROM customers RETURNING 1) SELECT count(*) FROM d))
--> statement UpdateStmt 1:1
WITH a AS MATERIALIZED (UPDATE customers SET name = 'x' RETURNING *) TABLE a
--> statement DeleteStmt 1:1
WITH d AS (DELETE FROM customers) SELECT 1
--> statement InsertStmt 1:1
WITH x AS (INSERT INTO log SELECT * FROM customers RETURNING *) SELECT 1 WHERE EXISTS (SELECT 1 FROM x)
--> statement DeleteStmt 1:1
SELECT * FROM customers WHERE id IN (WITH d AS (DELETE FROM orders RETURNING id) SELECT id FROM d)
