import type { VerifiedPair } from '@pgmcp/nl2sql';
import { z } from 'zod';
import { ConfigurationError, parseYaml, readTextFile } from './config/index.ts';

const pairSchema = z.strictObject({
  question: z.string().trim().min(1),
  sql: z.string().trim().min(1),
  variants: z.array(z.string().trim().min(1)).optional(),
  note: z.string().optional(),
});

const fileSchema = z.strictObject({ pairs: z.array(pairSchema) });

/**
 * Reads the question-SQL pairs that a person verified: YAML or JSON with one list, `pairs`.
 * @throws ConfigurationError naming the file and the place in it.
 */
export function readVerifiedPairs(path: string): readonly VerifiedPair[] {
  const read = readTextFile(path);
  const parsed = 'text' in read ? parseYaml(read.text) : read;
  if ('reason' in parsed) throw problem(path, `The file of verified queries is not usable: ${parsed.reason}.`);
  const checked = fileSchema.safeParse(parsed.value);
  if (checked.success) return checked.data.pairs;
  const problems = checked.error.issues.map(
    (issue) => `${z.core.toDotPath(issue.path) || 'the file'}: ${issue.message}`,
  );
  throw problem(path, `Write a list "pairs" of { question, sql, variants?, note? }. ${problems.join('; ')}.`);
}

function problem(path: string, message: string): ConfigurationError {
  return new ConfigurationError([{ key: 'verifiedQueries', source: path, message }]);
}
