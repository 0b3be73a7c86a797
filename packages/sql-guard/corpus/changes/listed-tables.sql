--> 
SELECT * FROM hr.salaries FOR UPDATE
--> 
INSERT INTO hr.salaries VALUES (1)
--> 
INSERT INTO t SELECT * FROM hr.salaries
--> 
UPDATE t SET a = s.amount FROM hr.salaries s WHERE s.id = t.id
--> 
DELETE FROM t USING hr.salaries s WHERE s.id = t.id
--> 
MERGE INTO t USING hr.salaries s ON s.id = t.id WHEN MATCHED THEN DELETE
--> 
CREATE TABLE x AS SELECT * FROM hr.salaries
--> 
CREATE TABLE x AS TABLE hr.salaries
--> 
CREATE TABLE x (LIKE hr.salaries)
--> 
CREATE TABLE x () INHERITS (hr.salaries)
--> 
CREATE TABLE x PARTITION OF hr.salaries DEFAULT
--> 
CREATE TABLE x (a int REFERENCES hr.salaries (id))
--> 
CREATE VIEW v AS SELECT * FROM hr.salaries
--> 
CREATE MATERIALIZED VIEW v AS SELECT amount FROM hr.salaries
--> 
CREATE RULE r AS ON INSERT TO t DO ALSO INSERT INTO hr.salaries SELECT new.id
--> 
CREATE RULE r AS ON SELECT TO t DO INSTEAD SELECT * FROM hr.salaries
--> 
CREATE RULE r AS ON INSERT TO hr.salaries DO NOTHING
--> 
CREATE POLICY p ON hr.salaries USING (true)
--> 
CREATE POLICY p ON t USING (EXISTS (SELECT 1 FROM hr.salaries))
--> 
ALTER POLICY p ON hr.salaries USING (true)
--> 
CREATE TRIGGER x AFTER INSERT ON hr.salaries EXECUTE FUNCTION f()
--> 
CREATE CONSTRAINT TRIGGER x AFTER INSERT ON t FROM hr.salaries FOR EACH ROW EXECUTE FUNCTION f()
--> 
CREATE INDEX ON hr.salaries (amount)
--> 
CREATE STATISTICS s ON a, b FROM hr.salaries
--> 
CREATE SEQUENCE s OWNED BY hr.salaries.id
--> 
ALTER SEQUENCE s OWNED BY hr.salaries.id
--> 
ALTER TABLE hr.salaries ADD COLUMN x int
--> 
ALTER TABLE hr.salaries RENAME TO x
--> 
ALTER TABLE hr.salaries RENAME COLUMN a TO b
--> 
ALTER TABLE hr.salaries RENAME CONSTRAINT a TO b
--> 
ALTER TABLE hr.salaries SET SCHEMA public
--> 
ALTER TABLE t INHERIT hr.salaries
--> 
ALTER TABLE hr.salaries INHERIT t
--> 
ALTER TABLE t ATTACH PARTITION hr.salaries DEFAULT
--> 
ALTER TABLE t DETACH PARTITION hr.salaries
--> 
ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES hr.salaries
--> 
ALTER TABLE hr.salaries DISABLE ROW LEVEL SECURITY
--> 
ALTER TRIGGER x ON hr.salaries RENAME TO y
--> 
ALTER POLICY x ON hr.salaries RENAME TO y
--> 
ALTER RULE x ON hr.salaries RENAME TO y
--> 
ALTER SCHEMA hr RENAME TO x
--> 
DROP SCHEMA hr
--> 
DROP SCHEMA hr CASCADE
--> 
DROP TABLE hr.salaries
--> 
DROP TABLE t, hr.salaries
--> 
DROP TABLE t CASCADE
--> 
DROP TYPE e CASCADE
--> 
DROP DOMAIN d CASCADE
--> 
DROP FUNCTION f() CASCADE
--> 
DROP EXTENSION hstore CASCADE
--> 
DROP SCHEMA other CASCADE
--> 
DROP SEQUENCE s CASCADE
--> 
ALTER TABLE t DROP COLUMN a CASCADE
--> 
ALTER TABLE t DROP CONSTRAINT a CASCADE
--> 
ALTER TYPE c DROP ATTRIBUTE a CASCADE
--> 
DROP POLICY p ON hr.salaries
--> 
DROP TRIGGER p ON hr.salaries
--> 
DROP RULE p ON hr.salaries
--> 
COMMENT ON TABLE hr.salaries IS 'x'
--> 
COMMENT ON COLUMN hr.salaries.a IS 'x'
--> 
COMMENT ON CONSTRAINT a ON hr.salaries IS 'x'
--> 
COMMENT ON POLICY a ON hr.salaries IS 'x'
--> 
TRUNCATE hr.salaries
--> 
TRUNCATE t, hr.salaries
--> 
TRUNCATE t CASCADE
--> 
REFRESH MATERIALIZED VIEW hr.salaries
--> 
GRANT SELECT ON hr.salaries TO x
--> 
GRANT SELECT ON ALL TABLES IN SCHEMA hr TO x
--> 
GRANT SELECT ON TABLE t, hr.salaries TO x
--> 
REVOKE SELECT ON hr.salaries FROM x
--> 
GRANT USAGE ON SEQUENCE hr.salaries TO x
--> 
VACUUM hr.salaries
--> 
VACUUM
--> 
ANALYZE
--> 
ANALYZE t, hr.salaries
--> 
CLUSTER hr.salaries
--> 
CLUSTER
--> 
REINDEX TABLE hr.salaries
--> 
REINDEX SCHEMA hr
--> 
EXPLAIN SELECT * FROM hr.salaries
--> 
EXPLAIN UPDATE hr.salaries SET a = 1 WHERE id = 1
--> 
SELECT * INTO x FROM hr.salaries
--> 
CREATE SCHEMA x CREATE VIEW v AS SELECT * FROM hr.salaries
--> 
CREATE FUNCTION f() RETURNS int LANGUAGE sql RETURN (SELECT amount FROM hr.salaries)
--> 
CREATE FUNCTION f() RETURNS SETOF hr.salaries LANGUAGE sql BEGIN ATOMIC SELECT * FROM hr.salaries; END
--> 
CREATE TABLE x (a hr.salaries)
--> 
CREATE TABLE x OF hr.salaries
--> 
ALTER TABLE t OF hr.salaries
--> 
CREATE TABLE x (a int DEFAULT (SELECT amount FROM hr.salaries))
--> 
LOCK TABLE hr.salaries
--> 
COPY hr.salaries TO STDOUT
--> 
ALTER TABLE t ALTER id ADD GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME hr.salaries)
--> 
INSERT INTO t SELECT (s).amount FROM (SELECT NULL::hr.salaries AS s) x
