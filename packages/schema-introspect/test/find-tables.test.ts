import { describe, expect, it } from 'vitest';
import { findTables } from '../src/index.ts';
import { catalogOf, table } from './catalog-value.ts';

const orders = table('orders', ['id']);
const archived = table('orders', ['id'], { schema: 'archive', inSearchPath: false });
const mixed = table('Order Details', ['id']);
const dotted = table('my.table', ['id'], { schema: 'a.b', inSearchPath: false });
const customers = table('customers', ['id'], { schema: 'crm', inSearchPath: false });
const catalog = catalogOf([orders, archived, mixed, dotted, customers]);
const find = (name: string) => findTables(catalog, [name]).found;

describe('findTables', () => {
  it('finds a bare name through the search path', () => {
    expect(find('orders')).toEqual([orders]);
    expect(find('customers')).toEqual([customers]);
  });

  it('finds a qualified name', () => {
    expect(find('archive.orders')).toEqual([archived]);
    expect(find('crm.customers')).toEqual([customers]);
  });

  it.each(['Order Details', '"Order Details"', 'public."Order Details"', 'public.Order Details', 'order details'])(
    'finds a mixed-case name written as %s',
    (written) => {
      expect(find(written)).toEqual([mixed]);
    },
  );

  it('finds names with dots in quotes', () => {
    expect(find('"a.b"."my.table"')).toEqual([dotted]);
    expect(find('my.table')).toEqual([dotted]);
  });

  it('folds an unquoted name as SQL does', () => {
    expect(find('ORDERS')).toEqual([orders]);
    expect(find('CRM.Customers')).toEqual([customers]);
  });

  it('gives each table once, in the order of the names', () => {
    expect(findTables(catalog, ['customers', 'orders', 'public.orders']).found).toEqual([customers, orders]);
  });

  it('says what is missing, with the nearest names as they must be written', () => {
    const { found, missing } = findTables(catalog, ['custmers', 'order_details', 'zzz']);
    expect(found).toEqual([]);
    expect(missing[0]).toEqual({ name: 'custmers', nearest: ['crm.customers'] });
    expect(missing[1]?.nearest[0]).toBe('public."Order Details"');
    expect(missing[2]).toEqual({ name: 'zzz', nearest: [] });
  });

  it('finds nothing for text that is no name', () => {
    expect(find('"open')).toEqual([]);
    expect(find('')).toEqual([]);
  });
});
