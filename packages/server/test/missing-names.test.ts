import type { DatabaseCatalog } from '@pgmcp/schema-introspect';
import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../src/config/index.ts';
import { missingNames } from '../src/policy/missing-names.ts';

const catalog = {
  tables: [
    { schema: 'shop', name: 'customers', columns: [{ name: 'id' }, { name: 'email' }] },
    {
      schema: 'shop',
      name: 'visits',
      columns: [{ name: 'secret' }],
      partitioning: { partitions: [{ schema: 'archive', name: 'visits_2025' }] },
    },
  ],
} as unknown as DatabaseCatalog;

describe('names of a policy that are not in the database', () => {
  it('are told with what was probably meant', () => {
    const policy = {
      ...DEFAULT_POLICY,
      allowedTables: ['shop.*', 'shpo.*', 'shop.customer'],
      deniedTables: ['archive.visits_2025', 'shop.nothing_like_it'],
      deniedColumns: ['shop.customers.id'],
      maskedColumns: ['shop.customers.emial', 'shop.visits.secret', 'archive.visits_2025.secret'],
      hashedColumns: ['shop.custmers.email'],
    };
    expect(missingNames(policy, catalog, false)).toEqual([
      { list: 'allowedTables', name: 'shpo.*', nearest: 'shop.*' },
      { list: 'allowedTables', name: 'shop.customer', nearest: 'shop.customers' },
      { list: 'deniedTables', name: 'shop.nothing_like_it' },
      { list: 'maskedColumns', name: 'shop.customers.emial', nearest: 'shop.customers.email' },
      { list: 'hashedColumns', name: 'shop.custmers.email', nearest: 'shop.customers.email' },
    ]);
  });

  it('may be meant for another database where several have one policy', () => {
    const policy = { ...DEFAULT_POLICY, deniedTables: ['hr.salaries', 'shop.salaries'], maskedColumns: ['hr.a.b'] };
    expect(missingNames(policy, catalog, true).map(({ name }) => name)).toEqual(['shop.salaries']);
    expect(missingNames(policy, catalog, false)).toHaveLength(3);
  });

  it('are none without lists', () => {
    expect(missingNames(DEFAULT_POLICY, catalog, false)).toEqual([]);
  });
});
