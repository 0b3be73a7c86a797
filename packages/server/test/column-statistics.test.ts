import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createStatisticsCounter } from '../src/results/column-statistics.ts';
import { compareNumbers } from '../src/results/compare-texts.ts';
import { createDistinctEstimate } from '../src/results/distinct-estimate.ts';

const field = (typeOid: number) => ({ name: 'c', typeOid, typeModifier: -1, tableOid: 0, columnNumber: 0 });
const count = (typeOid: number, texts: readonly (string | null)[]) => {
  const counter = createStatisticsCounter({ fields: [field(typeOid)] }, () => undefined);
  counter.add(texts.map((text) => [text]));
  return counter.statistics()[0];
};

describe('numbers as PostgreSQL writes them', () => {
  it.each([
    ['9', '10'],
    ['-10', '-9'],
    ['-0.5', '0'],
    ['9007199254740992', '9007199254740993'],
    ['0.1', '0.10000000000000000001'],
    ['-Infinity', '-1e308'],
    ['1e308', 'Infinity'],
    ['Infinity', 'NaN'],
    ['1e-7', '0.001'],
    [`0.${'0'.repeat(16_382)}1`, `0.${'0'.repeat(16_381)}1`],
    [`-0.${'0'.repeat(16_381)}1`, `0.${'0'.repeat(16_382)}10`],
  ])('%s is less than %s', (left, right) => {
    expect(compareNumbers(left, right)).toBeLessThan(0);
    expect(compareNumbers(right, left)).toBeGreaterThan(0);
    expect(compareNumbers(left, left)).toBe(0);
  });

  it('are ordered as their values are', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.bigInt(), fc.nat(4), (left, right, zeros) => {
        const expected = left < right ? -1 : left > right ? 1 : 0;
        const padded = `${right}.${'0'.repeat(zeros + 1)}`;
        expect(Math.sign(compareNumbers(String(left), padded))).toBe(expected);
      }),
    );
  });
});

describe('statistics of a column', () => {
  it('are exact for few different values', () => {
    expect(count(20, ['5', null, '5', '-3', '9007199254740993'])).toMatchObject({
      nulls: 1,
      distinct: 3,
      min: '-3',
      max: '9007199254740993',
      top_values: [{ value: '5', count: 2 }],
    });
  });

  it('leave NaN and infinities out of mean and deviation, not out of the range', () => {
    expect(count(701, ['1', '3', 'NaN', 'Infinity'])).toMatchObject({ mean: 2, min: '1', max: 'NaN' });
  });

  it('have no range of dates before Christ, which sort the other way', () => {
    expect(count(1082, ['2024-01-01', '0044-03-15 BC'])).not.toHaveProperty('min');
    expect(count(1082, ['2024-01-01', '2023-12-31'])).toMatchObject({ min: '2023-12-31', max: '2024-01-01' });
  });

  it('have no range of what does not sort by its text: years of five digits, money', () => {
    expect(count(1114, ['2024-01-01 00:00:00', '10000-01-01 00:00:00'])).not.toHaveProperty('max');
    expect(count(790, ['$5.00', '$1,000.00', '$2.00'])).not.toHaveProperty('min');
    expect(count(23, ['12345', '9'])).toMatchObject({ min: '9', max: '12345' });
  });

  it('shorten the ends of a range too: a number may have a hundred thousand digits', () => {
    expect(count(1700, ['1'.repeat(100_000), '2'])?.max).toHaveLength(101);
  });

  it('have no top values when values hardly repeat, and shorten long ones', () => {
    expect(count(25, ['a', 'b'])).not.toHaveProperty('top_values');
    const long = 'x'.repeat(500);
    expect(count(25, [long, long])?.top_values?.[0]?.value).toHaveLength(101);
  });

  it('estimate many different values within a few percent', () => {
    const distinct = createDistinctEstimate();
    for (let n = 0; n < 200_000; n += 1) distinct.add(`value ${n % 60_000}`);
    const { count: estimate, exact } = distinct.count();
    expect(exact).toBe(false);
    expect(Math.abs(estimate - 60_000) / 60_000).toBeLessThan(0.1);
  });

  it('count exactly up to a thousand', () => {
    const distinct = createDistinctEstimate();
    for (let n = 0; n < 5_000; n += 1) distinct.add(`value ${n % 1_000}`);
    expect(distinct.count()).toEqual({ count: 1_000, exact: true });
  });
});
