import { Nl2sqlError, readContextPack, type VerifiedPair } from '@pgmcp/nl2sql';
import { z } from 'zod';
import { ConfigurationError } from '../config/configuration-error.ts';
import { parseYaml } from '../config/parse-yaml.ts';
import { readTextFile } from '../config/read-text-file.ts';
import { nearestName } from '../nearest.ts';

/** Further problems of a file are counted only. */
const shownProblems = 10;

const text = () => {
  const expected = 'must be a text that is not empty';
  return z.string(expected).trim().min(1, expected);
};

const pairSchema = z.strictObject(
  {
    question: text(),
    sql: text(),
    variants: z.array(text(), 'must be a list of texts').optional(),
    note: text().optional(),
  },
  'must be a mapping with question and sql',
);

const fileSchema = z.strictObject(
  { pairs: z.array(pairSchema, 'must be a list') },
  'must be a mapping with a list pairs',
);

/**
 * Reads the question-SQL pairs that a person verified: YAML or JSON with one list, `pairs`.
 * @throws ConfigurationError naming the file and every place in it that is wrong; two pairs that answer one question with
 * different SQL are wrong too.
 */
export function readVerifiedPairs(path: string): readonly VerifiedPair[] {
  const read = readTextFile(path);
  const parsed = 'text' in read ? parseYaml(read.text) : read;
  if ('reason' in parsed) throw problem(path, `The file of verified queries is not usable: ${parsed.reason}.`);
  const checked = fileSchema.safeParse(parsed.value);
  if (!checked.success) {
    const problems = checked.error.issues.flatMap(describeIssue);
    const further = problems.length > shownProblems ? `; and ${problems.length - shownProblems} more` : '';
    throw problem(
      path,
      `${problems.slice(0, shownProblems).join('; ')}${further}. Write a list "pairs" of { question, sql, variants?, note? }.`,
    );
  }
  const { pairs } = checked.data;
  try {
    readContextPack({ verified: pairs });
  } catch (error) {
    if (!(error instanceof Nl2sqlError)) throw error;
    throw problem(path, error.message.replaceAll('verifiedPairs[', 'pairs['));
  }
  return pairs;
}

function describeIssue(issue: z.core.$ZodIssue): readonly string[] {
  const place = z.core.toDotPath(issue.path);
  if (issue.code !== 'unrecognized_keys') return [`${place || 'the file'} ${issue.message}`];
  const known = Object.keys((place === '' ? fileSchema : pairSchema).shape);
  return issue.keys.map((key) => {
    const near = nearestName(key, known);
    return `${place === '' ? '' : `${place}.`}${key} is no known key${near === undefined ? '' : `, did you mean ${near}?`}`;
  });
}

function problem(path: string, message: string): ConfigurationError {
  return new ConfigurationError([{ key: 'verifiedQueries', source: path, message }]);
}
