import { z } from 'zod';
import { PgmcpError } from '../errors.ts';
import type { Tool } from './define-tool.ts';
import { meantArgument } from './meant-argument.ts';
import { wrongArgument } from './wrong-argument.ts';

/**
 * Checks the arguments of a call against the tool's input schema.
 *
 * Done here and not by the protocol's SDK, so that a wrong argument is the same structured `VALIDATION_ERROR` as every other
 * failure and an unknown one names the nearest that exists.
 *
 * @throws PgmcpError `VALIDATION_ERROR` with one line per problem.
 */
export function parseArguments<Input extends z.ZodType>(tool: Tool<Input>, argumentsGiven: unknown): z.output<Input> {
  const parsed = tool.input.safeParse(withoutNulls(argumentsGiven ?? {}), { error: wrongArgument });
  const known = argumentNames(tool.input);
  const problems = parsed.success
    ? unusableTexts(parsed.data)
    : parsed.error.issues.map((issue) => describeIssue(issue, tool.input));
  if (parsed.success && problems.length === 0) return parsed.data;
  throw new PgmcpError('VALIDATION_ERROR', `Wrong arguments for ${tool.name}: ${problems.join('; ')}.`, {
    details: { problems, arguments: known },
  });
}

/**
 * Texts that neither PostgreSQL nor the store can take: looked for here once, since any argument may become the key of a record, a name in a
 * statement, or a line of the history.
 */
function unusableTexts(value: unknown, path: readonly PropertyKey[] = []): readonly string[] {
  if (typeof value === 'string') {
    if (!value.includes('\0') && value.isWellFormed()) return [];
    return [`${z.core.toDotPath(path)}: holds a NUL character or half of a character (a lone surrogate): leave it out`];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    unusableTexts(member, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

/** Models that must fill in every field write null for what they leave out. */
function withoutNulls(argumentsGiven: unknown): unknown {
  if (typeof argumentsGiven !== 'object' || argumentsGiven === null || Array.isArray(argumentsGiven))
    return argumentsGiven;
  return Object.fromEntries(Object.entries(argumentsGiven).filter(([, value]) => value !== null));
}

function argumentNames(schema: z.core.$ZodType | undefined): readonly string[] {
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

/** The part of a schema that a path leads to: what stands inside an argument has names of its own. */
function partAt(schema: z.core.$ZodType | undefined, path: readonly PropertyKey[]): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return partAt(schema.unwrap(), path);
  const [step, ...rest] = path;
  if (step === undefined) return schema;
  if (schema instanceof z.ZodArray) return partAt(schema.element, rest);
  return schema instanceof z.ZodObject ? partAt(schema.shape[String(step)], rest) : undefined;
}

function describeIssue(issue: z.core.$ZodIssue, input: z.ZodType): string {
  const place = z.core.toDotPath(issue.path);
  if (issue.code === 'unrecognized_keys') {
    const known = argumentNames(partAt(input, issue.path));
    const problem = issue.keys.map((key) => describeUnknown(key, known)).join('; ');
    return place === '' ? problem : `${place}: ${problem}`;
  }
  return `${place || 'arguments'}: ${issue.message}`;
}

function describeUnknown(key: string, known: readonly string[]): string {
  const meant = meantArgument(key, known);
  const others = known.length > 0 ? `known arguments: ${known.join(', ')}` : 'there are none';
  const cure = meant ? `did you mean "${meant}"?` : others;
  return `unknown argument ${JSON.stringify(key)} (${cure})`;
}
