--> 
DELETE FROM t WHERE EXISTS (SELECT id FROM t AS x)
--> 
DELETE FROM t WHERE id = 1 OR NOT (id = 1)
--> 
DELETE FROM t WHERE CASE id WHEN 1 THEN true ELSE true END
--> 
DELETE FROM t WHERE t IS NOT NULL OR t IS NULL
--> 
DELETE FROM t WHERE tableoid IS NOT NULL
--> 
DELETE FROM t WHERE id = ANY (ARRAY[id])
--> 
DELETE FROM t WHERE 1 = 1 AND id = id
--> 
DELETE FROM t WHERE true IS TRUE
--> 
DELETE FROM t WHERE 'a' LIKE 'a'
--> 
DELETE FROM t WHERE 1
--> 
DELETE FROM t WHERE NOT false
--> 
DELETE FROM t WHERE current_date > '2000-01-01'
--> 
DELETE FROM t WHERE random() < 2
--> 
DELETE FROM t WHERE excluded.a = 1
--> 
DELETE FROM t WHERE u.id = 1
--> 
DELETE FROM ONLY t
--> 
UPDATE ONLY t SET a = 1
--> 
UPDATE t AS x SET a = 1
--> 
UPDATE t SET a = 1 FROM (SELECT 1 AS id) AS t2 WHERE t2.id = 1
--> 
MERGE INTO t USING (SELECT 1) s ON true WHEN MATCHED THEN UPDATE SET a = 1
--> 
MERGE INTO t USING (SELECT 1) s ON 1 = 1 WHEN MATCHED THEN DELETE
--> 
MERGE INTO t USING s ON NOT (t.id = s.id AND false) WHEN MATCHED THEN DELETE
--> 
INSERT INTO t (id, a) SELECT id, 0 FROM t AS x ON CONFLICT (id) DO UPDATE SET a = excluded.a
--> 
WITH d AS (DELETE FROM t) SELECT 1
--> 
WITH d AS (UPDATE t SET a = 1 RETURNING 1) SELECT * FROM d
--> 
INSERT INTO t WITH d AS (DELETE FROM u RETURNING *) SELECT * FROM d
--> 
SELECT * FROM (WITH d AS (DELETE FROM t RETURNING *) SELECT * FROM d) x
--> 
EXPLAIN DELETE FROM t
--> 
EXPLAIN (ANALYZE) UPDATE t SET a = 1 WHERE id = 1
--> 
EXPLAIN (ANALYZE off, ANALYZE on) DELETE FROM t WHERE id = 1
--> 
EXPLAIN ANALYZE INSERT INTO t VALUES (1)
--> 
EXPLAIN CREATE TABLE x AS SELECT 1
--> 
EXPLAIN EXECUTE q
--> 
EXPLAIN DECLARE c CURSOR FOR SELECT 1
--> 
EXPLAIN REFRESH MATERIALIZED VIEW m
--> 
TRUNCATE t
--> 
TRUNCATE ONLY t RESTART IDENTITY CASCADE
--> 
REFRESH MATERIALIZED VIEW m WITH NO DATA
--> 
SELECT nextval('s')
--> 
SELECT lastval()
--> 
SELECT currval('s')
--> 
SELECT * INTO x FROM t
--> 
CREATE TEMP TABLE x AS SELECT 1
--> 
INSERT INTO pg_temp.x VALUES (1)
--> 
INSERT INTO pg_catalog.pg_proc SELECT 1
--> 
INSERT INTO pg_class SELECT 1
--> 
UPDATE pg_class SET relname = 'x' WHERE oid = 1
--> 
UPDATE pg_attribute SET attname = 'x' WHERE attrelid = 1
--> 
DELETE FROM pg_depend WHERE objid = 1
--> 
INSERT INTO information_schema.tables DEFAULT VALUES
--> 
UPDATE information_schema.views SET view_definition = 'x' WHERE table_name = 'x'
--> 
UPDATE pg_settings SET setting = 'on' WHERE name = 'log_statement'
--> 
WITH x AS (UPDATE pg_settings SET setting = 'on' WHERE name = 'x' RETURNING *) SELECT * FROM x
--> 
INSERT INTO t SELECT rolpassword FROM pg_authid
--> 
INSERT INTO t SELECT passwd FROM pg_shadow
--> 
INSERT INTO t (a) VALUES ((SELECT rolpassword FROM pg_authid LIMIT 1))
--> 
UPDATE t SET a = (SELECT setting FROM pg_settings LIMIT 1) WHERE id = 1
--> 
UPDATE t SET a = s.query FROM pg_stat_activity s WHERE t.id = s.pid
--> 
DELETE FROM t USING pg_authid a WHERE a.oid = t.id
--> 
MERGE INTO t USING pg_authid a ON a.oid = t.id WHEN MATCHED THEN DELETE
--> 
MERGE INTO pg_authid a USING t ON a.oid = t.id WHEN MATCHED THEN DELETE
--> 
INSERT INTO t VALUES (pg_read_file('/etc/passwd'))
--> 
INSERT INTO t VALUES (lo_import('/etc/passwd'))
--> 
INSERT INTO t SELECT pg_ls_dir('.')
--> 
INSERT INTO t VALUES (1) RETURNING pg_sleep(10)
--> 
INSERT INTO t VALUES (1) RETURNING (SELECT rolpassword FROM pg_authid LIMIT 1)
--> 
INSERT INTO t VALUES (1) RETURNING (60).pg_sleep
--> 
INSERT INTO t VALUES (1) ON CONFLICT (id) WHERE pg_sleep(1) IS NULL DO NOTHING
--> 
INSERT INTO t VALUES (1) ON CONFLICT (id) DO UPDATE SET a = 1 WHERE pg_sleep(1) IS NULL
--> 
INSERT INTO t VALUES (1) ON CONFLICT (id) DO UPDATE SET a = (SELECT rolpassword FROM pg_authid LIMIT 1)
--> 
INSERT INTO t VALUES (set_config('a.b', 'c', false))
--> 
UPDATE t SET a = set_config('role', 'x', false) WHERE id = 1
--> 
UPDATE t SET (a, b) = (SELECT pg_sleep(1), 2) WHERE id = 1
--> 
UPDATE t SET a[pg_backend_pid()] = 1 WHERE id = 1
--> 
DELETE FROM t WHERE id = 1 AND pg_advisory_lock(1) IS NULL
--> 
DELETE FROM t WHERE id = pg_terminate_backend(1)::int
--> 
MERGE INTO t USING u ON t.id = u.id AND pg_sleep(1) IS NULL WHEN MATCHED THEN DO NOTHING
--> 
MERGE INTO t USING u ON t.id = u.id WHEN MATCHED AND pg_notify('a', 'b') IS NULL THEN DO NOTHING
--> 
MERGE INTO t USING u ON t.id = u.id WHEN NOT MATCHED THEN INSERT VALUES (nextval('s'))
--> 
MERGE INTO t USING (SELECT pg_sleep(1)) u ON t.id = 1 WHEN MATCHED THEN DO NOTHING
--> 
SELECT * FROM pg_class FOR UPDATE
--> 
SELECT * FROM pg_catalog.pg_attribute FOR SHARE
--> 
SELECT * FROM pg_authid FOR KEY SHARE
--> 
SELECT * FROM t, pg_class FOR UPDATE OF pg_class
--> 
INSERT INTO db.public.t VALUES (1)
--> 
INSERT INTO t VALUES ('a'::app.evil)
--> 
INSERT INTO t VALUES (app.f(1))
--> 
INSERT INTO t VALUES (1 OPERATOR(app.+) 1)
--> 
INSERT INTO t SELECT * FROM dblink('x', 'y') AS (a int)
--> 
UPDATE t SET a = query_to_xml('delete from t', true, true, '')::text WHERE id = 1
--> 
DELETE FROM t WHERE CURRENT OF c
--> 
INSERT INTO t VALUES (1); DELETE FROM t
--> 
INSERT INTO t SELECT generate_series(1, 100000000000)
--> 
INSERT INTO t SELECT repeat('x', 600000000)
--> 
UPDATE t SET a = repeat('x', 600000000) WHERE id = 1
--> 
INSERT INTO t VALUES (repeat('x', 1000000000)) ON CONFLICT DO NOTHING
--> 
CREATE TABLE x (a int)
--> 
CREATE VIEW v AS SELECT 1
--> 
DROP TABLE t
--> 
ALTER TABLE t ADD COLUMN x int
--> 
CREATE INDEX ON t (a)
--> 
COMMENT ON TABLE t IS 'x'
--> 
VACUUM t
--> 
ANALYZE t
--> 
CLUSTER t
--> 
REINDEX TABLE t
--> 
GRANT SELECT ON t TO x
--> 
CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'select 1'
--> 
CREATE TRIGGER x AFTER INSERT ON t EXECUTE FUNCTION f()
--> 
CREATE RULE r AS ON INSERT TO t DO NOTHING
--> 
CREATE POLICY p ON t USING (true)
--> 
CREATE EXTENSION hstore
--> 
CALL p()
--> 
DO $$ begin end $$
--> 
COPY t FROM STDIN
--> 
COPY (DELETE FROM t RETURNING *) TO STDOUT
--> 
COPY (SELECT 1) TO PROGRAM 'x'
--> 
BEGIN
--> 
COMMIT
--> 
ROLLBACK
--> 
SAVEPOINT a
--> 
SET CONSTRAINTS ALL DEFERRED
--> 
SET LOCAL a.b = 1
--> 
SET SESSION AUTHORIZATION x
--> 
RESET ROLE
--> 
LOCK TABLE t IN ACCESS EXCLUSIVE MODE
--> 
PREPARE TRANSACTION 'x'
--> 
COMMIT PREPARED 'x'
--> 
DECLARE c CURSOR WITH HOLD FOR SELECT 1
--> 
NOTIFY x, 'y'
--> 
UNLISTEN *
--> 
SELECT pg_catalog.nextval('s'::regclass)
--> 
INSERT INTO t VALUES (DEFAULT, nextval('s'))
--> 
INSERT INTO t SELECT (SELECT nextval('s'))
--> 
WITH a AS (SELECT oid::int % 2 AS x FROM pg_class), b AS (SELECT x+x+x+x+x+x+x+x AS x FROM a), c AS (SELECT x+x+x+x+x+x+x+x AS x FROM b), d AS (SELECT x+x+x+x+x+x+x+x AS x FROM c), e AS (SELECT x+x+x+x+x+x+x+x AS x FROM d), f AS (SELECT x+x+x+x+x+x+x+x AS x FROM e), g AS (SELECT x+x+x+x+x+x+x+x AS x FROM f) UPDATE orders SET total = g.x FROM g WHERE orders.id = 1
--> 
WITH RECURSIVE r(s) AS (SELECT 'x'::text UNION ALL SELECT s || s FROM r) UPDATE orders SET note = r.s FROM r WHERE orders.id = 1
--> 
WITH RECURSIVE r(s) AS (SELECT 'x'::text UNION ALL SELECT s || s FROM r) DELETE FROM orders USING r WHERE orders.id = 1 AND orders.note = r.s
--> 
WITH RECURSIVE r(s) AS (SELECT 'x'::text UNION ALL SELECT s || s FROM r) INSERT INTO orders (note) SELECT s FROM r
--> 
WITH m0 AS NOT MATERIALIZED (SELECT 1 AS x), m1 AS NOT MATERIALIZED (SELECT a.x FROM m0 a, m0 b), m2 AS NOT MATERIALIZED (SELECT a.x FROM m1 a, m1 b), m3 AS NOT MATERIALIZED (SELECT a.x FROM m2 a, m2 b), m4 AS NOT MATERIALIZED (SELECT a.x FROM m3 a, m3 b), m5 AS NOT MATERIALIZED (SELECT a.x FROM m4 a, m4 b), m6 AS NOT MATERIALIZED (SELECT a.x FROM m5 a, m5 b), m7 AS NOT MATERIALIZED (SELECT a.x FROM m6 a, m6 b), m8 AS NOT MATERIALIZED (SELECT a.x FROM m7 a, m7 b), m9 AS NOT MATERIALIZED (SELECT a.x FROM m8 a, m8 b), m10 AS NOT MATERIALIZED (SELECT a.x FROM m9 a, m9 b), m11 AS NOT MATERIALIZED (SELECT a.x FROM m10 a, m10 b), m12 AS NOT MATERIALIZED (SELECT a.x FROM m11 a, m11 b) INSERT INTO orders (id) SELECT x FROM m12
