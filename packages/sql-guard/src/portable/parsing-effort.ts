/**
 * This parser follows every reading of a text that its grammar allows, and forgets none: a long list takes it quadratic time, and what is
 * nested may take it several times as long for each level, minutes and all memory for 20 of them. People nest six levels.
 */
const maxNesting = 10;

/** What may be in a text, and how often: more than twice what honest ones of this length hold. */
const bounds: readonly { readonly pattern: RegExp; readonly most: number; readonly what: string }[] = [
  { pattern: /[^\w\s'"]/g, most: 800, what: 'signs' },
  { pattern: /select/gi, most: 40, what: 'times the word SELECT' },
  { pattern: /union/gi, most: 12, what: 'times the word UNION' },
  { pattern: /join/gi, most: 30, what: 'times the word JOIN' },
  { pattern: /\b(?:and|or|like)\b/gi, most: 300, what: 'times the words AND, OR and LIKE' },
  { pattern: /not/gi, most: 40, what: 'times the word NOT' },
  { pattern: /case/gi, most: 20, what: 'times the word CASE' },
  { pattern: /values/gi, most: 8, what: 'times the word VALUES' },
  { pattern: /\)\s*\./g, most: 8, what: 'dots behind a bracket' },
];

/** Levels of brackets. Quotes need no lexer here: comments, backslashes and dollar quotes never come this far. */
function nestingOf(sql: string): number {
  let depth = 0;
  let deepest = 0;
  let quote = '';
  for (const character of sql) {
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === "'" || character === '"') quote = character;
    else if (character === '(' || character === '[') {
      depth += 1;
      deepest = Math.max(deepest, depth);
    } else if (character === ')' || character === ']') depth -= 1;
  }
  return deepest;
}

/** Says why the parser may not come back from a text within a second, or undefined. */
export function parsingEffortProblem(sql: string): string | undefined {
  if (nestingOf(sql) > maxNesting)
    return `The text nests brackets more than ${maxNesting} levels deep, which the portable parser may read for years`;
  for (const { pattern, most, what } of bounds) {
    if ((sql.match(pattern)?.length ?? 0) > most)
      return `The text holds more than ${most} ${what}, which may take the portable parser very long`;
  }
  return undefined;
}
