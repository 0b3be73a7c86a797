import { describe, expect, it } from 'vitest';
import { conditionColumns, sortColumn } from '../src/advice/indexes/condition-columns.ts';
import { commentPlan } from '../src/advice/plan/comment-plan.ts';

describe('columns of a condition as EXPLAIN prints it', () => {
  it.each([
    ['(status = 4)', undefined, ['status'], []],
    ["((o.status)::text = 'it''s a = b'::text)", 'o', ['status'], []],
    ['((o."Odd ""name" = 1) AND (o.at >= \'2024-01-01\'::date) AND (o.at < $1))', 'o', ['Odd "name'], ['at']],
    ["(o.kind = ANY ('{a,b}'::text[]))", 'o', ['kind'], []],
    ['(o.gone_at IS NULL)', 'o', ['gone_at'], []],
    ['(o.customer_id = c.id)', 'c', ['id'], []],
    ['(o.customer_id = c.id)', 'o', ['customer_id'], []],
    ['((a = 1) OR (b = 2))', undefined, [], []],
    ["(lower(email) = 'x'::text)", undefined, [], []],
    ['(NOT (hashed SubPlan 1))', undefined, [], []],
    ["(note ~~ '%a = b%'::text)", undefined, [], []],
    [`((o."it's" = 1) AND (o.note = 'x.y = b'::text))`, 'o', ["it's", 'note'], []],
    ['((größe > 5) AND (größe = 7))', undefined, ['größe'], []],
  ])('%s for %s', (condition, alias, equal, range) => {
    expect(conditionColumns(condition, alias)).toEqual({ equal, range });
  });

  it('reads sort keys that are plain columns', () => {
    expect(sortColumn('o.at DESC', 'o')).toBe('at');
    expect(sortColumn('"At" NULLS LAST', 'o')).toBe('At');
    expect(sortColumn('c.at', 'o')).toBeUndefined();
    expect(sortColumn('lower(o.name)', 'o')).toBeUndefined();
  });
});

const plan = (node: object) => [{ Plan: node }];

describe('remarks on a plan', () => {
  it('say where the time goes, over all loops and without the children', () => {
    const remarks = commentPlan(
      plan({
        'Node Type': 'Nested Loop',
        'Total Cost': 900,
        'Plan Rows': 10,
        'Actual Rows': 10,
        'Actual Loops': 1,
        'Actual Total Time': 105,
        'Join Filter': '(o.customer_id = c.id)',
        Plans: [
          {
            'Node Type': 'Index Scan',
            'Relation Name': 'customers',
            Alias: 'c',
            'Index Name': 'customers_pkey',
            'Plan Rows': 50,
            'Actual Rows': 50,
            'Actual Loops': 1,
            'Actual Total Time': 5,
            'Total Cost': 9,
          },
          {
            'Node Type': 'Seq Scan',
            'Relation Name': 'orders',
            Alias: 'o',
            'Plan Rows': 1000,
            'Actual Rows': 1000,
            'Actual Loops': 50,
            'Actual Total Time': 1.9,
            'Total Cost': 800,
          },
        ],
      }),
    );
    expect(remarks).toEqual([
      '90 % of the time (95 ms) goes into Seq Scan on orders o, run 50 times.',
      'Seq Scan on orders o is run 50 times, once for each row outside: the join needs an index on its column in (o.customer_id = c.id).',
    ]);
  });

  it('say what was expected and what came, what was read in vain, and what did not fit into memory', () => {
    const remarks = commentPlan(
      plan({
        'Node Type': 'Sort',
        'Total Cost': 110,
        'Plan Rows': 100,
        'Actual Rows': 20000,
        'Actual Loops': 1,
        'Actual Total Time': 50,
        'Sort Space Type': 'Disk',
        'Sort Space Used': 4096,
        Plans: [
          {
            'Node Type': 'Seq Scan',
            'Relation Name': 'orders',
            Alias: 'orders',
            Filter: '(status = 4)',
            'Rows Removed by Filter': 480000,
            'Plan Rows': 100,
            'Actual Rows': 20000,
            'Actual Loops': 1,
            'Actual Total Time': 45,
            'Total Cost': 100,
          },
        ],
      }),
    );
    expect(remarks.join('\n')).toMatch(/100 rows were expected and 20000 came\. ANALYZE orders/);
    expect(remarks.join('\n')).toMatch(/read 500000 rows to keep 20000: an index for \(status = 4\) may help/);
    expect(remarks.join('\n')).toMatch(/Sort did not fit into work_mem and went to disk/);
  });

  it('are few and none for a plan that shows nothing', () => {
    expect(commentPlan([])).toEqual([]);
    expect(commentPlan('no plan')).toEqual([]);
    const many = Array.from({ length: 40 }, (_, n) => ({
      'Node Type': 'Seq Scan',
      'Relation Name': `t${n}`,
      Filter: '(a = 1)',
      'Rows Removed by Filter': 9000,
      'Plan Rows': 1,
      'Actual Rows': 1,
      'Actual Loops': 1,
      'Actual Total Time': 1,
    }));
    expect(
      commentPlan(plan({ 'Node Type': 'Append', 'Actual Total Time': 40, 'Actual Loops': 1, Plans: many })),
    ).toHaveLength(8);
  });
});
