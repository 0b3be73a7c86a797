/** Quoted names and texts, which are kept, and the beginnings of comments, in one pass. */
const pieces = /"(?:[^"]|"")*"|'(?:[^']|'')*'|--[^\n]*|\/\*/g;

/**
 * Takes the comments out of a normalised statement: what somebody wrote beside a statement is in no way part of its form, and
 * may be anything.
 */
export function withoutComments(sql: string): string {
  let result = '';
  let from = 0;
  pieces.lastIndex = 0;
  for (let match = pieces.exec(sql); match !== null; match = pieces.exec(sql)) {
    const [piece] = match;
    if (!piece.startsWith('--') && piece !== '/*') continue;
    result += `${sql.slice(from, match.index)} `;
    from = piece === '/*' ? endOfComment(sql, match.index) : match.index + piece.length;
    pieces.lastIndex = from;
  }
  return (result + sql.slice(from)).trim();
}

/** Comments of PostgreSQL nest. */
function endOfComment(sql: string, start: number): number {
  const marks = /\/\*|\*\//g;
  marks.lastIndex = start;
  let depth = 0;
  for (let match = marks.exec(sql); match !== null; match = marks.exec(sql)) {
    depth += match[0] === '/*' ? 1 : -1;
    if (depth === 0) return marks.lastIndex;
  }
  return sql.length;
}
