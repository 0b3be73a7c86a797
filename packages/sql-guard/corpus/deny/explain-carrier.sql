--> setting ExplainStmt.options 1:9
EXPLAIN ANALYZE SELECT 1
--> statement DeleteStmt 1:1
EXPLAIN ANALYZE DELETE FROM customers
--> setting ExplainStmt.options 1:10
EXPLAIN (ANALYZE) SELECT 1
--> setting ExplainStmt.options 1:10
EXPLAIN (ANALYZE true) SELECT 1
--> setting ExplainStmt.options 1:10
EXPLAIN (ANALYZE on, BUFFERS) SELECT 1
--> setting ExplainStmt.options 1:10
EXPLAIN (ANALYZE 1) SELECT 1
--> setting ExplainStmt.options 1:10
EXPLAIN (ANALYZE 'on') SELECT 1
--> setting ExplainStmt.options 1:23
EXPLAIN (ANALYZE off, ANALYZE) SELECT 1
--> statement UpdateStmt 1:1
EXPLAIN (ANALYZE false, COSTS, ANALYZE true) UPDATE customers SET name = 'x'
--> setting ExplainStmt.options 1:10
EXPLAIN (ANALYZE "true") SELECT 1
--> setting ExplainStmt.options 1:10
EXPLAIN (ANALYZE maybe) SELECT 1
--> setting ExplainStmt.options 1:10
EXPLAIN (ANALYZE 2) SELECT 1
--> setting ExplainStmt.options 1:10
EXPLAIN (ANALYZE tru) SELECT 1
--> setting ExplainStmt.options 1:9
EXPLAIN ANALYSE SELECT 1
--> setting ExplainStmt.options 1:9
EXPLAIN ANALYZE VERBOSE SELECT 1
--> setting ExplainStmt.options 1:10
EXPLAIN (TIMING) SELECT 1
--> setting ExplainStmt.options 1:10
EXPLAIN (WAL) SELECT 1
--> setting ExplainStmt.options 1:10
EXPLAIN (SERIALIZE) SELECT 1
--> setting ExplainStmt.options 1:10
EXPLAIN (SERIALIZE TEXT) SELECT 1
--> setting ExplainStmt.options 1:10
EXPLAIN (EVIL) SELECT 1
--> setting ExplainStmt.options 1:10
EXPLAIN (FORMAT evil) SELECT 1
--> statement DeleteStmt 1:1
EXPLAIN DELETE FROM customers
--> statement UpdateStmt 1:1
EXPLAIN UPDATE customers SET name = 'x'
--> statement InsertStmt 1:1
EXPLAIN INSERT INTO customers VALUES (1)
--> node ExecuteStmt 1:1
EXPLAIN EXECUTE q
--> node DeclareCursorStmt 1:1
EXPLAIN DECLARE c CURSOR FOR SELECT 1
--> statement CreateTableAsStmt 1:1
EXPLAIN CREATE MATERIALIZED VIEW m AS SELECT 1
--> statement RefreshMatViewStmt 1:1
EXPLAIN REFRESH MATERIALIZED VIEW sales
--> setting ExplainStmt.options 1:10
EXPLAIN (COSTS maybe) SELECT 1
