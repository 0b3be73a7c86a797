--> explain
EXPLAIN SELECT * FROM customers
--> explain
EXPLAIN VERBOSE SELECT * FROM customers
--> explain
EXPLAIN (COSTS OFF) SELECT * FROM customers
--> explain
EXPLAIN (VERBOSE, COSTS true, FORMAT JSON) SELECT * FROM orders WHERE total > 5
--> explain
EXPLAIN (FORMAT YAML, SUMMARY on) SELECT 1
--> explain
EXPLAIN (ANALYZE false) SELECT 1
--> explain
EXPLAIN (ANALYZE off, BUFFERS false, SETTINGS) SELECT 1
--> explain
EXPLAIN (ANALYZE 0, FORMAT TEXT) SELECT 1
--> explain
EXPLAIN (FORMAT xml) VALUES (1)
--> explain
EXPLAIN (MEMORY) TABLE customers
--> explain
EXPLAIN (TIMING off) SELECT 1
--> explain
EXPLAIN WITH x AS (SELECT 1) SELECT * FROM x
--> explain
EXPLAIN (SELECT 1)
--> select
SELECT * FROM information_schema.table_privileges WHERE table_name = 'customers'
