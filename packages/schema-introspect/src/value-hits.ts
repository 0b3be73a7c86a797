import type { TableFamily } from './families.ts';
import { largest } from './largest.ts';
import type { ValueHint } from './value-hints.ts';

/** What a value of its own is worth to a table, as a share of the score of the best table by words. */
const HIT = 0.4;

/**
 * Adds the tables whose stored values a question names. A value that many tables hold says little about each.
 *
 * @returns the hints of each family, for its reasons
 */
export function addValueHits(
  scores: number[],
  families: readonly TableFamily[],
  hints: readonly ValueHint[],
): ReadonlyMap<number, readonly ValueHint[]> {
  const places = new Map(
    families.flatMap(({ members }, place) => members.map(({ schema, name }) => [`${schema}\0${name}`, place] as const)),
  );
  const byPhrase = new Map<string, Map<number, ValueHint>>();
  for (const hint of hints) {
    const place = places.get(`${hint.schema}\0${hint.table}`);
    if (place === undefined) continue;
    const holders = byPhrase.get(hint.phrase) ?? new Map<number, ValueHint>();
    byPhrase.set(hint.phrase, holders.set(place, hint));
  }
  const best = largest(scores) || 1;
  const hits = new Map<number, ValueHint[]>();
  for (const holders of byPhrase.values()) {
    for (const [place, hint] of holders) {
      scores[place] = (scores[place] ?? 0) + (HIT * best) / holders.size;
      hits.set(place, [...(hits.get(place) ?? []), hint]);
    }
  }
  return hits;
}
