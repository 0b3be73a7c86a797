/** One field of a document: its words and what a hit in it counts. */
export interface Field {
  readonly words: readonly string[];
  readonly weight: number;
}

/** A word's weighted count in one document. */
interface Posting {
  readonly document: number;
  readonly frequency: number;
}

/** A vocabulary word that means a query word, and how surely, 0 to 1. */
export interface WordMatch {
  readonly word: string;
  readonly similarity: number;
}

/** A ranking function over a fixed set of documents. */
export interface Bm25Index {
  /** Every word of any document. */
  readonly vocabulary: readonly string[];
  /** Adds what one query word is worth, given the vocabulary words that mean it, to the documents' scores. */
  add(scores: number[], matches: readonly WordMatch[], weight: number): void;
}

/** Saturation and length normalisation as Robertson and Zaragoza recommend them. */
const K1 = 1.2;
const B = 0.75;

/**
 * Field-weighted BM25: counts are weighted per field first and saturated after, so that a word in a name and in ten
 * comments is not worth eleven times a word in a name.
 *
 * @see Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond, 2009
 */
export function createBm25Index(documents: readonly (readonly Field[])[]): Bm25Index {
  const builder = startBm25Index();
  for (const fields of documents) builder.add(fields);
  return builder.finish();
}

/** Builds an index document by document, for a caller that rests in between. */
export interface Bm25Builder {
  add(fields: readonly Field[]): void;
  finish(): Bm25Index;
}

/** Begins what {@link createBm25Index} does at once. */
export function startBm25Index(): Bm25Builder {
  const postings = new Map<string, Posting[]>();
  const lengths: number[] = [];
  const add = (fields: readonly Field[]): void => {
    const document = lengths.length;
    const frequencies = new Map<string, number>();
    let length = 0;
    for (const { words, weight } of fields) {
      length += words.length * weight;
      for (const word of words) frequencies.set(word, (frequencies.get(word) ?? 0) + weight);
    }
    lengths.push(length);
    for (const [word, frequency] of frequencies) {
      const known = postings.get(word);
      if (known) known.push({ document, frequency });
      else postings.set(word, [{ document, frequency }]);
    }
  };
  return { add, finish: () => finishIndex(postings, lengths) };
}

function finishIndex(postings: ReadonlyMap<string, readonly Posting[]>, lengths: readonly number[]): Bm25Index {
  const averageLength = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length) || 1;
  const norms = lengths.map((length) => K1 * (1 - B + (B * length) / averageLength));

  return {
    vocabulary: [...postings.keys()],
    add(scores, matches, weight) {
      const frequencies = new Map<number, number>();
      for (const { word, similarity } of matches) {
        for (const { document, frequency } of postings.get(word) ?? []) {
          frequencies.set(document, (frequencies.get(document) ?? 0) + frequency * similarity);
        }
      }
      const rarity = Math.log(1 + (lengths.length - frequencies.size + 0.5) / (frequencies.size + 0.5));
      for (const [document, frequency] of frequencies) {
        const saturated = (frequency * (K1 + 1)) / (frequency + (norms[document] ?? K1));
        scores[document] = (scores[document] ?? 0) + weight * rarity * saturated;
      }
    },
  };
}
