import { parsingEffortProblem } from './parsing-effort.ts';
import { quotedNameProblem } from './quoted-names.ts';

/** Texts on which this parser's lexer and PostgreSQL's disagree are refused before it sees them. */

const maxBytes = 4_096;

/** What the lexers read differently, by character. */
const refusedCharacters: ReadonlyMap<string, string> = new Map([
  ['\u00a0', 'a no-break space'],
  ['\ufeff', 'a byte order mark'],
  ['\u0085', 'a next-line character'],
  ['\u2028', 'a line separator'],
  ['\u2029', 'a paragraph separator'],
  ['\\', 'a backslash'],
  ['\0', 'a NUL character'],
  ['\v', 'a vertical tab'],
  ['\f', 'a form feed'],
]);

const isDigit = (character: string | undefined): boolean =>
  character !== undefined && character >= '0' && character <= '9';

/** Whether a name or number may end with this character. */
const goesOnFrom = (character: string | undefined): boolean =>
  character !== undefined && (isWordCharacter(character) || character === '$' || character.charCodeAt(0) > 0x7f);

function characterProblem(sql: string, index: number): string | undefined {
  const character = sql[index] ?? '';
  const known = refusedCharacters.get(character);
  if (known) return known;
  // Behind a letter it belongs to a name there, and begins a parameter here.
  if (character === '$' && (!isDigit(sql[index + 1]) || goesOnFrom(sql[index - 1])))
    return 'a dollar sign that is no parameter';
  if ((character === 'u' || character === 'U') && sql[index + 1] === '&') return 'a unicode escape';
  // A line comment ends at a carriage return in one lexer only, and only one of them minds an open comment.
  if ((character === '-' && sql[index + 1] === '-') || (character === '/' && sql[index + 1] === '*'))
    return 'a comment';
  const code = character.charCodeAt(0);
  // PostgreSQL takes it for a letter.
  if (code > 0x7f && character.trim() === '') return 'a blank beyond ASCII';
  // This lexer folds by Unicode, PostgreSQL by ASCII: some letters would turn into ASCII here and stay what they are there.
  if (code > 0x7f && [...character.toLowerCase()].some((lower) => lower.charCodeAt(0) < 0x80))
    return 'a letter that folds into ASCII';
  return code < 0x20 && character !== '\n' && character !== '\t' && character !== '\r'
    ? 'a control character'
    : undefined;
}

const operatorCharacters: ReadonlySet<string> = new Set('+-*/<>=~!@#%^&|`?');
/** Operators of several characters that both lexers read as one. */
const knownRuns: ReadonlySet<string> = new Set(
  '|| <= >= <> != -> ->> #> #>> @> <@ ~* !~ !~* ~~ ~~* !~~ !~~* << >> && ?| ?& @@'.split(' '),
);
/** Characters before which PostgreSQL leaves a sign at the end of a run to the number behind it. */
const beforeSign: ReadonlySet<string> = new Set(['=', '<', '>', '<=', '>=', '<>', '+', '-', '*', '/']);

/** PostgreSQL takes the longest operator, this lexer the longest that it knows: `a ||+ b` is one operator there and two here. */
function operatorProblem(run: string): string | undefined {
  if (run.length < 2 || knownRuns.has(run)) return undefined;
  const sign = run.at(-1);
  if ((sign === '-' || sign === '+') && beforeSign.has(run.slice(0, -1))) return undefined;
  return 'operator characters in a row';
}

/** This lexer tries two ways for each space of a string after E that never ends: more of them would take it minutes, and then years. */
const maxSpacesWithoutEnd = 12;

const isWordCharacter = (character: string | undefined): boolean =>
  character !== undefined && /[A-Za-z0-9_]/.test(character);

/** Whether a text may hold E'…, with many spaces and without its last quote. Where a string ends is not looked at: ' e' may be the end of one. */
function holdsEndlessString(sql: string): boolean {
  if (sql.slice(sql.lastIndexOf("'") + 1).split(/\s/).length <= maxSpacesWithoutEnd) return false;
  for (let quote = sql.indexOf("'"); quote !== -1; quote = sql.indexOf("'", quote + 1)) {
    const before = sql[quote - 1];
    if ((before === 'e' || before === 'E') && !isWordCharacter(sql[quote - 2]) && !endsString(sql, quote + 1))
      return true;
  }
  return false;
}

/** Whether a quote that is not doubled follows. */
function endsString(sql: string, from: number): boolean {
  let quote = sql.indexOf("'", from);
  while (quote !== -1 && sql[quote + 1] === "'") quote = sql.indexOf("'", quote + 2);
  return quote !== -1;
}

/** Says why a text is not judged by the portable guard, or undefined. */
export function portableInputProblem(sql: unknown): string | undefined {
  if (typeof sql !== 'string') return `The statement must be a string, not ${sql === null ? 'null' : typeof sql}`;
  if (sql.length === 0) return 'The text is empty';
  if (sql.length > maxBytes || new TextEncoder().encode(sql).length > maxBytes)
    return `The text is longer than the ${maxBytes} bytes that the portable guard reads`;
  if (!sql.isWellFormed()) return 'The text holds half a character (a lone surrogate)';
  if (holdsEndlessString(sql))
    return "The text holds a string after E that never ends. Write it without E, and end it with '";
  const effort = parsingEffortProblem(sql);
  if (effort !== undefined) return effort;
  const differently = (what: string) =>
    `The text holds ${what}, which the portable parser and PostgreSQL may read differently`;
  const name = quotedNameProblem(sql);
  if (name !== undefined) return differently(name);
  let runStart = 0;
  for (let index = 0; index <= sql.length; index += 1) {
    const inRun = operatorCharacters.has(sql[index] ?? '');
    const problem =
      index < sql.length && inRun
        ? characterProblem(sql, index)
        : (operatorProblem(sql.slice(runStart, index)) ?? characterProblem(sql, index));
    if (!inRun) runStart = index + 1;
    if (problem) return differently(problem);
  }
  return undefined;
}
