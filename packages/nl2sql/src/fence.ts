/** Wraps text that comes from a database or a program so that a model can tell it from instructions. */
export interface Fence {
  /** How the fence looks, for the rules of the prompt. */
  readonly description: string;
  wrap(label: string, text: string): string;
}

/**
 * Creates a fence around a secret word. Whoever can write a comment or a value in the database cannot know the word,
 * so nothing inside can close the fence. One word serves all questions of a process: the prompt then begins with the
 * same text each time, which providers cache.
 */
export function createFence(nonce: string = crypto.randomUUID().replaceAll('-', '')): Fence {
  return {
    description: `<data-${nonce}> ... </data-${nonce}>`,
    wrap: (label, text) => {
      let inside = withoutControls(text);
      // Taking the word out may put its halves together.
      while (inside.includes(nonce)) inside = inside.replaceAll(nonce, '');
      return `<data-${nonce} of="${label}">\n${inside}\n</data-${nonce}>`;
    },
  };
}

/**
 * Without control characters (tab and newline stay), halves of characters, and the marks that reorder or hide text, among them
 * the tag characters, in which whole sentences can be written that models read and people do not see.
 */
export function withoutControls(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u200e\u200f\ufeff]/g, '')
    .replace(/[\p{Cs}\u{e0000}-\u{e007f}]/gu, '');
}
