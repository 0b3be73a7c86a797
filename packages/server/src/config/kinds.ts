import { z } from 'zod';
import { nearestName } from '../nearest.ts';
import { readConnectionUrl } from './connection-url.ts';
import { parseByteSize, parseDurationMs } from './quantities.ts';
import { Secret } from './secret.ts';

/** What a kind of value says about itself in error messages and in the documentation: "must be <expected>". */
export const expectations = z.registry<{ readonly expected: string }>();

/** Why a value is not of its kind, where more can be said than what was expected. Must not repeat the value. */
interface Refusal {
  readonly cure: string;
}

const isRefusal = (value: unknown): value is Refusal => typeof value === 'object' && value !== null && 'cure' in value;

/**
 * A kind of value: reads what an environment variable (always text) or a file (already typed) says.
 * `read` gives `undefined` or a refusal for what is not of the kind; no message ever repeats the value.
 */
function kind<Value extends string | number | boolean | Secret | readonly string[]>(
  expected: string,
  read: (raw: unknown) => Value | Refusal | undefined,
  trimmed = true,
) {
  const schema = z.transform((raw: unknown, context): Value => {
    const value = read(trimmed && typeof raw === 'string' ? raw.trim() : raw);
    if (value === undefined || isRefusal(value)) {
      context.addIssue({ code: 'custom', message: expected, params: { cure: value?.cure } });
      return z.NEVER;
    }
    return value;
  });
  expectations.add(schema, { expected });
  return schema;
}

function within(value: number | undefined, minimum: number, maximum: number): number | undefined {
  return value !== undefined && value >= minimum && value <= maximum ? value : undefined;
}

/** 65,536. By hand: `toLocaleString` takes Node 10 ms to load what it knows of languages, at every start. */
const group = (value: number): string => String(value).replaceAll(/\B(?=(\d{3})+$)/g, ',');

/** A whole number between two bounds, both included. */
export function wholeNumber(minimum: number, maximum: number) {
  return kind(`a whole number from ${group(minimum)} to ${group(maximum)}`, (raw) => {
    const value = typeof raw === 'string' && /^-?\d{1,15}$/.test(raw) ? Number(raw) : raw;
    return typeof value === 'number' && Number.isSafeInteger(value) ? within(value, minimum, maximum) : undefined;
  });
}

/** A length of time; bounds and result in milliseconds, bounds written as an operator writes them. */
export function duration(minimum: string, maximum: string) {
  const [minimumMs, maximumMs] = [parseDurationMs(minimum) ?? 0, parseDurationMs(maximum) ?? 0];
  return kind(`a number of seconds, or a duration such as 500ms, 30s or 5m, from ${minimum} to ${maximum}`, (raw) =>
    within(parseDurationMs(raw), minimumMs, maximumMs),
  );
}

/** A number of bytes. */
export function byteSize(minimum: string, maximum: string) {
  const [minimumBytes, maximumBytes] = [parseByteSize(minimum) ?? 0, parseByteSize(maximum) ?? 0];
  return kind(`a number of bytes, or a size such as 512KiB or 2MiB, from ${minimum} to ${maximum}`, (raw) =>
    within(parseByteSize(raw), minimumBytes, maximumBytes),
  );
}

const toggles: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  on: true,
  1: true,
  false: false,
  no: false,
  off: false,
  0: false,
};

/** True or false. */
export function toggle() {
  return kind('true or false', (raw) => {
    if (typeof raw === 'boolean') return raw;
    const word = typeof raw === 'string' ? raw.toLowerCase() : '';
    return Object.hasOwn(toggles, word) ? toggles[word] : undefined;
  });
}

/** One word of a closed list. */
export function choice<const Word extends string>(words: readonly Word[]) {
  return kind(`one of ${words.join(', ')}`, (raw): Word | Refusal | undefined => {
    if (typeof raw !== 'string') return undefined;
    const found = words.find((word) => word === raw.toLowerCase());
    const near = found ?? nearestName(raw, words);
    return found ?? (near === undefined ? undefined : { cure: `Did you mean ${near}?` });
  });
}

/** Words of a closed list, separated by commas or as a list. */
export function choices<const Word extends string>(words: readonly Word[]) {
  return kind(
    `words of this list, separated by commas: ${words.join(', ')}`,
    (raw): readonly Word[] | Refusal | undefined => {
      const given: unknown = typeof raw === 'string' ? raw.split(',').map((word) => word.trim()) : raw;
      if (!Array.isArray(given) || given.length === 0) return undefined;
      const found: Word[] = [];
      for (const each of given) {
        const word = words.find((known) => known === String(each).toLowerCase());
        const near = word ?? nearestName(String(each), words);
        if (word === undefined) return near === undefined ? undefined : { cure: `Did you mean ${near}?` };
        found.push(word);
      }
      return found;
    },
  );
}

/** Text on one line, at most 1,000 characters. */
export function line(expected: string, pattern: RegExp = /^.{1,1000}$/u) {
  return kind(expected, (raw) => (typeof raw === 'string' ? (pattern.test(raw) ? raw : undefined) : inQuotes(raw)));
}

/** YAML takes 2024 and yes for a number and a toggle. */
const inQuotes = (raw: unknown): Refusal | undefined =>
  typeof raw === 'number' || typeof raw === 'boolean' ? { cure: 'Write it in quotes.' } : undefined;

/**
 * Words separated by commas, or a list of words.
 *
 * @param isValid - what a pattern cannot say about a word that fits it
 */
export function lines(expected: string, pattern: RegExp, isValid: (word: string) => boolean = () => true) {
  return kind(expected, (raw) => {
    const words = typeof raw === 'string' ? raw.split(',').map((word) => word.trim()) : raw;
    if (!Array.isArray(words)) return undefined;
    const kept: unknown[] = words.filter((word) => word !== '');
    const isWord = (word: unknown): word is string => typeof word === 'string' && pattern.test(word) && isValid(word);
    return kept.every(isWord) ? kept : undefined;
  });
}

/** An http or https address without user, password or fragment. */
export function webAddress() {
  return kind('an address that starts with https:// (or http://) and holds no user or password', (raw) => {
    if (typeof raw !== 'string' || !URL.canParse(raw)) return undefined;
    const url = new URL(raw);
    const plain = url.username === '' && url.password === '' && url.hash === '';
    return plain && (url.protocol === 'https:' || url.protocol === 'http:') ? raw : undefined;
  });
}

/** Text that must never be shown. Kept to the last space, since a password may end in one. */
export function secretText() {
  const read = (raw: unknown) => (typeof raw === 'string' && raw !== '' ? new Secret(raw) : inQuotes(raw));
  return kind('a text that is not empty', read, false);
}

/** A PostgreSQL connection string in URL form. */
export function connectionUrl() {
  return kind('a URL of the form postgresql://user:password@host:5432/dbname', (raw): Secret | Refusal | undefined => {
    if (typeof raw !== 'string') return undefined;
    if (!/^postgres(ql)?:\/\//i.test(raw)) return { cure: 'It must start with postgresql:// or postgres://.' };
    const read = readConnectionUrl(raw);
    return 'cure' in read ? read : new Secret(raw);
  });
}

/** Whether a part of a URL can be decoded: a bare % in a password cannot. */
function isPercentEncoded(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** The address of a Redis or Valkey server; it may hold a password. */
export function redisUrl() {
  return kind(
    'a URL of the form redis://user:password@host:6379/0, or rediss:// for TLS, with % in the password written as %25',
    (raw): Secret | undefined => {
      if (typeof raw !== 'string' || !URL.canParse(raw)) return undefined;
      const { protocol, hostname, username, password } = new URL(raw);
      const isRedis = (protocol === 'redis:' || protocol === 'rediss:') && hostname !== '';
      return isRedis && [username, password].every(isPercentEncoded) ? new Secret(raw) : undefined;
    },
  );
}
