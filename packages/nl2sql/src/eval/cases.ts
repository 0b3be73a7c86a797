import { Nl2sqlError } from '../errors.ts';
import { splitStatements } from '../split-statements.ts';
import { readCsv } from './csv.ts';

/** A question with the statements that answer it. */
export interface EvalCase {
  readonly id: string;
  /** Name of the database that the question is about; empty: the only one. */
  readonly database: string;
  readonly question: string;
  /** What the questioner adds: the meaning of words, formulas. */
  readonly evidence?: string | undefined;
  /** Statements of which any is right; none for a question that cannot be answered. */
  readonly gold: readonly string[];
  /** `false`: the database does not hold what is asked, and saying so is right. */
  readonly answerable?: boolean | undefined;
}

/**
 * Formats of case files: our own as JSON or as CSV with the same names of columns, BIRD's `questions.json`, the CSV of
 * defog's sql-eval. YAML is our own format after whoever has a parser has read it: {@link readCaseList}.
 */
export type CaseFormat = 'json' | 'csv' | 'bird' | 'defog';

/** Reads a file of cases. @throws Nl2sqlError `INVALID_OPTIONS` with the place of the first mistake. */
export function readCases(content: string, format: CaseFormat): EvalCase[] {
  // Spreadsheets write a byte order mark, which would become part of the first name.
  const text = content.replace(/^\ufeff/, '');
  if (format === 'defog') return readCsv(text).map(readDefogRow);
  if (format === 'csv') return readCaseList(readCsv(text).map(fromCsvRow));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new Nl2sqlError('INVALID_OPTIONS', 'A file of cases must be JSON.', { cause });
  }
  return readCaseList(value, format);
}

/**
 * Reads cases from parsed JSON or YAML: a list, or a map with a list `cases`.
 *
 * @throws Nl2sqlError `INVALID_OPTIONS` with the place of the first mistake.
 */
export function readCaseList(value: unknown, format: 'json' | 'bird' = 'json'): EvalCase[] {
  const list = isMap(value) && Array.isArray(value['cases']) ? value['cases'] : value;
  if (!Array.isArray(list)) throw new Nl2sqlError('INVALID_OPTIONS', 'A file of cases must hold a list of cases.');
  const cases = list.map((entry: unknown, at) => (format === 'bird' ? readBirdEntry(entry, at) : readEntry(entry, at)));
  const ids = new Set<string>();
  for (const [at, { id }] of cases.entries()) {
    if (ids.has(id))
      throw new Nl2sqlError('INVALID_OPTIONS', `cases[${at}].id ${JSON.stringify(id)} is taken already.`);
    ids.add(id);
  }
  return cases;
}

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Several right statements stand in one cell, separated by semicolons. */
function fromCsvRow(row: Readonly<Record<string, string>>): Record<string, unknown> {
  const present = Object.entries(row).filter(([, cell]) => cell !== '');
  const { gold, answerable, ...rest } = Object.fromEntries(present);
  return {
    ...rest,
    ...(gold === undefined ? {} : { gold: splitStatements(gold) }),
    ...(answerable === undefined ? {} : { answerable: flags.get(answerable.toLowerCase()) ?? answerable }),
  };
}

/** Spreadsheets write TRUE and FALSE. */
const flags = new Map([
  ['true', true],
  ['false', false],
]);

const knownKeys = ['id', 'database', 'question', 'evidence', 'gold', 'answerable'];

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
  const fields = entry as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(fields).find((key) => !knownKeys.includes(key));
  if (unknown !== undefined) {
    const known = knownKeys.join(', ');
    throw new Nl2sqlError('INVALID_OPTIONS', `cases[${at}] does not know ${JSON.stringify(unknown)}. Known: ${known}.`);
  }
  const { id, database = '', gold = [], evidence, answerable } = fields;
  const statements = typeof gold === 'string' ? [gold] : gold;
  if (!Array.isArray(statements) || !statements.every((sql) => typeof sql === 'string')) {
    throw new Nl2sqlError('INVALID_OPTIONS', `cases[${at}].gold must be a statement or a list of statements.`);
  }
  if (typeof database !== 'string') {
    throw new Nl2sqlError('INVALID_OPTIONS', `cases[${at}].database must be a string.`);
  }
  if (answerable !== undefined && typeof answerable !== 'boolean') {
    throw new Nl2sqlError('INVALID_OPTIONS', `cases[${at}].answerable must be true or false.`);
  }
  if (evidence !== undefined && typeof evidence !== 'string') {
    throw new Nl2sqlError('INVALID_OPTIONS', `cases[${at}].evidence must be a string.`);
  }
  if (id !== undefined && typeof id !== 'string' && typeof id !== 'number') {
    throw new Nl2sqlError('INVALID_OPTIONS', `cases[${at}].id must be a string or a number.`);
  }
  return {
    id: id === undefined ? String(at) : String(id),
    database,
    question: field('question'),
    gold: statements,
    ...(evidence === undefined ? {} : { evidence }),
    ...(answerable === undefined ? {} : { answerable }),
  };
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
  const field = fieldsOf(row, at);
  return {
    id: String(at),
    database: row['db_name'] ?? '',
    question: field('question'),
    gold: expandVariants(field('query')),
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
    return choices.map((choice) => statement.replace(whole, () => choice).replaceAll('{}', () => choice));
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
