import { describe, expect, it } from 'vitest';
import { type ChartColumn, chartSpec, measureOf } from '../src/charts/chart-spec.ts';

const column = (name: string, index: number, measure: ChartColumn['measure']): ChartColumn => ({
  name,
  index,
  measure,
});

describe('a chart', () => {
  it.each([
    ['integer', 'quantitative'],
    ['numeric(10,2)', 'quantitative'],
    ['double precision', 'quantitative'],
    ['integer[]', 'nominal'],
    ['date', 'temporal'],
    ['timestamp with time zone', 'temporal'],
    ['text', 'nominal'],
    ['interval', 'nominal'],
    ['boolean', 'nominal'],
  ])('places values of %s as %s', (type, measure) => {
    expect(measureOf(type)).toBe(measure);
  });

  it('reads exact numbers, money and times of every offset, and leaves out what is none', () => {
    const spec = chartSpec({
      kind: 'line',
      x: column('at', 0, 'temporal'),
      y: column('amount', 1, 'quantitative'),
      color: undefined,
      title: undefined,
      rows: [
        ['2024-05-03', '12.50'],
        ['2024-05-03 11:22:33', '-$1,234.50'],
        ['2024-05-03 11:22:33+02', 'NaN'],
        ['2024-05-03 11:22:33.5-03:30', null],
      ],
    });
    expect(spec).toMatchObject({
      data: {
        values: [
          { x: Date.UTC(2024, 4, 3), y: 12.5 },
          { x: Date.UTC(2024, 4, 3, 11, 22, 33), y: -1_234.5 },
          { x: Date.UTC(2024, 4, 3, 9, 22, 33), y: null },
          { x: Date.UTC(2024, 4, 3, 14, 52, 33, 500), y: null },
        ],
      },
      encoding: { x: { scale: { type: 'utc' } } },
    });
  });

  it('takes names of columns as titles only, never as paths or expressions', () => {
    const spec = chartSpec({
      kind: 'bar',
      x: column("datum['x'].y[0]", 0, 'nominal'),
      y: column('a.b', 1, 'quantitative'),
      color: column('c', 2, 'nominal'),
      title: 'T',
      rows: [['one', 1, [1, null]]],
    });
    expect(spec).toMatchObject({
      data: { values: [{ x: 'one', y: 1, color: '[1,null]' }] },
      encoding: { x: { field: 'x', title: "datum['x'].y[0]" }, y: { field: 'y' }, color: { field: 'color' } },
    });
  });
});
