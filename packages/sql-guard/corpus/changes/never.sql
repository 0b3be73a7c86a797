--> 
CREATE FUNCTION f() RETURNS int LANGUAGE c AS '/lib/x', 'system'
--> 
CREATE FUNCTION f() RETURNS int LANGUAGE internal AS 'x'
--> 
CREATE FUNCTION f() RETURNS int LANGUAGE plperlu AS 'x'
--> 
CREATE FUNCTION f() RETURNS int LANGUAGE plperl AS 'x'
--> 
CREATE FUNCTION f() RETURNS int LANGUAGE "SQL" AS 'x'
--> 
CREATE FUNCTION f() RETURNS int LANGUAGE plpython3u AS 'x'
--> 
CREATE FUNCTION f() RETURNS int LANGUAGE sql LANGUAGE plpython3u AS 'x'
--> 
CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER RETURN 1
--> 
CREATE FUNCTION f() RETURNS int LANGUAGE sql EXTERNAL SECURITY DEFINER RETURN 1
--> 
CREATE FUNCTION f() RETURNS int LANGUAGE sql LEAKPROOF RETURN 1
--> 
CREATE FUNCTION f() RETURNS int LANGUAGE sql SUPPORT evil RETURN 1
--> 
CREATE FUNCTION f() RETURNS int TRANSFORM FOR TYPE int LANGUAGE sql RETURN 1
--> 
CREATE FUNCTION f() RETURNS int LANGUAGE sql SET search_path = x RETURN 1
--> 
CREATE FUNCTION f() RETURNS int LANGUAGE sql RETURN pg_sleep(1)
--> 
CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT pg_read_file('x'); END
--> 
CREATE FUNCTION f() RETURNS event_trigger LANGUAGE plpgsql AS 'x'
--> 
CREATE FUNCTION f() RETURNS fdw_handler LANGUAGE plpgsql AS 'x'
--> 
CREATE FUNCTION pg_catalog.f() RETURNS int LANGUAGE sql RETURN 1
--> 
CREATE FUNCTION pg_temp.f() RETURNS int LANGUAGE sql RETURN 1
--> 
CREATE OR REPLACE PROCEDURE information_schema.p() LANGUAGE sql AS 'select 1'
--> 
CREATE PROCEDURE p() LANGUAGE plperlu AS 'x'
--> 
ALTER FUNCTION f() SECURITY DEFINER
--> 
ALTER FUNCTION f() SET search_path = x
--> 
ALTER FUNCTION f() OWNER TO x
--> 
ALTER FUNCTION lower(text) RENAME TO f
--> 
ALTER FUNCTION lower(text) SET SCHEMA app
--> 
DROP FUNCTION lower(text)
--> 
DROP ROUTINE pg_sleep
--> 
DROP AGGREGATE sum(int)
--> 
COMMENT ON FUNCTION lower(text) IS 'x'
--> 
CREATE TYPE pg_catalog.x AS ENUM ('a')
--> 
CREATE TYPE pg_catalog.x AS (a int)
--> 
CREATE TYPE pg_catalog.x AS RANGE (subtype = int)
--> 
CREATE TYPE pg_temp.x AS ENUM ('a')
--> 
CREATE TYPE x AS RANGE (subtype = int, subtype_diff = app.f)
--> 
CREATE TYPE x AS RANGE (subtype = int, canonical = auto)
--> 
CREATE DOMAIN pg_catalog.x AS int
--> 
CREATE DOMAIN information_schema.x AS int
--> 
CREATE DOMAIN pg_temp.x AS int
--> 
CREATE STATISTICS pg_catalog.s ON a, b FROM t
--> 
ALTER TYPE pg_catalog.x ADD VALUE 'y'
--> 
ALTER TYPE int4 RENAME TO y
--> 
ALTER TYPE pg_catalog.int4 RENAME TO y
--> 
ALTER TYPE text SET SCHEMA app
--> 
ALTER DOMAIN information_schema.x DROP CONSTRAINT y
--> 
ALTER STATISTICS pg_catalog.s SET STATISTICS 1
--> 
DROP TYPE int4
--> 
DROP TYPE pg_catalog.int4
--> 
DROP DOMAIN information_schema.x
--> 
COMMENT ON TYPE int4 IS 'x'
--> 
ALTER SCHEMA x RENAME TO pg_y
--> 
ALTER TABLE t RENAME TO pg_authid
--> 
ALTER VIEW v RENAME TO pg_stats
--> 
ALTER INDEX i RENAME TO pg_x
--> 
CREATE TABLE x (a int, EXCLUDE USING gist (a WITH OPERATOR(evil.&&)))
--> 
ALTER TABLE t ADD EXCLUDE USING gist (a WITH OPERATOR(evil.&&))
--> 
ALTER TABLE t SET (autovacuum_enabled = app.off)
--> 
REINDEX (TABLESPACE evil) TABLE t
--> 
REINDEX (VERBOSE, TABLESPACE 'evil') INDEX i
--> 
CREATE EXTENSION dblink
--> 
CREATE EXTENSION postgres_fdw
--> 
CREATE EXTENSION IF NOT EXISTS file_fdw
--> 
CREATE EXTENSION plperlu
--> 
CREATE EXTENSION plpython3u
--> 
CREATE EXTENSION hstore_plpython3u
--> 
CREATE EXTENSION adminpack
--> 
CREATE EXTENSION tablefunc
--> 
CREATE EXTENSION earthdistance CASCADE
--> 
ALTER EXTENSION x UPDATE
--> 
ALTER EXTENSION x ADD TABLE t
--> 
ALTER EXTENSION x DROP FUNCTION f()
--> 
GRANT pg_read_server_files TO x
--> 
GRANT EXECUTE ON FUNCTION pg_read_file(text) TO x
--> 
GRANT SET ON PARAMETER log_statement TO x
--> 
GRANT SELECT ON t TO x WITH GRANT OPTION
--> 
CREATE RULE r AS ON INSERT TO t DO ALSO NOTIFY x
--> 
CREATE RULE r AS ON INSERT TO t DO INSTEAD INSERT INTO pg_authid SELECT 1
--> 
CREATE POLICY p ON t USING (current_setting('a.b') = 'c')
--> 
CREATE POLICY p ON t USING (pg_sleep(1) IS NULL)
--> 
CREATE POLICY p ON pg_authid USING (true)
--> 
CREATE TRIGGER x BEFORE INSERT ON t EXECUTE FUNCTION pg_catalog.lo_manage()
--> 
CREATE TRIGGER x BEFORE INSERT ON t WHEN (pg_sleep(1) IS NULL) EXECUTE FUNCTION y()
--> 
ALTER TABLE t ENABLE ALWAYS TRIGGER x
--> 
ALTER TABLE t DISABLE TRIGGER ALL
--> 
SELECT 1 INTO TEMP x
--> 
SELECT 1 INTO pg_catalog.x
--> 
SELECT setval('s', 1)
--> 
INSERT INTO t VALUES (1) ON CONFLICT (pg_sleep(1)) DO NOTHING
--> 
INSERT INTO t VALUES (1) ON CONFLICT (a) DO UPDATE SET b = lo_creat(1)
--> 
UPDATE t SET a = 1 WHERE id = 1 RETURNING (old).pg_sleep
--> 
UPDATE t SET a[pg_sleep(1)::text::int] = 1 WHERE id = 1
--> 
MERGE INTO t USING u ON t.a = u.a WHEN NOT MATCHED THEN INSERT VALUES (pg_advisory_lock(1))
--> 
MERGE INTO t USING u ON t.a = u.a WHEN MATCHED THEN DELETE RETURNING merge_action(), pg_sleep(1)
--> 
WITH d AS (MERGE INTO pg_authid USING u ON true WHEN MATCHED THEN DELETE RETURNING *) SELECT 1
--> 
CREATE MATERIALIZED VIEW m AS SELECT pg_sleep(1)
--> 
CREATE TABLE x PARTITION OF t FOR VALUES FROM (pg_sleep(1)) TO (2)
--> 
CREATE TABLE x PARTITION OF pg_class DEFAULT
--> 
CREATE TABLE x (LIKE pg_authid)
--> 
CREATE TABLE x () INHERITS (pg_authid)
--> 
CREATE TABLE x (a int REFERENCES pg_authid (oid))
--> 
CREATE TABLE x (a int UNIQUE USING INDEX TABLESPACE evil)
--> 
CREATE TABLE x (a int) USING evil
--> 
CREATE SEQUENCE s OWNED BY pg_authid.oid
--> 
CREATE OPERATOR === (leftarg = int, rightarg = int, function = evil)
--> 
CREATE AGGREGATE a (int) (sfunc = evil, stype = int)
--> 
CREATE TRANSFORM FOR int LANGUAGE sql (FROM SQL WITH FUNCTION a(internal))
--> 
CREATE CONVERSION x FOR 'UTF8' TO 'LATIN1' FROM evil
--> 
CREATE COLLATION x (provider = icu, locale = 'de')
--> 
CREATE TEXT SEARCH DICTIONARY x (TEMPLATE = simple)
--> 
CREATE ACCESS METHOD x TYPE index HANDLER evil
--> 
IMPORT FOREIGN SCHEMA x FROM SERVER y INTO z
--> 
ALTER LARGE OBJECT 1 OWNER TO x
--> 
COMMENT ON LARGE OBJECT 1 IS 'x'
--> 
DROP OWNED BY x
--> 
VACUUM FULL pg_authid
--> 
CLUSTER pg_class USING i
--> 
ANALYZE pg_authid (rolpassword)
--> 
ALTER TABLE t DISABLE TRIGGER "RI_ConstraintTrigger_a_16402"
--> 
ALTER TABLE t ENABLE TRIGGER "RI_ConstraintTrigger_c_16402"
--> 
CREATE RULE r AS ON UPDATE TO t DO INSTEAD (INSERT INTO a VALUES (1); DELETE FROM pg_class)
--> 
GRANT SELECT (rolpassword) ON pg_authid TO PUBLIC
--> 
GRANT SELECT ON pg_catalog.pg_statistic TO x
--> 
REVOKE ALL ON SCHEMA pg_catalog FROM PUBLIC
--> 
ALTER TYPE pg_class RENAME ATTRIBUTE relname TO x
--> 
ALTER TYPE pg_class ADD ATTRIBUTE a int
--> 
DROP INDEX pg_toast.pg_toast_1_index
--> 
REINDEX INDEX pg_toast.pg_toast_1_index
--> 
CLUSTER pg_toast.pg_toast_1
--> 
CREATE STATISTICS s ON a, b FROM pg_temp.x
--> 
CREATE TABLE x (LIKE pg_temp.y)
--> 
CREATE TABLE x (a int CHECK ((SELECT 1 FROM pg_authid) = 1))
--> 
CREATE FUNCTION f(a int DEFAULT pg_sleep(1)) RETURNS int LANGUAGE sql RETURN a
--> 
CREATE FUNCTION f() RETURNS void LANGUAGE sql BEGIN ATOMIC CREATE ROLE x; END
--> 
CREATE FUNCTION f() RETURNS void LANGUAGE sql BEGIN ATOMIC SELECT 1; DELETE FROM pg_class; END
--> 
CREATE TABLE x (a int GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME pg_catalog.s))
--> 
ALTER TABLE t ALTER COLUMN a SET SEQUENCE NAME pg_catalog.s
--> 
CREATE VIEW v AS VALUES (pg_sleep(1))
--> 
CREATE VIEW v AS SELECT * FROM U&"pg\005fauthid"
--> 
CREATE MATERIALIZED VIEW m AS SELECT * FROM dblink('x', 'y') AS t (a int)
--> 
CREATE CONSTRAINT TRIGGER x AFTER INSERT ON t FROM pg_class FOR EACH ROW EXECUTE FUNCTION f()
--> 
DROP FUNCTION IF EXISTS lower
--> 
DROP FUNCTION pg_catalog.lower(text)
--> 
DROP TABLE postgres.pg_catalog.pg_class
--> 
CREATE TYPE x AS (a pg_authid)
--> 
CREATE EXTENSION hstore SCHEMA pg_temp
--> 
CREATE EXTENSION "../../evil"
--> 
CREATE LANGUAGE java
--> 
ALTER TABLE t ALTER a TYPE text COLLATE "C" USING query_to_xml('x', true, true, '')
--> 
ALTER DOMAIN d ADD CHECK (value = (SELECT 1 FROM pg_shadow))
--> 
CREATE POLICY p ON t USING (EXISTS (SELECT 1 FROM pg_stat_activity))
--> 
CREATE RULE r AS ON INSERT TO t WHERE pg_sleep(1) IS NULL DO NOTHING
--> 
CREATE TRIGGER x BEFORE UPDATE OF a ON t FOR EACH ROW WHEN (old.a OPERATOR(app.=) new.a) EXECUTE FUNCTION f()
--> 
INSERT INTO t SELECT * FROM ROWS FROM (generate_series(1, 2), pg_ls_dir('.')) AS x
--> 
UPDATE t SET a = (TABLE pg_shadow LIMIT 1) WHERE id = 1
--> 
WITH x AS (SELECT * FROM pg_class FOR UPDATE) SELECT 1
--> 
EXPLAIN (VERBOSE) CREATE MATERIALIZED VIEW m AS SELECT pg_sleep(1)
--> 
ALTER INDEX pg_catalog.i RENAME TO j
--> 
ALTER STATISTICS s SET SCHEMA pg_catalog
--> 
ALTER EXTENSION hstore SET SCHEMA pg_catalog
