/**
 * Items whose names are nearest to what was written, best first; items with nothing in common are left out.
 *
 * Similarity is the Dice coefficient over trigrams of the padded lower-case name, as `pg_trgm` forms them, so that
 * swapped words, missing letters and plural forms all stay near.
 *
 * @param namesOf - the names an item goes by; the best one counts
 * @param leastSimilarity - 0 to 1
 * @see https://www.postgresql.org/docs/current/pgtrgm.html
 */
export function nearestNames<Item>(
  written: string,
  items: readonly Item[],
  namesOf: (item: Item) => readonly string[],
  leastSimilarity: number = LEAST_SIMILARITY,
): readonly Item[] {
  const wanted = trigrams(written);
  const similar = items
    .map((item) => ({ item, similarity: Math.max(...namesOf(item).map((name) => dice(wanted, trigrams(name)))) }))
    .sort((one, other) => other.similarity - one.similarity);
  const least = Math.max(leastSimilarity, (similar[0]?.similarity ?? 0) * SHARE_OF_BEST);
  return similar.filter(({ similarity }) => similarity >= least).map(({ item }) => item);
}

const LEAST_SIMILARITY = 0.25;
/** Where one name is near, names far behind it are noise. */
const SHARE_OF_BEST = 0.6;

function trigrams(name: string): ReadonlySet<string> {
  const found = new Set<string>();
  for (const word of name.toLowerCase().split(/[^\p{L}\p{N}]+/u)) {
    if (word === '') continue;
    const padded = `  ${word} `;
    for (let place = 0; place + 3 <= padded.length; place += 1) found.add(padded.slice(place, place + 3));
  }
  return found;
}

function dice(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  if (one.size === 0 || other.size === 0) return 0;
  let both = 0;
  for (const trigram of one) if (other.has(trigram)) both += 1;
  return (2 * both) / (one.size + other.size);
}
