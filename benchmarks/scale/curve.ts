/** How one cost grows with one size. */
export interface Curve {
  readonly title: string;
  /** What grows, for the head of the table. */
  readonly size: string;
  /** Columns beside the size; the first is the cost whose bend is looked for. */
  readonly columns: readonly string[];
  readonly points: readonly CurvePoint[];
  /** Why it bends where it does. */
  readonly reason: string;
}

/** What was measured at one size. */
export interface CurvePoint {
  readonly size: number;
  readonly values: readonly number[];
}

/** The cost of one more from one point to the next. */
function slopes({ points }: Curve): readonly { readonly size: number; readonly slope: number }[] {
  return points.slice(1).map(({ size, values }, index) => {
    const before = points[index];
    const [cost = Number.NaN] = values;
    return { size, slope: (cost - (before?.values[0] ?? Number.NaN)) / (size - (before?.size ?? 0)) };
  });
}

/** Says where one more begins to cost twice as much as one more did before, and why. */
export function bendsAt(curve: Curve): string {
  const found = slopes(curve).find(({ slope }, index, all) => {
    const before = all[index - 1]?.slope ?? Number.NaN;
    return before > 0 && slope > 2 * before;
  });
  return `${found === undefined ? 'nowhere in this range' : `before ${found.size.toLocaleString('en')}`}. ${curve.reason}`;
}

/** Writes a curve as a table with a bar for each point. */
export function renderCurve({ size, columns, points }: Curve): string {
  const largest = Math.max(...points.map(({ values }) => values[0] ?? 0));
  const rows = points.map(({ size: at, values }) => {
    const bar = '#'.repeat(Math.max(1, Math.round(((values[0] ?? 0) / largest) * 30)));
    return `| ${at.toLocaleString('en')} | ${values.map(figure).join(' | ')} | \`${bar}\` |`;
  });
  return [`| ${size} | ${columns.join(' | ')} | |`, `|--:|${'--:|'.repeat(columns.length)}:--|`, ...rows].join('\n');
}

const figure = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(value < 1 ? 3 : 2);
