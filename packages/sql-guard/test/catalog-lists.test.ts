import { describe, expect, it } from 'vitest';
import { type CatalogRelation, type CatalogSnapshot, createGuard, type GuardOptions } from '../src/index.ts';
import { check } from './check-under.ts';

const relation = (name: string, rest: Partial<CatalogRelation> = {}): CatalogRelation => ({
  schema: 'public',
  name,
  kind: 'table',
  columns: [{ name: 'id', typeSchema: 'pg_catalog', typeName: 'int4' }],
  parents: [],
  ...rest,
});
const view = (name: string, definition?: string, rest: Partial<CatalogRelation> = {}) =>
  relation(name, { kind: 'view', ...(definition !== undefined && { definition }), ...rest });
const catalogOf = (...relations: CatalogRelation[]): CatalogSnapshot => ({
  fingerprint: 'lists',
  searchPath: ['app', 'public'],
  definitionsQualified: true,
  relations,
  functions: [],
  operators: [],
  casts: [],
  types: [],
});
const codeOf = async (options: GuardOptions, sql: string) => {
  const verdict = await check(options, sql);
  return verdict.allowed ? 'allowed' : verdict.violations[0].code;
};

describe('a view whose definition is not in the catalog', () => {
  const kinds = ['view', 'materialized-view'] as const;
  it.each(kinds)('is refused, because nobody knows what it shows: %s', async (kind) => {
    const catalog = catalogOf(relation('orders'), view('unknown', undefined, { kind }));
    expect(await codeOf({ catalog }, 'SELECT id FROM unknown')).toBe('relation');
    const columns = { mask: ['public.orders.id'] };
    expect(await codeOf({ catalog, columns }, 'SELECT id FROM unknown')).toBe('column');
  });
});

describe('a bare name on the list of tables', () => {
  const catalog = catalogOf(
    relation('orders'),
    relation('orders', { schema: 'app' }),
    relation('secret', { schema: 'hr' }),
    view('shown', 'SELECT id FROM hr.secret', { schema: 'hr' }),
    view('shown', 'SELECT id FROM hr.secret', { schema: 'app' }),
  );
  it('means the table that it finds, and no other of that name', async () => {
    const options = { catalog, tables: { allow: ['orders'] } };
    expect(await codeOf(options, 'SELECT * FROM orders')).toBe('allowed');
    expect(await codeOf(options, 'SELECT * FROM app.orders')).toBe('allowed');
    expect(await codeOf(options, 'SELECT * FROM public.orders')).toBe('relation');
  });

  it('makes the view that it finds a trusted one, and no other of that name', async () => {
    const options = { catalog, tables: { allow: ['shown', 'hr.sh*'] } };
    expect(await codeOf(options, 'SELECT * FROM shown')).toBe('allowed');
    expect(await codeOf(options, 'SELECT * FROM hr.shown')).toBe('relation');
  });
});

describe('a parent with rows on another server', () => {
  const catalog = catalogOf(
    relation('root', { kind: 'partitioned-table' }),
    relation('middle', { kind: 'partitioned-table', parents: [{ schema: 'public', name: 'root' }] }),
    relation('away', { kind: 'foreign-table', parents: [{ schema: 'public', name: 'middle' }] }),
    relation('here', { parents: [{ schema: 'public', name: 'root' }] }),
  );
  it('is refused as the foreign table is, and passes with it', async () => {
    for (const name of ['root', 'middle', 'away']) {
      expect(await codeOf({ catalog }, `SELECT id FROM ${name}`)).toBe('relation');
      expect(await codeOf({ catalog, tables: { foreign: ['public.away'] } }, `SELECT id FROM ${name}`)).toBe('allowed');
    }
    expect(await codeOf({ catalog }, 'SELECT id FROM here')).toBe('allowed');
  });
});

describe('the verdict on a materialized view', () => {
  it('does not depend on what was asked of it before', async () => {
    const definition = 'SELECT id, public.total(id) FROM public.orders';
    const catalog = catalogOf(relation('orders'), view('totals', definition, { kind: 'materialized-view' }));
    const texts = ['SELECT id FROM totals', 'REFRESH MATERIALIZED VIEW totals'];
    const verdicts = new Set<string>();
    for (const order of [texts, texts.toReversed()]) {
      const guard = await createGuard({ engine: 'same-thread', mode: 'admin', catalog });
      const allowed: Record<string, boolean> = {};
      for (const sql of order) allowed[sql] = (await guard.check(sql)).allowed;
      await guard.close();
      verdicts.add(JSON.stringify(texts.map((sql) => allowed[sql])));
    }
    expect([...verdicts]).toEqual(['[true,false]']);
  });
});

describe('under lists of tables', () => {
  const catalog = catalogOf(relation('orders'), relation('secret'));
  const lists: GuardOptions[] = [
    { tables: { deny: ['public.secret'] } },
    { tables: { allow: ['public.orders'] } },
    { columns: { deny: ['public.secret.id'] } },
  ];
  it.each([
    'ALTER DOMAIN positive ADD CHECK (VALUE < 10)',
    'ALTER DOMAIN positive SET NOT NULL',
    'ALTER DOMAIN positive VALIDATE CONSTRAINT small',
    "CREATE OR REPLACE FUNCTION app.total(a int) RETURNS int LANGUAGE sql AS 'SELECT 1'",
    'ALTER FUNCTION app.free(int) RENAME TO total',
    'ALTER FUNCTION public.total(int) SET SCHEMA app',
  ])('admin does not reach tables behind them: %s', async (sql) => {
    const options = {
      mode: 'admin',
      functions: { allow: ['app.total'] },
      statements: { allow: ['create-function'] },
    } as const;
    for (const known of [{ catalog }, {}]) {
      for (const list of lists) expect(await codeOf({ ...options, ...known, ...list }, sql)).not.toBe('allowed');
      expect(await codeOf({ ...options, ...known }, sql)).toBe('allowed');
    }
  });

  it.each([
    'ALTER DOMAIN positive ADD CHECK (VALUE < 10) NOT VALID',
    'ALTER DOMAIN positive DROP CONSTRAINT small',
    'CREATE OR REPLACE FUNCTION app.total(a int) RETURNS int RETURN a + 1',
    "CREATE FUNCTION app.other(a int) RETURNS int LANGUAGE sql AS 'SELECT 1'",
  ])('admin still has: %s', async (sql) => {
    const options = {
      mode: 'admin',
      functions: { allow: ['app.total'] },
      statements: { allow: ['create-function'] },
    } as const;
    expect(await codeOf({ ...options, catalog, tables: { deny: ['public.secret'] } }, sql)).toBe('allowed');
  });

  it('values that old rows show in a new column are kept from statements', async () => {
    for (const list of [{ deny: ['public.secret'] }, { allow: ['public.orders', 'pg_catalog.*'] }]) {
      expect(await codeOf({ catalog, tables: list }, 'SELECT attmissingval FROM pg_attribute')).toBe('column');
      expect(await codeOf({ catalog, tables: list }, 'SELECT attname FROM pg_attribute')).toBe('allowed');
    }
  });
});
