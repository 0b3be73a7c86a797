--> statement InsertStmt 1:1
INSERT INTO customers (name) VALUES ('x')
--> statement InsertStmt 1:1
INSERT INTO customers DEFAULT VALUES
--> statement InsertStmt 1:1
INSERT INTO customers SELECT * FROM customers
--> statement InsertStmt 1:1
INSERT INTO customers VALUES (1) ON CONFLICT DO NOTHING
--> statement InsertStmt 1:1
INSERT INTO customers VALUES (1) RETURNING *
--> statement UpdateStmt 1:1
UPDATE customers SET name = 'x'
--> statement UpdateStmt 1:1
UPDATE customers SET name = 'x' WHERE id = 1
--> statement UpdateStmt 1:1
UPDATE customers AS c SET (name, email) = (SELECT 'a', 'b') RETURNING *
--> statement UpdateStmt 1:1
UPDATE ONLY customers SET name = DEFAULT
--> statement DeleteStmt 1:1
DELETE FROM customers
--> statement DeleteStmt 1:1
DELETE FROM customers WHERE id = 1
--> statement DeleteStmt 1:1
DELETE FROM customers USING orders WHERE orders.customer_id = customers.id
--> statement MergeStmt 1:1
MERGE INTO customers c USING orders o ON c.id = o.customer_id WHEN MATCHED THEN DELETE
--> statement MergeStmt 1:1
MERGE INTO customers c USING orders o ON c.id = o.customer_id WHEN NOT MATCHED THEN INSERT VALUES (1)
--> statement TruncateStmt 1:1
TRUNCATE customers
--> statement TruncateStmt 1:1
TRUNCATE TABLE customers, orders RESTART IDENTITY CASCADE
--> statement RefreshMatViewStmt 1:1
REFRESH MATERIALIZED VIEW sales
--> statement DeleteStmt 1:1
/* SELECT */ DELETE FROM customers
--> statements ParseResult.stmts 1:17
(((SELECT 1))); DELETE FROM customers
