import type { WordMatch } from './bm25.ts';

/** How surely a name part means a question word, 0 to 1, by the way they are alike. Equal words count 1. */
const COMPOUND = 0.7;
const INNER_COMPOUND = 0.5;
const ABBREVIATION = 0.4;
const INFLECTION = 0.4;

/** Words kept per vocabulary; questions repeat their words, and looking through a large vocabulary takes a while. */
const MAX_REMEMBERED = 2_000;

/** Finds the vocabulary words that a question word may mean: itself, compounds, abbreviations, inflections. */
export function createWordMatcher(vocabulary: readonly string[]): (word: string) => readonly WordMatch[] {
  // Short words are parts of too many others.
  const words = vocabulary.filter((word) => word.length >= 3);
  const withSameStart = new Map<string, string[]>();
  for (const word of words) {
    const start = word.slice(0, 1);
    const known = withSameStart.get(start);
    if (known) known.push(word);
    else withSameStart.set(start, [word]);
  }
  // All words in one text: the engine finds the places of a substring in it much faster than in each word by itself.
  const text = ` ${words.join(' ')} `;
  const remembered = new Map<string, readonly WordMatch[]>();

  return (word) => {
    const known = remembered.get(word);
    if (known) return known;
    const matches: WordMatch[] = [{ word, similarity: 1 }];
    if (word.length >= 4 && !/^\p{N}+$/u.test(word)) {
      const candidates = new Set([...wordsAround(text, word), ...(withSameStart.get(word.slice(0, 1)) ?? [])]);
      for (const candidate of candidates) {
        const similarity = likeness(word, candidate);
        if (similarity > 0) matches.push({ word: candidate, similarity });
      }
    }
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    remembered.set(word, matches);
    return matches;
  };
}

/** Words of a blank-separated text that contain a part. */
function* wordsAround(text: string, part: string): Generator<string> {
  for (let place = text.indexOf(part); place >= 0; ) {
    const end = text.indexOf(' ', place);
    yield text.slice(text.lastIndexOf(' ', place) + 1, end);
    place = text.indexOf(part, end);
  }
}

/**
 * How alike two different words are in ways that hold in any naming scheme and most languages:
 * `sbcustomer` and `yearmonth` hold `customer` and `year`; `cust`, `qty` and `dept` shorten `customer`, `quantity` and
 * `department`; `consumed` and `consumption` begin alike.
 */
export function likeness(word: string, candidate: string): number {
  if (candidate === word) return 0;
  if (candidate.length > word.length) {
    if (candidate.startsWith(word) || candidate.endsWith(word)) return COMPOUND;
    if (word.length >= 5 && candidate.includes(word)) return INNER_COMPOUND;
  }
  if (candidate[0] !== word[0]) return 0;
  if (isAbbreviation(candidate, word)) return ABBREVIATION;
  return isInflection(candidate, word) ? INFLECTION : 0;
}

/** A beginning of the word, followed by nothing but consonants of its rest in their order: `cust`, `qty`, `dept`. */
function isAbbreviation(short: string, word: string): boolean {
  if (short.length > 0.75 * word.length) return false;
  let start = 0;
  while (start < short.length && short[start] === word[start]) start += 1;
  const rest = short.slice(start);
  if (/[aeiou]/.test(rest)) return false;
  let place = start;
  for (const letter of rest) {
    place = word.indexOf(letter, place) + 1;
    if (place === 0) return false;
  }
  return true;
}

function isInflection(one: string, other: string): boolean {
  const shorter = Math.min(one.length, other.length);
  const longer = Math.max(one.length, other.length);
  let same = 0;
  while (same < shorter && one[same] === other[same]) same += 1;
  return same >= 5 && same >= 0.7 * shorter && same >= 0.5 * longer && longer - same <= 5;
}
