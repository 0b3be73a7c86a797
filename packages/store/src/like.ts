/**
 * Escapes `%`, `_` and `\` so that the text matches only itself in `$like`.
 *
 * @example `{ title: { $like: `${escapeLike(prefix)}%` } }`
 */
export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

/** Whether PostgreSQL takes the pattern: it must not end in a lone escape character (22025). */
export function isLikePattern(pattern: string): boolean {
  return (/\\*$/.exec(pattern)?.[0].length ?? 0) % 2 === 0;
}

/** The predicate of a LIKE pattern, by code point. Linear in the text for each `%`, never exponential. */
export function likePredicate(pattern: string): (text: string) => boolean {
  const tokens: { kind: 'any' | 'one' | 'literal'; text: string }[] = [];
  const points = Array.from(pattern);
  for (let index = 0; index < points.length; index += 1) {
    const point = points[index] as string;
    if (point === '%') tokens.push({ kind: 'any', text: '' });
    else if (point === '_') tokens.push({ kind: 'one', text: '' });
    else if (point === '\\') {
      index += 1;
      tokens.push({ kind: 'literal', text: points[index] ?? '' });
    } else tokens.push({ kind: 'literal', text: point });
  }
  return (text) => {
    const subject = Array.from(text);
    let [at, token, restartAt, restartToken] = [0, 0, 0, -1];
    while (at < subject.length) {
      const current = tokens[token];
      if (current?.kind === 'any') {
        restartToken = token;
        restartAt = at;
        token += 1;
      } else if (current !== undefined && (current.kind === 'one' || current.text === subject[at])) {
        at += 1;
        token += 1;
      } else if (restartToken >= 0) {
        restartAt += 1;
        at = restartAt;
        token = restartToken + 1;
      } else return false;
    }
    while (tokens[token]?.kind === 'any') token += 1;
    return token === tokens.length;
  };
}
