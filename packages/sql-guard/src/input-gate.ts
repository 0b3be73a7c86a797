import type { CheckedPolicy } from './check-policy.ts';
import { refusal } from './refusal.ts';
import type { RefusedVerdict } from './verdict.ts';

/** What passed the gate. */
export interface GatedText {
  readonly sql: string;
  readonly byteLength: number;
}

/** 1 for the characters that operators are made of, by their code; all are ASCII. */
const operatorCharacters = new Uint8Array(128);
for (const character of '+-*/<>=~!@#%^&|`?') operatorCharacters[character.charCodeAt(0)] = 1;
const shortestRun = 64;
const maxSquaredRuns = 4_000_000;

/**
 * Runs of operator characters are lexed in quadratic time, by the server too, where no timeout stops it. The sum of squared lengths
 * bounds that time; a banner of dashes stays far below.
 */
function lexesInBoundedTime(sql: string): boolean {
  // A text without a long run is the rule, and a run of 64 covers every 64th character.
  if (!hasLongRun(sql)) return true;
  let run = 0;
  let squares = 0;
  for (let index = 0; index <= sql.length; index += 1) {
    if (operatorCharacters[sql.charCodeAt(index)] === 1) run += 1;
    else if (run > 0) {
      if (run >= shortestRun) squares += run * run;
      run = 0;
    }
  }
  return squares < maxSquaredRuns;
}

function hasLongRun(sql: string): boolean {
  for (let index = shortestRun - 1; index < sql.length; index += shortestRun)
    if (operatorCharacters[sql.charCodeAt(index)] === 1) return true;
  return false;
}

const input = (message: string, hint?: string, option?: string): RefusedVerdict =>
  refusal({ code: 'input', node: 'Input', message, ...(hint ? { hint } : {}), ...(option ? { option } : {}) });

/** Checks what must hold before any parser sees the text. Linear, and decides nothing about meaning. */
export function checkInput(sql: unknown, policy: CheckedPolicy): GatedText | RefusedVerdict {
  if (typeof sql !== 'string')
    return input(`The statement must be a string, not ${sql === null ? 'null' : typeof sql}`);
  if (sql.length === 0) return input('The text is empty', 'Write one SQL statement.');
  const { maxBytes } = policy.limits;
  const tooLong = () =>
    input(
      `The text is longer than ${maxBytes} bytes`,
      'Ask for less at once, or bind long values as parameters.',
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
