import { IntrospectionError } from './errors.ts';
import { nearestNames } from './nearest-names.ts';

/**
 * Refuses options that do not exist: a misspelt limit must not silently be no limit.
 *
 * @param caller - the function as its users call it
 * @throws IntrospectionError `INVALID_OPTIONS`
 */
export function checkOptions(caller: string, options: object, known: readonly string[]): void {
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const [nearest] = nearestNames(unknown, known, (name) => [name]);
  const guess = nearest === undefined ? '' : ` Did you mean ${nearest}?`;
  throw new IntrospectionError(
    'INVALID_OPTIONS',
    `${caller} has no option "${unknown}".${guess} It knows ${known.join(', ')}.`,
  );
}

/** Refuses a number that is not above 0. @throws IntrospectionError `INVALID_OPTIONS` */
export function checkPositive(name: string, value: number): void {
  if (!(value > 0)) throw new IntrospectionError('INVALID_OPTIONS', `${name} must be a number above 0.`);
}

/** Names of {@link CompactDetails}. */
export const COMPACT_DETAILS = ['maxCommentCharacters', 'maxEnumLabels', 'primaryKeys'] as const;
