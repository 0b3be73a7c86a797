import { expect, it } from 'vitest';
import { renderTable } from '../src/render-table.ts';

it('draws columns to the width of their cells, numbers to the right', () => {
  expect(
    renderTable(
      ['name', 'n'],
      [
        ['a', 1],
        ['long name', 12345],
      ],
    ),
  ).toBe(['name           n', '---------  -----', 'a              1', 'long name  12345'].join('\n'));
});

it('says null, writes arrays as JSON, and cuts long cells', () => {
  const [, , row] = renderTable(['a', 'b', 'c'], [[null, [1, 'x'], 'y'.repeat(80)]]).split('\n');
  expect(row).toBe(`null  [1,"x"]  ${'y'.repeat(59)}…`);
});

it('lets no cell and no name steer the terminal', () => {
  const drawn = renderTable(['\u001b[31mred'], [['a\u001b]0;title\u0007b\nc\u202e']]);
  expect(drawn).not.toMatch(/[\u001b\u0007\u202e]/);
  expect(drawn.split('\n')).toHaveLength(3);
});
