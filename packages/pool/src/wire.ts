/**
 * Encoders for the few messages of the frontend/backend protocol 3 that are written here.
 *
 * @see https://www.postgresql.org/docs/current/protocol-message-formats.html
 */

const NO_PARAMETER_TYPES = Buffer.from([0, 0]);
const UNNAMED = Buffer.from([0]);
const HEADER_BYTES = 5;

function message(type: string, ...parts: readonly Buffer[]): Buffer {
  const header = Buffer.allocUnsafe(HEADER_BYTES);
  let length = 4;
  for (const part of parts) length += part.length;
  header.write(type, 0, 'latin1');
  header.writeInt32BE(length, 1);
  return Buffer.concat([header, ...parts]);
}

/** Parse of the unnamed statement; the server infers the parameter types. */
export function parse(text: string): Buffer {
  return message('P', UNNAMED, Buffer.from(`${text}\0`), NO_PARAMETER_TYPES);
}

/** Bind of the unnamed portal; every value is sent and every result column is asked for as text. */
export function bind(values: readonly (string | null)[]): Buffer {
  const encoded = values.map((value) => (value === null ? null : Buffer.from(value)));
  let length = 2 + 2 + 2 + 2;
  for (const value of encoded) length += 4 + (value?.length ?? 0);
  const body = Buffer.allocUnsafe(length);
  // Two empty names, no format codes for parameters: all are text.
  body.writeInt16BE(0, 0);
  body.writeInt16BE(0, 2);
  let offset = body.writeUInt16BE(encoded.length, 4);
  for (const value of encoded) {
    offset = body.writeInt32BE(value?.length ?? -1, offset);
    if (value !== null) offset += value.copy(body, offset);
  }
  body.writeInt16BE(0, offset);
  return message('B', body);
}

/** Execute of the unnamed portal; `maxRows` 0 reads to the end. */
export function execute(maxRows: number): Buffer {
  const body = Buffer.alloc(5);
  body.writeInt32BE(maxRows, 1);
  return message('E', body);
}

/** Query of the simple protocol: for texts of our own only, never for a text from outside. */
export function simpleQuery(text: string): Buffer {
  return message('Q', Buffer.from(`${text}\0`));
}

/** Describe of the unnamed portal. */
export const DESCRIBE_PORTAL = message('D', Buffer.from('P\0'));
export const EXECUTE_ALL = execute(0);
export const SYNC = message('S');
export const TERMINATE = message('X');

/** A statement of our own without parameters and without interest in its columns. */
export function command(text: string): Buffer {
  return Buffer.concat([parse(text), bind([]), EXECUTE_ALL]);
}

/** The first message on a socket that shall be encrypted. */
export const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

/** The only message on a socket that cancels the statement of another one. */
export function cancelRequest(processId: number, secretKey: number): Buffer {
  const buffer = Buffer.allocUnsafe(16);
  buffer.writeInt32BE(16, 0);
  buffer.writeInt32BE(80_877_102, 4);
  buffer.writeInt32BE(processId, 8);
  buffer.writeInt32BE(secretKey, 12);
  return buffer;
}
