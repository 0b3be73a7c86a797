--> node CreateForeignServerStmt 1:1
CREATE SERVER s FOREIGN DATA WRAPPER postgres_fdw
--> node CreateFdwStmt 1:1
CREATE FOREIGN DATA WRAPPER w
--> node CreateForeignTableStmt 1:1
CREATE FOREIGN TABLE t (a int) SERVER s
--> node CreateUserMappingStmt 1:1
CREATE USER MAPPING FOR PUBLIC SERVER s OPTIONS (password 'x')
--> node AlterForeignServerStmt 1:1
ALTER SERVER s OPTIONS (SET host 'evil')
--> node AlterUserMappingStmt 1:1
ALTER USER MAPPING FOR PUBLIC SERVER s OPTIONS (SET password 'x')
--> statement DropStmt 1:1
DROP SERVER s
--> node DropUserMappingStmt 1:1
DROP USER MAPPING FOR PUBLIC SERVER s
--> node ImportForeignSchemaStmt 1:1
IMPORT FOREIGN SCHEMA public FROM SERVER s INTO public
--> node CreatePublicationStmt 1:1
CREATE PUBLICATION p FOR ALL TABLES
--> node AlterPublicationStmt 1:1
ALTER PUBLICATION p ADD TABLE customers
--> statement DropStmt 1:1
DROP PUBLICATION p
--> node CreateSubscriptionStmt 1:1
CREATE SUBSCRIPTION s CONNECTION 'host=evil' PUBLICATION p
--> node AlterSubscriptionStmt 1:1
ALTER SUBSCRIPTION s DISABLE
--> node DropSubscriptionStmt 1:1
DROP SUBSCRIPTION s
--> function FuncCall 1:8
SELECT postgres_fdw_disconnect_all()
--> function FuncCall 1:8
SELECT postgres_fdw_get_connections()
