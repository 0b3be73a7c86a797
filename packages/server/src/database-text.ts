/** Longest text of a database in an error, in characters; the whole error stays far below what clients cut. */
const MAX_LENGTH = 1_000;

/** Everything that steers a terminal or hides text; line ends stay. */
const UNPRINTABLE = /(?!\n)[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu;

/**
 * Text that a database sent beside a result: an error message, a hint. A function of anybody's can write it, so it is
 * cut and stripped of control characters before it is shown.
 */
export function databaseText(text: string): string {
  const printable = text.slice(0, MAX_LENGTH * 2).replaceAll(UNPRINTABLE, '');
  if (printable.length <= MAX_LENGTH) return printable;
  // A character of two halves is not cut in the middle: half of one is no text, and some parsers of JSON refuse it.
  return `${printable.slice(0, MAX_LENGTH).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
