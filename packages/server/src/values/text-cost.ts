/** What a text costs in a result: bytes as a JSON string in UTF-8, and tokens of a model by estimate. */
export interface TextCost {
  readonly bytes: number;
  readonly tokens: number;
}

const letter = 1;
const digit = 2;
const space = 3;
const mark = 4;
const wide = 5;
const capital = 6;

/** The class of each ASCII character: what tokenizers keep together. */
const classes = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/[a-z]/.test(character)) return letter;
  if (/[A-Z]/.test(character)) return capital;
  if (/\d/.test(character)) return digit;
  return code <= 32 ? space : mark;
});

/** Characters of one class that make one token, measured low on purpose: words are longer, random letters shorter. */
const charactersPerToken: Readonly<Record<number, number>> = {
  [letter]: 4.5,
  [digit]: 3,
  [space]: 4,
  [mark]: 2,
  [wide]: 1.1,
  [capital]: 3,
};

/** Bytes that JSON needs for the control character, quote or backslash `code`. */
function escapedBytes(code: number): number {
  if (code === 34 || code === 92) return 2;
  if (code >= 32) return 1;
  return code === 8 || code === 9 || code === 10 || code === 12 || code === 13 ? 2 : 6;
}

/**
 * Estimates what a text costs, in one pass and without copying it.
 *
 * Four characters per token hold for prose; results are full of numbers, identifiers and punctuation, which cost twice
 * that. So runs of letters, digits and marks are counted as tokenizers split them: digits by three, a word by its
 * beginnings, scripts outside ASCII nearly by the character. The estimate leans to the high side.
 */
export function textCost(text: string): TextCost {
  let bytes = 2;
  let tokens = 0;
  let current = 0;
  let run = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const kind = code < 128 ? (classes[code] ?? mark) : wide;
    if (code < 128) bytes += escapedBytes(code);
    // Each half of a surrogate pair is two of the four bytes of its character.
    else bytes += code < 0x800 || (code >= 0xd800 && code <= 0xdfff) ? 2 : 3;
    if (kind === current) {
      run += 1;
    } else {
      // One capital belongs to the word behind it.
      if (current !== capital || run > 1 || kind !== letter) tokens += tokensOfRun(current, run);
      current = kind;
      run = 1;
    }
  }
  return { bytes, tokens: tokens + tokensOfRun(current, run) };
}

function tokensOfRun(kind: number, run: number): number {
  // One space belongs to the word behind it.
  if (kind === space && run === 1) return 0;
  const each = charactersPerToken[kind];
  return each === undefined ? 0 : Math.ceil(run / each);
}
