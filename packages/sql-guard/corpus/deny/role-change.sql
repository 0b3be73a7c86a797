--> node VariableSetStmt 1:10
SET ROLE postgres
--> node VariableSetStmt 1:16
SET LOCAL ROLE postgres
--> node VariableSetStmt 1:10
SET ROLE NONE
--> node VariableSetStmt 1:1
RESET ROLE
--> node VariableSetStmt 1:27
SET SESSION AUTHORIZATION postgres
--> node VariableSetStmt 1:1
SET SESSION AUTHORIZATION DEFAULT
--> node CreateRoleStmt 1:1
CREATE ROLE evil SUPERUSER
--> node CreateRoleStmt 1:1
CREATE USER evil PASSWORD 'x'
--> node CreateRoleStmt 1:1
CREATE GROUP g
--> node AlterRoleStmt 1:1
ALTER ROLE postgres NOLOGIN
--> node AlterRoleStmt 1:1
ALTER USER postgres PASSWORD 'x'
--> node AlterRoleSetStmt 1:1
ALTER ROLE ALL SET search_path = evil
--> node AlterRoleSetStmt 1:1
ALTER ROLE postgres RESET ALL
--> node DropRoleStmt 1:1
DROP ROLE IF EXISTS analyst
--> node DropOwnedStmt 1:1
DROP OWNED BY analyst CASCADE
--> node ReassignOwnedStmt 1:1
REASSIGN OWNED BY analyst TO evil
--> node GrantRoleStmt 1:1
GRANT postgres TO analyst
--> node GrantRoleStmt 1:1
REVOKE postgres FROM analyst
--> statement GrantStmt 1:1
GRANT ALL ON ALL TABLES IN SCHEMA public TO PUBLIC
--> statement GrantStmt 1:1
GRANT SELECT ON customers TO analyst
--> statement GrantStmt 1:1
REVOKE SELECT ON customers FROM analyst
--> node AlterDefaultPrivilegesStmt 1:1
ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO PUBLIC
--> statement AlterTableStmt 1:1
ALTER TABLE customers OWNER TO evil
--> node SecLabelStmt 1:1
SECURITY LABEL ON TABLE customers IS 'x'
