type Words = Readonly<Record<string, string>>;

/** What SQLite's strftime and MySQL's date_format mean alike, in the words of to_char, as pairs. */
const sharedWords = '%Y YYYY, %m MM, %d DD, %H HH24, %S SS, %j DDD';

const wordsOf = (pairs: string): Words =>
  Object.fromEntries(pairs.split(', ').map((pair) => [pair.slice(0, 2), pair.slice(3)]));

/** SQLite: `%s` (seconds since 1970) and `%w` (Sunday is 0) have no word in to_char. */
export const strftimeWords = wordsOf(`${sharedWords}, %M MI`);

/** MySQL: `%M` is the name of the month, `%w` has Sunday as 0, where to_char begins with 1. */
export const dateFormatWords = wordsOf(
  `${sharedWords}, %y YY, %i MI, %s SS, %M FMMonth, %b Mon, %W FMDay, %a Dy, %c FMMM, %e FMDD, %h HH12, %I HH12, %p AM, %T HH24:MI:SS`,
);

/** to_char of a moment for a format of another database; nothing when a word of it has no equal. */
export function toCharacters(value: string, format: string, words: Words): string | undefined {
  // A quote or a backslash begins a literal piece of a format of to_char.
  if (!/^(['"])[^'"\\]*\1$/.test(format)) return undefined;
  let known = true;
  // A bare letter would be read as a pattern: `W` is a week.
  const translated = format.replaceAll('"', "'").replace(/%.|[A-Za-z]+/g, (token) => {
    const word = token.startsWith('%') ? (Object.hasOwn(words, token) ? words[token] : undefined) : `"${token}"`;
    known &&= word !== undefined;
    return word ?? token;
  });
  const source = /^'now'$/i.test(value) ? 'now()' : `(${value})::timestamp`;
  return known ? `to_char(${source}, ${translated})` : undefined;
}
