import { describe, expect, it } from 'vitest';
import { likeness } from '../src/word-matches.ts';
import { stem, wordsOf } from '../src/words.ts';

describe('wordsOf', () => {
  it.each([
    ['customerOrderID', ['customer', 'order', 'id']],
    ['HTTPServerLog', ['http', 'server', 'log']],
    ['order_items_2023', ['order', 'item', '2023']],
    ['Total Einnahmen für die Größe', ['total', 'einnahmen', 'grosse']],
    ['категории товаров', ['категории', 'товаров']],
    ['顧客注文', ['顧客', '客注', '注文']],
    ['ﬁrst_Café', ['first', 'cafe']],
    [
      'categories addresses boxes statuses glass bus analysis',
      ['category', 'address', 'box', 'statuse', 'glass', 'bus', 'analysis'],
    ],
    ['', []],
    ['--- !!!', []],
  ])('splits %j', (text, words) => {
    expect(wordsOf(text)).toEqual(words.map((word) => word.normalize('NFKD').replace(/\p{M}/gu, '')));
  });

  it('drops function words and keeps words that are usual column names', () => {
    expect(wordsOf('What is the name and the date of the order?')).toEqual(['name', 'date', 'order']);
  });

  it('strips plural endings only where they are', () => {
    expect(['orders', 'cities', 'class', 'status', 'axes', 'gas'].map(stem)).toEqual([
      'order',
      'city',
      'class',
      'status',
      'axe',
      'gas',
    ]);
  });
});

describe('likeness', () => {
  it.each([
    ['customer', 'sbcustomer'],
    ['year', 'yearmonth'],
    ['customer', 'cust'],
    ['quantity', 'qty'],
    ['department', 'dept'],
    ['amount', 'amt'],
    ['consumption', 'consumed'],
  ])('takes %s for %s', (word, candidate) => {
    expect(likeness(word, candidate)).toBeGreaterThan(0);
  });

  it.each([
    ['model', 'mode'],
    ['order', 'other'],
    ['customer', 'custard'],
    ['date', 'rating'],
    ['account', 'count'],
  ])('does not take %s for %s', (word, candidate) => {
    expect(likeness(word, candidate)).toBe(0);
  });
});
