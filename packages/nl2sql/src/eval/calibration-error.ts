import type { ScoredItem } from './area-under-curve.ts';

/** Mean distance between the score and the share of right answers over ten bins of the score, weighted by their size. */
export function calibrationError(scored: readonly ScoredItem[]): number {
  const bins = Map.groupBy(scored, ({ score }) => Math.min(9, Math.floor(score * 10)));
  const distances = [...bins.values()].map((bin) => {
    const score = bin.reduce((sum, item) => sum + item.score, 0) / bin.length;
    const right = bin.filter(({ isPositive }) => isPositive).length / bin.length;
    return Math.abs(score - right) * bin.length;
  });
  return distances.reduce((sum, distance) => sum + distance, 0) / Math.max(1, scored.length);
}
