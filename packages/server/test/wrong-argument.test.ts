import { expect, it } from 'vitest';
import { z } from 'zod';
import { wrongArgument } from '../src/tools/wrong-argument.ts';

it.each([
  [z.number().min(1), 0, 'has to be at least 1'],
  [z.number().gt(1), 1, 'has to be more than 1'],
  [z.number().max(1), 2, 'has to be at most 1'],
  [z.number().lt(1), 1, 'has to be less than 1'],
  [z.string().min(2), 'a', 'has to be a text of at least 2 characters'],
  [z.string().length(2), 'abc', 'has to be a text of exactly 2 characters'],
  [z.array(z.string()).max(1), ['a', 'b'], 'has to be a list of at most 1'],
  [z.array(z.string()).length(2), ['a'], 'has to be a list of exactly 2'],
])('a bound is told as the schema means it: %#', (schema, given, message) => {
  const parsed = schema.safeParse(given, { error: wrongArgument });
  expect(parsed.error?.issues.map((issue) => issue.message)).toEqual([message]);
});
