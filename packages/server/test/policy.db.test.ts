import { useDatabase } from '@pgmcp/testing/vitest';
import { beforeAll, describe, expect, it } from 'vitest';
import { LOCAL_CALLER } from '../src/index.ts';
import { visibleCatalog } from '../src/policy/visible-catalog.ts';
import { failure, startInProcess, succeed } from './in-process-client.ts';
import { POLICY_FIXTURE } from './policy-fixture.ts';

const database = useDatabase();

beforeAll(async () => {
  const client = await database.connect();
  await client.query(POLICY_FIXTURE);
});

const start = (more: Record<string, string> = {}) =>
  startInProcess({ PG_MCP_DATABASE_NAME: 'shop', PG_MCP_DATABASE_URL: database.url, ...more });

const MASKED = {
  PG_MCP_SECURITY_MASKED_COLUMNS: 'shop.customers.email',
  PG_MCP_SECURITY_HASHED_COLUMNS: 'shop.customers.phone',
  PG_MCP_SECURITY_DENIED_COLUMNS: 'shop.customers.password_hash',
  PG_MCP_SECURITY_HASH_KEY: 'a key for hashes',
};

describe('masked and hashed columns', () => {
  it.each([
    ['by name', 'SELECT email FROM shop.customers'],
    ['under an alias', 'SELECT c.email AS name FROM shop.customers c'],
    ['through a view', 'SELECT email FROM shop.contacts'],
    ['through a CTE', 'WITH x AS (SELECT id, email AS e FROM shop.customers) SELECT e FROM x'],
    ['through a subquery', 'SELECT s.e FROM (SELECT email e FROM shop.customers) s'],
    ['through a UNION', 'SELECT email FROM shop.customers UNION ALL SELECT name FROM shop.customers'],
  ])('are not shown %s', async (_, sql) => {
    const { client } = await start(MASKED);
    const result = await succeed(client, 'execute_query', { sql });
    expect((result['rows'] as string[][]).every(([value]) => value === '***')).toBe(true);
    expect(result['notice']).toMatch(/column 1 \(masked\)/);
    expect(JSON.stringify(result)).not.toContain('@example.com');
  });

  it('are not shown by a star, and whether there is a value is not shown either', async () => {
    const { client } = await start({
      ...MASKED,
      PG_MCP_SECURITY_DENIED_COLUMNS: '',
    });
    const result = await succeed(client, 'execute_query', { sql: 'SELECT * FROM shop.customers ORDER BY id' });
    const rows = result['rows'] as (string | number | null)[][];
    expect(rows.map((row) => row[2])).toEqual(['***', '***', '***']);
    expect(rows[0]?.[3]).toMatch(/^hash:[0-9a-f]{20}$/);
    expect(rows[0]?.[3]).not.toBe(rows[1]?.[3]);
    expect(rows[2]?.[3]).toBeNull();
  });

  it('have hashes that depend on the key and on nothing else', async () => {
    const sql = 'SELECT phone FROM shop.customers WHERE id = 1';
    const hashOf = async (key: string) => {
      const { client } = await start({ ...MASKED, PG_MCP_SECURITY_HASH_KEY: key });
      return ((await succeed(client, 'execute_query', { sql }))['rows'] as string[][])[0]?.[0];
    };
    const [one, again, other] = await Promise.all([hashOf('first'), hashOf('first'), hashOf('second')]);
    expect(one).toBe(again);
    expect(one).not.toBe(other);
  });

  it.each([
    'SELECT upper(email) FROM shop.customers',
    'SELECT id FROM shop.customers WHERE email LIKE $$a%$$',
    'SELECT id FROM shop.customers ORDER BY email',
    'SELECT count(DISTINCT email) FROM shop.customers',
    'SELECT row_to_json(c) FROM shop.customers c',
    'SELECT c FROM shop.customers c',
    'SELECT c::text FROM shop.customers c',
    'SELECT to_jsonb(x) FROM (SELECT email FROM shop.customers) x',
    'SELECT password_hash FROM shop.customers',
    'SELECT * FROM shop.customers',
    'TABLE shop.customers',
    'SELECT a.id FROM shop.customers a JOIN shop.customers b USING (email)',
    'SELECT 1 FROM shop.customers NATURAL JOIN shop.contacts',
    "SELECT shop.customers.email || '' FROM customers",
    'SELECT row_to_json(shop.customers.*) FROM customers',
    'SELECT (SELECT max(email) FROM (SELECT 1) AS email) FROM shop.customers',
    'SELECT * FROM unnest(ARRAY[$$a$$]) UNION ALL SELECT email FROM shop.customers',
    'SELECT id FROM shop.customers NATURAL JOIN unnest(ARRAY[$$ada@example.com$$]) AS guess (email)',
  ])('refuse every other use: %s', async (sql) => {
    const { client } = await start({ ...MASKED, PG_MCP_DATABASE_SEARCH_PATH: 'shop' });
    expect(await failure(client, 'execute_query', { sql })).toMatchObject({ code: 'UNSAFE_SQL' });
  });

  it('are masked, not hashed, where a caller puts guesses beside them', async () => {
    const { client } = await start(MASKED);
    const sql = "SELECT phone FROM shop.customers UNION ALL SELECT '+1 555 0100'";
    const result = await succeed(client, 'execute_query', { sql });
    expect(result['rows']).toEqual([['***'], ['***'], ['***'], ['***']]);
  });

  it('are not shown by a star over a partition that has its columns in another order', async () => {
    const admin = await database.connect();
    await admin.query(`
      CREATE TABLE shop.visits (id int, secret text, payload text) PARTITION BY RANGE (id);
      CREATE TABLE shop.visits_old (secret text, payload text, id int);
      ALTER TABLE shop.visits ATTACH PARTITION shop.visits_old FOR VALUES FROM (1) TO (9);
      INSERT INTO shop.visits VALUES (1, 'hidden', 'shown');
    `);
    const { client } = await start({ PG_MCP_SECURITY_MASKED_COLUMNS: 'shop.visits.secret' });
    expect(await failure(client, 'execute_query', { sql: 'SELECT * FROM shop.visits_old' })).toMatchObject({
      code: 'UNSAFE_SQL',
    });
    const sql = 'SELECT payload, secret FROM shop.visits_old';
    expect((await succeed(client, 'execute_query', { sql }))['rows']).toEqual([['shown', '***']]);
  });

  it.each(['PG_MCP_SECURITY_MASKED_COLUMNS', 'PG_MCP_SECURITY_DENIED_COLUMNS'])(
    'are not described by what constraints and indexes say of them (%s)',
    async (setting) => {
      const admin = await database.connect();
      await admin.query(`
        CREATE TABLE shop.staff (
          id int PRIMARY KEY, salary int CHECK (salary > 54321), "Grade" text CHECK ("Grade" IN ('chief', 'clerk')), hours int CHECK (hours < 61)
        );
        CREATE INDEX staff_grade ON shop.staff (hours) WHERE "Grade" = 'chief';
        CREATE INDEX staff_rich ON shop.staff ((salary > 98765));
        CREATE INDEX staff_hours ON shop.staff (hours) WHERE hours > 40;
      `);
      const { client } = await start({ [setting]: 'shop.staff.salary, shop.staff.Grade' });
      const seen = async (more: Record<string, string>) =>
        JSON.stringify(await succeed((await start(more)).client, 'get_table_schema', { tables: ['shop.staff'] }));
      const open = await seen({});
      for (const value of ['54321', '98765', 'clerk', 'chief', 'hours < 61', 'hours > 40'])
        expect(open).toContain(value);
      const hidden = JSON.stringify(await succeed(client, 'get_table_schema', { tables: ['shop.staff'] }));
      for (const value of ['54321', '98765', 'clerk', 'chief']) expect(hidden).not.toContain(value);
      for (const value of ['hours < 61', 'hours > 40', 'salary']) expect(hidden).toContain(value);
      await admin.query('DROP TABLE shop.staff');
    },
  );

  it('are not described by exclusions, triggers and policies either', async () => {
    const admin = await database.connect();
    await admin.query(`
      CREATE TABLE shop.shifts (
        id int PRIMARY KEY, pay int, hours int,
        EXCLUDE USING btree (hours WITH =) WHERE (pay > 11223), EXCLUDE USING btree (hours WITH =) WHERE (hours > 40)
      );
      CREATE TRIGGER log_pay AFTER INSERT ON shop.shifts FOR EACH ROW WHEN (NEW.pay > 22334) EXECUTE FUNCTION shop.log_order();
      CREATE POLICY cheap ON shop.shifts USING (pay < 33445) WITH CHECK (pay < 44556);
    `);
    const seen = async (more: Record<string, string>) => {
      const { services } = await start(more);
      const { tables } = await visibleCatalog(services, services.databases.resolve(undefined), LOCAL_CALLER);
      return JSON.stringify(tables.find(({ name }) => name === 'shifts'));
    };
    const [open, hidden] = [await seen({}), await seen({ PG_MCP_SECURITY_DENIED_COLUMNS: 'shop.shifts.pay' })];
    for (const value of ['11223', '22334', '33445', '44556']) {
      expect(open).toContain(value);
      expect(hidden).not.toContain(value);
    }
    expect(hidden).toContain('hours > 40');
    await admin.query('DROP TABLE shop.shifts');
  });

  it('are not shown by columns that are generated from them, nor by what is known of these', async () => {
    const admin = await database.connect();
    await admin.query(`
      CREATE TABLE shop.badges (id int, code text, copied text GENERATED ALWAYS AS (lower(code)) STORED);
      INSERT INTO shop.badges SELECT n, 'Canary' FROM generate_series(1, 100) n;
      ANALYZE shop.badges;
    `);
    const seen = async (more: Record<string, string>) => {
      const { services, client } = await start({ PG_MCP_QUESTIONS_VALUE_HINTS: 'statistics', ...more });
      const { tables } = await visibleCatalog(services, services.databases.resolve(undefined), LOCAL_CALLER);
      const { rows } = await succeed(client, 'execute_query', { sql: 'SELECT copied FROM shop.badges LIMIT 1' });
      return JSON.stringify([rows, tables.find(({ name }) => name === 'badges')]);
    };
    expect((await seen({})).match(/canary/g)).toHaveLength(2);
    expect(await seen({ PG_MCP_SECURITY_MASKED_COLUMNS: 'shop.badges.code' })).not.toMatch(/canary/i);
    await admin.query('DROP TABLE shop.badges');
  });

  it('leave other columns as they are', async () => {
    const { client } = await start(MASKED);
    const result = await succeed(client, 'execute_query', { sql: 'SELECT id, name FROM shop.customers ORDER BY id' });
    expect(result['rows']).toEqual([
      [1, 'Ada'],
      [2, 'Grace'],
      [3, 'Linus'],
    ]);
  });
});

describe('a name in a policy that is not in the database', () => {
  it('is told in the log, with what was probably meant', async () => {
    const { client, log } = await start({ PG_MCP_SECURITY_MASKED_COLUMNS: 'shop.customers.emial' });
    await succeed(client, 'list_tables', {});
    expect(log).toContainEqual(
      expect.objectContaining({
        level: 'warn',
        msg: expect.stringContaining('the policy names what is not in the database'),
        names: ['shop.customers.emial (maskedColumns), perhaps shop.customers.email'],
      }),
    );
  });

  it('is not told when every name is there', async () => {
    const { client, log } = await start(MASKED);
    await succeed(client, 'list_tables', {});
    expect(JSON.stringify(log)).not.toContain('the policy names');
  });
});

describe('allowed and denied tables', () => {
  it('keep statements from tables that are denied, also through views', async () => {
    const { client } = await start({ PG_MCP_SECURITY_DENIED_TABLES: 'shop.cards' });
    for (const sql of ['SELECT 1 FROM shop.cards', 'SELECT * FROM shop.card_view']) {
      expect(await failure(client, 'execute_query', { sql })).toMatchObject({ code: 'UNSAFE_SQL' });
    }
    await succeed(client, 'execute_query', { sql: 'SELECT 1 FROM shop.orders' });
  });

  it('keep statements to the tables that are allowed, and name the setting', async () => {
    const { client } = await start({ PG_MCP_SECURITY_ALLOWED_TABLES: 'shop.orders' });
    await succeed(client, 'execute_query', { sql: 'SELECT 1 FROM shop.orders' });
    expect(await failure(client, 'execute_query', { sql: 'SELECT 1 FROM shop.customers' })).toMatchObject({
      code: 'UNSAFE_SQL',
      details: { violations: [{ option: 'PG_MCP_SECURITY_ALLOWED_TABLES' }] },
    });
  });
});

describe('operations and blocked words', () => {
  it('refuse kinds that are not allowed, also inside EXPLAIN', async () => {
    const { client } = await start({ PG_MCP_SECURITY_ALLOWED_OPERATIONS: 'SELECT' });
    await succeed(client, 'execute_query', { sql: 'SELECT 1' });
    for (const sql of ['SHOW timezone', 'EXPLAIN SELECT 1']) {
      expect(await failure(client, 'execute_query', { sql })).toMatchObject({ code: 'UNSAFE_SQL' });
    }
  });

  it('look for blocked functions in the tree, not in the text', async () => {
    const { client } = await start({ PG_MCP_SECURITY_BLOCKED_KEYWORDS: 'upper(), DROP' });
    const text = await succeed(client, 'execute_query', {
      sql: 'SELECT \'drop upper()\' AS "upper" /* DROP TABLE x */',
    });
    expect(text['rows']).toEqual([['drop upper()']]);
    for (const sql of ["SELECT upper('a')", "SELECT pg_catalog.upper('a')", "SELECT UPPER /**/ ('a')"]) {
      expect(await failure(client, 'execute_query', { sql })).toMatchObject({ code: 'UNSAFE_SQL' });
    }
  });

  it('bound the length of a statement in bytes', async () => {
    const { client } = await start({ PG_MCP_SECURITY_MAX_QUERY_LENGTH: '40' });
    await succeed(client, 'execute_query', { sql: 'SELECT 1' });
    expect(await failure(client, 'execute_query', { sql: `SELECT '${'ä'.repeat(20)}'` })).toMatchObject({
      code: 'VALIDATION_ERROR',
    });
  });
});

describe('limits of a plan', () => {
  it('refuse a full scan of a big table with the reason and a cure, and let an indexed one pass', async () => {
    const { client, services } = await start({ PG_MCP_SECURITY_MAX_SEQUENTIAL_SCAN_ROWS: '10000' });
    expect(await failure(client, 'execute_query', { sql: 'SELECT count(*) FROM shop.big' })).toMatchObject({
      code: 'COST_LIMIT_EXCEEDED',
      message: expect.stringMatching(/shop\.big from end to end, about 20,000 rows.*index/),
      details: { limit: 'max_sequential_scan_rows', maximum: 10000, estimate: 20000 },
    });
    await succeed(client, 'execute_query', { sql: 'SELECT count(*) FROM shop.orders' });
    expect(services.configuration.security.maxPlanCost).toBeUndefined();
  });

  it('refuse joins that multiply and plans that cost too much', async () => {
    const rows = await start({ PG_MCP_SECURITY_MAX_PLAN_ROWS: '1000000' });
    expect(
      await failure(rows.client, 'execute_query', { sql: 'SELECT count(*) FROM shop.big a CROSS JOIN shop.big b' }),
    ).toMatchObject({ code: 'COST_LIMIT_EXCEEDED', details: { limit: 'max_plan_rows' } });
    const cost = await start({ PG_MCP_SECURITY_MAX_PLAN_COST: '100' });
    expect(await failure(cost.client, 'execute_query', { sql: 'SELECT * FROM shop.big ORDER BY part' })).toMatchObject({
      code: 'COST_LIMIT_EXCEEDED',
      details: { limit: 'max_plan_cost' },
    });
    expect(
      await failure(cost.client, 'explain_query', { sql: 'SELECT * FROM shop.big ORDER BY part', analyze: true }),
    ).toMatchObject({ code: 'COST_LIMIT_EXCEEDED' });
    // A plan that is only looked at costs nothing.
    await succeed(cost.client, 'explain_query', { sql: 'SELECT * FROM shop.big ORDER BY part' });
    await succeed(cost.client, 'execute_query', { sql: 'SHOW timezone' });
  });
});

describe('a database with a policy of its own', () => {
  it('replaces what the section says, key by key', async () => {
    const { services } = await start({
      PG_MCP_SECURITY_DENIED_TABLES: 'shop.cards',
      PG_MCP_DATABASE_SECURITY: '{"mode": "standard", "maskedColumns": ["shop.customers.email"]}',
    });
    expect(services.databases.resolve(undefined).policy).toMatchObject({
      mode: 'standard',
      deniedTables: ['shop.cards'],
      maskedColumns: ['shop.customers.email'],
    });
  });
});

describe('scopes of a caller', () => {
  it('narrow the mode of the database and never widen it', async () => {
    const { services } = await start({ PG_MCP_SECURITY_MODE: 'standard' });
    const shop = services.databases.resolve(undefined);
    const modeFor = (...scopes: ('db:read' | 'db:write' | 'db:admin')[]) =>
      services.policies.of(shop, { id: 'someone', scopes: new Set(scopes) }).mode;
    expect(modeFor('db:read')).toBe('read-only');
    expect(modeFor('db:read', 'db:write')).toBe('standard');
    expect(modeFor('db:admin')).toBe('standard');
    expect(() => modeFor()).toThrow(expect.objectContaining({ code: 'ACCESS_DENIED' }));
  });
});

describe('many policies', () => {
  it('cost one thread, and each database is judged by its own', async () => {
    const databases = Array.from({ length: 50 }, (_, n) => ({
      name: `shop_${n}`,
      url: database.url,
      security: { allowedTables: `public.t${n}` },
    }));
    const { services, log } = await startInProcess({ PG_MCP_DATABASES: JSON.stringify(databases) });
    const verdicts = await Promise.all(
      services.databases.all.map(async (connected, n) => {
        const guard = await services.policies.of(connected, LOCAL_CALLER).guard('read');
        const [own, other] = await Promise.all([
          guard.check(`SELECT * FROM public.t${n}`),
          guard.check(`SELECT * FROM public.t${n + 1}`),
        ]);
        return [own.allowed, other.allowed];
      }),
    );
    expect(verdicts).toEqual(Array.from({ length: 50 }, () => [true, false]));
    expect(log.filter(({ event }) => event === 'worker-started')).toHaveLength(1);
  });
});
