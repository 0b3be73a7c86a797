import { describe, expect, it } from 'vitest';
import { diffCatalogs } from '../src/index.ts';
import { catalogOf, column, foreignKey, table } from './catalog-value.ts';

const orders = table('orders', [column('id'), column('note', 'text')], { comment: 'Orders', estimatedRows: 10 });

describe('diffCatalogs', () => {
  it('finds nothing between equal catalogs, whatever the estimates and oids say', () => {
    const copy = JSON.parse(JSON.stringify(orders)) as typeof orders;
    const diff = diffCatalogs(
      catalogOf([orders]),
      catalogOf([{ ...copy, oid: 99, estimatedRows: 1_000, estimatedBytes: 8_192 }]),
    );
    expect(diff.isEmpty).toBe(true);
    expect(diff.tables).toEqual({ added: [], removed: [], changed: [] });
  });

  it('tells added and removed tables', () => {
    const other = table('Other', ['id']);
    const diff = diffCatalogs(catalogOf([orders]), catalogOf([other]));
    expect(diff.tables.added).toEqual([other]);
    expect(diff.tables.removed).toEqual([orders]);
    expect(diff.isEmpty).toBe(false);
  });

  it('tells what changed in a table, by fact', () => {
    const after = {
      ...orders,
      comment: 'All orders',
      columns: [column('id', 'bigint', { nullable: false }), column('customer_id', 'integer', { position: 2 })],
      foreignKeys: [foreignKey('customer_id', 'customers')],
      indexes: [
        {
          name: 'i',
          method: 'btree',
          keys: [{ column: 'id' }],
          include: [],
          unique: true,
          primary: false,
          valid: true,
          definition: '',
        },
      ],
    };
    const [change] = diffCatalogs(catalogOf([orders]), catalogOf([after])).tables.changed;
    expect(change).toMatchObject({ schema: 'public', name: 'orders', before: orders, after, facts: ['comment'] });
    expect(change?.columns).toMatchObject({
      added: ['customer_id'],
      removed: ['note'],
      changed: [{ name: 'id', facts: ['type', 'nullable'] }],
    });
    expect(change?.constraints.added).toEqual(['customer_id_fkey']);
    expect(change?.indexes.added).toEqual(['i']);
    expect(change?.triggers.isEmpty).toBe(true);
  });

  it('tells functions apart by their arguments, and types by their facts', () => {
    const touch = {
      oid: 1,
      schema: 'public',
      name: 'f',
      kind: 'function',
      arguments: '',
      argumentTypes: ['integer'],
      language: 'sql',
      volatility: 'stable',
      strict: false,
      securityDefiner: false,
      settings: [],
      owner: 'postgres',
      executable: true,
    } as const;
    const mood = { oid: 2, schema: 'public', name: 'mood', labels: ['sad'] };
    const before = { ...catalogOf([]), functions: [touch], enums: [mood] };
    const after = {
      ...catalogOf([]),
      functions: [
        { ...touch, securityDefiner: true },
        { ...touch, argumentTypes: ['text'] },
      ],
      enums: [{ ...mood, labels: ['sad', 'ok'] }],
    };
    const diff = diffCatalogs(before, after);
    expect(diff.functions).toMatchObject({
      added: ['public.f(text)'],
      changed: [{ name: 'public.f(integer)', facts: ['securityDefiner'] }],
    });
    expect(diff.types.changed).toEqual([{ name: 'public.mood', facts: ['labels'] }]);
  });
});
