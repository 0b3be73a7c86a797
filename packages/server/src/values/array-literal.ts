/** The elements of an array, nested as its dimensions are; each the text of one element, or `null`. */
export type ArrayElements = (string | null | ArrayElements)[];

/** PostgreSQL's own limit on dimensions (`MAXDIM`). */
const maximumDimensions = 6;

/**
 * Parses the text form of an array: `{1,NULL,"a \"b\""}`, `{{1,2},{3,4}}`.
 *
 * @param text - what `array_out` wrote
 * @param delimiter - what separates elements: `;` for `box`, `,` for every other built-in type
 * @returns the elements, or `undefined` when the text is no such form or carries subscripts of its own (`[0:1]={a,b}`),
 *   which a list of elements cannot keep
 * @see https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO
 */
export function parseArrayLiteral(text: string, delimiter = ','): ArrayElements | undefined {
  if (text.charCodeAt(0) !== 123) return undefined;
  const stack: ArrayElements[] = [];
  let at = 0;
  while (at < text.length) {
    const character = text[at];
    if (character === '{') {
      if (stack.length === maximumDimensions) return undefined;
      const inner: ArrayElements = [];
      stack.at(-1)?.push(inner);
      stack.push(inner);
      at += 1;
      continue;
    }
    const current = stack.at(-1);
    if (current === undefined) return undefined;
    if (character === '}') {
      at += 1;
      stack.pop();
      if (stack.length === 0) return at === text.length ? current : undefined;
      continue;
    }
    if (character === delimiter) {
      at += 1;
      continue;
    }
    const element = character === '"' ? quoted(text, at) : plain(text, at, delimiter);
    if (element === undefined) return undefined;
    current.push(element.value);
    at = element.end;
  }
  return undefined;
}

interface Element {
  readonly value: string | null;
  readonly end: number;
}

/** An element in double quotes, in which a backslash keeps the next character. */
function quoted(text: string, start: number): Element | undefined {
  let value = '';
  let from = start + 1;
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 92) {
      value += text.slice(from, at);
      at += 1;
      from = at;
    } else if (code === 34) {
      return { value: value + text.slice(from, at), end: at + 1 };
    }
  }
  return undefined;
}

/** An element without quotes; only here the word NULL is the null. */
function plain(text: string, start: number, delimiter: string): Element | undefined {
  let at = start;
  while (at < text.length && text[at] !== delimiter && text[at] !== '}') {
    if (text[at] === '"' || text[at] === '{' || text[at] === '\\') return undefined;
    at += 1;
  }
  const value = text.slice(start, at);
  return { value: value === 'NULL' ? null : value, end: at };
}
