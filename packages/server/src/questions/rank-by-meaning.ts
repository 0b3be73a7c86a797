import type { Example } from '@pgmcp/nl2sql';
import { LRUCache } from 'lru-cache';
import type { Call } from '../call.ts';
import type { MeteredEmbedder } from '../embedder.ts';

/** Vectors by model and text: examples are asked about again and again, and change rarely. */
const vectors = new LRUCache<string, readonly number[]>({ max: 5_000 });

/** More texts than this in one go would make a question wait; the rest ranks by words until they are embedded. */
const MOST_NEW_TEXTS = 128;

/**
 * How near the meaning of each example's question is to a question, 0 to 1; `undefined` without an embedding model, and when it
 * fails: then words alone decide.
 */
export async function rankByMeaning(
  embedder: MeteredEmbedder | undefined,
  examples: readonly Example[],
  question: string,
  { caller, signal }: Call,
): Promise<ReadonlyMap<Example, number> | undefined> {
  if (embedder === undefined) return undefined;
  const keyOf = (text: string): string => `${embedder.model}\0${text}`;
  const texts = [question, ...examples.map(({ maskedQuestion }) => maskedQuestion)];
  const missing = [...new Set(texts)].filter((text) => !vectors.has(keyOf(text))).slice(0, MOST_NEW_TEXTS);
  try {
    const found = missing.length === 0 ? [] : await embedder.embed(missing, { caller, signal });
    for (const [at, text] of missing.entries()) vectors.set(keyOf(text), found[at] ?? []);
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
  const asked = vectors.get(keyOf(question)) ?? [];
  const near = examples.flatMap((example): [Example, number][] => {
    const vector = vectors.get(keyOf(example.maskedQuestion));
    return vector === undefined ? [] : [[example, Math.max(0, cosine(asked, vector))]];
  });
  return new Map(near);
}

function cosine(left: readonly number[], right: readonly number[]): number {
  let [product, leftSquares, rightSquares] = [0, 0, 0];
  for (let at = 0; at < left.length; at++) {
    const [a, b] = [left[at] ?? 0, right[at] ?? 0];
    product += a * b;
    leftSquares += a * a;
    rightSquares += b * b;
  }
  return leftSquares === 0 || rightSquares === 0 ? 0 : product / Math.sqrt(leftSquares * rightSquares);
}
