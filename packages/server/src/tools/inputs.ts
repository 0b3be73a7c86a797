import { z } from 'zod';

/** Highest `limit` that a call may name; the configured cap (`PG_MCP_SERVER_MAX_RESULT_ROWS`) may be lower or higher. */
export const MAX_LIMIT = 10_000;

/** Longest question, in characters. */
const MAX_QUESTION_LENGTH = 2_000;

/** The `database` argument, the same in every tool. */
export const databaseInput = z
  .string()
  .min(1, 'name a database or leave the argument out')
  .max(200)
  .optional()
  .describe('Name; needed when there are several.');

/** The `question` argument. A person may have pasted it: what no text of PostgreSQL can hold is left out, not refused. */
export const questionInput = z
  .string()
  .overwrite((text) => text.toWellFormed().replaceAll('\0', ' '))
  .trim()
  .min(1, 'ask something: the question is empty')
  .max(MAX_QUESTION_LENGTH, `the question may have at most ${MAX_QUESTION_LENGTH} characters: shorten it`)
  .describe('The question, in any language.');

/** The `limit` argument of tools that return rows. */
export const limitInput = z
  .int()
  .min(1)
  .max(MAX_LIMIT)
  .optional()
  .describe('Most rows; cannot raise the configured cap.');

/** One SQL statement. The guard has its own, lower bound in bytes; this one keeps absurd messages from going further. */
export const sqlInput = z
  .string()
  .min(1, 'write one statement: sql is empty')
  .max(100_000, 'a statement may have at most 100000 characters');

const PARAMETER_RULE =
  "must be a text without NUL and lone surrogates, a number, a boolean or null; write an array as text: '{1,2}'";

/** PostgreSQL stores neither NUL nor half a character; sent on, the first is an error and the second another text. */
const sendableText = z.string().refine((text) => !text.includes('\0') && text.isWellFormed(), PARAMETER_RULE);

const DIGITS_RULE = 'is a number beyond 2^53, whose last digits are lost on the way: write it as text';

/** What arrives of 9007199254740993 is 9007199254740992, another row. */
const exactNumber = z.number().refine((value) => !Number.isInteger(value) || Number.isSafeInteger(value), DIGITS_RULE);

/** Values for `$1`, `$2` ... */
export const paramsInput = z
  .array(z.union([sendableText, exactNumber, z.boolean(), z.null()], { error: PARAMETER_RULE }))
  .max(100)
  .optional()
  .describe('Values for $1, $2; numbers beyond 2^53 as text.');
