--> syntax ParseResult 1:3
  FROM WHERE
--> syntax ParseResult 1:1
SELEC 1
--> syntax ParseResult 1:10
SELECT * FORM customers
--> syntax ParseResult 1:8
SELECT 'unterminated
--> syntax ParseResult 1:8
SELECT "unterminated
--> syntax ParseResult 1:8
SELECT $tag$ unterminated
--> syntax ParseResult 1:8
SELECT /* unterminated
--> syntax ParseResult 1:11
SELECT 1 +
--> syntax ParseResult 1:10
SELECT (1
--> syntax ParseResult 1:9
SELECT 1)
--> syntax ParseResult 1:8
SELECT ,
--> syntax ParseResult 1:5
DROP
--> syntax ParseResult 1:30
SELECT * FROM customers WHERE
--> syntax ParseResult 1:20
SELECT E'\xZZ' FROM
--> syntax ParseResult 1:16
SELECT U&'\D800'
--> syntax ParseResult 1:11
SELECT U&'\00G1'
--> syntax ParseResult 1:1
\d customers
--> syntax ParseResult 1:1
\copy customers to '/tmp/x'
--> syntax ParseResult 1:1
{"query": "SELECT 1"}
--> syntax ParseResult 1:1
EXEC sp_configure
--> syntax ParseResult 1:12
SELECT TOP 5 * FROM customers
--> syntax ParseResult 1:15
SELECT `name` FROM customers
--> syntax ParseResult 1:8
SELECT [name] FROM customers
--> syntax ParseResult 1:13
SHOW TABLES FROM x
--> syntax ParseResult 1:1
DESCRIBE customers
--> syntax ParseResult 1:1
PRAGMA table_info(customers)
--> syntax ParseResult 1:25
SELECT * FROM customers LIMIT 5, 10
