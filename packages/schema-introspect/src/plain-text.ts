/**
 * Makes text from a database safe to stand in one line of a prompt: control and invisible formatting characters
 * become spaces, blanks are joined, and what is longer than the limit is cut with an ellipsis.
 *
 * Comments and labels are data that somebody else wrote; a line break or a hidden character in them must not look like
 * a part of the schema.
 */
export function plainText(text: string, maxCharacters: number): string {
  const line = text
    .slice(0, maxCharacters * 4)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const characters = [...line];
  return characters.length <= maxCharacters
    ? line
    : `${characters
        .slice(0, maxCharacters - 1)
        .join('')
        .trimEnd()}…`;
}
