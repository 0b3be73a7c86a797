import { KINDS, type Operation } from './operations.ts';

/** What a word of `blockedKeywords` means on the parse tree. */
export type BlockedWord =
  | { readonly operations: readonly Operation[] }
  | { readonly functions: readonly string[] }
  /** No mode accepts it: there is nothing to block. */
  | { readonly refusedAnyway: true }
  | { readonly cure: string };

/** Words of SQL for kinds that are called otherwise here. */
const WORDS: ReadonlyMap<string, readonly Operation[]> = new Map([
  ['replace', ['create']],
  ['rename', ['alter']],
  ['vacuum', ['maintenance']],
  ['analyze', ['maintenance']],
  ['analyse', ['maintenance']],
  ['reindex', ['maintenance']],
  ['cluster', ['maintenance']],
  ['revoke', ['grant']],
  ['into', ['select-into']],
]);

/** First words of statements that no mode has, and of other dialects. */
const NEVER = new Set(
  (
    'abort begin call checkpoint close commit copy deallocate declare discard do end exec execute fetch import kill listen load lock move ' +
    'notify prepare reassign release reset rollback savepoint security set shutdown start unlisten use xp_cmdshell'
  ).split(' '),
);

/** A function: `name()`, or a name that cannot be taken for a word of SQL. */
const FUNCTION = /^(?:[a-z0-9_$]{1,63}\.)?[a-z0-9_$]{1,63}\*?$/;

/**
 * Reads one word of `blockedKeywords`. A word is never looked for in the text of a statement, where it could as well be a value or a
 * comment: it stands for a kind of statement or for a function, and the parse tree says whether a statement is one or calls it.
 */
export function readBlockedWord(word: string): BlockedWord {
  const folded = word.trim().toLowerCase();
  if ((KINDS as readonly string[]).includes(folded)) return { operations: [folded as Operation] };
  const operations = WORDS.get(folded);
  if (operations !== undefined) return { operations };
  if (NEVER.has(folded)) return { refusedAnyway: true };
  const called = folded.endsWith('()') ? folded.slice(0, -2) : folded;
  const isName = called !== folded || /[_.*]/.test(folded);
  if (isName && FUNCTION.test(called))
    return { functions: called.includes('.') ? [called] : [called, `pg_catalog.${called}`] };
  return {
    cure:
      'Statements are judged on their parse tree, not on their text: name a kind of statement (DELETE, DROP, TRUNCATE) or a function ' +
      '(pg_sleep, upper()). Comments and a second statement are harmless or refused without being listed.',
  };
}
