import { Nl2sqlError } from './errors.ts';

/** A question and the SQL that a person verified for it. */
export interface VerifiedPair {
  readonly question: string;
  readonly sql: string;
  /** Other wordings of the same question. */
  readonly variants?: readonly string[] | undefined;
  /** Shown with the answer. */
  readonly note?: string | undefined;
}

/** Finds the verified pair of a question. */
export interface VerifiedPairs {
  find(question: string): VerifiedPair | undefined;
  /** Every pair, once. */
  readonly pairs: readonly VerifiedPair[];
}

const politeStart = /^(?:please|can you|could you|would you)\s+/u;
const politeEnd = /\s+(?:please|thanks|thank you)$/u;

/**
 * The form in which questions are compared: NFKC, lower case, blanks folded, sentence punctuation and quotes gone,
 * politeness at either end gone. What can change the meaning stays: every other word (also "not", "per", "the"),
 * signs such as `<`, `-5`, `%`, and the points and commas inside numbers.
 */
export function normalizeQuestion(question: string): string {
  let normalized = question
    .normalize('NFKC')
    .toLowerCase()
    .replace(/(?<=\p{L})['’`](?=\p{L})/gu, '')
    .replace(/(?<=\p{L})[-‐‑–](?=\p{L})/gu, ' ')
    .replace(/(?<!\p{N})[.,](?!\p{N})|(?<=\p{N})[.,](?!\p{N})|(?<=\p{L})[.,](?=\p{N})/gu, ' ')
    .replace(/[?!;:"'“”„‘’`´()[\]{}¿¡«»…]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  for (let before = ''; before !== normalized; ) {
    before = normalized;
    normalized = normalized.replace(politeStart, '').replace(politeEnd, '');
  }
  return normalized;
}

/**
 * Indexes verified pairs by their question and variants.
 *
 * @throws Nl2sqlError `INVALID_OPTIONS` for a pair without question or SQL, and when two pairs claim the same question with
 * different SQL: one of them must be wrong, and no rule could say which.
 */
export function indexVerifiedPairs(pairs: readonly VerifiedPair[]): VerifiedPairs {
  const byQuestion = new Map<string, VerifiedPair>();
  for (const [index, pair] of pairs.entries()) {
    if (typeof pair?.question !== 'string' || typeof pair.sql !== 'string' || pair.sql.trim() === '') {
      throw new Nl2sqlError('INVALID_OPTIONS', `verifiedPairs[${index}] needs a question and its sql.`);
    }
    for (const wording of [pair.question, ...(pair.variants ?? [])]) {
      const key = normalizeQuestion(wording);
      if (key === '') {
        throw new Nl2sqlError('INVALID_OPTIONS', `verifiedPairs[${index}] has a wording without words.`);
      }
      const known = byQuestion.get(key);
      if (known !== undefined && known.sql !== pair.sql) {
        throw new Nl2sqlError(
          'INVALID_OPTIONS',
          `verifiedPairs[${index}]: ${JSON.stringify(wording)} already has different SQL. Keep one of the two.`,
        );
      }
      if (known === undefined) byQuestion.set(key, pair);
    }
  }
  return { pairs, find: (question) => byQuestion.get(normalizeQuestion(question)) };
}
