import type { CompiledPolicy } from './compiled-policy.ts';
import { refusal } from './judge.ts';
import type { RefusedVerdict } from './verdict.ts';

/** What passed the gate. */
export interface GatedText {
  readonly sql: string;
  readonly byteLength: number;
}

const operatorCharacters: ReadonlySet<number> = new Set(
  [...'+-*/<>=~!@#%^&|`?'].map((character) => character.charCodeAt(0)),
);
const shortestRun = 64;
const maxSquaredRuns = 4_000_000;

/**
 * Runs of operator characters are lexed in quadratic time, by the server too, where no timeout stops it. The sum of squared lengths
 * bounds that time; a banner of dashes stays far below.
 */
function lexesInBoundedTime(sql: string): boolean {
  let run = 0;
  let squares = 0;
  for (let index = 0; index <= sql.length; index += 1) {
    if (operatorCharacters.has(sql.charCodeAt(index))) run += 1;
    else if (run > 0) {
      if (run >= shortestRun) squares += run * run;
      run = 0;
    }
  }
  return squares < maxSquaredRuns;
}

const input = (message: string, hint?: string, option?: string): RefusedVerdict =>
  refusal({ code: 'input', node: 'Input', message, ...(hint ? { hint } : {}), ...(option ? { option } : {}) });

/** Checks what must hold before any parser sees the text. Linear, and decides nothing about meaning. */
export function checkInput(sql: unknown, policy: CompiledPolicy): GatedText | RefusedVerdict {
  if (typeof sql !== 'string')
    return input(`The statement must be a string, not ${sql === null ? 'null' : typeof sql}`);
  if (sql.length === 0) return input('The text is empty', 'Write one SQL statement');
  const { maxBytes } = policy.limits;
  const tooLong = () =>
    input(
      `The text is longer than ${maxBytes} bytes`,
      'Ask for less at once, or bind long values as parameters',
      'limits.maxBytes',
    );
  // A UTF-16 unit takes at least one byte: texts far too long are not even measured.
  if (sql.length > maxBytes) return tooLong();
  const byteLength = Buffer.byteLength(sql, 'utf8');
  if (byteLength > maxBytes) return tooLong();
  if (!sql.isWellFormed()) return input('The text holds half a character (a lone surrogate)');
  if (sql.includes('\0')) return input('The text holds a NUL character, at which servers and parsers stop reading');
  if (sql.charCodeAt(0) === 0xfeff) return input('The text begins with a byte order mark');
  if (!lexesInBoundedTime(sql))
    return input('The text holds runs of operator characters that take the server seconds to read');
  return { sql, byteLength };
}
