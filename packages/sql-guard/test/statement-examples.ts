import type { StatementOption } from '../src/index.ts';
import { refusedStatementExamples } from './refused-statement-examples.ts';
import type { StatementExample } from './statement-example.ts';

const every = (pass: readonly string[], refuse: readonly string[]): StatementExample => ({
  law: 'every mode',
  pass,
  refuse,
});
const rows = (pass: readonly string[], refuse: readonly string[]): StatementExample => ({
  law: 'standard',
  pass,
  refuse,
});
const rowsBy = (option: StatementOption, pass: readonly string[], refuse: readonly string[]): StatementExample => ({
  law: 'standard by option',
  option,
  pass,
  refuse,
});
const structure = (pass: readonly string[], refuse: readonly string[]): StatementExample => ({
  law: 'admin',
  pass,
  refuse,
});
const structureBy = (
  option: StatementOption,
  pass: readonly string[],
  refuse: readonly string[],
): StatementExample => ({ law: 'admin by option', option, pass, refuse });
export const statementExamples: Readonly<Record<string, StatementExample>> = {
  SelectStmt: every(
    ['SELECT a FROM t', 'VALUES (1), (2)', 'TABLE t', 'WITH x AS (SELECT 1) SELECT * FROM x'],
    ['SELECT pg_sleep(1)', 'TABLE pg_authid', 'SELECT * FROM pg_class FOR UPDATE'],
  ),
  VariableShowStmt: every(['SHOW search_path', 'SHOW TIME ZONE'], ['SHOW ALL', 'SHOW hba_file', 'SHOW app.tenant']),
  ExplainStmt: every(
    ['EXPLAIN SELECT 1', 'EXPLAIN (VERBOSE, COSTS off, FORMAT json, ANALYZE 0) SELECT 1'],
    [
      'EXPLAIN ANALYZE SELECT 1',
      'EXPLAIN (ANALYZE off, ANALYZE) SELECT 1',
      'EXPLAIN (ANALYZE 2) SELECT 1',
      'EXPLAIN (SERIALIZE) SELECT 1',
      'EXPLAIN SELECT pg_sleep(1)',
      'EXPLAIN EXECUTE q',
      'EXPLAIN DECLARE c CURSOR FOR SELECT 1',
    ],
  ),
  InsertStmt: rows(
    [
      'INSERT INTO t VALUES (1) ON CONFLICT (a) DO UPDATE SET b = excluded.b',
      'INSERT INTO t SELECT * FROM u RETURNING *',
    ],
    ['INSERT INTO pg_class DEFAULT VALUES', 'INSERT INTO t VALUES (pg_sleep(1))', 'INSERT INTO t TABLE pg_authid'],
  ),
  UpdateStmt: rows(
    ['UPDATE t SET a = 1 WHERE id = 2', 'UPDATE t SET a = u.a FROM u WHERE u.id = t.id'],
    ["UPDATE pg_settings SET setting = 'x' WHERE name = 'y'", 'UPDATE t SET a = 1 WHERE CURRENT OF c'],
  ),
  DeleteStmt: rows(
    ['DELETE FROM t WHERE id = 1', 'WITH x AS (SELECT 1 AS id) DELETE FROM t USING x WHERE x.id = t.id'],
    ['DELETE FROM pg_depend WHERE objid = 1', 'DELETE FROM t WHERE id = 1 AND pg_advisory_lock(1) IS NULL'],
  ),
  MergeStmt: rows(
    ['MERGE INTO t USING u ON t.id = u.id WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (u.id)'],
    [
      'MERGE INTO pg_class USING u ON pg_class.oid = u.id WHEN MATCHED THEN DELETE',
      'MERGE INTO t USING u ON t.id = u.id WHEN MATCHED AND pg_sleep(1) IS NULL THEN DELETE',
    ],
  ),
  TruncateStmt: rowsBy(
    'truncate',
    ['TRUNCATE t', 'TRUNCATE TABLE t, ONLY u RESTART IDENTITY CASCADE'],
    ['TRUNCATE pg_largeobject', 'TRUNCATE t, information_schema.sql_features'],
  ),
  RefreshMatViewStmt: rowsBy(
    'refresh-materialized-view',
    ['REFRESH MATERIALIZED VIEW CONCURRENTLY m', 'REFRESH MATERIALIZED VIEW app.m WITH NO DATA'],
    ['REFRESH MATERIALIZED VIEW pg_catalog.m'],
  ),
  CreateStmt: structure(
    [
      'CREATE TABLE x (id int PRIMARY KEY)',
      'CREATE UNLOGGED TABLE x (LIKE t INCLUDING ALL)',
      'CREATE TABLE x PARTITION OF t DEFAULT',
    ],
    [
      'CREATE TEMP TABLE x (a int)',
      'CREATE TABLE x (a int) TABLESPACE y',
      'CREATE TABLE x (a int) USING y',
      'CREATE TABLE x (a int DEFAULT pg_sleep(1))',
      'CREATE TABLE x (a int REFERENCES pg_class)',
      'CREATE TABLE x (a SETOF int)',
      'CREATE TABLE pg_catalog.x (a int)',
    ],
  ),
  CreateTableAsStmt: structure(
    ['CREATE TABLE x AS SELECT 1', 'CREATE MATERIALIZED VIEW x AS SELECT * FROM t WITH NO DATA'],
    [
      'CREATE TABLE x AS SELECT * FROM pg_authid',
      'CREATE TABLE x USING y AS SELECT 1',
      'CREATE MATERIALIZED VIEW x USING y AS SELECT 1',
      'CREATE TABLE x TABLESPACE y AS SELECT 1',
      'CREATE TABLE x AS EXECUTE q',
    ],
  ),
  ViewStmt: structure(
    [
      'CREATE OR REPLACE VIEW v (a) WITH (security_invoker = true) AS SELECT 1 WITH CHECK OPTION',
      'CREATE RECURSIVE VIEW v (n) AS SELECT 1',
    ],
    [
      'CREATE TEMP VIEW v AS SELECT 1',
      'CREATE VIEW v AS SELECT * FROM pg_shadow',
      'CREATE OR REPLACE VIEW pg_tables AS SELECT 1',
    ],
  ),
  IndexStmt: structure(
    [
      'CREATE UNIQUE INDEX CONCURRENTLY i ON t (lower(a)) WHERE b IS NOT NULL',
      'CREATE INDEX ON t USING gin (a gin_trgm_ops)',
    ],
    ['CREATE INDEX ON pg_class (relname)', 'CREATE INDEX ON t (app.f(a))', 'CREATE INDEX ON t (a) TABLESPACE x'],
  ),
  CreateSeqStmt: structure(
    ['CREATE SEQUENCE s AS integer START 5 OWNED BY t.id', 'CREATE SEQUENCE IF NOT EXISTS app.s CYCLE'],
    ['CREATE SEQUENCE pg_catalog.s', 'CREATE SEQUENCE s OWNED BY pg_class.oid', 'CREATE TEMP SEQUENCE s'],
  ),
  CreateEnumStmt: structure(["CREATE TYPE e AS ENUM ('a', 'b')"], ["CREATE TYPE pg_catalog.e AS ENUM ('a')"]),
  CompositeTypeStmt: structure(
    ['CREATE TYPE c AS (a int, b text)'],
    ['CREATE TYPE pg_catalog.c AS (a int)', 'CREATE TYPE c AS (a app.x)'],
  ),
  CreateRangeStmt: structure(
    [
      'CREATE TYPE r AS RANGE (subtype = float8, subtype_diff = float8mi)',
      'CREATE TYPE app.r AS RANGE (subtype = text, subtype_opclass = text_pattern_ops, collation = "C", multirange_type_name = app.m)',
    ],
    [
      'CREATE TYPE r AS RANGE (subtype = float8, subtype_diff = app.f)',
      'CREATE TYPE r AS RANGE (subtype = float8, canonical = pg_sleep)',
      'CREATE TYPE r AS RANGE (subtype = float8, multirange_type_name = pg_catalog.m)',
      'CREATE TYPE r AS RANGE (subtype = app.x)',
    ],
  ),
  CreateDomainStmt: structure(
    ['CREATE DOMAIN d AS text NOT NULL CHECK (length(value) < 9)'],
    ['CREATE DOMAIN d AS int CHECK (app.f(value))', 'CREATE DOMAIN pg_catalog.d AS int'],
  ),
  CreateSchemaStmt: structure(
    ['CREATE SCHEMA IF NOT EXISTS x', 'CREATE SCHEMA x CREATE TABLE t (a int) CREATE VIEW v AS SELECT 1'],
    [
      'CREATE SCHEMA pg_x',
      'CREATE SCHEMA x AUTHORIZATION y',
      'CREATE SCHEMA x CREATE VIEW v AS SELECT * FROM pg_authid',
    ],
  ),
  CreateStatsStmt: structure(
    ['CREATE STATISTICS s (ndistinct) ON a, (b + 1) FROM t'],
    ['CREATE STATISTICS s ON a, b FROM pg_class', 'CREATE STATISTICS s ON a, (pg_sleep(1)) FROM t'],
  ),
  AlterTableStmt: structure(
    [
      'ALTER TABLE t ADD COLUMN a int, DROP COLUMN b CASCADE, ALTER c TYPE text USING c::text',
      'ALTER TYPE c ADD ATTRIBUTE a int',
    ],
    [
      'ALTER TABLE t OWNER TO x',
      'ALTER TABLE t DISABLE TRIGGER ALL',
      'ALTER TABLE pg_class ADD a int',
      'ALTER FOREIGN TABLE t ADD a int',
    ],
  ),
  AlterSeqStmt: structure(
    ['ALTER SEQUENCE s RESTART WITH 5 OWNED BY NONE'],
    ['ALTER SEQUENCE pg_catalog.s RESTART', 'ALTER SEQUENCE s OWNED BY pg_catalog.pg_class.oid'],
  ),
  AlterEnumStmt: structure(
    ["ALTER TYPE e ADD VALUE IF NOT EXISTS 'c' BEFORE 'a'", "ALTER TYPE e RENAME VALUE 'a' TO 'b'"],
    ["ALTER TYPE pg_catalog.e ADD VALUE 'c'"],
  ),
  AlterDomainStmt: structure(
    ['ALTER DOMAIN d SET NOT NULL', 'ALTER DOMAIN d ADD CHECK (value > 0) NOT VALID'],
    ['ALTER DOMAIN d ADD CHECK (app.f(value))', 'ALTER DOMAIN information_schema.d DROP NOT NULL'],
  ),
  AlterStatsStmt: structure(
    ['ALTER STATISTICS s SET STATISTICS 100'],
    ['ALTER STATISTICS pg_catalog.s SET STATISTICS 100'],
  ),
  RenameStmt: structure(
    ['ALTER TABLE t RENAME COLUMN a TO b', 'ALTER INDEX i RENAME TO j', 'ALTER DOMAIN d RENAME CONSTRAINT a TO b'],
    [
      'ALTER ROLE x RENAME TO y',
      'ALTER DATABASE x RENAME TO y',
      'ALTER TABLE pg_class RENAME TO y',
      'ALTER TABLE t RENAME TO pg_y',
    ],
  ),
  AlterObjectSchemaStmt: structure(
    ['ALTER TABLE t SET SCHEMA x', 'ALTER TYPE app.e SET SCHEMA x'],
    ['ALTER TABLE t SET SCHEMA pg_catalog', 'ALTER OPERATOR + (int, int) SET SCHEMA x'],
  ),
  CommentStmt: structure(
    ["COMMENT ON COLUMN t.a IS 'x'", "COMMENT ON CONSTRAINT c ON DOMAIN app.d IS 'x'", 'COMMENT ON SCHEMA app IS NULL'],
    [
      "COMMENT ON DATABASE d IS 'x'",
      "COMMENT ON TABLE pg_class IS 'x'",
      "COMMENT ON CONSTRAINT c ON DOMAIN information_schema.d IS 'x'",
    ],
  ),
  DropStmt: structure(
    ['DROP TABLE IF EXISTS t, app.u CASCADE', 'DROP INDEX CONCURRENTLY i', 'DROP SCHEMA app'],
    [
      'DROP SCHEMA pg_catalog',
      'DROP TABLE pg_class',
      'DROP CAST (int AS text)',
      'DROP LANGUAGE plpgsql',
      'DROP PUBLICATION p',
      'DROP SERVER s',
    ],
  ),
  VacuumStmt: structure(
    ['VACUUM', 'VACUUM (FULL, VERBOSE) t', 'ANALYZE', 'ANALYZE t (a), u'],
    ['VACUUM FULL', 'VACUUM (FULL true, ANALYZE)', 'VACUUM pg_class', 'VACUUM (unheard_of) t', 'ANALYZE pg_authid'],
  ),
  ReindexStmt: structure(
    ['REINDEX (VERBOSE, CONCURRENTLY) TABLE t', 'REINDEX SCHEMA app'],
    ['REINDEX SYSTEM d', 'REINDEX DATABASE d', 'REINDEX (TABLESPACE x) TABLE t', 'REINDEX SCHEMA pg_catalog'],
  ),
  ClusterStmt: structure(
    ['CLUSTER t USING i', 'CLUSTER (VERBOSE) t'],
    ['CLUSTER', 'CLUSTER VERBOSE', 'CLUSTER pg_class USING i'],
  ),
  CreateFunctionStmt: structureBy(
    'create-function',
    [
      "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END'",
      "CREATE PROCEDURE p() LANGUAGE sql AS 'SELECT 1'",
    ],
    [
      "CREATE FUNCTION f() RETURNS int LANGUAGE c AS 'x', 'y'",
      'CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER RETURN 1',
      "CREATE FUNCTION public.lower(varchar) RETURNS text LANGUAGE sql RETURN 'x'",
    ],
  ),
  CreateTrigStmt: structureBy(
    'create-trigger',
    [],
    [
      'CREATE TRIGGER x AFTER INSERT ON t EXECUTE FUNCTION f()',
      'CREATE TRIGGER x AFTER INSERT ON pg_class EXECUTE FUNCTION f()',
    ],
  ),
  RuleStmt: structureBy(
    'create-rule',
    ['CREATE RULE r AS ON DELETE TO t DO INSTEAD UPDATE t SET a = 1 WHERE id = old.id'],
    ['CREATE RULE r AS ON INSERT TO t DO ALSO NOTIFY x', 'CREATE RULE r AS ON INSERT TO t DO ALSO SELECT pg_sleep(1)'],
  ),
  CreatePolicyStmt: structureBy(
    'create-policy',
    ['CREATE POLICY p ON t FOR ALL TO PUBLIC USING (a = current_user) WITH CHECK (true)'],
    ['CREATE POLICY p ON t USING (pg_sleep(1) IS NULL)', 'CREATE POLICY p ON pg_class USING (true)'],
  ),
  AlterPolicyStmt: structureBy(
    'create-policy',
    ['ALTER POLICY p ON t USING (false)'],
    ['ALTER POLICY p ON t USING (app.f())'],
  ),
  GrantStmt: structureBy(
    'grant',
    ['GRANT SELECT (a), INSERT ON t TO x', 'REVOKE ALL ON SCHEMA app FROM PUBLIC'],
    ['GRANT SELECT ON t TO x WITH GRANT OPTION', 'GRANT EXECUTE ON FUNCTION f() TO x', 'GRANT ALL ON DATABASE d TO x'],
  ),
  CreateExtensionStmt: structureBy(
    'create-extension',
    [
      'CREATE EXTENSION IF NOT EXISTS pg_trgm',
      'CREATE EXTENSION btree_gist SCHEMA ext',
      'CREATE EXTENSION postgis',
      'CREATE EXTENSION IF NOT EXISTS plpgsql WITH SCHEMA pg_catalog',
    ],
    [
      'CREATE EXTENSION dblink',
      'CREATE EXTENSION pg_cron',
      'CREATE EXTENSION plv8',
      'CREATE LANGUAGE java',
      'CREATE EXTENSION nobody_knows',
      'CREATE EXTENSION hstore SCHEMA pg_catalog',
      'CREATE EXTENSION earthdistance CASCADE',
    ],
  ),
  ...refusedStatementExamples,
};
