--> statement CreateFunctionStmt 1:1
CREATE FUNCTION evil() RETURNS int LANGUAGE sql AS 'SELECT 1'
--> statement CreateFunctionStmt 1:1
CREATE OR REPLACE FUNCTION lower(text) RETURNS text LANGUAGE sql AS 'SELECT $1'
--> statement CreateFunctionStmt 1:1
CREATE FUNCTION evil() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; END
--> statement CreateFunctionStmt 1:1
CREATE PROCEDURE evil() LANGUAGE plpgsql AS $$ BEGIN END $$
--> statement CreateTrigStmt 1:1
CREATE TRIGGER t AFTER INSERT ON customers FOR EACH ROW EXECUTE FUNCTION f()
--> node CreateEventTrigStmt 1:1
CREATE EVENT TRIGGER t ON ddl_command_start EXECUTE FUNCTION f()
--> statement RuleStmt 1:1
CREATE RULE r AS ON INSERT TO customers DO INSTEAD NOTHING
--> statement CreatePolicyStmt 1:1
CREATE POLICY p ON customers USING (true)
--> statement AlterPolicyStmt 1:1
ALTER POLICY p ON customers USING (true)
--> statement DropStmt 1:1
DROP POLICY p ON customers
--> statement DropStmt 1:1
DROP FUNCTION f()
--> statement DropStmt 1:1
DROP TRIGGER t ON customers
--> statement DropStmt 1:1
DROP RULE r ON customers
--> statement CreateExtensionStmt 1:1
CREATE EXTENSION dblink
--> node AlterExtensionStmt 1:1
ALTER EXTENSION dblink UPDATE
--> statement DropStmt 1:1
DROP EXTENSION pgcrypto
--> statement CreateExtensionStmt 1:1
CREATE LANGUAGE plpython3u
--> node CreateCastStmt 1:1
CREATE CAST (text AS int) WITH FUNCTION f(text)
--> node DefineStmt 1:1
CREATE OPERATOR === (LEFTARG = int, RIGHTARG = int, FUNCTION = f)
--> node DefineStmt 1:1
CREATE AGGREGATE a (int) (SFUNC = f, STYPE = int)
--> node DefineStmt 1:1
CREATE TYPE t (INPUT = f, OUTPUT = g)
--> node CreateAmStmt 1:1
CREATE ACCESS METHOD m TYPE TABLE HANDLER h
--> node CreateTransformStmt 1:1
CREATE TRANSFORM FOR int LANGUAGE plpgsql (FROM SQL WITH FUNCTION f(internal), TO SQL WITH FUNCTION g(internal))
--> node CreateConversionStmt 1:1
CREATE CONVERSION c FOR 'UTF8' TO 'LATIN1' FROM f
--> node DefineStmt 1:1
CREATE COLLATION c (LOCALE = 'C')
--> node DefineStmt 1:1
CREATE TEXT SEARCH CONFIGURATION c (COPY = english)
--> node AlterFunctionStmt 1:1
ALTER FUNCTION f() SECURITY DEFINER
--> node AlterOwnerStmt 1:1
ALTER FUNCTION f() OWNER TO evil
--> node AlterOwnerStmt 1:1
ALTER OPERATOR + (int, int) OWNER TO evil
--> statement RenameStmt 1:1
ALTER TRIGGER t ON customers RENAME TO u
--> node CreateOpClassStmt 1:1
CREATE OPERATOR CLASS o FOR TYPE int USING btree AS OPERATOR 1 <
--> node DoStmt 1:1
DO $$ BEGIN EXECUTE 'DROP TABLE customers'; END $$
--> node DoStmt 1:1
DO LANGUAGE plpgsql 'BEGIN END'
--> node CallStmt 1:1
CALL evil()
--> node CallStmt 1:1
CALL public.evil(1, 'x')
--> node LoadStmt 1:1
LOAD 'auto_explain'
--> node LoadStmt 1:1
LOAD '/tmp/evil.so'
