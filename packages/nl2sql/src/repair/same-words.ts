import { wordsOf } from '../words.ts';
import { squash } from './catalog-index.ts';

/**
 * Whether two similar names may be the same name, written or inflected otherwise. Letters in common are not enough: `inactive` and
 * `active`, `min_price` and `price`, `orders_archive` and `orders` mean different things.
 */
export function haveSameWords(name: string, other: string): boolean {
  if (name.length > 3 && other.length > 3 && distance(squash(name), squash(other), 1) <= 1) return true;
  const words = wordsOf(name);
  const left = wordsOf(other);
  for (const word of words) {
    const found = left.findIndex((candidate) => isSameWord(word, candidate));
    if (found === -1) return false;
    left.splice(found, 1);
  }
  return left.length === 0;
}

/** The same word, with a slip of a letter (two in long ones) or another ending. */
function isSameWord(word: string, other: string): boolean {
  if (word === other) return true;
  const length = Math.max(word.length, other.length);
  if (length < 4 || word[0] !== other[0]) return false;
  const slips = length < 8 ? 1 : 2;
  if (distance(word, other, slips) <= slips) return true;
  let common = 0;
  while (common < length && word[common] === other[common]) common++;
  return common >= 4 && common >= 0.6 * length;
}

/** Letters more, fewer, other or swapped between two words; anything beyond `most` is some number beyond it. */
function distance(left: string, right: string, most: number): number {
  if (Math.abs(left.length - right.length) > most) return most + 1;
  let before: number[] = [];
  let row = Array.from({ length: right.length + 1 }, (_, at) => at);
  for (let at = 1; at <= left.length; at++) {
    const next = [at];
    for (let to = 1; to <= right.length; to++) {
      const cost = left[at - 1] === right[to - 1] ? 0 : 1;
      let least = Math.min((row[to] ?? 0) + 1, (next[to - 1] ?? 0) + 1, (row[to - 1] ?? 0) + cost);
      const isSwap = at > 1 && to > 1 && left[at - 1] === right[to - 2] && left[at - 2] === right[to - 1];
      if (isSwap) least = Math.min(least, (before[to - 2] ?? 0) + 1);
      next.push(least);
    }
    before = row;
    row = next;
  }
  return row[right.length] ?? 0;
}
