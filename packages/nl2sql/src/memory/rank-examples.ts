import type { Example, ExampleMatch, NearestQuery } from '../ports.ts';
import { normalizeQuestion } from '../verified.ts';
import { wordsOf } from '../words.ts';

const k1 = 1.2;
const b = 0.75;

/**
 * Examples by BM25 over the words of their masked questions (Robertson and Zaragoza, "The Probabilistic Relevance
 * Framework", 2009), as a share of what the question itself would score; one example per skeleton, and of equals the one with
 * the very wording of the question: its statement may hold constants that cannot be put in.
 *
 * @param similarities - how near the meanings are by other means, such as embeddings, 0 to 1; it counts as much as the words.
 */
export function rankExamples(
  examples: readonly Example[],
  query: NearestQuery,
  similarities?: ReadonlyMap<Example, number>,
): ExampleMatch[] {
  const visible = examples.filter(({ scope }) => scope === undefined || scope === query.scope);
  const documents = visible.map((example) => wordsOf(example.maskedQuestion));
  const wanted = new Set(wordsOf(query.maskedQuestion));
  const meanLength = documents.reduce((sum, words) => sum + words.length, 0) / Math.max(1, documents.length);
  const rarity = new Map<string, number>();
  for (const word of wanted) {
    // A word that no example has is at most as telling as one that a single example has: few examples know few words.
    const frequency = Math.max(1, documents.filter((words) => words.includes(word)).length);
    rarity.set(word, Math.log(1 + (documents.length - frequency + 0.5) / (frequency + 0.5)));
  }
  const scoreOf = (words: readonly string[]): number =>
    [...wanted].reduce((sum, word) => {
      const count = words.filter((other) => other === word).length;
      const length = 1 - b + (b * words.length) / Math.max(1, meanLength);
      return sum + ((rarity.get(word) ?? 0) * count * (k1 + 1)) / (count + k1 * length);
    }, 0);
  const best = scoreOf([...wanted]);
  const wording = normalizeQuestion(query.question);
  const matches = visible
    .map((example, at) => {
      const byWords = best === 0 ? 0 : Math.min(1, scoreOf(documents[at] ?? []) / best);
      const byMeaning = similarities?.get(example);
      const score = byMeaning === undefined ? byWords : (byWords + byMeaning) / 2;
      return { example, score, isSame: normalizeQuestion(example.question) === wording };
    })
    .filter(({ score }) => score > 0)
    .sort((left, right) => right.score - left.score || Number(right.isSame) - Number(left.isSame));
  const skeletons = new Set<string>();
  const distinct = matches.filter(({ example }) => {
    const isNew = !skeletons.has(example.skeleton);
    skeletons.add(example.skeleton);
    return isNew;
  });
  return distinct.slice(0, query.limit).map(({ example, score }) => ({ example, score }));
}
