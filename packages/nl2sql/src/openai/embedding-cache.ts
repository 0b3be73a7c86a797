import { createHash } from 'node:crypto';

/** Vectors by the content of their texts. */
interface EmbeddingCache {
  get(text: string): readonly number[] | undefined;
  set(text: string, vector: readonly number[]): void;
}

/** Remembers the last `entries` vectors that were used. Keys are hashes, so that long texts are not kept in memory. */
export function createEmbeddingCache(entries: number): EmbeddingCache {
  // A Map lists its keys in the order of their insertion: the first one is the least recently used.
  const vectors = new Map<string, readonly number[]>();
  const keyOf = (text: string) => createHash('sha256').update(text).digest('base64');
  return {
    get(text) {
      const key = keyOf(text);
      const vector = vectors.get(key);
      if (vector === undefined) return undefined;
      vectors.delete(key);
      vectors.set(key, vector);
      return vector;
    },
    set(text, vector) {
      vectors.set(keyOf(text), vector);
      const [oldest] = vectors.keys();
      if (vectors.size > entries && oldest !== undefined) vectors.delete(oldest);
    },
  };
}
