import { describe, expect, it } from 'vitest';
import { createGuard, type GuardOptions } from '../src/index.ts';
import { columns, snapshot } from './columns-catalog.ts';

describe('a column policy', () => {
  const check = async (options: GuardOptions, sql: string) => {
    const own = await createGuard({ engine: 'same-thread', columns, ...options });
    const verdict = await own.check(sql);
    await own.close();
    return verdict;
  };

  it('refuses every relation without a catalog, and nothing that reads none', async () => {
    expect(await check({}, 'SELECT id FROM orders')).toMatchObject({
      allowed: false,
      violations: [{ code: 'column', option: 'catalog' }],
    });
    expect(await check({}, 'SELECT 1')).toMatchObject({ allowed: true, columns: [] });
    expect(await check({}, 'SELECT relname FROM pg_class')).toMatchObject({ allowed: true });
  });

  it('keeps the values that old rows show in a new column from statements, as long as there are protected columns', async () => {
    const texts = [
      'SELECT attmissingval FROM pg_attribute',
      'SELECT * FROM pg_attribute',
      'SELECT a FROM pg_attribute a',
    ];
    for (const sql of texts) {
      for (const known of [{}, { catalog: snapshot }])
        expect(await check(known, sql), sql).toMatchObject({ allowed: false, violations: [{ code: 'column' }] });
      expect(await check({ columns: {} }, sql), sql).toMatchObject({ allowed: true });
      expect(await check({ catalogs: { allow: ['pg_attribute'] } }, sql), sql).toMatchObject({ allowed: true });
    }
    expect(await check({ catalog: snapshot }, 'SELECT attname, attnum FROM pg_attribute')).toMatchObject({
      allowed: true,
    });
  });

  it('trusts a view that the policy names, as the masking view that it is', async () => {
    const tables = { allow: ['public.hashed'] };
    expect(await check({ catalog: snapshot, tables }, "SELECT hash FROM hashed WHERE hash > 'a'")).toMatchObject({
      allowed: true,
      columns: [],
    });
  });

  it('lets nothing but SELECT touch such a table', async () => {
    for (const sql of [
      "UPDATE customers SET name = 'x' WHERE id = '1' RETURNING email",
      "DELETE FROM customers WHERE email > 'a'",
      'INSERT INTO orders SELECT id, id, email FROM customers',
      "WITH d AS (DELETE FROM customers WHERE id = '1' RETURNING email) SELECT * FROM d",
    ]) {
      expect(await check({ catalog: snapshot, mode: 'standard' }, sql)).toMatchObject({
        allowed: false,
        violations: [{ code: 'column' }],
      });
    }
    expect(
      await check({ catalog: snapshot, mode: 'standard' }, "UPDATE orders SET total = '1' WHERE id = '1'"),
    ).toMatchObject({ allowed: true });
  });

  it('holds under any name of the schema', async () => {
    const policies: GuardOptions[] = [
      {},
      { columns: {}, tables: { deny: ['public.orders'] } },
      { columns: {}, tables: { deny: ['orders'] } },
      { columns: {}, tables: { allow: ['public.customers', 'other.*'] } },
    ];
    for (const policy of policies) {
      for (const known of [{ catalog: snapshot }, {}]) {
        for (const sql of [
          'ALTER SCHEMA public RENAME TO free',
          'DROP SCHEMA public CASCADE',
          'DROP SCHEMA a, public',
        ]) {
          const verdict = await check({ mode: 'admin', ...policy, ...known }, sql);
          expect(verdict.allowed ? [] : verdict.violations.map(({ code }) => code), sql).toContain('relation');
        }
      }
    }
    for (const policy of policies) {
      const own = { mode: 'admin', catalog: snapshot, ...policy } as const;
      expect(await check(own, 'ALTER SCHEMA scratch RENAME TO free')).toMatchObject({ allowed: true });
      expect(await check(own, 'DROP SCHEMA scratch')).toMatchObject({ allowed: true });
    }
    expect(await check({ mode: 'admin', columns: {} }, 'DROP SCHEMA public CASCADE')).toMatchObject({ allowed: true });
  });

  it('gives no columns when there is none', async () => {
    const own = await createGuard({ engine: 'same-thread', catalog: snapshot });
    const verdict = await own.check('SELECT email FROM customers');
    expect(verdict.allowed && 'columns' in verdict).toBe(false);
    await own.close();
  });
});
