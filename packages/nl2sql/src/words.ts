const functionWords = new Set(
  `a an the of in on at to for from by with and or not no is are was were be been being do does did have has had how many
much what which who whom whose when where why that this these those there their its it as than then per each all any
list show give find tell please me us i you we they he she his her if into over under between more most less least`.split(
    /\s+/,
  ),
);

/**
 * The words of a name or a sentence: camel case and snake case split, lower case, English plural endings gone. Words
 * that say nothing about the data are left out.
 */
export function wordsOf(text: string): string[] {
  const spaced = text.replace(/(\p{Ll}|\p{N})(?=\p{Lu})/gu, '$1 ').toLowerCase();
  return (spaced.match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => !functionWords.has(word)).map(singular);
}

function singular(word: string): string {
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (word.length > 4 && /(?:ss|x|ch|sh)es$/.test(word)) return word.slice(0, -2);
  return word.length > 3 && word.endsWith('s') && !/(?:ss|us|is)$/.test(word) ? word.slice(0, -1) : word;
}
