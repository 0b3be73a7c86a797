import type { VerifiedPair } from '@pgmcp/nl2sql';

/** Pairs whose questions share less than this with the question say nothing about it. */
const LEAST_SHARE = 0.2;

/** The verified pairs whose questions are most like `question` by their words, best first. */
export function nearestPairs(pairs: readonly VerifiedPair[], question: string, count: number): readonly VerifiedPair[] {
  const asked = wordsOf(question);
  return pairs
    .map((pair) => ({
      pair,
      share: Math.max(...[pair.question, ...(pair.variants ?? [])].map((each) => shared(asked, each))),
    }))
    .filter(({ share }) => share >= LEAST_SHARE)
    .sort((left, right) => right.share - left.share)
    .slice(0, count)
    .map(({ pair }) => pair);
}

function shared(asked: ReadonlySet<string>, question: string): number {
  const words = wordsOf(question);
  const common = [...words].filter((word) => asked.has(word)).length;
  const all = asked.size + words.size - common;
  return all === 0 ? 0 : common / all;
}

/** Words of four letters and more, without their plural: the shorter ones hold a sentence together. */
function wordsOf(text: string): ReadonlySet<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? [];
  return new Set(words.filter((word) => word.length > 3).map((word) => word.replace(/s$/, '')));
}
