import { describe, expect, it } from 'vitest';
import { createGuard, GuardError, type GuardOptions } from '../src/index.ts';
import { check, optionOf, passes } from './check-under.ts';

describe('options', () => {
  const wrong: readonly [string, unknown][] = [
    ['an unknown key', { colour: 'red' }],
    ['an unknown mode', { mode: 'god' }],
    ['an unknown key inside functions', { functions: { permit: [] } }],
    ['a list that is not one', { functions: { allow: 'pg_sleep' } }],
    ['an empty name', { functions: { allow: [''] } }],
    ['a name of three parts', { tables: { deny: ['a.b.c'] } }],
    ['a star in the middle', { functions: { allow: ['a*b'] } }],
    ['a star for the schema', { functions: { allow: ['*.f'] } }],
    ['a column without its table', { columns: { deny: ['secret'] } }],
    ['an unknown statement option', { statements: { allow: ['everything'] } }],
    ['a limit above its ceiling', { limits: { maxBytes: 1_000_000 } }],
    ['a limit that is no integer', { limits: { maxNodes: 1.5 } }],
    ['an unknown engine', { engine: 'warp' }],
    ['no workers', { workers: 0 }],
    ['a version that is none', { serverVersionNum: 18 }],
    ['something that is no object', { limits: [] }],
  ];
  for (const [name, options] of wrong) {
    it(`with ${name} are an error that says what to write`, async () => {
      const error = await createGuard(options as GuardOptions).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(GuardError);
      expect(error).toMatchObject({ code: 'INVALID_OPTIONS', retryable: false });
      expect((error as GuardError).message.length).toBeGreaterThan(20);
    });
  }

  it('of a check are checked too', async () => {
    const guard = await createGuard({ engine: 'same-thread' });
    await expect(guard.check('SELECT 1', { parameterCount: -1 })).rejects.toMatchObject({ code: 'INVALID_OPTIONS' });
    await expect(guard.check('SELECT 1', { serverVersionNum: 15 })).rejects.toMatchObject({ code: 'INVALID_OPTIONS' });
    await expect(guard.check('SELECT 1', { purpose: 'fun' as 'run' })).rejects.toMatchObject({
      code: 'INVALID_OPTIONS',
    });
    await guard.close();
    await expect(guard.check('SELECT 1')).rejects.toMatchObject({ code: 'CLOSED' });
    await expect(guard.parse('SELECT 1')).rejects.toMatchObject({ code: 'CLOSED' });
  });
});

describe('positions', () => {
  it('count lines, and columns in characters, from 1', async () => {
    const sql = "SELECT '日本語 😀',\n  é.x, -- ünï\n  pg_sleep(1)\nFROM é";
    const verdict = await check({}, sql);
    expect(verdict.allowed || verdict.violations[0].position).toEqual({ line: 3, column: 3, length: 8 });
    const syntax = await check({}, "SELECT '😀'\n, FROM");
    expect(syntax.allowed || syntax.violations[0].position).toMatchObject({ line: 2 });
    const allowed = await check({}, 'SELECT 1,\n lower(x)\nFROM s.t');
    expect(allowed.allowed && allowed.functions[0]).toEqual({
      name: 'lower',
      builtIn: true,
      position: { line: 2, column: 2, length: 5 },
    });
    expect(allowed.allowed && allowed.relations[0]).toEqual({
      schema: 's',
      name: 't',
      access: 'read',
      position: { line: 3, column: 6, length: 1 },
    });
  });
});

describe('functions', () => {
  it('of users pass by exact name, schema and prefix only', async () => {
    const options: GuardOptions = { functions: { allow: ['app.total', 'similarity', 'st_*', 'gis.st_*'] } };
    for (const sql of [
      'SELECT app.total(1)',
      "SELECT similarity('a', 'b')",
      'SELECT st_area(x) FROM t',
      'SELECT gis.st_area(x) FROM t',
    ])
      expect(await passes(options, sql), sql).toBe(true);
    for (const sql of [
      'SELECT total(1)',
      'SELECT other.total(1)',
      'SELECT app.totals(1)',
      'SELECT app.similarity(1)',
      'SELECT "App".total(1)',
      'SELECT other.st_area(1)',
    ])
      expect(await passes(options, sql), sql).toBe(false);
  });

  it('are refused by deny whatever allows them', async () => {
    expect(await passes({ functions: { allow: ['app.*'], deny: ['app.purge'] } }, 'SELECT app.purge()')).toBe(false);
    expect(await passes({ functions: { deny: ['lower'] } }, "SELECT pg_catalog.lower('x')")).toBe(false);
    expect(await passes({ functions: { deny: ['pg_catalog.version'] } }, 'SELECT version()')).toBe(false);
    expect(await passes({ functions: { deny: ['lower'] } }, "SELECT ('x'::text).lower")).toBe(false);
  });

  it('that are denied with their schema are refused without it too', async () => {
    const purge = {
      schema: 'app',
      name: 'purge',
      argumentTypes: [],
      kind: 'function',
      volatility: 'stable',
      securityDefiner: false,
      changesSettings: false,
    } as const;
    const catalog = {
      fingerprint: 'denied',
      searchPath: ['app'],
      relations: [],
      functions: [purge, { ...purge, name: 'total' }],
      operators: [],
      casts: [],
      types: [],
    };
    const functions = { allow: ['app.*', 'purge', 'total'], deny: ['app.purge'] };
    for (const options of [{ functions }, { functions, catalog }]) {
      expect(await passes(options, 'SELECT purge()')).toBe(false);
      expect(await passes(options, 'SELECT (1).purge')).toBe(false);
      expect(await passes(options, 'SELECT total()')).toBe(true);
    }
    // In another schema than the denied one, and PostgreSQL's own.
    const elsewhere = { ...catalog, searchPath: ['other'], functions: [{ ...purge, schema: 'other' }] };
    expect(await passes({ functions, catalog: elsewhere }, 'SELECT purge()')).toBe(true);
    expect(await passes({ functions: { deny: ['app.*'] } }, "SELECT lower('x')")).toBe(true);
  });

  it('that read settings pass when listed, with the name written out', async () => {
    const options: GuardOptions = { functions: { allow: ['current_setting'] } };
    expect(await passes(options, "SELECT current_setting('app.tenant')")).toBe(true);
    expect(await passes(options, 'SELECT current_setting(name) FROM t')).toBe(false);
    expect(await passes(options, "SELECT current_setting('a' || 'b')")).toBe(false);
  });

  it('follow the version of the server', async () => {
    const at = async (sql: string, serverVersionNum: number) => {
      const verdict = await check({}, sql, { serverVersionNum });
      return verdict.allowed ? 'allowed' : verdict.violations[0].code;
    };
    expect(await at('SELECT any_value(x) FROM t', 160_001)).toBe('allowed');
    expect(await at('SELECT any_value(x) FROM t', 150_008)).toBe('version');
    expect(await at("SELECT json_object('a': 1)", 150_008)).toBe('version');
    expect(await at("SELECT json_object('a': 1)", 160_000)).toBe('allowed');
    expect(await at('SELECT json_scalar(1)', 160_000)).toBe('version');
    expect(await at("SELECT json_value('{}', '$')", 160_000)).toBe('version');
    expect(await at("SELECT * FROM json_table('{}', '$' COLUMNS (a int))", 160_000)).toBe('version');
    expect(await at('SELECT json_scalar(1)', 170_000)).toBe('allowed');
    expect(await at('SELECT uuidv7()', 170_000)).toBe('version');
    expect(await at('SELECT lower(x) FROM t', 130_000)).toBe('allowed');
    expect(await at('SELECT lower(x) FROM t', 190_000)).toBe('allowed');
    expect(await at('SELECT x IS JSON FROM t', 150_000)).toBe('version');
  });
});

describe('tables', () => {
  it('of an allow list are the only ones', async () => {
    const options: GuardOptions = { tables: { allow: ['sales.*', 'customers', 'public.orders'] } };
    for (const sql of [
      'SELECT * FROM sales.anything',
      'SELECT * FROM customers',
      'TABLE public.customers',
      'SELECT * FROM orders',
      'WITH x AS (SELECT 1) SELECT * FROM x',
    ])
      expect(await passes(options, sql), sql).toBe(true);
    for (const sql of [
      'SELECT * FROM products',
      'SELECT * FROM hr.customers',
      'SELECT * FROM anything',
      'SELECT * FROM pg_class',
      'SELECT * FROM information_schema.tables',
      'SELECT * FROM "Customers"',
    ])
      expect(await passes(options, sql), sql).toBe(false);
    expect(await optionOf(options, 'SELECT * FROM products')).toBe('tables.allow');
  });

  it('of a deny list are refused in every schema where the name may lead', async () => {
    const options: GuardOptions = {
      tables: { deny: ['hr.*', 'public.secrets', 'audit'] },
      searchPath: ['hr', 'public'],
    };
    for (const sql of [
      'SELECT * FROM hr.x',
      'SELECT * FROM x',
      'SELECT * FROM secrets',
      'SELECT * FROM public.secrets',
      'SELECT * FROM any_schema.audit',
    ])
      expect(await passes(options, sql), sql).toBe(false);
    expect(await passes(options, 'SELECT * FROM public.orders')).toBe(true);
    expect(await passes({ tables: { deny: ['hr.*'] } }, 'SELECT * FROM orders')).toBe(true);
  });

  it('that are none: an empty allow list lets no relation through', async () => {
    expect(await passes({ tables: { allow: [] } }, 'SELECT * FROM customers')).toBe(false);
    expect(await passes({ tables: { allow: [] } }, 'SELECT 1')).toBe(true);
  });

  it('that hold secrets pass only by the option of their own', async () => {
    expect(await passes({ tables: { allow: ['pg_catalog.*'] } }, 'SELECT * FROM pg_authid')).toBe(false);
    expect(await passes({ catalogs: { allow: ['pg_stat_activity'] } }, 'SELECT * FROM pg_stat_activity')).toBe(true);
    expect(await optionOf({}, 'SELECT * FROM pg_stat_activity')).toBe('catalogs.allow');
  });
});

describe('other names', () => {
  it('pass when the policy lists them: types, operators, attributes, settings', async () => {
    expect(
      await passes({ types: { allow: ['order_status', 'app.*'] } }, "SELECT 'a'::order_status, 'b'::app.thing"),
    ).toBe(true);
    expect(await passes({ types: { allow: ['app.*'] } }, "SELECT 'b'::other.thing")).toBe(false);
    expect(await passes({ operators: { allow: ['<=>'] } }, 'SELECT a <=> b FROM t')).toBe(true);
    expect(await passes({ operators: { allow: ['<=>'] } }, 'SELECT a <==> b FROM t')).toBe(false);
    expect(await passes({ attributes: { allow: ['price'] } }, 'SELECT (item).price FROM t')).toBe(true);
    expect(await passes({ attributes: { allow: ['price'] } }, 'SELECT (item).cost FROM t')).toBe(false);
    expect(await passes({ settings: { allow: ['wal_sync_method'] } }, 'SHOW wal_sync_method')).toBe(true);
    expect(await optionOf({}, 'SHOW wal_sync_method')).toBe('settings.allow');
  });
});

describe('parameters', () => {
  it('are counted: as many as announced, without gaps', async () => {
    const with1 = (sql: string, parameterCount: number) => check({}, sql, { parameterCount });
    expect((await with1('SELECT * FROM t WHERE id = $1', 1)).allowed).toBe(true);
    expect((await with1('SELECT $1::int + $1::int', 1)).allowed).toBe(true);
    expect(await with1('SELECT $2::int, $1::text', 2)).toMatchObject({ allowed: true, parameterCount: 2 });
    for (const [sql, count] of [
      ['SELECT $1', 0],
      ['SELECT 1', 1],
      ['SELECT $2', 2],
      ['SELECT $1, $3', 3],
      ['SELECT $0', 1],
      ['SELECT $1', 101],
    ] as const) {
      expect((await with1(sql, count)).allowed, `${sql} with ${count}`).toBe(false);
    }
  });
});

describe('a size that is a parameter', () => {
  const sizes = async (sql: string, parameterCount: number) => (await check({}, sql, { parameterCount })).allowed;
  it('is refused like any other that cannot be read off the text', async () => {
    for (const sql of [
      "SELECT repeat('x', $1::int)",
      "SELECT repeat('x', $1)",
      "SELECT lpad('x', $1 + 1)",
      "SELECT string_agg(repeat('x', $1::int), '') FROM t",
      'SELECT * FROM generate_series(1, $1)',
      'SELECT * FROM generate_series(1, $1::bigint)',
      'SELECT array_fill(0, ARRAY[$1::int])',
      'SELECT array_fill(0, $1)',
      "SELECT repeat('x', length($1))",
      "SELECT format('%*s', $1::int, 'x')",
    ]) {
      expect(await sizes(sql, 1), sql).toBe(false);
    }
  });
  it('does not stand in the way of series of dates, limits and values', async () => {
    expect(await sizes("SELECT * FROM generate_series($1::date, $2::timestamptz, interval '1 day')", 2)).toBe(true);
    expect(await sizes('SELECT * FROM t WHERE a = $1 LIMIT $2', 2)).toBe(true);
    expect(await sizes("SELECT repeat($1, 3), lpad($1, 10), format('%s', $1::text)", 1)).toBe(true);
  });
  it('can be raised by the policy as far as it is written out', async () => {
    expect(
      await passes({ limits: { maxGeneratedSize: 10_000_000 } }, 'SELECT * FROM generate_series(1, 6000000)'),
    ).toBe(true);
    expect(await passes({}, 'SELECT * FROM generate_series(1, 6000000)')).toBe(false);
  });
});

describe('the purpose explain-analyze', () => {
  it('lets only SELECT through, under the same rules', async () => {
    const at = async (sql: string) => (await check({ mode: 'standard' }, sql, { purpose: 'explain-analyze' })).allowed;
    expect(await at('SELECT * FROM t')).toBe(true);
    expect(await at('SELECT pg_sleep(1)')).toBe(false);
    expect(await at('DELETE FROM t WHERE id = 1')).toBe(false);
    expect(await at('SHOW search_path')).toBe(false);
  });
});

describe('a cached verdict', () => {
  it('is the same value, frozen, and never crosses contexts', async () => {
    const guard = await createGuard({ engine: 'same-thread' });
    const first = await guard.check('SELECT any_value(x) FROM t');
    expect(await guard.check('SELECT any_value(x) FROM t')).toBe(first);
    expect(Object.isFrozen(first)).toBe(true);
    expect(first.allowed && Object.isFrozen(first.relations)).toBe(true);
    expect((await guard.check('SELECT any_value(x) FROM t', { serverVersionNum: 150_000 })).allowed).toBe(false);
    expect((await guard.check('SELECT any_value(x) FROM t', { parameterCount: 1 })).allowed).toBe(false);
    expect((await guard.check('SELECT any_value(x) FROM t')).allowed).toBe(true);
    await guard.close();
  });

  it('is forgotten when there are too many', async () => {
    const guard = await createGuard({ engine: 'same-thread', limits: { maxCachedVerdicts: 2 } });
    const first = await guard.check('SELECT 1');
    await guard.check('SELECT 2');
    await guard.check('SELECT 3');
    expect(await guard.check('SELECT 1')).not.toBe(first);
    expect(await guard.check('SELECT 1')).toEqual(first);
    await guard.close();
    const without = await createGuard({ engine: 'same-thread', limits: { maxCachedVerdicts: 0 } });
    expect(await without.check('SELECT 1')).not.toBe(await without.check('SELECT 1'));
    await without.close();
  });
});
