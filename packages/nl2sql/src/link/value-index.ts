import type { CatalogSnapshot, CatalogTable } from '../ports.ts';
import { namesOfCode } from './names-of-code.ts';

/** A value that is stored in a column. */
export interface StoredValue {
  readonly table: CatalogTable;
  readonly column: string;
  readonly value: string;
}

/** Known values of a database by their words. */
export interface ValueIndex {
  /** Values that are equal to a phrase but for case, accents and punctuation. */
  equal(phrase: string): readonly StoredValue[];
  /** Phrases in which a word occurs; nothing for words that occur in very many. */
  phrasesWith(word: string): readonly string[];
}

/** Lower case without accents, everything but letters and digits one blank, British -our as American -or. */
export const normalizePhrase = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .replace(/(?<=\bcol|\bfav|\bhon|\blab|\bneighb|\bharb|\bflav)our/g, 'or')
    .trim();

/** Longer texts are prose, not values that a question names. */
const longestValue = 60;
/** A word of more phrases than this tells nothing apart. */
const mostPhrases = 300;

const indexes = new WeakMap<CatalogSnapshot, ValueIndex>();

/** The index of a snapshot's enum labels and common values, built once per snapshot. */
export function indexValues(snapshot: CatalogSnapshot): ValueIndex {
  const known = indexes.get(snapshot);
  if (known !== undefined) return known;
  const index = buildIndex(snapshot);
  indexes.set(snapshot, index);
  return index;
}

function buildIndex({ tables }: CatalogSnapshot): ValueIndex {
  const byPhrase = new Map<string, StoredValue[]>();
  const byWord = new Map<string, string[]>();
  const add = (phrase: string, stored: StoredValue): void => {
    // Numbers match by chance; a question's number is used as it stands.
    if (!/\p{L}/u.test(phrase)) return;
    const known = byPhrase.get(phrase);
    if (known === undefined) byPhrase.set(phrase, [stored]);
    else known.push(stored);
    if (known === undefined) for (const word of new Set(phrase.split(' '))) addWord(byWord, word, phrase);
  };
  for (const table of tables) {
    for (const { name: column, enumLabels = [], statistics } of table.columns) {
      for (const value of new Set([...enumLabels, ...(statistics?.commonValues ?? [])])) {
        if (value.length > longestValue) continue;
        for (const phrase of new Set([value, ...namesOfCode(value)].map(normalizePhrase)))
          add(phrase, { table, column, value });
      }
    }
  }
  return {
    equal: (phrase) => byPhrase.get(phrase) ?? [],
    phrasesWith: (word) => {
      const phrases = byWord.get(word) ?? [];
      return phrases.length > mostPhrases ? [] : phrases;
    },
  };
}

function addWord(byWord: Map<string, string[]>, word: string, phrase: string): void {
  const phrases = byWord.get(word);
  if (phrases === undefined) byWord.set(word, [phrase]);
  else if (phrases.length <= mostPhrases) phrases.push(phrase);
}
