--> field SelectStmt.intoClause 1:1
SELECT * INTO evil FROM customers
--> field SelectStmt.intoClause 1:1
SELECT 1 INTO TEMP evil
--> field SelectStmt.intoClause 1:1
SELECT * INTO UNLOGGED evil FROM customers
--> field SelectStmt.intoClause 1:1
SELECT * INTO TABLE pg_temp.evil FROM customers
--> field SelectStmt.intoClause 1:1
WITH x AS (SELECT 1) SELECT * INTO evil FROM x
--> field SelectStmt.intoClause 1:1
SELECT 1 INTO evil UNION SELECT 2
--> syntax ParseResult 1:25
SELECT name INTO STRICT evil FROM customers
--> statement CreateTableAsStmt 1:1
CREATE TABLE evil AS SELECT * FROM customers
--> statement CreateTableAsStmt 1:1
CREATE TEMP TABLE evil AS TABLE customers
--> statement CreateTableAsStmt 1:1
CREATE MATERIALIZED VIEW evil AS SELECT 1
--> statement CreateTableAsStmt 1:1
EXPLAIN CREATE TABLE evil AS SELECT 1
--> statement CreateTableAsStmt 1:1
EXPLAIN ANALYZE CREATE TABLE evil AS SELECT 1
--> field SelectStmt.intoClause 1:1
EXPLAIN SELECT * INTO evil FROM customers
--> statement CreateTableAsStmt 1:1
CREATE TABLE IF NOT EXISTS evil AS EXECUTE q
