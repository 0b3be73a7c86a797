import { z } from 'zod';
import { factOf, type TypeLookup } from '../values/built-in-types.ts';
import { formatType } from '../values/format-type.ts';
import { compareNumbers, compareTexts } from './compare-texts.ts';
import { createDistinctEstimate } from './distinct-estimate.ts';
import type { CapturedRows, TextRow } from './kept-result.ts';

/** What the captured rows hold in one column. Values are shortened texts; which keys there are depends on the type. */
export const columnStatisticsSchema = z.object({
  name: z.string(),
  type: z.string(),
  nulls: z.number(),
  /** Different values besides NULL. */
  distinct: z.number(),
  /** True when `distinct` is an estimate, about 3 % off. */
  distinct_estimated: z.literal(true).optional(),
  min: z.string().optional(),
  max: z.string().optional(),
  mean: z.number().optional(),
  standard_deviation: z.number().optional(),
  top_values: z.array(z.object({ value: z.string(), count: z.number() })).optional(),
});

/** See {@link columnStatisticsSchema}. */
export type ColumnStatistics = z.output<typeof columnStatisticsSchema>;

/** Counts the rows of a result column by column, page after page. */
export interface StatisticsCounter {
  add(rows: readonly TextRow[]): void;
  statistics(): ColumnStatistics[];
}

/** Without money: its text depends on the locale of the server. */
const NUMBERS = new Set([20, 21, 23, 26, 700, 701, 1700]);
const TIMES = new Set([1082, 1083, 1114, 1184]);
const SHOWN_CHARACTERS = 100;
const TOP_VALUES = 5;
const MAX_COUNTED_CHARACTERS = 1_000;
/** Above so many different values the most frequent ones say little, and counting all costs memory. */
const MAX_COUNTED_VALUES = 10_000;

/** Makes a counter for the columns of one result. */
export function createStatisticsCounter(
  { fields }: Pick<CapturedRows, 'fields'>,
  typeOf: TypeLookup,
): StatisticsCounter {
  const columns = fields.map((field) => ({
    name: field.name,
    type: formatType(field.typeOid, field.typeModifier, typeOf),
    counter: createColumnCounter(factOf(field.typeOid, typeOf)?.oid ?? 0),
  }));
  return {
    add(rows) {
      for (const row of rows) for (const [index, { counter }] of columns.entries()) counter.add(row[index] ?? null);
    },
    statistics: () => columns.map(({ name, type, counter }) => ({ name, type, ...counter.statistics() })),
  };
}

interface ColumnCounter {
  add(text: string | null): void;
  statistics(): Omit<ColumnStatistics, 'name' | 'type'>;
}

function createColumnCounter(typeOid: number): ColumnCounter {
  const distinct = createDistinctEstimate();
  const range = NUMBERS.has(typeOid)
    ? createRange(compareNumbers)
    : TIMES.has(typeOid)
      ? createRange(compareTexts)
      : undefined;
  const moments = NUMBERS.has(typeOid) ? createMoments() : undefined;
  const top = createTopValues();
  let nulls = 0;
  return {
    add(text) {
      if (text === null) {
        nulls += 1;
        return;
      }
      distinct.add(text);
      range?.add(text);
      moments?.add(Number(text));
      top.add(text);
    },
    statistics() {
      const { count, exact } = distinct.count();
      return {
        nulls,
        distinct: count,
        ...(!exact && { distinct_estimated: true as const }),
        ...range?.bounds(),
        ...moments?.summary(),
        ...top.values(),
      };
    },
  };
}

function createRange(compare: (left: string, right: string) => number) {
  let min: string | undefined;
  let max: string | undefined;
  let comparable = true;
  return {
    add(text: string) {
      // Years before Christ sort the other way round, in a text that says so at its end; those of five digits do not sort by their text.
      if (text.endsWith(' BC') || /^\d{5,}-/.test(text)) comparable = false;
      if (min === undefined || compare(text, min) < 0) min = text;
      if (max === undefined || compare(text, max) > 0) max = text;
    },
    bounds: () =>
      comparable && min !== undefined && max !== undefined ? { min: shortened(min), max: shortened(max) } : {},
  };
}

/** Mean and deviation in one pass without losing digits (Welford). What is no finite number is left out. */
function createMoments() {
  let count = 0;
  let mean = 0;
  let squares = 0;
  return {
    add(value: number) {
      if (!Number.isFinite(value)) return;
      count += 1;
      const delta = value - mean;
      mean += delta / count;
      squares += delta * (value - mean);
    },
    summary: () =>
      count === 0
        ? {}
        : { mean: rounded(mean), ...(count > 1 && { standard_deviation: rounded(Math.sqrt(squares / (count - 1))) }) },
  };
}

const rounded = (value: number): number => Number(value.toPrecision(12));

function createTopValues() {
  const counts = new Map<string, number>();
  let overflowed = false;
  return {
    add(text: string) {
      if (overflowed || text.length > MAX_COUNTED_CHARACTERS) return;
      counts.set(text, (counts.get(text) ?? 0) + 1);
      if (counts.size > MAX_COUNTED_VALUES) {
        overflowed = true;
        counts.clear();
      }
    },
    values() {
      const repeated = [...counts].filter(([, count]) => count > 1);
      if (repeated.length === 0) return {};
      const sorted = repeated.sort(([a, left], [b, right]) => right - left || compareTexts(a, b)).slice(0, TOP_VALUES);
      return { top_values: sorted.map(([value, count]) => ({ value: shortened(value), count })) };
    },
  };
}

function shortened(text: string): string {
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}
