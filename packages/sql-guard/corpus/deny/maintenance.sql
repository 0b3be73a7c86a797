--> statement VacuumStmt 1:1
VACUUM
--> statement VacuumStmt 1:1
VACUUM FULL customers
--> statement VacuumStmt 1:1
VACUUM (ANALYZE, VERBOSE) customers
--> statement VacuumStmt 1:1
ANALYZE
--> statement VacuumStmt 1:1
ANALYZE customers
--> statement VacuumStmt 1:1
ANALYZE VERBOSE customers (name)
--> statement ReindexStmt 1:1
REINDEX TABLE customers
--> statement ReindexStmt 1:1
REINDEX DATABASE app
--> statement ReindexStmt 1:1
REINDEX SYSTEM app
--> statement ReindexStmt 1:1
REINDEX (CONCURRENTLY) INDEX i
--> statement ClusterStmt 1:1
CLUSTER
--> statement ClusterStmt 1:1
CLUSTER customers USING i
--> node CheckPointStmt 1:1
CHECKPOINT
--> node AlterSystemStmt 1:1
ALTER SYSTEM SET work_mem = '1GB'
--> node AlterSystemStmt 1:1
ALTER SYSTEM RESET ALL
--> node AlterDatabaseSetStmt 1:1
ALTER DATABASE app SET work_mem = '1GB'
--> statement RenameStmt 1:1
ALTER DATABASE app RENAME TO b
--> node CreatedbStmt 1:1
CREATE DATABASE evil
--> node DropdbStmt 1:1
DROP DATABASE app
--> node DropdbStmt 1:1
DROP DATABASE app WITH (FORCE)
--> node CreateTableSpaceStmt 1:1
CREATE TABLESPACE t LOCATION '/tmp'
--> node DropTableSpaceStmt 1:1
DROP TABLESPACE t
--> node AlterTableMoveAllStmt 1:1
ALTER TABLE ALL IN TABLESPACE a SET TABLESPACE b
--> node AlterTableSpaceOptionsStmt 1:1
ALTER TABLESPACE t SET (seq_page_cost = 1)
--> function FuncCall 1:8
SELECT pg_set_relation_stats('events')
--> function FuncCall 1:8
SELECT pg_clear_attribute_stats('public', 'events', 'id', false)
