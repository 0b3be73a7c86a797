import { EventEmitter } from 'node:events';
import { PoolError } from './errors.ts';

const HEADER_BYTES = 5;
/** DataRow, RowDescription, ErrorResponse, NoticeResponse, NotificationResponse, ParameterStatus: as long as somebody's text. */
const MAY_BE_LARGE: ReadonlySet<number | undefined> = new Set([0x44, 0x54, 0x45, 0x4e, 0x41, 0x53]);
const COPY_IN = 0x47;
const COPY_OUT = 0x48;
const COPY_BOTH = 0x57;
const PARSE_COMPLETE = 0x31;
const BIND_COMPLETE = 0x32;
const FUNCTION_CALL_RESPONSE = 0x56;
const ERROR_RESPONSE = 0x45;
const NOTICE_RESPONSE = 0x4e;

function tooLarge(bytes: number, maxBytes: number, database: string): PoolError {
  return new PoolError(
    'RESULT_TOO_LARGE',
    `The server sent one row or message of ${bytes} bytes; at most ${maxBytes} are read. Select fewer or shorter columns, for example with left(column, 1000).`,
    { database, details: { bytes, maxBytes } },
  );
}

function copyRefused(database: string): PoolError {
  return new PoolError('COPY_REFUSED', 'COPY is not supported here. Use SELECT to read rows, INSERT to write them.', {
    database,
  });
}

function isLeftOut(type: number | undefined): boolean {
  return type === PARSE_COMPLETE || type === BIND_COMPLETE || type === FUNCTION_CALL_RESPONSE;
}

function isReport(type: number | undefined): boolean {
  return type === ERROR_RESPONSE || type === NOTICE_RESPONSE;
}

/** What a gate goes by; whoever lends the connection may change it between two calls. */
export interface GateLimits {
  /** The name of the database, for errors. */
  readonly name: string;
  maxMessageBytes: number;
  /** Before that nothing large has a reason to come. */
  isLoggedIn: boolean;
}

const LOGIN_MESSAGE_BYTES = 64 * 1024;

export function notPostgres(): Error {
  return new Error(
    "What answers there does not speak PostgreSQL's protocol; look whether host and port are the database's",
  );
}

/**
 * Stands between a socket and the driver's parser and reads only the headers of the messages.
 *
 * The driver collects a message of any size in memory and turns it into strings inside the socket's `data` handler, where an
 * error ends the process; one cell above Node's longest string is enough. And it has no handler for the answers of COPY. So
 * both are stopped here, above TLS and before the driver sees them.
 *
 * An error or a notice is let through only when it ends as it must, with the zero byte of its last field and one more: in one that does not
 * the driver's parser looks for its end for ever, and with it the process stands still.
 *
 * After log-in ParseComplete, BindComplete and FunctionCallResponse are left out: the messages behind them prove as much, reading each
 * costs as much as reading a row, and the driver's parser takes the last one for garbage.
 *
 * It looks like a stream to the driver's parser, which listens to `data` and `end` only.
 */
export class MessageGate extends EventEmitter {
  readonly #limits: GateLimits;
  readonly #refuse: (error: Error) => void;
  readonly #header = Buffer.alloc(HEADER_BYTES);
  #headerBytes = 0;
  #bodyBytes = 0;
  #isLeftOut = false;
  #isReport = false;
  /** Bytes of a report that are zero, counted back from the one that came last; two are enough. */
  #trailingZeros = 0;
  #zerosAtEnd = 0;
  #keptBytes = 0;
  #closed = false;

  /** @param refuse called once, when nothing more will be passed on; it has to end the connection. */
  constructor(limits: GateLimits, refuse: (error: Error) => void) {
    super();
    this.#limits = limits;
    this.#refuse = refuse;
  }

  /**
   * Takes what the socket received, which nobody else may read. Passes it on but for the messages that are left out, or never again
   * anything once it was refused.
   */
  push(chunk: Buffer): void {
    if (this.#closed) return;
    this.#keptBytes = 0;
    const error = this.#inspect(chunk);
    try {
      if (error !== undefined) this.#close(error);
      else if (this.#keptBytes > 0)
        this.emit('data', this.#keptBytes === chunk.length ? chunk : chunk.subarray(0, this.#keptBytes));
    } catch (thrown) {
      // A message that the parser cannot read: thrown from here it would end the process.
      this.#close(thrown instanceof Error ? thrown : new Error(String(thrown)));
    }
  }

  #close(error: Error): void {
    this.#closed = true;
    this.#refuse(error);
  }

  /** Moves the bytes up to those that were kept before. */
  #keep(chunk: Buffer, from: number, to: number): void {
    if (from !== this.#keptBytes) chunk.copyWithin(this.#keptBytes, from, to);
    this.#keptBytes += to - from;
  }

  /** Looks at a part of a report; false when this is its end and not as it must be. */
  #countZeros(part: Buffer): boolean {
    const last = part.length - 1;
    if (part[last] !== 0) this.#trailingZeros = 0;
    else if (last > 0) this.#trailingZeros = part[last - 1] === 0 ? 2 : 1;
    else this.#trailingZeros += 1;
    return this.#bodyBytes > 0 || this.#trailingZeros >= this.#zerosAtEnd;
  }

  #beginBody(type: number | undefined, length: number): Error | undefined {
    const { name, maxMessageBytes, isLoggedIn } = this.#limits;
    const isTooLarge = length > (isLoggedIn ? maxMessageBytes : LOGIN_MESSAGE_BYTES);
    const isCopy = type === COPY_IN || type === COPY_OUT || type === COPY_BOTH;
    this.#isReport = isReport(type);
    // Without a field there is only the byte that ends them.
    this.#zerosAtEnd = length === 5 ? 1 : 2;
    this.#trailingZeros = 0;
    if (length < (this.#isReport ? 5 : 4) || (isTooLarge && !MAY_BE_LARGE.has(type))) return notPostgres();
    if (!isLoggedIn && (isTooLarge || isCopy)) return notPostgres();
    if (isTooLarge) return tooLarge(length, maxMessageBytes, name);
    if (isCopy) return copyRefused(name);
    this.#bodyBytes = length - 4;
    return undefined;
  }

  #inspect(chunk: Buffer): Error | undefined {
    let offset = 0;
    let keptFrom = 0;
    while (offset < chunk.length) {
      if (this.#bodyBytes > 0) {
        const skipped = Math.min(this.#bodyBytes, chunk.length - offset);
        this.#bodyBytes -= skipped;
        if (this.#isReport && !this.#countZeros(chunk.subarray(offset, offset + skipped))) return notPostgres();
        offset += skipped;
        if (this.#isLeftOut) keptFrom = offset;
        continue;
      }
      if (this.#headerBytes === 0) {
        this.#isLeftOut = this.#limits.isLoggedIn && isLeftOut(chunk[offset]);
        if (this.#isLeftOut) this.#keep(chunk, keptFrom, offset);
      }
      let type: number | undefined;
      let length: number;
      if (this.#headerBytes === 0 && chunk.length - offset >= HEADER_BYTES) {
        // The usual case, without a copy: this line runs once per row. The length counts itself, not the type.
        type = chunk[offset];
        length = chunk.readUInt32BE(offset + 1);
        offset += HEADER_BYTES;
      } else {
        const copied = chunk.copy(this.#header, this.#headerBytes, offset, offset + HEADER_BYTES - this.#headerBytes);
        this.#headerBytes += copied;
        offset += copied;
        if (this.#headerBytes < HEADER_BYTES) break;
        this.#headerBytes = 0;
        type = this.#header[0];
        length = this.#header.readUInt32BE(1);
      }
      const error = this.#beginBody(type, length);
      if (error !== undefined) return error;
      if (this.#isLeftOut) keptFrom = offset;
    }
    if (!this.#isLeftOut) this.#keep(chunk, keptFrom, chunk.length);
    return undefined;
  }
}
