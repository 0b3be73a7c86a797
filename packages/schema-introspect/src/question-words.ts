import { stem, wordsOf } from './words.ts';

/** A word of a question and what it weighs against the others. */
export interface QuestionWord {
  readonly word: string;
  readonly weight: number;
}

/**
 * Words that ask for a calculation, an order or a period. They say how to answer more often than what about, but can
 * name a column (`total`, `name`, `date_first_seen`), so they count less instead of nothing.
 */
const ASKING_WORDS: ReadonlySet<string> = new Set(
  `return number total average avg mean median sum count top highest lowest maximum minimum max min least made make each
   distinct different unique first last past previous next current day week month year today yesterday order ordered
   descending ascending limit include including inclusive exclude excluding percentage percent ratio rate difference
   compare name id record detail information value anzahl gesamt durchschnitt nombre moyenne numero promedio`
    .trim()
    .split(/\s+/)
    .map(stem),
);
const ASKING_WEIGHT = 0.4;
const NUMBER_WEIGHT = 0.3;

/** Different words of a question that count: each is compared with the words of the whole catalog, and no question has more to say. */
const MAX_WORDS = 256;

/** The distinct words of a question that can name something, the first of a very long one. */
export function questionWords(question: string): readonly QuestionWord[] {
  const words: QuestionWord[] = [];
  for (const word of new Set(wordsOf(question))) {
    const weight = weightOf(word);
    if (weight > 0) words.push({ word, weight });
    if (words.length === MAX_WORDS) break;
  }
  return words;
}

function weightOf(word: string): number {
  // `top 5` and `item 12` are amounts; from three digits on a number may be a part of a name (`form_990`, `sales_2023`).
  if (/^\p{N}+$/u.test(word)) return word.length < 3 ? 0 : NUMBER_WEIGHT;
  if (/^[a-z]$/.test(word)) return 0;
  return ASKING_WORDS.has(word) ? ASKING_WEIGHT : 1;
}
