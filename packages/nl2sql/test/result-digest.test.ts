import { describe, expect, it } from 'vitest';
import { resultDigest } from '../src/result-digest.ts';

type Cell = readonly [type: string | number | undefined, cell: unknown];

const digestOf = ([type, cell]: Cell) =>
  resultDigest({
    columns: [{ name: 'x', ...(typeof type === 'number' ? { typeOid: type } : { type }) }],
    rows: [[cell]],
  });

describe('statements vote for the same result when they return', () => {
  it.each<[string, Cell, Cell]>([
    ['a count and a sum of numeric', ['bigint', 12], ['numeric', '12.00']],
    ['numeric of two scales', ['numeric(10,2)', '1.50'], ['numeric', '1.5']],
    ['numeric and double precision', ['numeric', '0.3'], ['double precision', 0.1 + 0.2]],
    ['bigint as number and as text', ['bigint', 7], ['bigint', '7']],
    ['a bigint of the driver', [undefined, 12n], [undefined, 12]],
    ['nothing below zero', ['real', -0], ['integer', 0]],
    ['a date and its midnight', ['date', '2025-03-01'], ['timestamp without time zone', '2025-03-01 00:00:00']],
    ['one moment in two zones', ['timestamptz', '2025-03-01 01:00:00+01'], [1184, '2025-03-01 00:00:00+00']],
    [
      'a moment of the driver',
      [undefined, new Date('2025-03-01T00:00:00Z')],
      ['timestamptz', '2025-03-01 00:00:00+00'],
    ],
    ['char(n) and text', ['character(5)', 'ab   '], ['text', 'ab']],
    ['an enum and its label', ['retail.status', 'shipped'], ['character varying(20)', 'shipped']],
    ['objects with keys in another order', ['jsonb', '{"a":1,"b":2}'], ['json', '{"b": 2, "a": 1}']],
    [
      'moments beyond what JavaScript has',
      ['timestamp', '294276-12-31 23:59:59'],
      ['timestamp', '294276-12-31 23:59:59'],
    ],
    [
      'moments of the driver that are none',
      ['timestamptz', new Date(Number.NaN)],
      ['timestamptz', new Date(Number.NaN)],
    ],
    [
      'char(n) of very many blanks',
      ['character(300001)', `${' '.repeat(300_000)}x `],
      ['text', `${' '.repeat(300_000)}x`],
    ],
    ['lists', ['integer[]', [1, 2n]], ['integer[]', [1, '2']]],
  ])('%s', (_, one, other) => {
    expect(digestOf(one)).toBe(digestOf(other));
  });

  it('the same rows in another order', () => {
    const columns = [{ name: 'a' }, { name: 'b' }];
    const rows = [
      [1, 'x'],
      [2, null],
    ];
    expect(resultDigest({ columns, rows })).toBe(resultDigest({ columns, rows: rows.toReversed() }));
  });
});

describe('statements vote for different results when they return', () => {
  it.each<[string, Cell, Cell]>([
    ['a number and its numeral as text', ['integer', 5], ['text', '5']],
    ['a boolean and its letter', ['boolean', true], ['text', 'true']],
    ['two identifiers of twelve digits', ['bigint', 123_456_789_012], ['bigint', '123456789013']],
    ['nothing and an empty text', ['text', null], ['text', '']],
    ['the first century and the last', ['date', '0001-01-01'], ['date', '1901-01-01']],
    ['two seconds of a far year', ['timestamp', '12025-03-01 00:00:01'], ['timestamp', '12025-03-01 00:00:02']],
    [
      'two moments that JavaScript does not have',
      ['timestamp', '294276-12-31 23:59:59'],
      ['timestamp', '294275-12-31 23:59:59'],
    ],
    ['two cases', ['text', 'A'], ['text', 'a']],
    ['no number and a number', ['numeric', 'NaN'], ['numeric', '0']],
  ])('%s', (_, one, other) => {
    expect(digestOf(one)).not.toBe(digestOf(other));
  });
});

it('a result that says nothing has no vote', () => {
  const columns = [{ name: 'x' }];
  expect(resultDigest({ columns, rows: [] })).toBeUndefined();
  expect(resultDigest({ columns, rows: [[null], [undefined]] })).toBeUndefined();
});
