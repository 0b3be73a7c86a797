import { describe, expect, it } from 'vitest';
import { findValueHints, renderValueHints } from '../src/index.ts';
import { catalogOf, column, table } from './catalog-value.ts';

const statistics = (...commonValues: string[]) => ({ distinct: 3, nullFraction: 0, commonValues });
const catalog = catalogOf([
  table('orders', [
    column('status', 'order_status', { enumLabels: ['Refunded', 'in transit', 'new'] }),
    column('city', 'text', { statistics: statistics('São Paulo', 'New York', 'York') }),
    column('amount', 'integer', { statistics: statistics('10', '20') }),
    column('secret', 'text', { selectable: false, statistics: statistics('Atlantis') }),
  ]),
  table('hidden', [column('town', 'text', { statistics: statistics('Atlantis') })], { selectable: false }),
]);
const values = (question: string, from: 'enums' | 'statistics' = 'statistics'): string[] =>
  findValueHints(catalog, question, { from }).map((hint) => hint.value);

describe('findValueHints', () => {
  it('finds enum labels as they are stored, whatever the case', () => {
    expect(findValueHints(catalog, 'How many orders were refunded?')).toEqual([
      {
        schema: 'public',
        table: 'orders',
        column: 'status',
        value: 'Refunded',
        phrase: 'refunded',
        source: 'enum',
        match: 'equal',
      },
    ]);
    expect(values('orders IN TRANSIT', 'enums')).toEqual(['in transit']);
  });

  it('shows values of statistics only where that is allowed', () => {
    expect(values('orders from Sao Paulo', 'enums')).toEqual([]);
    expect(values('orders from Sao Paulo')).toEqual(['São Paulo']);
  });

  it('prefers the longest phrase, and quoted ones whatever they are', () => {
    expect(values('orders from New York')).toEqual(['New York']);
    expect(values('orders from "York"')).toEqual(['York']);
  });

  it('finds misspelt values', () => {
    const [hint] = findValueHints(catalog, 'all refundet orders', { from: 'enums' });
    expect(hint).toMatchObject({ value: 'Refunded', phrase: 'refundet', match: 'similar' });
  });

  it('shows nothing of what the role may not select, and no numbers', () => {
    expect(values('Atlantis 10')).toEqual([]);
  });

  it('keeps to its limits', () => {
    const many = catalogOf(
      Array.from({ length: 30 }, (_, place) =>
        table(`t${'x'.repeat(place)}`, [column('state', 'state', { enumLabels: ['open', 'closed'] })]),
      ),
    );
    expect(findValueHints(many, 'open or closed', { maxHints: 5 })).toHaveLength(5);
    expect(findValueHints(many, 'open or closed', { maxHints: 100, maxPerColumn: 1 })).toHaveLength(30);
  });

  it('cuts and cleans what it shows', () => {
    const odd = catalogOf([table('t', [column('v', 'v', { enumLabels: [`it's\n\u202e${'x'.repeat(80)}`] })])]);
    const [hint] = findValueHints(odd, `"it's ${'x'.repeat(80)}"`);
    expect(hint?.value).toHaveLength(50);
    expect(renderValueHints(hint ? [hint] : [])).toMatch(/^public\.t\.v ≈ 'it''s x+…'$/);
  });
});
