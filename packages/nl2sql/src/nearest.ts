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
export function similarity(left: string, right: string): number {
  const a = trigrams(left);
  const b = trigrams(right);
  let common = 0;
  for (const trigram of a) if (b.has(trigram)) common++;
  const all = a.size + b.size - common;
  return all === 0 ? 0 : common / all;
}

/** The candidates most similar to `name`, best first, those without resemblance left out. */
export function nearestNames(name: string, candidates: readonly string[], count: number): string[] {
  return candidates
    .map((candidate) => ({ candidate, score: similarity(name, candidate) }))
    .filter(({ score }) => score >= 0.3)
    .sort((left, right) => right.score - left.score)
    .slice(0, count)
    .map(({ candidate }) => candidate);
}
