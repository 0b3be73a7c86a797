/** What PostgreSQL passes over before the first word of a statement: space, comments, empty statements. */
function skipBlank(text: string): string {
  let at = 0;
  for (;;) {
    const start = at;
    while (' \t\n\r\f\v;'.includes(text[at] ?? 'x')) at += 1;
    if (text.startsWith('--', at)) at = endOfLine(text, at);
    else if (text.startsWith('/*', at)) at = endOfComment(text, at);
    if (at === start) return text.slice(at);
  }
}

function endOfLine(text: string, from: number): number {
  const end = text.slice(from).search(/[\n\r]/);
  return end === -1 ? text.length : from + end;
}

/** Comments of this form may be nested. */
function endOfComment(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    if (text.startsWith('/*', at)) depth += 1;
    else if (text.startsWith('*/', at)) depth -= 1;
    else continue;
    at += 1;
    if (depth === 0) return at + 1;
  }
  return text.length;
}

function firstWords(text: string, count: number): readonly string[] {
  const words: string[] = [];
  let rest = skipBlank(text);
  while (words.length < count) {
    const [word] = /^\w+/.exec(rest) ?? [];
    if (word === undefined) break;
    words.push(word.toLowerCase());
    rest = skipBlank(rest.slice(word.length));
  }
  return words;
}

/**
 * Whether one statement of the extended protocol ends the transaction that it runs in. Such a statement is known by its first words, since
 * procedures cannot end a transaction that they did not begin.
 */
export function endsTransaction(text: string): boolean {
  const [first, second, third] = firstWords(text, 3);
  switch (first) {
    case 'commit':
    case 'end':
    case 'abort':
      return true;
    case 'prepare':
      return second === 'transaction';
    case 'rollback':
      // To a savepoint, which belongs to whoever has made it.
      return second !== 'to' && !((second === 'work' || second === 'transaction') && third === 'to');
    default:
      return false;
  }
}
