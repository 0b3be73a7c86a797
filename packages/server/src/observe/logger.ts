import { dirname } from 'node:path';
import { type DestinationStream, destination, pino, stdTimeFunctions } from 'pino';
import { makeFolder } from './make-folder.ts';
import { redact } from './redact.ts';
import { scrub, scrubFields } from './scrub.ts';

/** Writes one line: fields first, then what happened, or what happened alone. */
export interface LogLine {
  (fields: object, message?: string): void;
  (message: string): void;
}

/**
 * Writes log lines: `logger.info({ tool, durationMs }, 'tool call')`. Narrower than pino's own interface: what is written
 * through child loggers would pass by the redaction.
 */
export interface Logger {
  readonly trace: LogLine;
  readonly debug: LogLine;
  readonly info: LogLine;
  readonly warn: LogLine;
  readonly error: LogLine;
  readonly fatal: LogLine;
  /** The least level that is written; may change at any time. */
  level: string;
}

/** Levels from the most to the least talkative. */
type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';

/** How a logger is made. */
export interface LoggerOptions {
  /** The least level that is written. Default: `info`. */
  readonly level?: LogLevel;
  /** Where lines go. Default: standard error, at once; standard output belongs to the protocol. */
  readonly destination?: DestinationStream;
  /** A file that the lines are appended to as well; made when it is not there, readable by this user alone. */
  readonly file?: string | undefined;
}

/** Bytes of lines that wait for a place that takes none: beyond them lines are lost, or a full disk would fill the memory too. */
const MAX_WAITING_BYTES = 1_048_576;

function standardError(): DestinationStream {
  const stream = destination({ fd: 2, sync: true, maxLength: MAX_WAITING_BYTES });
  // A client that closed our standard error must not end the process that still serves its last call.
  stream.on('error', () => undefined);
  return stream;
}

/** Both, the file as long as it can be written: a full disk must not end the process or silence standard error. */
function withFile(stream: DestinationStream, path: string): DestinationStream {
  makeFolder(dirname(path));
  const file = destination({ dest: path, append: true, mode: 0o600, sync: true, maxLength: MAX_WAITING_BYTES });
  let isFailing = false;
  file.on('error', (error: Error) => {
    if (isFailing) return;
    isFailing = true;
    const time = new Date().toISOString();
    const lost = { level: 'error', time, reason: redact(error.message), msg: 'the log file cannot be written' };
    stream.write(`${JSON.stringify(lost)}\n`);
  });
  return {
    write(line) {
      stream.write(line);
      file.write(line);
    },
  };
}

/**
 * Makes the logger: one JSON line per event, `time` in ISO form, every field and message redacted on the way. Stacks of
 * errors are written at `debug` and below only.
 */
export function createLogger({
  level = 'info',
  destination: given = standardError(),
  file,
}: LoggerOptions = {}): Logger {
  const stream = file === undefined ? given : withFile(given, file);
  const withStack = level === 'trace' || level === 'debug';
  return pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: {
        level: (label) => ({ level: label }),
        log: (fields) => scrubFields(fields, { withStack }),
      },
      // The formatter above has made plain objects of errors; pino's own serializer would take them for errors again.
      serializers: { err: (value: unknown) => value },
      hooks: {
        logMethod(given, method) {
          const [first, ...rest]: unknown[] = given;
          const error = first instanceof Error ? first : undefined;
          const fields = error === undefined ? first : { err: error };
          const messages = rest.map((value) => (typeof value === 'string' ? redact(value) : scrub(value)));
          // Without a message of its own a line takes the error's, before any formatter sees it.
          const message = messages.length === 0 ? messageOf(fields) : undefined;
          const safe = typeof fields === 'string' ? redact(fields) : fields;
          Reflect.apply(method, this, message === undefined ? [safe, ...messages] : [safe, message]);
        },
      },
    },
    stream,
  );
}

function messageOf(fields: unknown): string | undefined {
  if (typeof fields !== 'object' || fields === null || !('err' in fields)) return undefined;
  return fields.err instanceof Error ? redact(fields.err.message) : undefined;
}
