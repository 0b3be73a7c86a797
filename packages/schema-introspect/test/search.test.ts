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

  it.each([
    ['Bestellung', 'public.bestellungen'],
    ['Strassen', 'public.bestellungen.straße'],
    ['Auftrag', 'public.bestellungen'],
    ['réglée', 'public.t2.montant_ht'],
    ['facture', 'public.t2.montant_ht'],
    ['telefono', 'public.pedidos.teléfono_móvil'],
    ['cliente', 'public.pedidos'],
    ['заказов', 'public.заказы'],
    ['покупатель', 'public.заказы'],
    ['订单', 'public.t5'],
    ['客户', 'public.t5.客户名称'],
    ['注文', 'public.t6'],
    ['παραγγελία', 'public.παραγγελίες'],
    ['الطلبات', 'public.t8'],
    ['istanbul', 'public.siparişler.İstanbul_şubesi'],
    ['zákazníků', 'public.objednávky.zákazník'],
    ['kobenhavn', 'public.objednávky.København'],
    ['lodz', 'public.objednávky.Łódź'],
  ])('finds words of other languages in their forms, with and without accents: %s', (words, first) => {
    const languages = catalogOf([
      table('bestellungen', [column('kunden_nr'), column('straße')], { comment: 'Aufträge der Kundschaft' }),
      table('t2', [column('montant_ht', 'numeric', { comment: 'Montant hors taxes des factures réglées' })]),
      table('pedidos', [column('teléfono_móvil'), column('fecha')], { comment: 'Pedidos de los clientes' }),
      table('заказы', [column('дата_доставки')], { comment: 'Заказы покупателей' }),
      table('t5', [column('客户名称'), column('金额')], { comment: '订单明细表' }),
      table('t6', [column('顧客番号')], { comment: 'お客様の注文履歴' }),
      table('παραγγελίες', [column('ημερομηνία')]),
      table('t8', [column('ad')], { comment: 'الطلبات المرسلة' }),
      table('siparişler', [column('İstanbul_şubesi')]),
      table('objednávky', [column('zákazník'), column('København'), column('Łódź')]),
    ]);
    const [hit] = searchCatalog(languages, { words }).hits;
    expect([hit?.schema, hit?.name, hit?.column].filter(Boolean).join('.')).toBe(first);
  });

  it('holds words and pattern together', () => {
    expect(found({ words: 'customer', pattern: 'note*' })).toEqual(['crm.CustomerNotes.note']);
  });

  it.each([{}, { words: 'the of' }, { pattern: '  ' }, { pattern: 'x', limit: 0 }])('refuses %j', (query) => {
    expect(() => searchCatalog(catalog, query)).toThrow(/search|pattern|limit/i);
  });
});
