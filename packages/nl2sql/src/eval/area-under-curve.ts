/** One scored item, and whether it is what the score should be high for. */
export interface ScoredItem {
  readonly score: number;
  readonly isPositive: boolean;
}

/**
 * Share of pairs of a positive and a negative item in which the positive one scores higher; ties count half (Mann and Whitney,
 * 1947). `undefined` without either.
 */
export function areaUnderCurve(items: readonly ScoredItem[]): number | undefined {
  const positive = items.filter(({ isPositive }) => isPositive).map(({ score }) => score);
  const negative = items.filter(({ isPositive }) => !isPositive).map(({ score }) => score);
  if (positive.length === 0 || negative.length === 0) return undefined;
  let sum = 0;
  for (const score of positive) for (const other of negative) sum += score > other ? 1 : score === other ? 0.5 : 0;
  return sum / (positive.length * negative.length);
}
