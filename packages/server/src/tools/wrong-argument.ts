import type { z } from 'zod';
import { nearestName } from '../nearest.ts';

/** What a model has to write for each type of a schema. */
const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

/**
 * Says what is wrong with an argument in words that a model can act on; an input schema's own message goes first.
 *
 * The validator's words name types of JavaScript and call an argument that was left out "undefined": a model reads neither as
 * "this is missing".
 *
 * @returns `undefined` for what the validator says well enough itself
 */
export function wrongArgument(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return `is missing: it has to be ${named(issue.expected)}`;
      // 1.5 for a whole number: to say that it is a number would say nothing.
      if (typeof issue.input === 'number' && isNumber(issue.expected)) return `has to be ${named(issue.expected)}`;
      return `has to be ${named(issue.expected)}, but is ${typeName(issue.input)}`;
    case 'invalid_value':
      return oneOf(issue.values, issue.input);
    case 'too_small':
      return `has to be ${bound(issue, issue.minimum, ['at least', 'more than'])}`;
    case 'too_big':
      return `has to be ${bound(issue, issue.maximum, ['at most', 'less than'])}`;
    default:
      return undefined;
  }
}

const isNumber = (type: string): boolean => type === 'number' || type === 'int';

const named = (type: string): string => TYPES[type] ?? type;

function typeName(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  return value === null ? 'null' : named(typeof value);
}

function oneOf(values: readonly unknown[], given: unknown): string {
  const words = values.map(String);
  const problem = given === undefined ? 'is missing: it has to be' : 'has to be';
  const meant = typeof given === 'string' ? nearestName(given, words) : undefined;
  const cure = meant === undefined ? '' : ` (did you mean ${JSON.stringify(meant)}?)`;
  return `${problem} one of ${words.join(', ')}${cure}`;
}

/** What a schema says of a bound. */
interface Bound {
  readonly origin: string;
  /** Whether the limit itself is allowed, which is what most schemas mean. */
  readonly inclusive?: boolean | undefined;
  readonly exact?: boolean | undefined;
}

function bound({ origin, inclusive = true, exact = false }: Bound, limit: number | bigint, words: [string, string]) {
  const size = `${exact ? 'exactly' : words[inclusive ? 0 : 1]} ${limit}`;
  if (origin === 'string') return `a text of ${size} characters`;
  return origin === 'array' ? `a list of ${size}` : size;
}
