/** One field of a document: its words and what a hit in it counts. */
export interface Field {
  readonly words: readonly string[];
  readonly weight: number;
}

/** A ranking function over a fixed set of documents. */
export interface Bm25Index {
  readonly documentCount: number;
  /** Words that occur in any document. */
  readonly vocabulary: ReadonlyMap<string, readonly Posting[]>;
  /** How telling a word is: high for rare ones, 0 for words that occur nowhere. */
  inverseDocumentFrequency(word: string): number;
  /** What one occurrence entry adds to its document's score, without the word's own weight. */
  saturate(posting: Posting): number;
}

/** A word's weighted count in one document. */
export interface Posting {
  readonly document: number;
  readonly frequency: number;
}

/** Saturation and length normalisation as Robertson and Zaragoza recommend them for short text. */
const K1 = 1.2;
const B = 0.75;

/**
 * Field-weighted BM25 (BM25F with one length for all fields): counts are weighted per field first and saturated after,
 * so that a word in a name and in ten comments is no better than in a name alone by much.
 *
 * @see Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond, 2009
 */
export function createBm25Index(documents: readonly (readonly Field[])[]): Bm25Index {
  const vocabulary = new Map<string, Posting[]>();
  const lengths: number[] = [];
  documents.forEach((fields, document) => {
    const frequencies = new Map<string, number>();
    let length = 0;
    for (const { words, weight } of fields) {
      length += words.length * weight;
      for (const word of words) frequencies.set(word, (frequencies.get(word) ?? 0) + weight);
    }
    lengths.push(length);
    for (const [word, frequency] of frequencies) {
      const postings = vocabulary.get(word);
      if (postings) postings.push({ document, frequency });
      else vocabulary.set(word, [{ document, frequency }]);
    }
  });
  const averageLength = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, documents.length);

  return {
    documentCount: documents.length,
    vocabulary,
    inverseDocumentFrequency(word) {
      const found = vocabulary.get(word)?.length ?? 0;
      return found === 0 ? 0 : Math.log(1 + (documents.length - found + 0.5) / (found + 0.5));
    },
    saturate({ document, frequency }) {
      const norm = 1 - B + (B * (lengths[document] ?? 0)) / (averageLength || 1);
      return (frequency * (K1 + 1)) / (frequency + K1 * norm);
    },
  };
}
