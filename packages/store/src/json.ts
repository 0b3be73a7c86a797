import { StoreError } from './errors.ts';

/** A JSON value. A `bigint` is an integer that a 64-bit float would change. */
export type Json = null | boolean | number | bigint | string | readonly Json[] | JsonObject;

/** A JSON object: the root of every record. */
export interface JsonObject {
  readonly [key: string]: Json;
}

const MAX_DEPTH = 64;
// numeric holds 131,072 digits before the point, but an index entry must stay far below 2,704 bytes.
const MAX_BIGINT_DIGITS = 1_000;
const BIGINT_LIMIT = 10n ** BigInt(MAX_BIGINT_DIGITS);

/** Where the walk is, and what it met. The path is only written out when something is refused. */
interface Walk {
  readonly name: string;
  readonly path: (string | number)[];
  readonly open: object[];
  hasBigint: boolean;
}

function refuse({ name, path }: Walk, why: string): never {
  const steps = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`));
  throw new StoreError('INVALID_RECORD', `${name}${steps.join('')} ${why}`);
}

function checkText(value: string, walk: Walk, what: string): void {
  // jsonb refuses both with 22P05 and 22P02, without saying where.
  if (value.includes('\u0000'))
    refuse(walk, `${what}contains U+0000, which PostgreSQL cannot store in text; remove it.`);
  if (!value.isWellFormed()) refuse(walk, `${what}contains half of a surrogate pair; repair it with toWellFormed().`);
}

function checkMembers(value: object, walk: Walk): void {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    const name = value.constructor?.name ?? 'an object with a prototype';
    refuse(walk, `is ${name}, which JSON would change; store its ISO text, an array or a plain object.`);
  }
  if (Object.getOwnPropertySymbols(value).length > 0) refuse(walk, 'has a symbol key, which JSON would drop.');
  for (const [key, member] of Object.entries(value)) {
    checkText(key, walk, 'key ');
    walk.path.push(key);
    checkValue(member, walk);
    walk.path.pop();
  }
}

function checkElements(value: readonly unknown[], walk: Walk): void {
  for (let index = 0; index < value.length; index += 1) {
    walk.path.push(index);
    checkValue(value[index], walk);
    walk.path.pop();
  }
}

function checkValue(value: unknown, walk: Walk): void {
  switch (typeof value) {
    case 'string':
      checkText(value, walk, '');
      return;
    case 'boolean':
      return;
    case 'number':
      if (!Number.isFinite(value)) refuse(walk, `is ${value}, which JSON cannot hold; use null or leave it out.`);
      return;
    case 'bigint':
      if (value >= BIGINT_LIMIT || value <= -BIGINT_LIMIT)
        refuse(walk, `is an integer of more than ${MAX_BIGINT_DIGITS} digits; store it as text.`);
      walk.hasBigint = true;
      return;
    case 'object':
      if (value === null) return;
      if (walk.open.includes(value)) refuse(walk, 'refers to an object that contains it.');
      if (walk.open.length >= MAX_DEPTH) refuse(walk, `is nested deeper than ${MAX_DEPTH} levels.`);
      walk.open.push(value);
      if (Array.isArray(value)) checkElements(value, walk);
      else checkMembers(value, walk);
      walk.open.pop();
      return;
    default:
      refuse(walk, `is ${typeof value}, which JSON would drop; use null or leave the key out.`);
  }
}

/** Writes a checked value that has a bigint somewhere, which `JSON.stringify` refuses. */
function writeWithBigints(value: Json): string {
  if (typeof value === 'bigint') return value.toString();
  if (Array.isArray(value)) return `[${value.map(writeWithBigints).join(',')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}:${writeWithBigints(member)}`);
  return `{${members.join(',')}}`;
}

/** What a text may not hold, and what makes it worth a closer look: U+0000, and surrogates, which may be halves. */
const SUSPICIOUS = /[\u0000\ud800-\udfff]/;

/**
 * Whether a value is certainly JSON as it stands. It keeps no path and allocates next to nothing, so that large batches are quick;
 * what it does not vouch for is walked again, with a path for the refusal.
 */
function isPlainJson(value: unknown, depth: number): boolean {
  switch (typeof value) {
    case 'string':
      return !SUSPICIOUS.test(value);
    case 'number':
      return Number.isFinite(value);
    case 'boolean':
      return true;
    case 'object':
      if (value === null) return true;
      // A circle ends here too.
      if (depth >= MAX_DEPTH) return false;
      if (Array.isArray(value)) {
        for (let index = 0; index < value.length; index += 1) if (!isPlainJson(value[index], depth + 1)) return false;
        return true;
      }
      return isPlainObject(value, depth);
    default:
      return false;
  }
}

function isPlainObject(value: object, depth: number): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  if (Object.getOwnPropertySymbols(value).length > 0) return false;
  for (const key of Object.keys(value)) {
    if (SUSPICIOUS.test(key) || !isPlainJson((value as Record<string, unknown>)[key], depth + 1)) return false;
  }
  return true;
}

/**
 * Writes a value as JSON, or refuses what `JSON.stringify` would silently change: `undefined`, NaN, the infinities, `Date`, `Map`,
 * class instances, half surrogate pairs, U+0000. A `bigint` is written with all its digits.
 *
 * @param name What the value is called in errors.
 * @throws StoreError `INVALID_RECORD` with the path.
 */
export function writeJson(value: unknown, name: string): string {
  if (isPlainJson(value, 0)) return JSON.stringify(value);
  const walk: Walk = { name, path: [], open: [], hasBigint: false };
  checkValue(value, walk);
  return walk.hasBigint ? writeWithBigints(value as Json) : JSON.stringify(value);
}

/** The shortest decimal of an integral float without its exponent: what jsonb holds after the float was written. */
function decimalOf(value: number): bigint {
  const [digits = '0', exponent] = value.toString().split('e+');
  if (exponent === undefined) return BigInt(digits);
  const [whole = '0', fraction = ''] = digits.split('.');
  return BigInt(whole + fraction.padEnd(Number(exponent), '0'));
}

const INTEGER = /^-?\d+$/;

/**
 * Reads JSON that PostgreSQL or a backup wrote. An integer is a `bigint` exactly when a float would change its digits.
 */
export function readJson(text: string): Json {
  // The third argument of a reviver (source text access) exists in Node 22 and later; the lib of ES2024 does not know it.
  const revive = (_key: string, value: unknown, context?: { source?: string }): unknown => {
    if (typeof value !== 'number') return value;
    if (Object.is(value, -0)) return 0;
    const source = context?.source;
    if (source === undefined || Number.isSafeInteger(value) || !INTEGER.test(source)) return value;
    const exact = BigInt(source);
    return Number.isFinite(value) && decimalOf(value) === exact ? value : exact;
  };
  return JSON.parse(text, revive) as Json;
}

/** Whether a JSON value is an object. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Compares as PostgreSQL's numeric does: a float counts as its shortest decimal. */
export function compareNumbers(left: number | bigint, right: number | bigint): number {
  if (typeof left === typeof right) return left < right ? -1 : left > right ? 1 : 0;
  const exact = (value: number | bigint): number | bigint =>
    typeof value === 'number' && Number.isInteger(value) ? decimalOf(value) : value;
  const [a, b] = [exact(left), exact(right)];
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Compares texts by code point, as `COLLATE "C"` does in UTF-8; `<` of JavaScript compares UTF-16 units. */
export function compareTexts(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const a = left.charCodeAt(index);
    const b = right.charCodeAt(index);
    if (a === b) continue;
    // Surrogates (code points above U+FFFF) sort after U+E000..U+FFFF.
    const [high, low] = [a >= 0xd800 && a <= 0xdfff, b >= 0xd800 && b <= 0xdfff];
    if (high !== low) return high ? 1 : -1;
    return a < b ? -1 : 1;
  }
  return left.length - right.length;
}

function isNumeric(value: Json): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}

/** Equality of jsonb: numbers by value, objects without regard to the order of keys. */
export function jsonEquals(left: Json, right: Json): boolean {
  if (isNumeric(left) && isNumeric(right)) return compareNumbers(left, right) === 0;
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((element, index) => jsonEquals(element, right[index] as Json));
  }
  if (isJsonObject(left) && isJsonObject(right)) {
    const keys = Object.keys(left);
    return (
      keys.length === Object.keys(right).length &&
      keys.every((key) => Object.hasOwn(right, key) && jsonEquals(left[key] as Json, right[key] as Json))
    );
  }
  return left === right;
}

function containsDeep(left: Json, right: Json): boolean {
  if (Array.isArray(left) && Array.isArray(right)) {
    return right.every((wanted: Json) =>
      left.some((element: Json) =>
        typeof wanted === 'object' && wanted !== null ? containsDeep(element, wanted) : jsonEquals(element, wanted),
      ),
    );
  }
  if (isJsonObject(left) && isJsonObject(right)) {
    return Object.entries(right).every(
      ([key, wanted]) => Object.hasOwn(left, key) && containsDeep(left[key] as Json, wanted),
    );
  }
  return jsonEquals(left, right);
}

/** `left @> right` of jsonb, with its exception: at the root an array contains a bare scalar. */
export function jsonContains(left: Json, right: Json): boolean {
  const scalar = typeof right !== 'object' || right === null;
  if (Array.isArray(left) && scalar) return left.some((element: Json) => jsonEquals(element, right));
  return containsDeep(left, right);
}
