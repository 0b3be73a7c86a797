/**
 * Says why the names in double quotes may be read as others by this parser, or undefined: it takes blanks off both ends, and leaves a doubled
 * quote as two. No lexer is needed to find them: comments, backslashes and dollar quotes never come this far.
 */
export function quotedNameProblem(sql: string): string | undefined {
  let quote = '';
  let start = 0;
  for (let index = 0; index < sql.length; index += 1) {
    const character = sql[index] ?? '';
    if (quote === '') {
      if (character === "'" || character === '"') {
        quote = character;
        start = index + 1;
      }
    } else if (character === quote) {
      quote = '';
      if (character !== '"') continue;
      const name = sql.slice(start, index);
      if (name.trim() !== name || name === '') return 'a quoted name that is empty, or begins or ends with a blank';
      if (sql[index + 1] === '"') return 'a quoted name that holds a quote';
    }
  }
  return undefined;
}
