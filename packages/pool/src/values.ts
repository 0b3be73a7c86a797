import { PoolError } from './errors.ts';

/** PostgreSQL counts the parameters of a statement in 16 bits. */
const MAX_PARAMETERS = 65_535;
/** PostgreSQL reads no message of a gibibyte; what surrounds text and values takes far less than the difference. */
const MAX_STATEMENT_BYTES = 1_000_000_000;
/** UTF-8 takes at most so many bytes for one unit of a JavaScript string. */
const MAX_BYTES_PER_UNIT = 3;

function quoteElement(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}

function arrayLiteral(elements: readonly unknown[]): string {
  const items = Array.from(elements, (element) => {
    if (Array.isArray(element)) return arrayLiteral(element);
    const text = encodeValue(element);
    return text === null ? 'NULL' : quoteElement(text);
  });
  return `{${items.join(',')}}`;
}

/**
 * The text form in which a JavaScript value is sent as a parameter: `null` and `undefined` are NULL, a `Date` is its instant in
 * UTC, bytes are hexadecimal, arrays are array literals, other objects are JSON.
 *
 * @throws PoolError `INVALID_SETTINGS` for an invalid `Date`, a function or a symbol.
 */
export function encodeValue(value: unknown): string | null {
  switch (typeof value) {
    case 'undefined':
      return null;
    case 'string':
      return value;
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(value);
    case 'object':
      break;
    default:
      throw new PoolError('INVALID_SETTINGS', `A ${typeof value} cannot be sent as a parameter.`);
  }
  if (value === null) return null;
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime()))
      throw new PoolError('INVALID_SETTINGS', 'An invalid Date cannot be sent as a parameter.');
    return value.toISOString();
  }
  if (ArrayBuffer.isView(value))
    return `\\x${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex')}`;
  if (Array.isArray(value)) return arrayLiteral(value);
  // Without a JSON form (`toJSON` that returns undefined) it is as undefined itself.
  return JSON.stringify(value) ?? null;
}

/** Asked before a connection is borrowed: nothing that was begun has to be taken back. */
function checkSize(texts: readonly (string | null)[]): void {
  let units = 0;
  for (const text of texts) units += text?.length ?? 0;
  if (units * MAX_BYTES_PER_UNIT <= MAX_STATEMENT_BYTES) return;
  // The bytes are counted only where they can decide.
  const isTooLarge =
    units > MAX_STATEMENT_BYTES ||
    texts.reduce((sum, text) => sum + Buffer.byteLength(text ?? ''), 0) > MAX_STATEMENT_BYTES;
  if (isTooLarge)
    throw new PoolError(
      'INVALID_SETTINGS',
      `The SQL and its parameters have more than ${MAX_STATEMENT_BYTES} bytes, which PostgreSQL cannot read. Send them in several statements.`,
    );
}

/** Encodes the parameters of one statement and checks what the protocol cannot carry. */
export function encodeStatement(text: unknown, values: unknown): { text: string; values: readonly (string | null)[] } {
  if (typeof text !== 'string') throw new PoolError('INVALID_SETTINGS', 'The SQL must be a text.');
  if (text.includes('\0'))
    throw new PoolError('INVALID_SETTINGS', 'The SQL holds a zero byte, which PostgreSQL cannot read.');
  if (values === undefined) {
    checkSize([text]);
    return { text, values: [] };
  }
  if (!Array.isArray(values))
    throw new PoolError(
      'INVALID_SETTINGS',
      'The parameters must be an array. Options are bound with database.with({ ... }).',
    );
  if (values.length > MAX_PARAMETERS)
    throw new PoolError(
      'INVALID_SETTINGS',
      `A statement can have at most ${MAX_PARAMETERS} parameters. Send an array as one parameter instead.`,
    );
  // Not `map`, which passes over the holes of an array.
  const encoded = Array.from(values, encodeValue);
  checkSize([text, ...encoded]);
  return { text, values: encoded };
}
