import { Nl2sqlError } from '../errors.ts';
import type { Example } from '../ports.ts';

const texts = [
  'question',
  'sql',
  'maskedQuestion',
  'skeleton',
  'fingerprint',
  'verifiedBy',
  'savedAt',
  'scope',
] as const;
const required = new Set<string>(['question', 'sql', 'maskedQuestion', 'skeleton']);

/** Writes examples as JSON that reads well in a review: one key per line, in a fixed order, sorted by question. */
export function exportExamples(examples: readonly Example[]): string {
  const sorted = [...examples].sort((left, right) => (left.question < right.question ? -1 : 1));
  const ordered = sorted.map((example) => ({
    ...Object.fromEntries(texts.flatMap((key) => (example[key] === undefined ? [] : [[key, example[key]]]))),
    tables: example.tables,
  }));
  return `${JSON.stringify(ordered, null, 2)}\n`;
}

/** Reads what {@link exportExamples} wrote. @throws Nl2sqlError `INVALID_OPTIONS` with the place of the first mistake. */
export function importExamples(json: string): Example[] {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw new Nl2sqlError('INVALID_OPTIONS', 'A file of examples must be JSON.', { cause });
  }
  if (!Array.isArray(value)) throw new Nl2sqlError('INVALID_OPTIONS', 'A file of examples must hold an array.');
  return value.map((entry: unknown, at) => readExample(entry, `examples[${at}]`));
}

function readExample(entry: unknown, place: string): Example {
  if (typeof entry !== 'object' || entry === null)
    throw new Nl2sqlError('INVALID_OPTIONS', `${place} must be an object.`);
  const { tables, ...rest } = entry as Record<string, unknown>;
  for (const key of texts) {
    const isMissing = rest[key] === undefined && required.has(key);
    if (isMissing || (rest[key] !== undefined && typeof rest[key] !== 'string')) {
      throw new Nl2sqlError('INVALID_OPTIONS', `${place}.${key} must be a string.`);
    }
  }
  const unknown = Object.keys(rest).find((key) => !(texts as readonly string[]).includes(key));
  if (unknown !== undefined)
    throw new Nl2sqlError('INVALID_OPTIONS', `${place} does not know ${JSON.stringify(unknown)}.`);
  if (!Array.isArray(tables) || !tables.every((table) => typeof table === 'string')) {
    throw new Nl2sqlError('INVALID_OPTIONS', `${place}.tables must be an array of strings.`);
  }
  return { ...(rest as Omit<Example, 'tables'>), tables };
}
