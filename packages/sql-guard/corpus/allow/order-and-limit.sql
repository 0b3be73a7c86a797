--> select
SELECT * FROM customers ORDER BY name
--> select
SELECT * FROM customers ORDER BY name ASC, id DESC
--> select
SELECT * FROM customers ORDER BY email NULLS FIRST, name DESC NULLS LAST
--> select
SELECT * FROM customers ORDER BY 1, lower(name), id + 1
--> select
SELECT * FROM customers ORDER BY name USING <
--> select
SELECT * FROM customers ORDER BY name USING OPERATOR(pg_catalog.>)
--> select
SELECT * FROM customers ORDER BY name COLLATE "C"
--> select
SELECT * FROM customers LIMIT 10
--> select
SELECT * FROM customers LIMIT 10 OFFSET 5
--> select
SELECT * FROM customers OFFSET 5 ROWS FETCH NEXT 5 ROWS ONLY
--> select
SELECT * FROM customers FETCH FIRST ROW ONLY
--> select
SELECT * FROM customers ORDER BY country FETCH FIRST 3 ROWS WITH TIES
--> select
SELECT * FROM customers LIMIT ALL
--> select
SELECT * FROM customers LIMIT NULL
--> select
SELECT * FROM customers LIMIT (SELECT 5)
--> select
SELECT * FROM customers LIMIT 2 + 3
--> select
SELECT * FROM customers ORDER BY random() LIMIT 1
--> select
SELECT name FROM customers ORDER BY CASE WHEN country = 'DE' THEN 0 ELSE 1 END, name
--> select
SELECT * FROM customers ORDER BY (SELECT count(*) FROM orders o WHERE o.customer_id = customers.id) DESC
--> select
SELECT id AS x FROM customers ORDER BY x
--> select
SELECT * FROM customers FOR READ ONLY
