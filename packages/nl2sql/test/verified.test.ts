import { describe, expect, it } from 'vitest';
import { indexVerifiedPairs, normalizeQuestion } from '../src/verified.ts';

const pairs = indexVerifiedPairs([
  { question: 'How many orders are there?', sql: 'SELECT count(*) FROM orders', variants: ['number of orders'] },
  { question: 'Which products cost more than 1.5 dollars?', sql: 'SELECT name FROM products WHERE price > 1.5' },
]);

describe('the verified pair of a question', () => {
  it.each([
    'How many orders are there?',
    '  how MANY orders\nare there ',
    'How many “orders” are there!',
    'How many orders are there',
    'Please, how many orders are there?',
    'NUMBER OF ORDERS',
  ])('is found for %j', (question) => {
    expect(pairs.find(question)?.sql).toBe('SELECT count(*) FROM orders');
  });

  it.each([
    'How many orders are there not?',
    'How many orders are there per store?',
    'How many order are there?',
    'Which products cost more than 15 dollars?',
    'Which products cost more than -1.5 dollars?',
    '',
  ])('is not found for %j', (question) => {
    expect(pairs.find(question)).toBeUndefined();
  });

  it('is refused when two pairs claim the same question with different SQL', () => {
    const twice = [
      { question: 'How many?', sql: 'SELECT 1' },
      { question: 'other', variants: ['how many'], sql: 'SELECT 2' },
    ];
    expect(() => indexVerifiedPairs(twice)).toThrow(/already has different SQL/);
  });

  it('is refused without SQL and without words', () => {
    expect(() => indexVerifiedPairs([{ question: 'a', sql: ' ' }])).toThrow(/needs a question and its sql/);
    expect(() => indexVerifiedPairs([{ question: '?!', sql: 'SELECT 1' }])).toThrow(/without words/);
  });
});

describe('normalizeQuestion', () => {
  it.each([
    ['Ｏｒｄｅｒｓ　２０２５', 'orders 2025'],
    ['What’s new?', 'whats new'],
    ['month-by-month sales', 'month by month sales'],
    ['stock < 5 or > 10', 'stock < 5 or > 10'],
    ['1,000.50 units, please.', '1,000.50 units'],
    ['5% of sales', '5% of sales'],
  ])('turns %j into %j', (question, normalized) => {
    expect(normalizeQuestion(question)).toBe(normalized);
  });

  it('gives the same form when it is applied twice', () => {
    for (const question of ['Can you please show it?', 'A, b; c.', "the 'x' of y"]) {
      expect(normalizeQuestion(normalizeQuestion(question))).toBe(normalizeQuestion(question));
    }
  });
});
