/** Lines of a plan below a node: `Filter: (price > 10)`, `Index Cond: ...`. */
const propertyLine = /^(\s*[A-Z][\w -]*: )(.*)$/;

/**
 * Takes the literals out of a plan: texts in quotes anywhere, and numbers in conditions. What a statement compares with may be
 * what nobody but its caller should read, and a plan is kept longer than the statement.
 */
export function planWithoutLiterals(plan: string): string {
  return (
    plan
      // Quoted names are passed over: an apostrophe in one is the beginning of no text.
      .replace(/("(?:[^"]|"")*")|'(?:[^']|'')*'/g, (_, name?: string) => name ?? "'?'")
      .split('\n')
      .map((line) => {
        const [, name, condition] = propertyLine.exec(line) ?? [];
        if (name === undefined || condition === undefined) return line;
        return `${name}${condition.replace(/(?<![\w$.])-?\d+(?:\.\d+)?(?:e[+-]?\d+)?(?![\w.])/gi, '?')}`;
      })
      .join('\n')
  );
}
