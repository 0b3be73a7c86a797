import { describe, expect, it } from 'vitest';
import { confidenceOf } from '../src/confidence.ts';
import { inspectResult } from '../src/inspect/inspect-result.ts';
import { inspectStatement } from '../src/inspect/inspect-statement.ts';
import { parsePort } from './parse-port.ts';
import { shop } from './shop.ts';

const inspect = async (sql: string, rows: unknown[][], question = 'Which?') => {
  const outcome = await parsePort.parse(sql);
  if (!outcome.parsed) throw new Error(`does not parse: ${sql}`);
  const columns = (rows[0] ?? ['x']).map((_, position) => ({ name: `c${position}` }));
  const { tree } = outcome;
  const lint = inspectStatement(tree, { snapshot: shop });
  return inspectResult({ question, sql, result: { columns, rows }, tree, snapshot: shop, lint });
};
const kinds = async (...args: Parameters<typeof inspect>) => (await inspect(...args)).map(({ kind }) => kind);

describe('a result is doubted when', () => {
  it.each([
    ['it is empty', 'SELECT 1 WHERE false', [], 'empty_result'],
    ['every value is NULL', 'SELECT max(total), min(total) FROM orders', [[null, null]], 'all_null'],
    ['a row repeats', 'SELECT name FROM stores', [['a'], ['b'], ['a']], 'duplicate_rows'],
    ['a row of bigints repeats', 'SELECT store_id FROM stores', [[1n], [2n], [1n]], 'duplicate_rows'],
    [
      'NULL is on top of a descending order, by name',
      'SELECT name, code AS c FROM stores ORDER BY c DESC LIMIT 1',
      [['a', null]],
      'null_first',
    ],
    [
      'NULL is on top of a descending order, by number',
      'SELECT name, code FROM stores ORDER BY 2 DESC LIMIT 1',
      [['a', null]],
      'null_first',
    ],
    [
      'NULL is on top of a descending order, by expression',
      'SELECT name, sum(total) FROM stores s, orders GROUP BY name ORDER BY sum(total) DESC LIMIT 1',
      [['a', null]],
      'null_first',
    ],
    [
      'tables are joined off their keys',
      'SELECT o.total FROM orders o JOIN stores s ON o.order_id = s.store_id',
      [['1']],
      'off_key_join',
    ],
    [
      'a join repeats what is summed',
      'SELECT sum(o.total) FROM orders o JOIN "OrderItems" i ON i."OrderId" = o.order_id',
      [['1']],
      'fan_out',
    ],
    ['numbers are compared as text', "SELECT name FROM stores WHERE code > '8'", [['a']], 'text_order'],
    ['numbers are ordered as text', 'SELECT code FROM stores ORDER BY code', [['12'], ['7']], 'text_order'],
  ])('%s', async (_, sql, rows, kind) => {
    expect(await kinds(sql, rows)).toEqual([kind]);
  });

  it.each([
    ['a number', 'Orders in 2024 above 1,500?', ['The question says "2024"', 'The question says "1500"']],
    ['a quoted text', "Orders of 'Ann Lee'?", ['The question says "Ann Lee"']],
  ])('%s of the question is not used', async (_, question, messages) => {
    const findings = await inspect('SELECT total FROM orders WHERE total > 3', [['1']], question);
    expect(findings.map(({ message }) => message)).toEqual(messages.map((start) => expect.stringContaining(start)));
  });
});

describe('a result is not doubted when', () => {
  it.each([
    [
      'joins follow foreign keys',
      'SELECT o.total FROM orders o JOIN stores s ON s.store_id = o.store_id JOIN regions r USING (region_id)',
      [['1']],
    ],
    [
      'both sides refer to the same key',
      'SELECT a.total FROM orders a JOIN orders b ON a.customer_id = b.customer_id',
      [['1']],
    ],
    [
      'a table without keys is joined',
      'SELECT o.total FROM orders o JOIN archive.old_orders a ON a.order_id = o.order_id',
      [['1']],
    ],
    [
      'an off-key condition comes with a key',
      'SELECT o.total FROM orders o JOIN stores s ON s.store_id = o.store_id AND s.region_id = o."order"',
      [['1']],
    ],
    [
      'each row is summed once',
      'SELECT sum(i."Qty") FROM orders o JOIN "OrderItems" i ON i."OrderId" = o.order_id',
      [['1']],
    ],
    [
      'it is summed before it is joined',
      'SELECT c.name, t.s FROM customers c JOIN (SELECT customer_id, sum(total) AS s FROM orders GROUP BY 1) t ON t.customer_id = c.customer_id',
      [['a', '1']],
    ],
    ['NULL comes last', 'SELECT name, code FROM stores ORDER BY code DESC NULLS LAST LIMIT 1', [['a', null]]],
    ['text is ordered as text', 'SELECT name FROM stores ORDER BY name', [['a1'], ['b']]],
    [
      'some values are NULL',
      'SELECT name, code FROM stores',
      [
        ['a', null],
        ['b', '1'],
      ],
    ],
  ])('%s', async (_, sql, rows) => {
    expect(await kinds(sql, rows)).toEqual([]);
  });

  it('the values of the question are used', async () => {
    const sql = "SELECT 1 FROM orders WHERE total > 1500 AND placed >= DATE '2024-01-01' AND note = 'O''Neil'";
    expect(await kinds(sql, [['1']], 'Above 1,500 since 2024 by "O\'Neil", first 1?')).toEqual([]);
  });

  it('nothing but rows is known about it', () => {
    const result = { columns: [{ name: 'a' }], rows: [['1']] };
    expect(inspectResult({ question: 'Which?', sql: 'SELECT 1', result })).toEqual([]);
  });
});

describe('confidence', () => {
  const done = { source: 'model', stage: 'done' } as const;
  const weak = { kind: 'duplicate_rows', message: 'twice', isStrong: false } as const;
  const strong = { kind: 'empty_result', message: 'no rows', isStrong: true } as const;

  it('is high for a verified pair, also when nothing comes back', () => {
    const verified = { ...done, source: 'verified' } as const;
    expect(confidenceOf({ source: 'verified', attempts: [verified], findings: [strong] })).toMatchObject({
      level: 'high',
    });
  });

  it('falls from clean over repaired and doubtful to implausible', () => {
    const spelled = { ...done, repairs: [{ rule: 'near name', from: 'totl', to: 'total' }] } as const;
    const scores = [
      confidenceOf({ source: 'model', attempts: [done], findings: [] }),
      confidenceOf({ source: 'model', attempts: [spelled], findings: [] }),
      confidenceOf({ source: 'model', attempts: [done], findings: [weak] }),
      confidenceOf({ source: 'model', attempts: [spelled], findings: [weak, strong] }),
    ].map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((left, right) => right - left));
    expect(new Set(scores).size).toBe(4);
  });

  it('is not lowered by a repair of notation', () => {
    const spelled = { ...done, repairs: [{ rule: 'spelling', from: '`', to: '' }] } as const;
    const clean = confidenceOf({ source: 'model', attempts: [done], findings: [] });
    expect(confidenceOf({ source: 'model', attempts: [spelled], findings: [] }).score).toBe(clean.score);
  });

  it('says why', () => {
    const failed = { source: 'model', stage: 'explain', error: { message: 'no' } } as const;
    const guessed = { ...done, repairs: [{ rule: 'join', from: '', to: 'LEFT JOIN' }] } as const;
    const { level, reasons } = confidenceOf({ source: 'model', attempts: [failed, guessed], findings: [strong] });
    expect(level).toBe('low');
    expect(reasons).toEqual([
      'no rows',
      '1 earlier statement failed.',
      'Rules chose what some names or types were meant to be.',
    ]);
  });
});
