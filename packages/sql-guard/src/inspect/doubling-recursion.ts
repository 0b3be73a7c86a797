import type { UnfoldedValue } from './unfolded-value.ts';

/**
 * Whether a step of a recursion makes its values grow by a factor, and not by what is added: some column comes back to itself, and more than
 * once. `a || b, a` does (Fibonacci's words), `path || name, name` and `b, a` do not.
 *
 * @param marks how the columns of the step before are called in {@link UnfoldedValue.copies}, in order
 * @param step the columns of the step
 */
export function isDoublingRecursion(marks: readonly string[], step: readonly UnfoldedValue[]): boolean {
  const reached = marks.map((_mark, from) => reachedFrom(from, marks, step));
  return step.some(({ copies, joined }, from) => {
    if (!joined) return false;
    let returning = 0;
    for (const [to, mark] of marks.entries()) if (reached[to]?.has(from) === true) returning += copies.get(mark) ?? 0;
    return returning > 1;
  });
}

/** Columns that the value of one is made of, over any number of steps. */
function reachedFrom(from: number, marks: readonly string[], step: readonly UnfoldedValue[]): ReadonlySet<number> {
  const reached = new Set<number>();
  const pending = [from];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    for (const [to, mark] of marks.entries()) {
      if (reached.has(to) || step[at]?.copies.has(mark) !== true) continue;
      reached.add(to);
      pending.push(to);
    }
  }
  return reached;
}
