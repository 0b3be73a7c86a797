import { similarity } from '../nearest.ts';
import { wordsOf } from '../words.ts';
import { normalizePhrase, type StoredValue, type ValueIndex } from './value-index.ts';

/** A stored value that the question seems to mention. */
export interface ValueHit extends StoredValue {
  /** The words of the question that led to it. */
  readonly phrase: string;
  /** 1 for equal phrases, else how alike they are. */
  readonly score: number;
}

const longestPhrase = 12;
const leastAlike = 0.55;

/**
 * Finds the stored values that a question mentions: phrases that are equal but for case, accents, punctuation and plural
 * endings, longest first; then values that are very much like a phrase, or that contain a quoted or capitalised one.
 * Where many columns hold the value, those whose names share words with the question come first.
 */
export function findValues(index: ValueIndex, question: string, limit: { readonly maxHits: number }): ValueHit[] {
  const words = normalizePhrase(question).split(' ');
  const asked = new Set(wordsOf(question));
  const taken = new Array<boolean>(words.length).fill(false);
  const hits: ValueHit[] = [];
  const take = (start: number, length: number, found: readonly ValueHit[]): void => {
    hits.push(...bestColumns(found, asked));
    taken.fill(true, start, start + length);
  };
  for (let length = Math.min(longestPhrase, words.length); length >= 1; length--) {
    for (let start = 0; start + length <= words.length; start++) {
      if (taken.slice(start, start + length).some(Boolean)) continue;
      const found = equalValues(index, words.slice(start, start + length));
      if (found.length > 0) take(start, length, found);
    }
  }
  for (const letter of namedLetters(question)) hits.push(...bestColumns(lettersOf(index, letter), asked));
  for (const { start, length, phrase } of namedPhrases(question, words)) {
    if (taken.slice(start, start + length).some(Boolean)) continue;
    const found = alikeValues(index, phrase);
    if (found.length > 0) take(start, length, found);
  }
  return hits.sort((left, right) => right.score - left.score).slice(0, limit.maxHits);
}

const notValues = new Set(
  'a an the of in on at to for from by with and or not no is are was were be do does did have has had how many what which who when where why that this all any each i it he she we you they one two three first last name names total number date year month day id type other than more most least less between'.split(
    ' ',
  ),
);

function equalValues(index: ValueIndex, words: readonly string[]): ValueHit[] {
  const [only = ''] = words;
  if (words.every((word) => notValues.has(word) || word.length < 2)) return [];
  const phrase = words.join(' ');
  const last = words.at(-1) ?? '';
  const reversed = words.length === 2 ? `${last} ${only}` : phrase;
  // "no eye color" may be stored as "no color".
  const skipped = words.length === 3 ? `${only} ${last}` : phrase;
  const singular = [...words.slice(0, -1), wordsOf(last)[0] ?? last].join(' ');
  for (const form of new Set([
    phrase,
    singular,
    `${phrase}s`,
    reversed,
    skipped,
    ...relatedForms(phrase, words.length),
  ])) {
    const found = index.equal(form);
    if (found.length > 0) return found.map((stored) => ({ ...stored, phrase, score: 1 }));
  }
  return [];
}

/** Other forms of a word that a status or a kind may be stored in: successful payments are `success`, opened tickets `open`. */
function relatedForms(word: string, words: number): string[] {
  if (words > 1 || word.length < 4) return [];
  const shorter = ['ful', 'al', 'ed', 'd', 'ing', 'ly'].filter((ending) => word.endsWith(ending));
  return [
    ...shorter.map((ending) => word.slice(0, -ending.length)).filter((form) => form.length >= 4),
    `${word}ed`,
    `${word}d`,
  ];
}

/** Single letters that a question names: "a grade of A or C". */
const namedLetters = (question: string): string[] => [
  ...new Set(
    question.match(/(?<=\b(?:of|or|and|is|type|class|grade|level|code|status|group) )[A-Z](?![\p{L}\p{N}'’])/gu) ?? [],
  ),
];

const lettersOf = (index: ValueIndex, letter: string): ValueHit[] =>
  index
    .equal(letter.toLowerCase())
    .filter(({ value }) => value === letter)
    .map((stored) => ({ ...stored, phrase: letter, score: 0.9 }));

interface NamedPhrase {
  readonly start: number;
  readonly length: number;
  readonly phrase: string;
}

/** Quoted texts and runs of capitalised words: what questions name rather than describe. */
function namedPhrases(question: string, words: readonly string[]): NamedPhrase[] {
  const quoted = [...question.matchAll(/"([^"]+)"|“([^”]+)”|(?<!\p{L})'([^']+)'(?!\p{L})/gu)].map(
    ([, straight, curly, single]) => straight ?? curly ?? single ?? '',
  );
  const capitalised =
    question.match(
      /(?<=[\p{L}\p{N},:;] |["'(])\p{Lu}[\p{L}\p{N}.&'-]*(?: (?:of |the |& |de |in )*(?:\p{Lu}[\p{L}\p{N}.&'-]*|\d+))*/gu,
    ) ?? [];
  const phrases = [...quoted, ...capitalised].map(normalizePhrase).filter((phrase) => phrase.length >= 2);
  return [...new Set(phrases)].flatMap((phrase) => {
    const parts = phrase.split(' ');
    const start = words.findIndex((_, at) => parts.every((part, offset) => words[at + offset] === part));
    return start === -1 ? [] : [{ start, length: parts.length, phrase }];
  });
}

function alikeValues(index: ValueIndex, phrase: string): ValueHit[] {
  const parts = phrase.split(' ').filter((part) => part.length > 1);
  const candidates = new Map<string, number>();
  for (const part of parts) {
    for (const candidate of index.phrasesWith(part)) {
      const contains = ` ${candidate} `.includes(` ${phrase} `) ? containing : 0;
      candidates.set(candidate, Math.max(contains, similarity(candidate, phrase)));
    }
  }
  const likely = [...candidates].filter(([, score]) => score >= leastAlike).sort((left, right) => right[1] - left[1]);
  const [best, ...others] = likely;
  if (best === undefined) return [];
  if (best[1] === containing && others.length >= mostContaining) {
    // Many values contain it, so it names none of them; one shows where it occurs and how it is written.
    const [shortest] = likely.map(([candidate]) => candidate).sort((left, right) => left.length - right.length);
    return index.equal(shortest ?? '').map((stored) => ({ ...stored, phrase, score: leastAlike }));
  }
  return index.equal(best[0]).map((stored) => ({ ...stored, phrase, score: best[1] * 0.9 }));
}

const containing = 0.8;
const mostContaining = 3;

const mostColumns = 2;

/** Of the columns that hold a value, those whose table or own name the question has words of. */
function bestColumns(hits: readonly ValueHit[], asked: ReadonlySet<string>): ValueHit[] {
  const relevance = ({ table, column }: ValueHit): number =>
    wordsOf(column).filter((word) => asked.has(word)).length * 2 +
    wordsOf(table.name).filter((word) => asked.has(word)).length;
  return [...hits].sort((left, right) => relevance(right) - relevance(left)).slice(0, mostColumns);
}
