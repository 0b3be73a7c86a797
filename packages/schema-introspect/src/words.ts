import { STOP_WORDS } from './stop-words.ts';

/** Scripts written without blanks: their words are found as pairs of characters. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;

/** Parts of a text: numbers, runs of an unspaced script, and words with their camel case humps. */
const PARTS =
  /\p{N}+|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{M}]+|[\p{L}\p{M}]+/gu;
const HUMPS = /(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu;

/**
 * The words of a name, a comment or a question, in order, in the form in which they are compared: camel case and
 * snake case split, accents folded, lower case, plural endings stripped, function words dropped.
 *
 * Chinese, Japanese and Thai have no blanks between words: there every pair of neighbouring characters is a word.
 */
export function wordsOf(text: string): string[] {
  const words: string[] = [];
  if (ASCII.test(text)) {
    // Nine names in ten; property classes and normalisation cost ten times as much.
    for (const part of text.match(/[0-9]+|[A-Za-z]+/g) ?? []) addWords(words, part, /[A-Z]/.test(part));
    return words;
  }
  for (const [part] of text.normalize('NFKC').matchAll(PARTS)) {
    if (UNSPACED.test(part)) words.push(...pairs(part));
    else addWords(words, part, true);
  }
  return words;
}

const ASCII = /^[\x00-\x7f]*$/;

function addWords(words: string[], part: string, mayHaveHumps: boolean): void {
  for (const hump of mayHaveHumps ? part.split(HUMPS) : [part]) {
    const word = fold(hump);
    if (word !== '' && !STOP_WORDS.has(word)) words.push(stem(word));
  }
}

/** Letters that Unicode does not take apart, as keyboards and identifiers without them spell them. */
const SPELT_OUT: ReadonlyMap<string, string> = new Map([
  ['ß', 'ss'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['ø', 'o'],
  ['ł', 'l'],
  ['đ', 'd'],
  ['ð', 'd'],
  ['þ', 'th'],
  ['ı', 'i'],
]);

function fold(word: string): string {
  return word
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[ßæœøłđðþı]/g, (letter) => SPELT_OUT.get(letter) ?? letter);
}

function pairs(run: string): string[] {
  const characters = [...run];
  if (characters.length < 2) return characters;
  return characters.slice(1).map((character, place) => `${characters[place]}${character}`);
}

/** Strips what makes an English plural; other languages keep a final s more rarely than they lose it wrongly. */
export function stem(word: string): string {
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (word.length > 4 && /(?:ss|x|z|ch|sh)es$/.test(word)) return word.slice(0, -2);
  if (word.length > 3 && word.endsWith('s') && !/(?:ss|us|is)$/.test(word)) return word.slice(0, -1);
  return word;
}
