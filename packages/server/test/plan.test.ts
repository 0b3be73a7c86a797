import { describe, expect, it } from 'vitest';
import { renderPlan } from '../src/render-plan.ts';

const document = [
  {
    Plan: {
      'Node Type': 'Hash Join',
      'Join Type': 'Left',
      'Startup Cost': 1.5,
      'Total Cost': 20.25,
      'Plan Rows': 7,
      'Plan Width': 8,
      'Actual Startup Time': 0.1,
      'Actual Total Time': 0.4,
      'Actual Rows': 6,
      'Actual Loops': 1,
      'Hash Cond': '(a.id = b.id)',
      'Shared Hit Blocks': 3,
      'Shared Read Blocks': 0,
      Plans: [
        {
          'Node Type': 'Seq Scan',
          'Relation Name': 'a',
          Alias: 'x',
          'Startup Cost': 0,
          'Total Cost': 9,
          'Plan Rows': 3,
          'Plan Width': 4,
        },
        {
          'Node Type': 'Index Scan',
          'Index Name': 'b_pkey',
          'Relation Name': 'b',
          Alias: 'b',
          'Startup Cost': 0,
          'Total Cost': 8,
          'Plan Rows': 1,
          'Plan Width': 4,
        },
      ],
    },
    'Planning Time': 0.2,
    'Execution Time': 0.5,
  },
];

describe('a plan for reading', () => {
  it('is a tree with conditions below their node, costs, and what really happened', () => {
    expect(renderPlan(document)).toEqual({
      plan: [
        'Hash Join (Left)  (cost=1.5..20.25 rows=7) (actual time=0.4 ms rows=6 loops=1)',
        '    Hash Cond: (a.id = b.id)',
        '    Shared Hit Blocks: 3',
        '  Seq Scan on a x  (cost=0..9 rows=3)',
        '  Index Scan using b_pkey on b  (cost=0..8 rows=1)',
      ].join('\n'),
      total_cost: 20.25,
      estimated_rows: 7,
      planning_ms: 0.2,
      execution_ms: 0.5,
    });
  });

  it('is cut where it has thousands of nodes, and says how much is missing', () => {
    const leaf = {
      'Node Type': 'Seq Scan',
      'Startup Cost': 0,
      'Total Cost': 1,
      'Plan Rows': 1,
      Filter: 'x'.repeat(2000),
    };
    const plan = {
      'Node Type': 'Append',
      'Startup Cost': 0,
      'Total Cost': 9,
      'Plan Rows': 9,
      Plans: Array(1500).fill(leaf),
    };
    const lines = renderPlan([{ Plan: plan }]).plan.split('\n');
    expect(lines).toHaveLength(401);
    expect(lines.at(-1)).toBe('... and 2601 more lines');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(600);
  });

  it('does not fail on what is no plan', () => {
    expect(renderPlan([])).toEqual({ plan: '' });
  });
});
