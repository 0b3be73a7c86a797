--> select
SELECT 1 UNION SELECT 2
--> select
SELECT 1 UNION ALL SELECT 1
--> select
SELECT id FROM customers INTERSECT SELECT customer_id FROM orders
--> select
SELECT id FROM customers EXCEPT SELECT customer_id FROM orders
--> select
SELECT id FROM customers EXCEPT ALL SELECT customer_id FROM orders
--> select
(SELECT 1) UNION (SELECT 2) ORDER BY 1
--> select
(SELECT id FROM customers ORDER BY id LIMIT 1) UNION ALL (SELECT id FROM orders ORDER BY id LIMIT 1)
--> select
SELECT 1 UNION SELECT 2 INTERSECT SELECT 2 ORDER BY 1 DESC LIMIT 1
--> select
SELECT 1 UNION DISTINCT SELECT 2
--> select
SELECT name, 'customer' AS kind FROM customers UNION ALL SELECT name, 'employee' FROM employees
--> select
VALUES (1), (2) UNION SELECT 3
--> select
TABLE sales UNION TABLE sales
--> select
(((SELECT 1)))
--> select
SELECT * FROM (SELECT 1 UNION SELECT 2) u
