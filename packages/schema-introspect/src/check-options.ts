import { IntrospectionError } from './errors.ts';
import type { CompactDetails } from './formats/compact.ts';
import { nearestNames } from './nearest-names.ts';

/**
 * Refuses what is no object of options, and options that do not exist: a misspelt limit must not silently be no limit.
 *
 * @param caller - the function as its users call it
 * @throws IntrospectionError `INVALID_OPTIONS`
 */
export function checkOptions(caller: string, options: object, known: readonly string[]): void {
  if (typeof options !== 'object' || options === null || Array.isArray(options))
    throw new IntrospectionError('INVALID_OPTIONS', `${caller} takes an object of ${known.join(', ')}.`);
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

/** Refuses a number below 0, or none. @throws IntrospectionError `INVALID_OPTIONS` */
export function checkNotNegative(name: string, value: number): void {
  if (!(value >= 0)) throw new IntrospectionError('INVALID_OPTIONS', `${name} must be a number from 0.`);
}

/** Refuses a word that is none of the known ones. @throws IntrospectionError `INVALID_OPTIONS` */
export function checkOneOf(name: string, value: string, known: readonly string[]): void {
  if (!known.includes(value))
    throw new IntrospectionError('INVALID_OPTIONS', `${name} is "${value}"; it takes ${known.join(', ')}.`);
}

/** Refuses what is no text. @throws IntrospectionError `INVALID_OPTIONS` */
export function checkText(name: string, value: unknown): void {
  if (typeof value !== 'string') throw new IntrospectionError('INVALID_OPTIONS', `${name} must be a text.`);
}

/** Names of {@link CompactDetails}. */
export const COMPACT_DETAILS = ['maxCommentCharacters', 'maxEnumLabels', 'primaryKeys'] as const;

/** Refuses lengths of {@link CompactDetails} that are none. @throws IntrospectionError `INVALID_OPTIONS` */
export function checkDetails({ maxCommentCharacters = 0, maxEnumLabels = 0 }: CompactDetails): void {
  checkNotNegative('maxCommentCharacters', maxCommentCharacters);
  checkNotNegative('maxEnumLabels', maxEnumLabels);
}
