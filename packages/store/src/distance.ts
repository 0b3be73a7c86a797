import type { VectorMetric } from './declaration.ts';

/** The distance of two vectors as pgvector counts it: `<=>`, `<->` and the negative inner product `<#>`. */
export function distance(metric: VectorMetric, left: readonly number[], right: readonly number[]): number {
  let [dot, leftSquare, rightSquare, difference] = [0, 0, 0, 0];
  for (let index = 0; index < left.length; index += 1) {
    const [a, b] = [left[index] ?? 0, right[index] ?? 0];
    dot += a * b;
    leftSquare += a * a;
    rightSquare += b * b;
    difference += (a - b) ** 2;
  }
  if (metric === 'l2') return Math.sqrt(difference);
  return metric === 'inner-product' ? -dot : 1 - dot / Math.sqrt(leftSquare * rightSquare);
}
