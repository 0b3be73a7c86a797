/**
 * Edit distance in which swapping two neighbours counts as one step (optimal string alignment, a restricted
 * Damerau-Levenshtein distance): the four slips of a typing hand.
 */
function editDistance(left: string, right: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const same = left[row - 1] === right[column - 1];
      let steps = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]) {
        steps = Math.min(steps, (beforePrevious[column - 2] ?? 0) + 1);
      }
      current.push(steps);
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[right.length] ?? 0;
}

/** Names longer than this are compared by their beginning: the distance costs the product of both lengths. */
const comparedCharacters = 100;

/** Upper and lower case, dashes and underscores are not what makes two names different to a reader. */
function normalised(name: string): string {
  return name.slice(0, comparedCharacters).toLowerCase().replaceAll(/[_-]/g, '');
}

/**
 * The known name that an unknown one was probably meant to be, for "did you mean" in error messages.
 *
 * @param name - what was written
 * @param known - the names that exist
 * @returns the nearest known name, or `undefined` when none is near enough: one slip for every three letters.
 */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  const wanted = normalised(name);
  let best: { name: string; distance: number } | undefined;
  for (const candidate of known) {
    const distance = editDistance(wanted, normalised(candidate));
    if (best === undefined || distance < best.distance) best = { name: candidate, distance };
  }
  return best !== undefined && best.distance <= Math.floor(wanted.length / 3) ? best.name : undefined;
}

/**
 * The one known name that holds every word of an unknown one: `MAX_ROWS` means `MAX_RESULT_ROWS`, which no count of slips finds.
 *
 * @returns `undefined` when there is none, or only one word to go by, or several that are not one name with different endings
 *   (`API_KEY` and `API_KEY_FILE`)
 */
export function nameWithWords(name: string, known: Iterable<string>): string | undefined {
  const wanted = wordsOf(name);
  if (wanted.length < 2) return undefined;
  const found = [...known].filter((candidate) => {
    const words = wordsOf(candidate);
    return wanted.every((word) => words.includes(word));
  });
  const shortest = found.reduce<string | undefined>(
    (least, each) => (least && least.length <= each.length ? least : each),
    undefined,
  );
  return shortest !== undefined && found.every((each) => each.startsWith(shortest)) ? shortest : undefined;
}

/** Words of `MAX_ROWS`, `maxRows` and `max-rows`, in lower case and without the s of a plural. */
function wordsOf(name: string): readonly string[] {
  const spaced = name.slice(0, comparedCharacters).replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1_$2');
  return spaced
    .toLowerCase()
    .split(/[_-]+/)
    .map((word) => word.replace(/s$/, ''))
    .filter((word) => word !== '');
}
