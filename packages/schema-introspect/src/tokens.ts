/** Counts the tokens of a text as the model will. */
export type CountTokens = (text: string) => number;

/**
 * A safe estimate where no tokenizer is at hand: schema text takes about four characters a token; here three and a half
 * for ASCII and one token for every other character, so that a budget is rather left unused than overrun.
 */
export function estimateTokens(text: string): number {
  let other = 0;
  for (let place = 0; place < text.length; place += 1) if (text.charCodeAt(place) > 0x7f) other += 1;
  return Math.ceil((text.length - other) / 3.5 + other);
}
