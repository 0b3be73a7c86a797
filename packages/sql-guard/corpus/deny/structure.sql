--> statement CreateStmt 1:1
CREATE TABLE evil (a int)
--> statement CreateStmt 1:1
CREATE TEMP TABLE evil (a int)
--> statement CreateStmt 1:1
CREATE TABLE evil (LIKE customers INCLUDING ALL)
--> statement ViewStmt 1:1
CREATE VIEW evil AS SELECT * FROM customers
--> statement ViewStmt 1:1
CREATE OR REPLACE TEMP VIEW customers AS SELECT 1
--> statement IndexStmt 1:1
CREATE INDEX ON customers (name)
--> statement IndexStmt 1:1
CREATE UNIQUE INDEX CONCURRENTLY i ON customers (id)
--> statement CreateSeqStmt 1:1
CREATE SEQUENCE s
--> statement CreateEnumStmt 1:1
CREATE TYPE t AS ENUM ('a')
--> statement CompositeTypeStmt 1:1
CREATE TYPE t AS (a int)
--> statement CreateDomainStmt 1:1
CREATE DOMAIN d AS text CHECK (value <> '')
--> statement CreateSchemaStmt 1:1
CREATE SCHEMA evil
--> statement CreateSchemaStmt 1:1
CREATE SCHEMA evil CREATE TABLE t (a int)
--> statement CreateStatsStmt 1:1
CREATE STATISTICS s ON a, b FROM customers
--> statement AlterTableStmt 1:1
ALTER TABLE customers ADD COLUMN x int
--> statement AlterTableStmt 1:1
ALTER TABLE customers DISABLE ROW LEVEL SECURITY
--> statement AlterTableStmt 1:1
ALTER TABLE customers DISABLE TRIGGER ALL
--> statement RenameStmt 1:1
ALTER TABLE customers RENAME TO c2
--> statement AlterObjectSchemaStmt 1:1
ALTER TABLE customers SET SCHEMA evil
--> statement AlterTableStmt 1:1
ALTER TABLE customers DROP COLUMN name
--> statement RenameStmt 1:1
ALTER VIEW sales RENAME TO s2
--> statement AlterSeqStmt 1:1
ALTER SEQUENCE s RESTART
--> statement AlterEnumStmt 1:1
ALTER TYPE t ADD VALUE 'b'
--> statement AlterDomainStmt 1:1
ALTER DOMAIN d DROP NOT NULL
--> statement RenameStmt 1:1
ALTER INDEX i RENAME TO j
--> statement DropStmt 1:1
DROP TABLE customers
--> statement DropStmt 1:1
DROP TABLE IF EXISTS customers CASCADE
--> statement DropStmt 1:1
DROP VIEW sales
--> statement DropStmt 1:1
DROP SCHEMA public CASCADE
--> statement DropStmt 1:1
DROP INDEX i
--> statement DropStmt 1:1
DROP TYPE t
--> statement DropStmt 1:1
DROP SEQUENCE s
--> statement DropStmt 1:1
DROP MATERIALIZED VIEW m
--> statement CommentStmt 1:1
COMMENT ON TABLE customers IS 'x'
--> statement CommentStmt 1:1
COMMENT ON COLUMN customers.name IS 'x'
