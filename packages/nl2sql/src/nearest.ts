/** Trigrams of a name as pg_trgm makes them: lower case, words padded with two blanks before and one behind. */
export function trigrams(name: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const word of name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
    const padded = `  ${word} `;
    for (let start = 0; start + 3 <= padded.length; start++) found.add(padded.slice(start, start + 3));
  }
  return found;
}

/** Share of common trigrams, 0 to 1: pg_trgm's `similarity`. */
export const similarity = (left: string, right: string): number => shareOf(trigrams(left), trigrams(right));

function shareOf(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  let common = 0;
  for (const trigram of left) if (right.has(trigram)) common++;
  const all = left.size + right.size - common;
  return all === 0 ? 0 : common / all;
}

/** The candidates most similar to `name`, best first, those without resemblance left out. */
export const nearestNames = (name: string, candidates: readonly string[], count: number): string[] =>
  nearestAmong(candidates)(name, count);

/** {@link nearestNames} for many names and the same candidates, which are then taken apart once. */
export function nearestAmong(candidates: readonly string[]): (name: string, count: number) => string[] {
  const known = candidates.map((candidate) => ({ candidate, parts: trigrams(candidate) }));
  return (name, count) => {
    const wanted = trigrams(name);
    return known
      .map(({ candidate, parts }) => ({ candidate, score: shareOf(wanted, parts) }))
      .filter(({ score }) => score >= 0.3)
      .sort((left, right) => right.score - left.score)
      .slice(0, count)
      .map(({ candidate }) => candidate);
  };
}
