/**
 * A vector for a text: the same on every machine, and close to the vectors of texts that share words with it.
 *
 * Each word, and with half the weight each run of three letters in it ("order" is near "orders"), adds to one dimension
 * chosen by its hash (Weinberger et al., "Feature Hashing for Large Scale Multitask Learning", 2009). Unit length.
 *
 * @param dimensions Length of the vector.
 */
export function embedText(text: string, dimensions: number): number[] {
  const vector = new Array<number>(dimensions).fill(0);
  const add = (feature: string, weight: number) => {
    const hash = fnv1a(feature);
    // A bit that does not choose the dimension chooses the sign, so that collisions cancel out on average.
    const sign = (hash & 0x8000_0000) === 0 ? 1 : -1;
    const index = (hash & 0x7fff_ffff) % dimensions;
    vector[index] = (vector[index] ?? 0) + sign * weight;
  };
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
    add(word, 1);
    const padded = `^${word}$`;
    for (let start = 0; start + 3 <= padded.length; start += 1) add(padded.slice(start, start + 3), 0.5);
  }
  const length = Math.hypot(...vector);
  // A text without a word still needs a direction: cosine distance to the null vector is not a number.
  if (length === 0) return vector.map((_, index) => (index === 0 ? 1 : 0));
  return vector.map((value) => value / length);
}

/** 32-bit FNV-1a over UTF-16 code units, with a final mix: its low bits alone are too regular for short words. */
function fnv1a(text: string): number {
  let hash = 0x811c_9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x0100_0193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}
