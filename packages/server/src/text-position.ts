/** A place in a text: line and column count from 1, in characters (code points). */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

/** The place of a 0-based character offset. PostgreSQL counts characters, JavaScript UTF-16 units: an emoji is one and two. */
export function positionOf(text: string, offset: number): TextPosition {
  const before = [...text].slice(0, offset).join('');
  const lines = before.split('\n');
  return { line: lines.length, column: [...(lines.at(-1) ?? '')].length + 1 };
}
