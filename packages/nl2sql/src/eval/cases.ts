import { Nl2sqlError } from '../errors.ts';
import { splitStatements } from '../split-statements.ts';
import { readCsv } from './csv.ts';

/** A question with the statements that answer it. */
export interface EvalCase {
  readonly id: string;
  /** Name of the database that the question is about. */
  readonly database: string;
  readonly question: string;
  /** What the questioner adds: the meaning of words, formulas. */
  readonly evidence?: string | undefined;
  /** Statements of which any is right; none for a question that cannot be answered. */
  readonly gold: readonly string[];
}

/** Formats of case files: our own JSON, BIRD's `questions.json`, the CSV of defog's sql-eval. */
export type CaseFormat = 'json' | 'bird' | 'defog';

/** Reads a file of cases. Throws `INVALID_OPTIONS` with the place of the first mistake. */
export function readCases(content: string, format: CaseFormat): EvalCase[] {
  if (format === 'defog') return readCsv(content).map(readDefogRow);
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch (cause) {
    throw new Nl2sqlError('INVALID_OPTIONS', 'A file of cases must be JSON.', { cause });
  }
  if (!Array.isArray(value)) throw new Nl2sqlError('INVALID_OPTIONS', 'A file of cases must hold an array.');
  return value.map((entry: unknown, at) => (format === 'bird' ? readBirdEntry(entry, at) : readEntry(entry, at)));
}

function fieldsOf(entry: unknown, at: number): (key: string) => string {
  if (typeof entry !== 'object' || entry === null)
    throw new Nl2sqlError('INVALID_OPTIONS', `cases[${at}] must be an object.`);
  return (key) => {
    const value = (entry as Record<string, unknown>)[key];
    if (typeof value === 'string') return value;
    throw new Nl2sqlError('INVALID_OPTIONS', `cases[${at}].${key} must be a string.`);
  };
}

function readEntry(entry: unknown, at: number): EvalCase {
  const field = fieldsOf(entry, at);
  const { gold, evidence } = entry as { gold?: unknown; evidence?: unknown };
  if (!Array.isArray(gold) || !gold.every((sql) => typeof sql === 'string')) {
    throw new Nl2sqlError('INVALID_OPTIONS', `cases[${at}].gold must be an array of statements.`);
  }
  const told = typeof evidence === 'string' ? { evidence } : {};
  return { id: field('id'), database: field('database'), question: field('question'), gold, ...told };
}

/** The position is the id: `question_id` is not unique in BIRD mini-dev. */
function readBirdEntry(entry: unknown, at: number): EvalCase {
  const field = fieldsOf(entry, at);
  return {
    id: String(at),
    database: field('db_id'),
    question: field('question'),
    evidence: field('evidence'),
    gold: [field('SQL')],
  };
}

function readDefogRow(row: Readonly<Record<string, string>>, at: number): EvalCase {
  const evidence = row['instructions'] ?? row['full_instructions'];
  return {
    id: String(at),
    database: row['db_name'] ?? '',
    question: row['question'] ?? '',
    gold: expandVariants(row['query'] ?? ''),
    ...(evidence === undefined || evidence === '' ? {} : { evidence }),
  };
}

/**
 * The statements that a gold text of defog stands for: several separated by semicolons, each with `{a, b}` for every
 * choice of at least one of the members in their order, and `GROUP BY {}` for the same choice.
 */
export function expandVariants(gold: string): string[] {
  return splitStatements(gold).flatMap((statement) => {
    const [whole, list = ''] = /\{([^{}]+)\}/.exec(statement) ?? [];
    if (whole === undefined) return [statement];
    const members = splitMembers(list);
    const choices = Array.from({ length: 2 ** members.length - 1 }, (_, mask) =>
      members.filter((_member, at) => ((mask + 1) >> at) & 1).join(', '),
    );
    return choices.map((choice) => statement.replace(whole, choice).replaceAll('{}', choice));
  });
}

/** Members of a list, whose own parentheses may hold commas. */
function splitMembers(list: string): string[] {
  const members: string[] = [''];
  let depth = 0;
  for (const character of list) {
    if (character === '(') depth++;
    if (character === ')') depth--;
    if (character === ',' && depth === 0) members.push('');
    else members[members.length - 1] += character;
  }
  return members.map((member) => member.trim()).filter((member) => member !== '');
}
