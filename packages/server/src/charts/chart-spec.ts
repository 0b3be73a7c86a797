import type { TopLevelSpec } from 'vega-lite';
import type { Cell } from '../values/index.ts';

/** Forms of a chart. */
export const CHART_KINDS = ['bar', 'line', 'area', 'scatter', 'pie'] as const;

/** See {@link CHART_KINDS}. */
export type ChartKind = (typeof CHART_KINDS)[number];

/** How the values of a column are placed: by amount, in time, or side by side. */
export type Measure = 'quantitative' | 'temporal' | 'nominal';

/** One column in its role. */
export interface ChartColumn {
  readonly name: string;
  readonly index: number;
  readonly measure: Measure;
}

/** What is drawn. */
export interface Chart {
  readonly kind: ChartKind;
  readonly x: ChartColumn;
  readonly y: ChartColumn;
  readonly color: ChartColumn | undefined;
  readonly title: string | undefined;
  readonly rows: readonly (readonly Cell[])[];
}

const WIDTH = 640;
const HEIGHT = 400;

const MARKS = { bar: 'bar', line: 'line', area: 'area', scatter: 'point', pie: 'arc' } as const;

/** How a column of this type is placed. */
export function measureOf(type: string): Measure {
  if (/^(smallint|integer|bigint|numeric|real|double precision|money|oid)\b(?!.*\[)/.test(type)) return 'quantitative';
  return /^(date|timestamp)\b(?!.*\[)/.test(type) ? 'temporal' : 'nominal';
}

/**
 * The chart in the grammar of Vega-Lite. Every field has a name of its own (`x`, `y`, `color`), so that no column's name is read as
 * a path or an expression, and the data stand in it: nothing is ever loaded.
 *
 * @see https://vega.github.io/vega-lite/docs/spec.html
 */
export function chartSpec({ kind, x, y, color, title, rows }: Chart): TopLevelSpec {
  const values = rows.map((row) => ({
    x: drawnValue(row[x.index], x.measure),
    y: drawnValue(row[y.index], y.measure),
    ...(color && { color: drawnValue(row[color.index], 'nominal') }),
  }));
  const series = color && { color: { field: 'color', type: 'nominal' as const, title: color.name } };
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    width: WIDTH,
    height: HEIGHT,
    background: 'white',
    ...(title !== undefined && { title }),
    data: { values },
    mark: { type: MARKS[kind] },
    encoding:
      kind === 'pie'
        ? {
            theta: { field: 'y', type: 'quantitative', title: y.name, stack: true },
            color: { field: 'x', type: 'nominal', title: x.name, sort: null },
          }
        : {
            x: { field: 'x', type: x.measure, title: x.name, ...axisOf(x.measure) },
            y: { field: 'y', type: y.measure, title: y.name },
            ...series,
          },
  } as TopLevelSpec;
}

/** Categories stay in the order of the statement, which sorts as its author wants it. Times are drawn as they stand, in no host's zone. */
function axisOf(measure: Measure): object {
  if (measure === 'nominal') return { sort: null };
  return measure === 'temporal' ? { scale: { type: 'utc' } } : {};
}

function drawnValue(cell: Cell | undefined, measure: Measure): string | number | null {
  if (cell === null || cell === undefined) return null;
  if (measure === 'quantitative') {
    const value = Number(
      String(cell)
        .replace(/^(-?)\$/, '$1')
        .replaceAll(',', ''),
    );
    return Number.isFinite(value) ? value : null;
  }
  if (measure === 'temporal') return Date.parse(isoTime(String(cell)));
  return typeof cell === 'string' ? cell : Array.isArray(cell) ? JSON.stringify(cell) : String(cell);
}

/** PostgreSQL's `2024-05-03 11:22:33+02` as every JavaScript reads it; without an offset the time is taken as UTC. */
function isoTime(text: string): string {
  const [date = '', time] = text.split(' ');
  if (time === undefined) return date;
  const offset = /[+-]\d{2}(:\d{2})?$/.exec(time)?.[0];
  const clock = offset === undefined ? time : time.slice(0, -offset.length);
  return `${date}T${clock}${offset === undefined ? 'Z' : offset.length === 3 ? `${offset}:00` : offset}`;
}
