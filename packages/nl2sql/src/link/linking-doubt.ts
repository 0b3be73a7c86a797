import type { SchemaSlice } from '../ports.ts';

/** A table that is read stands out when it fits the question so many times better than the best one that is not shown. */
const clearlyBetter = 1.25;

/**
 * Says when the choice of tables was a close one: tables were left out, and one of them fits the question about as well as the best
 * of those that the statement reads. `undefined` where all tables were shown or nothing is known of the others.
 */
export function linkingDoubt(
  { tables, omitted, bestOmittedScore }: SchemaSlice,
  read: readonly string[],
): string | undefined {
  if (omitted.length === 0 || bestOmittedScore === undefined || bestOmittedScore <= 0) return undefined;
  const scores = tables
    .filter(({ schema, name }) => read.includes(`${schema}.${name}`) || read.includes(name))
    .flatMap(({ score }) => score ?? []);
  if (scores.length === 0 || Math.max(...scores) >= bestOmittedScore * clearlyBetter) return undefined;
  return 'Tables that did not fit the prompt match the question about as well as those that were read.';
}
