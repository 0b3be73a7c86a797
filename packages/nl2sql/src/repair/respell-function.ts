import type { CallSpan } from './call-span.ts';
import { dateFormatWords, strftimeWords, toCharacters } from './date-format.ts';
import { addInterval, addUnits, countBoundaries, countWhole, extractPart, readPart, truncate } from './date-parts.ts';
import { chosenForms, functionForms } from './function-forms.ts';
import type { RepairStep } from './repair-step.ts';

type Rewrite = (...texts: readonly string[]) => string | undefined;

/** A rewrite of exactly two or three arguments; a further one would mean something that is not translated. */
const ofTwo =
  (rewrite: (first: string, second: string) => string | undefined): Rewrite =>
  (first, second, ...more) =>
    first === undefined || second === undefined || more.length > 0 ? undefined : rewrite(first, second);
const ofThree =
  (rewrite: (first: string, second: string, third: string) => string | undefined): Rewrite =>
  (first, second, third, ...more) =>
    first === undefined || second === undefined || third === undefined || more.length > 0
      ? undefined
      : rewrite(first, second, third);

const dateDifference: Rewrite = (...texts) => {
  const [first = '', second = '', third] = texts;
  // Two arguments: MySQL, the later one first. Three: the unit first, and the later one last; BigQuery has it the other way round.
  if (texts.length === 2) return countBoundaries('day', first, second);
  if (texts.length !== 3 || third === undefined) return undefined;
  const part = readPart(first);
  return part === undefined ? countBoundaries(readPart(third), first, second) : countBoundaries(part, third, second);
};

const constant = /^(?:'(?:[^']|'')*'|-?\d+(?:\.\d+)?)$/;

/** Oracle's DECODE takes NULLs for equal, CASE does not: only constants are compared. */
const decode: Rewrite = (value, ...rest) => {
  if (value === undefined || rest.length < 2) return undefined;
  const branches: string[] = [];
  let at = 0;
  for (; at + 1 < rest.length; at += 2) {
    if (!constant.test(rest[at] ?? '')) return undefined;
    branches.push(` WHEN ${rest[at]} THEN ${rest[at + 1]}`);
  }
  return `CASE ${value}${branches.join('')} ELSE ${rest[at] ?? 'NULL'} END`;
};

/** Several values would be joined to one by MySQL; only a constant can be the glue of SQLite. */
const groupConcat: Rewrite = (value, glue = "','", ...more) => {
  if (value === undefined || more.length > 0 || !constant.test(glue)) return undefined;
  const distinct = /^distinct\s+/i.exec(value)?.[0] ?? '';
  const found = value.search(/\border\s+by\b/i);
  const item = value.slice(distinct.length, found === -1 ? value.length : found).trimEnd();
  const order = found === -1 ? '' : ` ${value.slice(found)}`;
  // An order inside of parentheses is that of something else.
  if (item.split('(').length !== item.split(')').length) return undefined;
  // With DISTINCT the order must be by what is joined, as it stands there.
  const text = distinct !== '' && order !== '' ? item : `(${item})::text`;
  return `string_agg(${distinct}${text}, ${glue}${order})`;
};

const substringIndex = ofThree((value, glue, count) =>
  /^-?1$/.test(count) && constant.test(glue) ? `split_part(${value}, ${glue}, ${count})` : undefined,
);

/** `date('now', '-7 days')` of SQLite. */
const shift =
  (type: 'date' | 'timestamp'): Rewrite =>
  (value, modifier, ...more) => {
    if (value === undefined || more.length > 0) return undefined;
    const moment = /^'now'$/i.test(value) ? 'now()' : `(${value})::timestamp`;
    if (modifier === undefined) return `(${moment})::${type}`;
    const length = /^'([-+]?\d+ (?:day|month|year|hour|minute|second)s?)'$/i.exec(modifier)?.[1];
    return length === undefined ? undefined : `(${moment} + INTERVAL '${length}')::${type}`;
  };

/** Functions whose form depends on what their arguments are. */
const rewrites: Readonly<Record<string, Rewrite>> = {
  strftime: ofTwo((format, value) => toCharacters(value, format, strftimeWords)),
  date_format: ofTwo((value, format) => toCharacters(value, format, dateFormatWords)),
  datediff: dateDifference,
  date_diff: ofThree((first, second, third) => dateDifference(first, second, third)),
  timestampdiff: ofThree((unit, earlier, later) => countWhole(readPart(unit), later, earlier)),
  dateadd: ofThree((unit, count, value) => addUnits(readPart(unit), count, value)),
  timestampadd: ofThree((unit, count, value) => addUnits(readPart(unit), count, value)),
  date_add: ofTwo((value, length) => addInterval('+', value, length)),
  date_sub: ofTwo((value, length) => addInterval('-', value, length)),
  adddate: ofTwo((value, length) => addInterval('+', value, length)),
  subdate: ofTwo((value, length) => addInterval('-', value, length)),
  datepart: ofTwo((unit, value) => extractPart(readPart(unit), value)),
  date_trunc: ofTwo((value, unit) => (value.startsWith("'") ? undefined : truncate(readPart(unit), value))),
  datetrunc: ofTwo((unit, value) => truncate(readPart(unit), value)),
  timestamp_trunc: ofTwo((value, unit) => truncate(readPart(unit), value)),
  date: shift('date'),
  datetime: shift('timestamp'),
  decode,
  group_concat: groupConcat,
  substring_index: substringIndex,
};

function fill(form: string, texts: readonly string[]): string {
  return form.replace(/\$(\d)/g, (_, number: string) => texts[Number(number) - 1] ?? '');
}

/** Writes a call of another database's function as PostgreSQL has it; nothing when there is no such function. */
export function respellFunction(sql: string, call: CallSpan, name: string): readonly RepairStep[] {
  const texts = call.arguments.map(({ start, end }) => sql.slice(start, end));
  const { start } = call.name;
  const step = (rule: RepairStep['rule'], text: string, assumption?: string): readonly RepairStep[] => [
    {
      rule,
      from: sql.slice(start, call.end),
      to: text,
      edits: [{ start, end: call.end, text }],
      ...(assumption === undefined ? {} : { assumption }),
    },
  ];
  const key = name.toLowerCase();
  const form = `${key}/${texts.length}`;
  const chosen = Object.hasOwn(chosenForms, form) ? chosenForms[form] : undefined;
  if (chosen !== undefined) return step('formula', fill(chosen.form, texts), chosen.assumption);
  const known = Object.hasOwn(functionForms, form) ? functionForms[form] : undefined;
  if (known !== undefined) return step('function', fill(known, texts));
  const text = Object.hasOwn(rewrites, key) ? rewrites[key]?.(...texts) : undefined;
  return text === undefined ? [] : step('function', text);
}
