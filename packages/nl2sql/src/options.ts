import { Nl2sqlError } from './errors.ts';
import { nearestNames } from './nearest.ts';

/** What an option may be. */
export type Rule = { readonly accepts: (value: unknown) => boolean; readonly expected: string };

/** A whole number within bounds, both included. */
export const wholeNumber = (minimum: number, maximum: number): Rule => ({
  accepts: (value) => Number.isInteger(value) && (value as number) >= minimum && (value as number) <= maximum,
  expected: `a whole number from ${minimum} to ${maximum}`,
});

/** A text that says something. */
export const text: Rule = {
  accepts: (value) => typeof value === 'string' && value.trim() !== '',
  expected: 'a string that is not empty',
};

/** Any function. */
export const callback: Rule = { accepts: (value) => typeof value === 'function', expected: 'a function' };

/** Any array; its members are looked at where they are used. */
export const list: Rule = { accepts: (value) => Array.isArray(value), expected: 'an array' };

/** Yes or no, and nothing that counts as one of them. */
export const flag: Rule = { accepts: (value) => typeof value === 'boolean', expected: 'true or false' };

/** One of these words. */
export const oneOf = (...words: readonly string[]): Rule => ({
  accepts: (value) => typeof value === 'string' && words.includes(value),
  expected: words.join(' or '),
});

/** Accepts what one of the rules accepts. */
export const either = (...rules: readonly Rule[]): Rule => ({
  accepts: (value) => rules.some((rule) => rule.accepts(value)),
  expected: rules.map((rule) => rule.expected).join(' or '),
});

/** An object that has these methods: how a port is recognised. */
export const withMethods = (...methods: readonly string[]): Rule => ({
  accepts: (value) =>
    typeof value === 'object' &&
    value !== null &&
    methods.every((method) => typeof (value as Record<string, unknown>)[method] === 'function'),
  expected: `an object with ${methods.map((method) => `${method}()`).join(' and ')}`,
});

/**
 * Refuses a key that no rule knows and a value that its rule does not accept. `undefined` counts as absent. Values are never printed: an
 * option may hold a secret.
 *
 * @throws Nl2sqlError `INVALID_OPTIONS`.
 */
export function checkOptions(place: string, options: object, rules: Readonly<Record<string, Rule>>): void {
  for (const [key, value] of Object.entries(options)) {
    const rule = Object.hasOwn(rules, key) ? rules[key] : undefined;
    if (rule === undefined) {
      const [nearest] = nearestNames(key, Object.keys(rules), 1);
      const hint = nearest === undefined ? `Known: ${Object.keys(rules).join(', ')}.` : `Did you mean ${nearest}?`;
      throw new Nl2sqlError('INVALID_OPTIONS', `${place} does not know the option ${JSON.stringify(key)}. ${hint}`);
    }
    if (value !== undefined && !rule.accepts(value)) {
      throw new Nl2sqlError('INVALID_OPTIONS', `${place}: ${key} must be ${rule.expected}.`);
    }
  }
}
