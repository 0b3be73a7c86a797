--> select
SELECT (SELECT max(id) FROM customers)
--> select
SELECT name, (SELECT count(*) FROM orders o WHERE o.customer_id = c.id) AS orders FROM customers c
--> select
SELECT EXISTS (SELECT 1 FROM customers)
--> select
SELECT ARRAY(SELECT name FROM customers ORDER BY name)
--> select
SELECT 1 = ALL (SELECT 1)
--> select
SELECT (1, 2) = (SELECT 1, 2)
--> select
SELECT (1, 2) < (SELECT 1, 3)
--> select
SELECT (SELECT ROW(1, 2))
--> select
SELECT * FROM customers WHERE id = (SELECT customer_id FROM orders ORDER BY total DESC LIMIT 1)
--> select
SELECT (SELECT (SELECT (SELECT 1)))
--> select
SELECT id FROM customers c WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id AND o.status = 'sent')
--> select
SELECT CASE WHEN EXISTS (SELECT 1 FROM orders) THEN 'yes' ELSE 'no' END
