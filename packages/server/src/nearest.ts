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
