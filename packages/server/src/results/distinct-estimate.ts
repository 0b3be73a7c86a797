/** How many of the smallest hashes are kept: the error of the estimate is about 1 / sqrt of this, 3 %. */
const KEPT = 1_024;

/** Counts different values in one pass and bounded memory. */
export interface DistinctEstimate {
  add(value: string): void;
  /** Exact up to {@link KEPT} values, an estimate beyond. */
  count(): { readonly count: number; readonly exact: boolean };
}

/**
 * The "k minimum values" estimate: hashes are spread evenly, so the k-th smallest of them tells how many there are.
 *
 * @see Bar-Yossef et al., Counting distinct elements in a data stream (2002)
 */
export function createDistinctEstimate(): DistinctEstimate {
  let smallest: number[] = [];
  const seen = new Set<number>();
  let largest = Number.POSITIVE_INFINITY;
  let overflowed = false;

  /** Keeps the k smallest; called each time twice as many have come together. */
  function shrink(): void {
    smallest.sort((left, right) => left - right);
    for (const dropped of smallest.splice(KEPT)) seen.delete(dropped);
    largest = smallest.at(-1) ?? largest;
    overflowed = true;
  }

  return {
    add(value) {
      const hash = hashOf(value);
      if (hash >= largest || seen.has(hash)) return;
      seen.add(hash);
      smallest.push(hash);
      if (smallest.length >= 2 * KEPT) shrink();
    },
    count() {
      if (!overflowed && smallest.length <= KEPT) return { count: smallest.length, exact: true };
      shrink();
      smallest = smallest.slice(0, KEPT);
      return { count: Math.round(((KEPT - 1) / (largest + 1)) * HASHES), exact: false };
    },
  };
}

/** Hashes are whole numbers below this. */
const HASHES = 2 ** 53;

/** A hash of 53 bits: two multiplicative hashes of 32 bits side by side. Nothing secret rests on it. */
function hashOf(text: string): number {
  let low = 0xdeadbeef;
  let high = 0x41c6ce57;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    low = Math.imul(low ^ unit, 2654435761);
    high = Math.imul(high ^ unit, 1597334677);
  }
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  return 4294967296 * (2097151 & high) + (low >>> 0);
}
