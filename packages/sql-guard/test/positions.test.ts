import { describe, expect, it } from 'vitest';
import { createPositions } from '../src/positions.ts';

/** Line and column by splitting the text, which is slow and plain. */
function expected(text: string, codePoints: number) {
  const before = [...text].slice(0, codePoints).join('');
  const lines = before.split('\n');
  return { line: lines.length, column: [...(lines.at(-1) ?? '')].length + 1, length: 1 };
}

describe.each([
  ['plain characters', 'SELECT a,\n  b\n\nFROM t\n'],
  ['wide characters', 'SELECT é,\n  "𝄞𝄞"\n\nFROM "größe"\n-- 日本'],
])('places in a text of %s', (_, text) => {
  const characters = [...text];
  const offsets = characters.map((__, index) => Buffer.byteLength(characters.slice(0, index).join('')));
  const indexes = characters.map((__, index) => index);
  const jumping = indexes.map((index) => (index * 7) % characters.length);

  it.each([
    ['in order', indexes],
    ['backwards', indexes.toReversed()],
    ['in any order', jumping],
    ['each twice', indexes.flatMap((index) => [index, index])],
  ])('are the same when asked %s', (__, asked) => {
    const positions = createPositions(text, Buffer.byteLength(text));
    for (const index of asked) {
      expect(positions.fromByteOffset(offsets[index])).toEqual(expected(text, index));
      expect(positions.fromCodePointOffset(index)).toEqual(expected(text, index));
    }
  });

  it('lie inside the text, whatever is asked', () => {
    const positions = createPositions(text, Buffer.byteLength(text));
    const end = expected(text, characters.length);
    expect(positions.fromByteOffset(10_000)).toEqual(end);
    expect(positions.fromByteOffset(undefined)).toEqual({ line: 1, column: 1, length: 1 });
    expect(positions.fromCodePointOffset(10_000)).toEqual(end);
    expect(positions.fromByteOffset(-1)).toEqual({ line: 1, column: 1, length: 1 });
  });
});
