import type { SchemaObject } from './schema-object-list.ts';

/**
 * A test of names against a pattern: 2 when a name is exactly the pattern, 1 when it fits, 0 when not.
 *
 * `*` and `?` are translated one by one and everything else is taken literally, so no pattern can be a slow regular
 * expression: without nested quantifiers, with runs of `*` joined.
 */
export function compilePattern(pattern: string): (object: SchemaObject) => number {
  const wanted = pattern.toLowerCase();
  const withDot = pattern.includes('.');
  const namesOf = (object: SchemaObject): string[] => {
    const own = (object.column ?? object.name).toLowerCase();
    if (!withDot) return [own];
    const parts = [object.schema, object.name, object.column]
      .filter((part) => part !== undefined)
      .map((part) => part.toLowerCase());
    return [own, parts.join('.'), parts.slice(-2).join('.')];
  };
  if (!/[*?]/.test(pattern)) {
    return (object) =>
      Math.max(...namesOf(object).map((name) => (name === wanted ? 2 : name.includes(wanted) ? 1 : 0)));
  }
  const pieces = wanted.replace(/\*+/g, '*').split('*');
  return (object) => (namesOf(object).some((name) => fitsPieces(name, pieces)) ? 1 : 0);
}

/** Finds the pieces between the stars one after the other: linear, since the first place found is always good enough. */
function fitsPieces(name: string, pieces: readonly string[]): boolean {
  const [first = '', ...rest] = pieces;
  const last = rest.pop();
  if (last === undefined) return name.length === first.length && matchesAt(name, first, 0);
  if (!matchesAt(name, first, 0) || name.length < first.length + last.length) return false;
  const end = name.length - last.length;
  if (!matchesAt(name, last, end)) return false;
  let place = first.length;
  for (const piece of rest) {
    while (place + piece.length <= end && !matchesAt(name, piece, place)) place += 1;
    if (place + piece.length > end) return false;
    place += piece.length;
  }
  return true;
}

function matchesAt(name: string, piece: string, place: number): boolean {
  if (place + piece.length > name.length) return false;
  for (let offset = 0; offset < piece.length; offset += 1) {
    const wanted = piece[offset];
    if (wanted !== '?' && wanted !== name[place + offset]) return false;
  }
  return true;
}
