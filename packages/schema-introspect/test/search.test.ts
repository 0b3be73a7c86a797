import { describe, expect, it } from 'vitest';
import { searchCatalog } from '../src/index.ts';
import { catalogOf, column, table } from './catalog-value.ts';

const catalog = {
  ...catalogOf([
    table('customers', [column('id'), column('email_address', 'text', { comment: 'Where letters go' })], {
      comment: 'People who buy',
    }),
    table('CustomerNotes', ['note'], { schema: 'crm' }),
    table('orders', [column('status', 'order_status', { enumLabels: ['new', 'refunded'] }), column('qty')]),
    table('v_orders', ['id'], { kind: 'view' }),
    table('secret_customers', ['id'], { selectable: false }),
  ]),
  enums: [{ oid: 1, schema: 'public', name: 'order_status', labels: ['new', 'refunded'] }],
};
const found = (query: Parameters<typeof searchCatalog>[1]): string[] =>
  searchCatalog(catalog, query).hits.map(({ schema, name, column: own }) =>
    [schema, name, own].filter(Boolean).join('.'),
  );

describe('searchCatalog by pattern', () => {
  it('finds parts of names in any case, exact names first', () => {
    expect(found({ pattern: 'ORDERS' })).toEqual(['public.orders', 'public.v_orders']);
    expect(found({ pattern: 'customer' })).toEqual(['public.customers', 'crm.CustomerNotes']);
  });

  it('takes stars and question marks for the whole name', () => {
    expect(found({ pattern: 'customer*' })).toEqual(['public.customers', 'crm.CustomerNotes']);
    expect(found({ pattern: '*order?' })).toEqual(['public.orders', 'public.v_orders']);
    expect(found({ pattern: 'custome?' })).toEqual([]);
    expect(found({ pattern: 'c*t*e*s' })).toEqual(['public.customers', 'crm.CustomerNotes']);
  });

  it('takes signs of regular expressions literally, and long runs of stars quickly', () => {
    expect(found({ pattern: '.+' })).toEqual([]);
    expect(found({ pattern: `${'*a'.repeat(5_000)}*` })).toEqual([]);
  });

  it('matches qualified names', () => {
    expect(found({ pattern: 'crm.*' })).toEqual(['crm.CustomerNotes', 'crm.CustomerNotes.note']);
    expect(found({ pattern: 'customers.email_address' })).toEqual(['public.customers.email_address']);
  });

  it('keeps to kinds, schema and limit, and tells the total', () => {
    expect(found({ pattern: 'order', kinds: ['view'] })).toEqual(['public.v_orders']);
    expect(found({ pattern: 'customer', schema: 'crm' })).toEqual(['crm.CustomerNotes']);
    expect(searchCatalog(catalog, { pattern: 'id', limit: 1 })).toMatchObject({ total: 2, hits: [{ column: 'id' }] });
  });
});

describe('searchCatalog by words', () => {
  it('finds names, comments and labels, whatever the form of the word', () => {
    expect(found({ words: 'addresses of mail' })[0]).toBe('public.customers.email_address');
    expect(found({ words: 'letter' })).toEqual(['public.customers.email_address']);
    expect(found({ words: 'refunded' })).toEqual(['public.orders.status']);
    expect(found({ words: 'quantity' })).toEqual(['public.orders.qty']);
    expect(found({ words: 'people' })).toEqual(['public.customers']);
  });

  it('holds words and pattern together', () => {
    expect(found({ words: 'customer', pattern: 'note*' })).toEqual(['crm.CustomerNotes.note']);
  });

  it.each([{}, { words: 'the of' }, { pattern: '  ' }, { pattern: 'x', limit: 0 }])('refuses %j', (query) => {
    expect(() => searchCatalog(catalog, query)).toThrow(/search|pattern|limit/i);
  });
});
