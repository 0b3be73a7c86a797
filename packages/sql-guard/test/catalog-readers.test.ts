import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGuard, type Guard } from '../src/index.ts';

describe('a list of tables', () => {
  let guard: Guard;
  beforeAll(async () => {
    guard = await createGuard({ engine: 'same-thread', tables: { allow: ['public.orders', 'sales.*'] } });
  });
  afterAll(() => guard.close());

  it.each([
    "SELECT pg_get_viewdef('public.secret')",
    "SELECT pg_get_viewdef('public.secret'::regclass, true)",
    "SELECT pg_get_viewdef('public.secret'::regclass::oid)",
    'SELECT pg_catalog.pg_get_viewdef(16384)',
    "SELECT pg_get_viewdef('16384'::regclass)",
    'SELECT pg_get_viewdef(n::oid) FROM generate_series(16384, 17000) AS n',
    'SELECT pg_total_relation_size($1)',
    "SELECT pg_total_relation_size('public.' || 'secret')",
    "SELECT pg_relation_size(relation => 'public.secret')",
    "SELECT pg_table_size('public.secret'), pg_indexes_size('public.orders')",
    "SELECT pg_get_indexdef('public.secret_key'::regclass)",
    'SELECT pg_get_constraintdef(16400)',
    "SELECT pg_get_expr('x', 16384)",
    "SELECT pg_get_serial_sequence('public.secret', 'id')",
    "SELECT obj_description('public.secret'::regclass, 'pg_class')",
    'SELECT col_description(16384, 1)',
    "SELECT shobj_description(1, 'pg_database')",
    'SELECT pg_table_is_visible(16384)',
    'SELECT pg_type_is_visible(16384)',
    'SELECT pg_statistics_obj_is_visible(16384)',
    "SELECT * FROM pg_partition_tree('public.orders')",
    "SELECT pg_partition_root('public.secret')",
    "SELECT pg_partition_ancestors('public.orders')",
    "SELECT to_regclass('public.secret')",
    "SELECT to_regtype('public.secret')",
    'SELECT format_type(n::oid, NULL) FROM generate_series(16384, 17000) AS n',
    "SELECT oidvectortypes('16384 16385')",
    'SELECT n::regclass FROM generate_series(16384, 17000) AS n',
    "SELECT 'public.secret'::regclass",
    "SELECT 'public.orders'::regclass UNION ALL SELECT n FROM generate_series(16384, 17000) AS n",
    "SELECT lag(n, 1, 'public.orders'::regclass) OVER () FROM generate_series(16384, 17000) AS n",
    'SELECT pg_typeof(1) UNION ALL SELECT n FROM generate_series(16384, 17000) AS n',
    'SELECT pg_typeof(1)::regtype UNION ALL SELECT n FROM generate_series(16384, 17000) AS n',
    'SELECT regclass(16384)',
    'SELECT tableoid::regclass FROM public.orders',
    "SELECT ARRAY[16384]::regclass[], '{16384}'::_regclass",
    `SELECT x FROM jsonb_to_recordset('[{"x": 16384}]') AS t(x regclass)`,
    "SELECT 'public.secret'::regclass::oid",
    "SELECT 1 WHERE 5 = 'public.secret'::regclass",
    "SELECT 1 WHERE nullif('public.orders'::regclass, 5) IS NULL",
    'SELECT o.pg_get_viewdef FROM unnest(ARRAY[16384::oid]) AS o',
    'SELECT (16384::oid).pg_get_viewdef',
    "SELECT pg_relation_size('pg_catalog.pg_authid')",
  ])('refuses %s', async (sql) => {
    const verdict = await guard.check(sql, { parameterCount: sql.includes('$1') ? 1 : 0 });
    expect(verdict.allowed, sql).toBe(false);
  });

  it.each([
    "SELECT pg_total_relation_size('orders')",
    `SELECT pg_total_relation_size('Public."orders"')`,
    "SELECT pg_relation_size('sales.orders', 'main')",
    "SELECT obj_description('public.orders'::regclass, 'pg_class')",
    "SELECT col_description('public.orders'::regclass::oid, 2)",
    "SELECT pg_get_viewdef('sales.totals'::regclass, true)",
    "SELECT pg_get_serial_sequence('public.orders', 'id')",
    "SELECT count(*) FROM sales.orders WHERE tableoid = 'sales.orders'::regclass",
    "SELECT 'public.orders'::regclass::oid",
    "SELECT pg_typeof(1)::text, pg_column_size('x')",
  ])('lets %s pass', async (sql) => {
    expect(await guard.check(sql)).toMatchObject({ allowed: true });
  });

  it('is not read past by names that the server cuts or folds into others', async () => {
    const cut = 'x'.repeat(63);
    const other = await createGuard({
      engine: 'same-thread',
      tables: { allow: ['public.über', 'sales.*'], deny: [`sales.${cut}`] },
    });
    for (const sql of [
      `SELECT pg_relation_size('sales.${cut}')`,
      `SELECT pg_relation_size('sales.${cut}x')`,
      `SELECT pg_relation_size('sales."${cut}x"')`,
      // In UTF-8 the server leaves Ü as it is: this is another table than the one on the list.
      "SELECT 'public.Über'::regclass::oid",
    ])
      expect(await other.check(sql), sql).toMatchObject({ allowed: false });
    for (const sql of ["SELECT 'public.über'::regclass::oid", 'SELECT \'PUBLIC."über"\'::regclass::oid'])
      expect(await other.check(sql), sql).toMatchObject({ allowed: true });
    await other.close();
  });

  it('says what to write', async () => {
    const verdict = await guard.check('SELECT pg_total_relation_size(16384)');
    expect(verdict).toMatchObject({
      violations: [{ code: 'function', option: 'tables.allow', hint: expect.stringContaining('listed table') }],
    });
  });

  it.each([
    ['the catalog is on it', { tables: { allow: ['public.orders', 'pg_catalog.*'] } }],
    [
      'the operator allows the call',
      { tables: { allow: ['public.orders'] }, functions: { allow: ['pg_get_viewdef'] } },
    ],
    ['there is none', {}],
    ['it only says what is denied', { tables: { deny: ['public.other'] } }],
  ])('leaves definitions alone when %s', async (_when, options) => {
    const other = await createGuard({ engine: 'same-thread', ...options });
    expect(await other.check('SELECT pg_get_viewdef(16384)')).toMatchObject({ allowed: true });
    await other.close();
  });
});
