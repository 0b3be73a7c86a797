/** A run of words of a question that may be a stored value. */
export interface Phrase {
  /** As it stands in the question. */
  readonly text: string;
  /** In the form in which values are compared. */
  readonly normal: string;
  readonly wordCount: number;
  /** It stood in quotes, so the asker means it literally. */
  readonly quoted: boolean;
}

/** Words of a question that are looked at: no question has more, and a pasted document must not hold everything up. */
const MAX_QUESTION_WORDS = 1_000;

/** Longest value that is looked for, in words. */
const MAX_WORDS = 5;

const QUOTED =
  /"([^"]{1,100})"|“([^”]{1,100})”|„([^“”]{1,100})[“”]|«([^»]{1,100})»|(?<![\p{L}\p{N}])'([^']{1,100})'(?![\p{L}\p{N}])/gu;
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;

/**
 * Values and phrases are equal when they are equal without accents, case and punctuation: `São Paulo`, `sao-paulo`.
 */
export function normalizeValue(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Quoted parts of a question, then every run of up to five words, longer ones first. */
export function questionPhrases(question: string): readonly Phrase[] {
  const phrases = new Map<string, Phrase>();
  const add = (text: string, wordCount: number, quoted: boolean): void => {
    const normal = normalizeValue(text);
    if (normal !== '' && !phrases.has(normal)) phrases.set(normal, { text, normal, wordCount, quoted });
  };
  for (const match of question.matchAll(QUOTED)) {
    const text = match.slice(1).find((part) => part !== undefined) ?? '';
    add(text, text.split(/\s+/).length, true);
  }
  const words: { readonly start: number; readonly end: number }[] = [];
  for (const { 0: word, index: start } of question.matchAll(WORD)) {
    words.push({ start, end: start + word.length });
    if (words.length === MAX_QUESTION_WORDS) break;
  }
  for (let count = MAX_WORDS; count >= 1; count -= 1) {
    for (let place = 0; place + count <= words.length; place += 1) {
      const first = words[place];
      const last = words[place + count - 1];
      if (first && last) add(question.slice(first.start, last.end), count, false);
    }
  }
  return [...phrases.values()];
}
