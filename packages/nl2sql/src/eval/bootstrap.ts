/** A difference of two means over the same questions, with its 95 % interval. */
export interface PairedDifference {
  /** Second run less first: above 0 is better. */
  readonly difference: number;
  /** Ends of the interval. */
  readonly low: number;
  readonly high: number;
  /** Questions that both runs have. */
  readonly questions: number;
}

/** Resamples of fewer questions than this say nothing: all of one question are the same. */
const leastQuestions = 10;

/** Whether a run is worse than the one before by more than chance explains. */
export const isSignificantlyWorse = ({ high, questions }: PairedDifference): boolean =>
  high < 0 && questions >= leastQuestions;

/**
 * Paired bootstrap over questions (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993): how sure a difference
 * between two runs is. The same input gives the same interval.
 *
 * @param before Score of each question in the first run.
 * @param after Score of the same questions, in the same order, in the second.
 * @param options.resamples Default 2000.
 */
export function pairedBootstrap(
  before: readonly number[],
  after: readonly number[],
  options: { readonly resamples?: number } = {},
): PairedDifference {
  const differences = after.map((score, at) => score - (before[at] ?? 0));
  const { length } = differences;
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const random = pseudoRandom(length + 1);
  const means = Array.from({ length: options.resamples ?? 2_000 }, () => {
    let sum = 0;
    for (let draw = 0; draw < length; draw++) sum += differences[Math.floor(random() * length)] ?? 0;
    return sum / Math.max(1, length);
  }).sort((left, right) => left - right);
  const at = (share: number): number => means[Math.min(means.length - 1, Math.floor(share * means.length))] ?? 0;
  return { difference: mean(differences), low: at(0.025), high: at(0.975), questions: length };
}

/** Mulberry32: small, seeded, the same on every machine. */
function pseudoRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b_79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
