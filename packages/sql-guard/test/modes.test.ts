import { afterAll, describe, expect, it } from 'vitest';
import { createGuard, type Guard, type GuardMode, type GuardOptions, type StatementOption } from '../src/index.ts';

const modes: readonly GuardMode[] = ['read-only', 'standard', 'admin'];
const guards: Guard[] = [];
afterAll(() => Promise.all(guards.map((guard) => guard.close())));
async function guardFor(options: GuardOptions): Promise<Guard> {
  const guard = await createGuard({ engine: 'same-thread', ...options });
  guards.push(guard);
  return guard;
}
const byMode = new Map(await Promise.all(modes.map(async (mode) => [mode, await guardFor({ mode })] as const)));

/** Statement, then the modes that accept it. */
const table: readonly [string, string][] = [
  ['SELECT * FROM t', 'read-only standard admin'],
  ['SHOW search_path', 'read-only standard admin'],
  ['EXPLAIN SELECT 1', 'read-only standard admin'],
  ['SELECT * FROM t FOR UPDATE', 'standard admin'],
  ['SELECT * FROM t FOR SHARE OF t NOWAIT', 'standard admin'],
  ['INSERT INTO t (a) VALUES (1)', 'standard admin'],
  [
    'INSERT INTO t (a, b[1], c.d) SELECT 1, 2, 3 ON CONFLICT (a) WHERE b > 1 DO UPDATE SET a = excluded.a WHERE t.a > 1 RETURNING *',
    'standard admin',
  ],
  ['INSERT INTO t OVERRIDING SYSTEM VALUE VALUES (DEFAULT)', 'standard admin'],
  ['INSERT INTO t DEFAULT VALUES RETURNING old.a, new.a', 'standard admin'],
  ['UPDATE t SET a = 1 WHERE id = 2', 'standard admin'],
  ['UPDATE t SET (a, b) = (SELECT 1, 2) FROM u WHERE u.id = t.id RETURNING *', 'standard admin'],
  ['DELETE FROM t USING u WHERE t.id = u.id', 'standard admin'],
  ['WITH x AS (SELECT 1 AS id) DELETE FROM t WHERE id IN (SELECT id FROM x)', 'standard admin'],
  ['WITH d AS (DELETE FROM t WHERE id = 1 RETURNING *) INSERT INTO u SELECT * FROM d', 'standard admin'],
  [
    'MERGE INTO t USING u ON t.id = u.id WHEN MATCHED AND u.x > 1 THEN UPDATE SET a = 1 WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT (a) VALUES (u.a) WHEN NOT MATCHED BY SOURCE AND t.a > 1 THEN DELETE RETURNING merge_action(), t.*',
    'standard admin',
  ],
  ['EXPLAIN UPDATE t SET a = 1 WHERE id = 2', 'standard admin'],
  ['UPDATE t SET a = 1', 'admin'],
  ['UPDATE t SET a = 1 WHERE true', 'admin'],
  ['UPDATE t SET a = 1 WHERE 1 = 1', 'admin'],
  ['DELETE FROM t', 'admin'],
  ['MERGE INTO t USING u ON true WHEN MATCHED THEN DELETE', 'admin'],
  ['MERGE INTO t USING u ON t.id = u.id WHEN NOT MATCHED BY SOURCE THEN DELETE', 'admin'],
  ['WITH d AS (DELETE FROM t RETURNING *) SELECT * FROM d', 'admin'],
  ['TRUNCATE t', 'admin'],
  ['REFRESH MATERIALIZED VIEW CONCURRENTLY m', 'admin'],
  [
    'CREATE TABLE t (id serial PRIMARY KEY, a int NOT NULL DEFAULT 5 CHECK (a > 0), b text COLLATE "C" GENERATED ALWAYS AS (lower(\'x\')) STORED, c int REFERENCES u (id) ON DELETE CASCADE, UNIQUE (a, b), EXCLUDE USING gist (a WITH =))',
    'admin',
  ],
  ['CREATE TABLE IF NOT EXISTS t (LIKE u INCLUDING ALL) PARTITION BY RANGE (a)', 'admin'],
  ["CREATE TABLE p PARTITION OF t FOR VALUES FROM ('2024-01-01') TO (MAXVALUE)", 'admin'],
  ['CREATE TABLE t AS SELECT * FROM u', 'admin'],
  ['CREATE VIEW v AS SELECT * FROM t', 'admin'],
  ['CREATE MATERIALIZED VIEW v AS SELECT * FROM t WITH NO DATA', 'admin'],
  [
    'CREATE UNIQUE INDEX CONCURRENTLY i ON t USING btree (lower(a) DESC NULLS LAST) INCLUDE (b) WITH (fillfactor = 70) WHERE a IS NOT NULL',
    'admin',
  ],
  ['CREATE SEQUENCE s START 5 OWNED BY t.id', 'admin'],
  ['ALTER TABLE t ALTER CONSTRAINT c DEFERRABLE INITIALLY DEFERRED', 'admin'],
  ['CREATE TYPE r AS RANGE (subtype = float8, subtype_diff = float8mi)', 'admin'],
  ["CREATE TYPE e AS ENUM ('a', 'b')", 'admin'],
  ['CREATE TYPE c AS (a int, b text)', 'admin'],
  ['CREATE DOMAIN d AS int CHECK (value > 0)', 'admin'],
  ['CREATE SCHEMA x CREATE TABLE t (a int) CREATE VIEW v AS SELECT 1', 'admin'],
  ['CREATE STATISTICS s (ndistinct) ON a, b FROM t', 'admin'],
  [
    'ALTER TABLE t ADD COLUMN x int, DROP COLUMN y, ALTER z TYPE text USING z::text, ADD CONSTRAINT k FOREIGN KEY (a) REFERENCES u',
    'admin',
  ],
  ['ALTER TABLE t ATTACH PARTITION p DEFAULT', 'admin'],
  ["ALTER TYPE e ADD VALUE 'c' AFTER 'a'", 'admin'],
  ['ALTER DOMAIN d SET NOT NULL', 'admin'],
  ['ALTER TABLE t RENAME COLUMN a TO b', 'admin'],
  ['ALTER TABLE t SET SCHEMA x', 'admin'],
  ['ALTER SEQUENCE s RESTART', 'admin'],
  ['DROP TABLE IF EXISTS t, u CASCADE', 'admin'],
  ['DROP VIEW v', 'admin'],
  ['DROP TYPE e', 'admin'],
  ['DROP SCHEMA x', 'admin'],
  ['DROP INDEX CONCURRENTLY i', 'admin'],
  ["COMMENT ON TABLE t IS 'x'", 'admin'],
  ["COMMENT ON COLUMN t.a IS 'x'", 'admin'],
  ['VACUUM (ANALYZE) t', 'admin'],
  ['ANALYZE t (a)', 'admin'],
  ['REINDEX TABLE CONCURRENTLY t', 'admin'],
  ['CLUSTER t USING i', 'admin'],
];

const never = [
  'CREATE TYPE r AS RANGE (subtype = float8, subtype_diff = public.evil)',
  'CREATE TYPE r AS RANGE (subtype = float8, subtype_diff = pg_sleep)',
  'COMMIT',
  'BEGIN',
  'SET a = 1',
  'RESET ALL',
  'DISCARD ALL',
  'SET ROLE x',
  "COPY t TO '/tmp/x'",
  'COPY t FROM STDIN',
  'DO $$ BEGIN END $$',
  'CALL f()',
  'PREPARE q AS SELECT 1',
  'EXECUTE q',
  'DECLARE c CURSOR FOR SELECT 1',
  'FETCH c',
  'LISTEN c',
  'NOTIFY c',
  'LOCK t',
  "LOAD 'x'",
  'CHECKPOINT',
  'ALTER SYSTEM SET a = 1',
  'CREATE ROLE r',
  'ALTER ROLE r SUPERUSER',
  'DROP ROLE r',
  'GRANT r TO s',
  'CREATE DATABASE d',
  'DROP DATABASE d',
  "CREATE TABLESPACE x LOCATION '/x'",
  'CREATE SERVER s FOREIGN DATA WRAPPER f',
  'CREATE FOREIGN TABLE t (a int) SERVER s',
  'CREATE USER MAPPING FOR x SERVER s',
  'CREATE PUBLICATION p',
  "CREATE SUBSCRIPTION s CONNECTION '' PUBLICATION p",
  'CREATE EVENT TRIGGER t ON ddl_command_end EXECUTE FUNCTION f()',
  'CREATE LANGUAGE l',
  'CREATE CAST (a AS b) WITHOUT FUNCTION',
  'ALTER TABLE t OWNER TO x',
  'ALTER TABLE t SET TABLESPACE x',
  'ALTER TABLE t SET ACCESS METHOD x',
  'ALTER TABLE t DISABLE TRIGGER ALL',
  'ALTER TABLE t ENABLE REPLICA TRIGGER x',
  'ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO x',
  'REASSIGN OWNED BY a TO b',
  "SECURITY LABEL ON TABLE t IS 'x'",
  'CREATE TEMP TABLE t (a int)',
  'CREATE TABLE pg_temp.t (a int)',
  'CREATE TABLE t (a int) TABLESPACE x',
  'CREATE TABLE t OF app.x',
  'CREATE SCHEMA x AUTHORIZATION y',
  'CREATE SCHEMA pg_evil',
  'INSERT INTO pg_class DEFAULT VALUES',
  'UPDATE pg_catalog.pg_authid SET rolsuper = true WHERE oid = 1',
  "DELETE FROM information_schema.sql_features WHERE feature_id = 'x'",
  'DROP TABLE pg_catalog.pg_class',
  'ALTER TABLE pg_class ADD COLUMN a int',
  'DROP SCHEMA pg_catalog',
  'TRUNCATE pg_largeobject',
  'CREATE INDEX ON pg_class (relname)',
  "COMMENT ON ROLE x IS 'y'",
  'DROP CAST (a AS b)',
  'ALTER TABLE t SET SCHEMA pg_catalog',
  'REINDEX SYSTEM x',
  'REINDEX DATABASE x',
  'EXPLAIN ANALYZE DELETE FROM t WHERE a = 1',
  'INSERT INTO t SELECT pg_sleep(1)',
  "UPDATE t SET a = pg_read_file('x') WHERE id = 1",
  'DELETE FROM t WHERE id = (SELECT 1 FROM pg_authid)',
  'CREATE TABLE t (a int DEFAULT pg_sleep(1))',
  'CREATE VIEW v AS SELECT * FROM pg_authid',
  'CREATE INDEX ON t (app.f(a))',
  'ALTER TABLE t ADD CHECK (pg_sleep(1) IS NULL)',
  'CREATE DOMAIN d AS int CHECK (app.f(value))',
  "INSERT INTO t VALUES (1) RETURNING set_config('a', 'b', false)",
  'MERGE INTO t USING u ON t.id = u.id WHEN MATCHED THEN UPDATE SET a = lo_create(0)',
  'UPDATE t SET a = 1 WHERE CURRENT OF c',
  'WITH t AS (SELECT 1) INSERT INTO pg_authid SELECT * FROM t',
  'EXPLAIN CREATE TABLE t AS SELECT pg_sleep(1)',
];

describe('a mode', () => {
  for (const [sql, accepting] of table) {
    it(`accepts in ${accepting}: ${sql.slice(0, 90)}`, async () => {
      for (const [mode, guard] of byMode) {
        const verdict = await guard.check(sql);
        expect(verdict.allowed ? 'allowed' : verdict.violations, `${mode}: ${sql}`).toEqual(
          accepting.split(' ').includes(mode) ? 'allowed' : expect.any(Array),
        );
        if (!verdict.allowed)
          expect(
            verdict.violations.some(({ option }) => option !== undefined),
            `${mode} names the option: ${sql}`,
          ).toBe(true);
      }
    });
  }

  it('never accepts what belongs to the caller, the server or its roles', async () => {
    for (const sql of never)
      for (const [mode, guard] of byMode) expect((await guard.check(sql)).allowed, `${mode}: ${sql}`).toBe(false);
  });
});

describe('a statement option', () => {
  const options: readonly [StatementOption, GuardMode, string][] = [
    ['unfiltered-update', 'standard', 'UPDATE t SET a = 1'],
    ['unfiltered-delete', 'standard', 'DELETE FROM t'],
    ['truncate', 'standard', 'TRUNCATE t'],
    ['refresh-materialized-view', 'standard', 'REFRESH MATERIALIZED VIEW m'],
    ['nextval', 'standard', "INSERT INTO t VALUES (nextval('s'))"],
    ['nextval', 'admin', "CREATE TABLE t (a int DEFAULT nextval('s'))"],
    ['select-into', 'admin', 'SELECT * INTO x FROM t'],
    [
      'create-function',
      'admin',
      "CREATE FUNCTION f(a int, b app.x DEFAULT NULL) RETURNS SETOF int LANGUAGE sql STABLE AS 'SELECT 1'",
    ],
    ['create-function', 'admin', 'DROP FUNCTION f(int)'],
    [
      'create-rule',
      'admin',
      'CREATE RULE r AS ON INSERT TO t WHERE new.a > 1 DO ALSO UPDATE u SET a = 1 WHERE id = new.id',
    ],
    ['create-policy', 'admin', 'CREATE POLICY p ON t FOR SELECT TO x USING (a = 1)'],
    ['create-policy', 'admin', 'ALTER TABLE t ENABLE ROW LEVEL SECURITY'],
    ['grant', 'admin', 'GRANT SELECT (a), INSERT ON t TO x'],
    ['grant', 'admin', 'REVOKE ALL ON SCHEMA x FROM y'],
    ['create-extension', 'admin', 'CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public'],
    ['create-trigger', 'admin', 'ALTER TABLE t DISABLE TRIGGER x'],
  ];
  for (const [option, mode, sql] of options) {
    it(`${option} opens in ${mode}, and in no lower mode: ${sql}`, async () => {
      const without = await byMode.get(mode)?.check(sql);
      expect(without).toMatchObject({ allowed: false });
      if (without && !without.allowed) expect(without.violations[0].option).toContain(option);
      const verdict = await (await guardFor({ mode, statements: { allow: [option] } })).check(sql);
      expect(verdict.allowed || verdict.violations).toBe(true);
      expect((await (await guardFor({ mode: 'read-only', statements: { allow: [option] } })).check(sql)).allowed).toBe(
        false,
      );
    });
  }

  it('create-trigger opens triggers of listed functions only', async () => {
    const sql =
      'CREATE TRIGGER x AFTER INSERT ON t REFERENCING NEW TABLE AS n FOR EACH STATEMENT WHEN (true) EXECUTE FUNCTION app.f()';
    const without = await guardFor({ mode: 'admin', statements: { allow: ['create-trigger'] } });
    expect(await without.check(sql)).toMatchObject({
      allowed: false,
      violations: [{ code: 'function', option: 'functions.allow' }],
    });
    const listed = await guardFor({
      mode: 'admin',
      statements: { allow: ['create-trigger'] },
      functions: { allow: ['app.f'] },
    });
    expect(await listed.check(sql)).toMatchObject({ allowed: true });
  });

  it('create-trigger opens no function that is denied', async () => {
    const guard = await guardFor({
      mode: 'admin',
      statements: { allow: ['create-trigger'] },
      functions: { allow: ['app.*', 'f'], deny: ['app.f'] },
    });
    for (const name of ['app.f', 'f'])
      expect(
        await guard.check(`CREATE TRIGGER x AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION ${name}()`),
      ).toMatchObject({ allowed: false, violations: [{ code: 'function', name }] });
  });

  it('grant on all tables of a schema is refused where the policy lists some of them', async () => {
    const grant = { mode: 'admin', statements: { allow: ['grant'] } } as const;
    const sql = 'GRANT SELECT ON ALL TABLES IN SCHEMA hr TO x';
    expect(await (await guardFor(grant)).check(sql)).toMatchObject({ allowed: true });
    expect(await (await guardFor({ ...grant, tables: { deny: ['hr.salaries'] } })).check(sql)).toMatchObject({
      allowed: false,
      violations: [{ code: 'relation', name: 'hr' }],
    });
    expect((await (await guardFor(grant)).check('GRANT SELECT ON ALL TABLES IN SCHEMA pg_catalog TO x')).allowed).toBe(
      false,
    );
  });

  it('grant never hands on the right to grant, functions or default privileges', async () => {
    const guard = await guardFor({ mode: 'admin', statements: { allow: ['grant'] } });
    for (const sql of [
      'GRANT SELECT ON t TO x WITH GRANT OPTION',
      'GRANT EXECUTE ON FUNCTION f() TO x',
      'GRANT ALL ON DATABASE d TO x',
      'GRANT USAGE ON SCHEMA pg_catalog TO x',
      'ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO x',
      'GRANT admin TO x',
    ])
      expect((await guard.check(sql)).allowed, sql).toBe(false);
  });
});

describe('the kinds that a policy removes', () => {
  it('are refused, also inside WITH and MERGE', async () => {
    const guard = await guardFor({ mode: 'standard', statements: { deny: ['delete', 'merge', 'show'] } });
    expect(await guard.check('UPDATE t SET a = 1 WHERE id = 1')).toMatchObject({ allowed: true });
    for (const sql of [
      'DELETE FROM t WHERE id = 1',
      'WITH d AS (DELETE FROM t WHERE id = 1 RETURNING *) SELECT * FROM d',
      'MERGE INTO t USING u ON t.id = u.id WHEN MATCHED THEN DELETE',
      'SHOW search_path',
    ])
      expect((await guard.check(sql)).allowed, sql).toBe(false);
    const merging = await guardFor({ mode: 'standard', statements: { deny: ['delete'] } });
    expect((await merging.check('MERGE INTO t USING u ON t.id = u.id WHEN MATCHED THEN DELETE')).allowed).toBe(false);
  });
});

describe('a verdict on a change', () => {
  it('says what is written, read and lost', async () => {
    const guard = byMode.get('admin');
    expect(await guard?.check('WITH x AS (SELECT * FROM u) DELETE FROM s.t USING x WHERE t.id = x.id')).toMatchObject({
      allowed: true,
      destructive: true,
      statements: [{ kind: 'delete', node: 'DeleteStmt', readOnly: false }],
      relations: [
        { name: 'u', access: 'read' },
        { schema: 's', name: 't', access: 'write' },
      ],
    });
    expect(await guard?.check('INSERT INTO t SELECT * FROM u')).toMatchObject({
      destructive: false,
      relations: [
        { name: 't', access: 'write' },
        { name: 'u', access: 'read' },
      ],
    });
    expect(await guard?.check('WITH d AS (DELETE FROM t RETURNING *) SELECT * FROM d')).toMatchObject({
      destructive: true,
      statements: [{ kind: 'select', readOnly: false }],
    });
    expect(await guard?.check('EXPLAIN DELETE FROM t')).toMatchObject({
      destructive: false,
      statements: [{ kind: 'explain', readOnly: true }],
    });
    expect(await guard?.check('DROP TABLE a.b, c')).toMatchObject({
      destructive: true,
      relations: [
        { schema: 'a', name: 'b', access: 'write' },
        { name: 'c', access: 'write' },
      ],
    });
    expect(await guard?.check('WITH t AS (SELECT 1 AS a) INSERT INTO t SELECT * FROM t')).toMatchObject({
      relations: [{ name: 't', access: 'write' }],
    });
  });
});
