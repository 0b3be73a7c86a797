import { describe, expect, it } from 'vitest';
import { estimateTokens, renderCompact } from '../src/index.ts';
import { catalogOf, column, foreignKey, table } from './catalog-value.ts';

describe('renderCompact', () => {
  it('writes a line per table and per key, with short types and names as SQL spells them', () => {
    const customers = table('customers', [column('id', 'bigint'), column('Full Name', 'character varying(80)')], {
      primaryKey: { name: 'customers_pkey', columns: ['id'] },
    });
    const orders = table(
      'order',
      [column('id'), column('customer_id', 'bigint'), column('placed', 'timestamp(3) without time zone[]')],
      { schema: 'Sales', inSearchPath: false, foreignKeys: [foreignKey('customer_id', 'customers')] },
    );
    expect(renderCompact(catalogOf([customers, orders]))).toBe(
      [
        'customers(id bigint pk, "Full Name" varchar)',
        '"Sales"."order"(id int, customer_id bigint, placed timestamp[])',
        ' customer_id->customers.id',
      ].join('\n'),
    );
  });

  it('writes composite keys with their columns paired', () => {
    const child = table('child', ['x', 'y'], {
      foreignKeys: [
        {
          ...foreignKey('x', 'parent'),
          columns: ['y', 'x'],
          references: { schema: 'public', table: 'parent', columns: ['b', 'a'] },
        },
      ],
    });
    expect(renderCompact(catalogOf([child, table('parent', ['a', 'b'])]))).toContain(' (y,x)->parent(b,a)');
  });

  it('shows comments and labels cleaned and cut, so that they cannot pass for schema', () => {
    const hostile = `a */ b\nfake(id int)\u202e\u0000${'x'.repeat(200)}`;
    const text = renderCompact(
      catalogOf([
        table('t', [column('mood', 'mood', { enumLabels: ['sad', 'o*/k\n'], comment: hostile })], { comment: hostile }),
      ]),
    );
    expect(text.split('\n')).toHaveLength(1);
    expect(text).toContain('/* sad|o* /k; a * / b fake(id int) xxx');
    expect(text.match(/\*\//g)).toHaveLength(1);
    expect(text.length).toBeLessThan(260);
  });

  it('leaves comments, labels and key marks out on request', () => {
    const tables = [
      table('t', [column('id', 'integer', { comment: 'the id' }), column('m', 'mood', { enumLabels: ['a'] })], {
        comment: 'T',
        primaryKey: { name: 'p', columns: ['id'] },
      }),
    ];
    expect(renderCompact(tables, { maxCommentCharacters: 0, maxEnumLabels: 0, primaryKeys: false })).toBe(
      't(id int, m mood)',
    );
  });

  it('leaves out tables, columns and targets of keys that the role may not select', () => {
    const secret = table('secret', ['id'], { selectable: false });
    const partly = table('partly', [column('id'), column('salary', 'numeric', { selectable: false })], {
      foreignKeys: [foreignKey('id', 'secret')],
    });
    expect(renderCompact(catalogOf([secret, partly]))).toBe('partly(id int)');
  });

  it('says views and partitioned tables', () => {
    const text = renderCompact([
      table('v', ['id'], { kind: 'materialized view' }),
      table('m', ['at'], { kind: 'partitioned table', partitioning: { key: 'RANGE (at)', partitions: [] } }),
    ]);
    expect(text).toContain('materialized view v(id int)');
    expect(text).toContain('m(at int) -- partitioned by RANGE (at), 0 partitions');
  });

  it('folds the partitions of a table', () => {
    const partition = (name: string) => ({ oid: 1, schema: 'public', name, bound: '', selectable: true });
    const events = table('events', ['at'], {
      kind: 'partitioned table',
      partitioning: { key: 'RANGE (at)', namePattern: 'e_*', partitions: [partition('e_2021'), partition('e_2022')] },
    });
    expect(renderCompact([events])).toBe('events(at int) -- partitioned by RANGE (at), 2 partitions, e_2021 … e_2022');
  });

  it('folds like tables of a catalog where they do not fit, and never those of a list', () => {
    const years = Array.from({ length: 20 }, (_, place) => table(`sales_${place + 1}`, ['id']));
    expect(renderCompact(catalogOf(years)).split('\n')).toHaveLength(20);
    expect(renderCompact(catalogOf(years), { maxTokens: 60 })).toBe(
      'sales_20(id int) -- the same columns in 20 tables, sales_1 … sales_20',
    );
    expect(renderCompact(years, { maxTokens: 60 })).toMatch(/^sales_1\(id int\)\n.*not shown/s);
  });

  it('writes names that hold line breaks or invisible characters so that they cannot pass for lines', () => {
    const forged = table('b\nfake(id int)', ['x\u2028y', '\u202eevil'], {
      foreignKeys: [foreignKey('x\u2028y', 'b\nfake(id int)')],
    });
    expect(renderCompact(catalogOf([forged]))).toBe(
      'U&"b\\000Afake(id int)"(U&"x\\2028y" int, U&"\\202Eevil" int)\n U&"x\\2028y"->U&"b\\000Afake(id int)".id',
    );
    expect(renderCompact([table('t', [column('c', 'public."a\nb"')])])).toBe('t(c public."a b")');
  });

  it('stays within the budget and names what it left out', () => {
    const tables = Array.from({ length: 50 }, (_, place) => table(`table_${place}`, ['id', 'first_name', 'last_name']));
    for (const maxTokens of [40, 100, 300]) {
      const text = renderCompact(tables, { maxTokens });
      expect(estimateTokens(text)).toBeLessThanOrEqual(maxTokens);
      expect(text).toMatch(/^table_0\(|not shown/);
    }
    expect(renderCompact(tables, { maxTokens: 300 })).toMatch(/-- not shown: table_\d+, .* and \d+ more$/);
    expect(renderCompact(tables)).not.toContain('not shown');
  });

  it.each([0, -1, Number.NaN])('refuses a budget of %s', (maxTokens) => {
    expect(() => renderCompact([], { maxTokens })).toThrow(/maxTokens/);
  });
});
