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
const DESCRIBE_PORTAL = message('D', Buffer.from('P\0'));
export const EXECUTE_ALL = execute(0);
export const SYNC = message('S');
export const TERMINATE = message('X');

/** What is written of one statement. */
export interface StatementText {
  readonly text: string;
  readonly values: readonly (string | null)[];
  /** Rows that Execute asks for; 0 reads to the end. */
  readonly maxRows: number;
}

/**
 * Parse, Bind, Describe and Execute of one statement between other messages, in one buffer: this is on the path of every call, and each
 * buffer less is felt.
 */
export function statementMessages({ text, values, maxRows }: StatementText, before: Buffer, after: Buffer): Buffer {
  const textBytes = Buffer.byteLength(text);
  const valueBytes = values.map((value) => (value === null ? -1 : Buffer.byteLength(value)));
  const parseBytes = 4 + 1 + textBytes + 1 + 2;
  let bindBytes = 4 + 2 + 2 + 2 + 2;
  for (const bytes of valueBytes) bindBytes += 4 + Math.max(0, bytes);
  const length =
    before.length + 1 + parseBytes + 1 + bindBytes + DESCRIBE_PORTAL.length + EXECUTE_ALL.length + after.length;
  const buffer = Buffer.allocUnsafe(length);
  let at = before.copy(buffer, 0);

  at = buffer.writeUInt8(0x50, at);
  at = buffer.writeInt32BE(parseBytes, at);
  at = buffer.writeUInt8(0, at);
  at += buffer.write(text, at);
  // The end of the text, and no parameter types.
  at = buffer.writeUIntBE(0, at, 3);

  at = buffer.writeUInt8(0x42, at);
  at = buffer.writeInt32BE(bindBytes, at);
  // Two empty names, no format codes: everything is text.
  at = buffer.writeInt32BE(0, at);
  at = buffer.writeUInt16BE(values.length, at);
  for (const [index, value] of values.entries()) {
    at = buffer.writeInt32BE(valueBytes[index] ?? -1, at);
    if (value !== null) at += buffer.write(value, at);
  }
  at = buffer.writeInt16BE(0, at);

  at += DESCRIBE_PORTAL.copy(buffer, at);
  at += EXECUTE_ALL.copy(buffer, at);
  buffer.writeInt32BE(maxRows, at - 4);
  after.copy(buffer, at);
  return buffer;
}

/** A statement of our own without parameters and without interest in its columns. */
export function command(text: string): Buffer {
  return Buffer.concat([parse(text), bind([]), EXECUTE_ALL]);
}

/**
 * FunctionCall of a function without arguments, by its number. The server reads no SQL for it and answers with ReadyForQuery, so it stands
 * where a Sync would.
 *
 * @see https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-FUNCTION-CALL
 */
export function functionCall(functionOid: number): Buffer {
  // No argument formats, no arguments, the result as text: six zero bytes.
  const body = Buffer.alloc(10);
  body.writeUInt32BE(functionOid);
  return message('F', body);
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
