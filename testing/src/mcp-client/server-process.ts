import { spawn } from 'node:child_process';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** How to start a server that speaks MCP over its standard input and output. */
export interface ServerCommand {
  /** The program; `process.execPath` for the Node that runs the tests. */
  readonly command: string;
  readonly args?: readonly string[];
  /** The whole environment besides `PATH`, `HOME` and the like. Nothing else is inherited. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** How long it may take to end once its input is closed, and again once SIGTERM was sent. Default 5,000 ms. */
  readonly endTimeoutMs?: number;
}

/** How a process ended. */
export interface ProcessEnd {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A server that runs as a child process. */
export interface ServerProcess {
  readonly pid: number | undefined;
  /** Everything it wrote to standard error so far. */
  stderr(): string;
  /** Lines on standard output that are no JSON-RPC messages. A correct server writes none. */
  readonly strayOutput: readonly string[];
  /** Settles when it has ended and all its output has been read. */
  readonly exited: Promise<ProcessEnd>;
  kill(signal: NodeJS.Signals): void;
  /** Closes its standard input, which tells a server to end. */
  endInput(): void;
}

/** The wire of a {@link ServerProcess}: one JSON message per line. */
export interface MessagePipe {
  readonly process: ServerProcess;
  /** Of the {@link ServerCommand}. */
  readonly endTimeoutMs: number;
  /** Sends one message. Rejects when the process no longer reads. */
  send(message: unknown): Promise<void>;
  /** Set by the transport. */
  onMessage: (message: unknown) => void;
  /** Why the program could not be run, if so. */
  readonly started: Promise<void>;
}

// What the SDK's own clients pass on: enough to run programs, none of the caller's secrets.
const inherited = [
  'HOME',
  'LOGNAME',
  'PATH',
  'SHELL',
  'TERM',
  'USER',
  'SystemRoot',
  'TEMP',
  'TMP',
  'TMPDIR',
  'USERPROFILE',
];

/** Starts the program. Its standard error is kept, not printed. */
export function startServerProcess({
  command,
  args = [],
  env = {},
  cwd,
  endTimeoutMs = 5_000,
}: ServerCommand): MessagePipe {
  const kept = inherited.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
  const child = spawn(command, args, {
    env: { ...Object.fromEntries(kept), ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
    ...(cwd === undefined ? {} : { cwd }),
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  // A server that ended no longer reads; whoever sends is told by the callback of write.
  child.stdin.on('error', () => {});
  const strayOutput: string[] = [];
  // The SDKs handle a notification a turn later than a result, so a progress report that comes in one piece with the result
  // would be lost: each message gets a turn of its own.
  let delivered = Promise.resolve();
  const pipe: MessagePipe = {
    process: {
      pid: child.pid,
      stderr: () => stderr,
      strayOutput,
      exited: new Promise((resolve) => {
        child.once('close', (exitCode, signal) => void delivered.then(() => resolve({ exitCode, signal })));
      }),
      kill: (signal) => void child.kill(signal),
      endInput: () => child.stdin.end(),
    },
    endTimeoutMs,
    send: (message) =>
      new Promise((resolve, reject) => {
        child.stdin.write(`${JSON.stringify(message)}\n`, (error) => (error ? reject(error) : resolve()));
      }),
    onMessage: () => {},
    started: new Promise((resolve, reject) => {
      child.once('spawn', resolve);
      // Stays attached: a later failure to signal the process must not end the tests.
      child.on('error', reject);
    }),
  };
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      delivered = delivered.then(() => {
        deliver(line.replace(/\r$/, ''), pipe, strayOutput);
        return nextTurn();
      });
    }
  });
  return pipe;
}

function deliver(line: string, pipe: MessagePipe, strayOutput: string[]): void {
  const message = parseMessage(line);
  if (message === undefined) strayOutput.push(line);
  else pipe.onMessage(message);
}

function parseMessage(line: string): unknown {
  try {
    const message: unknown = JSON.parse(line);
    return typeof message === 'object' && message !== null && 'jsonrpc' in message ? message : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Ends a server the way clients do: close its input, wait, then SIGTERM, then SIGKILL.
 *
 * @returns Whether it ended by itself.
 */
export async function endServerProcess({ process: server, endTimeoutMs }: MessagePipe): Promise<boolean> {
  const endsInTime = () => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<false>((resolve) => {
      timer = setTimeout(resolve, endTimeoutMs, false);
    });
    return Promise.race([server.exited.then(() => true), late]).finally(() => clearTimeout(timer));
  };
  server.endInput();
  if (await endsInTime()) return true;
  server.kill('SIGTERM');
  if (!(await endsInTime())) server.kill('SIGKILL');
  await server.exited;
  return false;
}
