--> node VariableSetStmt 1:16
SET work_mem = '1GB'
--> node VariableSetStmt 1:22
SET LOCAL work_mem = '1GB'
--> node VariableSetStmt 1:33
SET SESSION statement_timeout = 0
--> node VariableSetStmt 1:19
SET search_path = evil, public
--> node VariableSetStmt 1:11
SET a.b = 'c'
--> node VariableSetStmt 1:1
SET TIME ZONE 'UTC'
--> node VariableSetStmt 1:11
SET NAMES 'LATIN1'
--> node VariableSetStmt 1:35
SET standard_conforming_strings = off
--> node VariableSetStmt 1:38
SET default_transaction_read_only TO off
--> node VariableSetStmt 1:29
SET transaction_read_only = off
--> node VariableSetStmt 1:1
SET XML OPTION DOCUMENT
--> node VariableSetStmt 1:12
SET SCHEMA 'evil'
--> node VariableSetStmt 1:20
SET row_security = off
--> node VariableSetStmt 1:32
SET session_replication_role = replica
--> node VariableSetStmt 1:1
RESET ALL
--> node VariableSetStmt 1:1
RESET statement_timeout
--> node VariableSetStmt 1:1
RESET SESSION AUTHORIZATION
--> node DiscardStmt 1:1
DISCARD ALL
--> node DiscardStmt 1:1
DISCARD PLANS
--> node DiscardStmt 1:1
DISCARD SEQUENCES
--> node DiscardStmt 1:1
DISCARD TEMP
--> node VariableSetStmt 1:26
SET request.jwt.claims = '{"role":"admin"}'
--> node VariableSetStmt 1:1
SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SERIALIZABLE
