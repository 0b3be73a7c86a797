import type { Position } from './verdict.ts';

/** Converts the two units of libpg-query (UTF-8 bytes in trees, code points in errors) to lines and columns, in one place. */
export interface Positions {
  /** `location` of a node: absent means 0, negative means unknown and gives the start of the text. */
  fromByteOffset(location: number | undefined, length?: number): Position;
  fromCodePointOffset(offset: number, length?: number): Position;
}

/**
 * Prepares conversions for one text. Nothing is computed until a position is asked for, and each goes on from the one before it when it
 * lies behind that: a text may name thousands of things, and is read once for all of them when they are asked for in order.
 */
export function createPositions(text: string, byteLength: number): Positions {
  return byteLength === text.length ? positionsOfBytes(text) : positionsOfCharacters(text);
}

/** Every character is one byte, so that all units agree and lines can be looked for. */
function positionsOfBytes(text: string): Positions {
  let line = 1;
  let lineStart = 0;
  let lineEnd = -2;
  const locate = (location: number | undefined, length = 1): Position => {
    const offset = Math.min(Math.max(location ?? 0, 0), text.length);
    if (lineEnd === -2 || offset < lineStart) {
      line = 1;
      lineStart = 0;
      lineEnd = text.indexOf('\n');
    }
    while (lineEnd >= 0 && lineEnd < offset) {
      line += 1;
      lineStart = lineEnd + 1;
      lineEnd = text.indexOf('\n', lineStart);
    }
    return { line, column: offset - lineStart + 1, length };
  };
  return { fromByteOffset: locate, fromCodePointOffset: locate };
}

function positionsOfCharacters(text: string): Positions {
  let index = 0;
  let bytes = 0;
  let codePoints = 0;
  let line = 1;
  let lineStart = 0;

  function restart(): void {
    index = 0;
    bytes = 0;
    codePoints = 0;
    line = 1;
    lineStart = 0;
  }

  function step(): void {
    const code = text.codePointAt(index) ?? 0;
    index += code < 0x1_0000 ? 1 : 2;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x1_0000 ? 3 : 4;
    codePoints += 1;
    if (code !== 10) return;
    line += 1;
    lineStart = codePoints;
  }

  const here = (length: number): Position => ({ line, column: codePoints - lineStart + 1, length });
  return {
    fromByteOffset(location = 0, length = 1) {
      if (location < bytes) restart();
      while (bytes < location && index < text.length) step();
      return here(length);
    },
    fromCodePointOffset(offset, length = 1) {
      if (offset < codePoints) restart();
      while (codePoints < offset && index < text.length) step();
      return here(length);
    },
  };
}
