/** A question and the SQL that a person verified for it. */
export interface VerifiedPair {
  readonly question: string;
  readonly sql: string;
  /** Other wordings of the same question. */
  readonly variants?: readonly string[] | undefined;
  /** Shown with the answer. */
  readonly note?: string | undefined;
}
