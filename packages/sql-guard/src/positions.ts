import type { Position } from './verdict.ts';

/** Converts the two units of libpg-query (UTF-8 bytes in trees, code points in errors) to lines and columns, in one place. */
export interface Positions {
  /** `location` of a node: absent means 0, negative means unknown and gives the start of the text. */
  fromByteOffset(location: number | undefined, length?: number): Position;
  fromCodePointOffset(offset: number, length?: number): Position;
}

/** Prepares conversions for one text. Nothing is computed until a position is asked for. */
export function createPositions(text: string, byteLength: number): Positions {
  // Every character is one byte, so that all three units agree.
  const singleBytes = byteLength === text.length;

  function locate(end: (unit: { bytes: number; codePoints: number }) => boolean, length: number): Position {
    let bytes = 0;
    let codePoints = 0;
    let line = 1;
    let lineStart = 0;
    for (const character of text) {
      if (end({ bytes, codePoints })) break;
      const code = character.codePointAt(0) ?? 0;
      bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x1_0000 ? 3 : 4;
      codePoints += 1;
      if (code === 10) {
        line += 1;
        lineStart = codePoints;
      }
    }
    return { line, column: codePoints - lineStart + 1, length };
  }

  function locateSingleBytes(offset: number, length: number): Position {
    const stop = Math.min(offset, text.length);
    let line = 1;
    let lineStart = 0;
    for (let at = text.indexOf('\n'); at >= 0 && at < stop; at = text.indexOf('\n', at + 1)) {
      line += 1;
      lineStart = at + 1;
    }
    return { line, column: stop - lineStart + 1, length };
  }

  return {
    fromByteOffset(location, length = 1) {
      const offset = Math.max(location ?? 0, 0);
      return singleBytes ? locateSingleBytes(offset, length) : locate((at) => at.bytes >= offset, length);
    },
    fromCodePointOffset(offset, length = 1) {
      return singleBytes ? locateSingleBytes(offset, length) : locate((at) => at.codePoints >= offset, length);
    },
  };
}
