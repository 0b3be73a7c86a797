import { afterAll, describe, expect, it } from 'vitest';
import { type CatalogSnapshot, createGuard } from '../src/index.ts';

const integer = { typeSchema: 'pg_catalog', typeName: 'int4' };
const type = (name: string, kind: CatalogSnapshot['types'][number]['kind'], rest: object = {}) =>
  ({ schema: 'app', name, kind, ...rest }) as CatalogSnapshot['types'][number];
const base = (baseSchema: string, baseName: string) => ({ baseSchema, baseName });
const attribute = (typeSchema: string, typeName: string) => ({
  attributes: [
    { name: 'a', ...integer },
    { name: 'b', typeSchema, typeName },
  ],
});
const cast = (source: string, target: string): CatalogSnapshot['casts'][number] => {
  const [sourceSchema = '', sourceName = ''] = source.split('.');
  const [targetSchema = '', targetName = ''] = target.split('.');
  return { sourceSchema, sourceName, targetSchema, targetName, functionSchema: 'app', functionName: 'convert' };
};

const catalog: CatalogSnapshot = {
  fingerprint: 'types',
  searchPath: ['public', 'app'],
  definitionsQualified: true,
  relations: [
    {
      schema: 'public',
      name: 'plain',
      kind: 'table',
      columns: [
        { name: 'id', ...integer },
        { name: 'grade', typeSchema: 'app', typeName: 'grade' },
        { name: 'used', typeSchema: 'app', typeName: 'used' },
      ],
      parents: [],
    },
    {
      schema: 'public',
      name: 'simple',
      kind: 'table',
      columns: [
        { name: 'id', ...integer },
        { name: 'grades', typeSchema: 'app', typeName: '_grade' },
      ],
      parents: [],
    },
    {
      schema: 'public',
      name: 'coded',
      kind: 'table',
      columns: [{ name: 'x', typeSchema: 'app', typeName: 'opaque' }],
      parents: [],
    },
  ],
  functions: [],
  operators: [],
  casts: [
    cast('app.used', 'app.from_used'),
    cast('app.unused', 'app.from_unused'),
    cast('pg_catalog.text', 'app.from_text'),
    cast('app.leaving', 'pg_catalog.money'),
  ],
  types: [
    type('grade', 'enum'),
    type('used', 'enum'),
    type('unused', 'enum'),
    type('from_used', 'enum'),
    type('from_unused', 'enum'),
    type('from_text', 'enum'),
    type('leaving', 'enum'),
    type('positive', 'domain', { ...base('pg_catalog', 'int4'), checks: ['VALUE > 0'] }),
    type('small', 'domain', { ...base('app', 'positive'), checks: ['VALUE < 10'] }),
    type('sleeping', 'domain', { ...base('pg_catalog', 'int4'), checks: ['VALUE > 0', 'pg_sleep(1) IS NULL'] }),
    type('over_sleeping', 'domain', base('app', 'sleeping')),
    type('unread', 'domain', { ...base('pg_catalog', 'int4'), checks: ['this is no expression ('] }),
    type('of_internal', 'domain', base('pg_catalog', 'internal')),
    type('of_standard', 'domain', base('information_schema', 'sql_identifier')),
    type('of_nothing', 'domain', base('app', 'vanished')),
    type('without_base', 'domain'),
    type('of_array', 'domain', base('pg_catalog', '_text')),
    type('of_enums', 'domain', base('app', '_grade')),
    type('address', 'composite', attribute('pg_catalog', 'text')),
    type('graded', 'composite', attribute('app', 'grade')),
    type('trapped', 'composite', attribute('app', 'sleeping')),
    type('empty', 'composite'),
    type('loop', 'composite', attribute('app', 'loop')),
    type('span', 'range', base('pg_catalog', 'float8')),
    type('spans', 'multirange', base('app', 'span')),
    type('coded_span', 'range', base('app', 'opaque')),
    type('known_span', 'range', { ...base('app', 'opaque'), extension: 'spans' }),
    type('bare_span', 'range'),
    type('opaque', 'base'),
    type('geometry', 'base', { extension: 'postgis' }),
  ],
};
const guard = await createGuard({ engine: 'same-thread', catalog });
afterAll(() => guard.close());

async function verdictOn(name: string) {
  return guard.check(`SELECT NULL::${name}`);
}

describe('a type of users', () => {
  it.each([
    'app.grade',
    'grade',
    'app.grade[]',
    'app.positive',
    'app.small',
    'app.of_standard',
    'app.of_array',
    'app.of_enums',
    'app.address',
    'app.graded',
    'app.empty',
    'app.loop',
    'app.span',
    'app.spans',
    'app.known_span',
    'app.bare_span',
    'app.geometry',
    'app.from_unused',
    'simple',
    'public.simple',
    'text',
    '_text',
    // No column holds the source of its cast, and the statement does not name it.
    'money',
  ])('passes when reading a value of it runs no code of users: %s', async (name) => {
    const verdict = await verdictOn(name);
    expect(verdict.allowed || verdict.violations).toBe(true);
  });

  it.each([
    ['app.sleeping', 'checks its values'],
    ['sleeping', 'checks its values'],
    ['app.over_sleeping', 'checks its values'],
    ['app.unread', 'checks its values'],
    ['app.of_internal', 'not a type for values'],
    ['app.of_nothing', 'not known'],
    ['app.without_base', 'not known'],
    ['app.trapped', 'checks its values'],
    ['app.coded_span', 'read by code of a user'],
    ['app.opaque', 'read by code of a user'],
    ['app.from_used', 'app.convert'],
    ['app.from_text', 'app.convert'],
    ['app.leaving', 'app.convert'],
    ['app.used', 'app.convert'],
    ['plain', 'app.convert'],
    ['coded', 'read by code of a user'],
    ['app.vanished', 'does not know it'],
    ['vanished', 'does not know it'],
  ])('is refused when it does, or when nobody can say: %s', async (name, reason) => {
    const verdict = await verdictOn(name);
    expect(verdict).toMatchObject({ allowed: false, violations: [{ code: 'type' }] });
    if (!verdict.allowed) expect(verdict.violations[0].message).toContain(reason);
  });
});
