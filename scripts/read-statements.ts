/**
 * What a page says, sentence by sentence: prose, items of lists and cells of tables; without code blocks, headings (of tables too), comments and
 * marks of Markdown.
 */
export function readStatements(page: string): readonly string[] {
  return page
    .replaceAll(/^```.*?^```$/gms, '')
    .replaceAll(/<!--.*?-->/gs, '')
    .replaceAll(/^#+ .*$/gm, '')
    .replaceAll(/^\|.*\|\n\|[-:| ]+\|$/gm, '')
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .split(/\n\s*\n|\n(?=\s*(?:[-*]|\d+\.) )|\|/)
    .flatMap((block) => plain(block).split(/(?<=[.!?]) (?=[A-Z`"(])/))
    .filter((statement) => /\p{Letter}{3}/u.test(statement));
}

/** A text without line breaks and marks of Markdown. */
export function plain(text: string): string {
  return text
    .replaceAll(/\*\*|`/g, '')
    .replaceAll(/\s+/g, ' ')
    .replace(/^ ?(?:[-*]|\d+\.) /, '')
    .trim();
}
