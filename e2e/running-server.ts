import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { connectMcpClient, type McpTestClient, type OnElicit, type ProtocolEra } from '@pgmcp/testing';

/** A busy machine needs a while to take a process down; ending by itself is what counts. */
export const END_TIMEOUT_MS = 20_000;

/** How a client reaches the built server. */
export type TransportName = 'stdio' | 'http';

/** Every way in which the same calls must work. */
export const WAYS: readonly { readonly transport: TransportName; readonly era: ProtocolEra }[] = [
  { transport: 'stdio', era: 'modern' },
  { transport: 'stdio', era: 'legacy' },
  { transport: 'http', era: 'modern' },
  { transport: 'http', era: 'legacy' },
];

/** The built programs. */
export const STDIO_PROGRAM = fileURLToPath(new URL('../apps/stdio/dist/main.js', import.meta.url));
/** The built `pgmcp-http`. */
export const HTTP_PROGRAM = fileURLToPath(new URL('../apps/http/dist/main.js', import.meta.url));

/** The verified question-SQL pairs of the retail database. */
export const VERIFIED_QUERIES = fileURLToPath(new URL('../fixtures/retail/verified.yaml', import.meta.url));

/** Environment variables of a server under test: nothing of this process leaks in but what a program needs to run. */
export function serverEnvironment(settings: Readonly<Record<string, string>>): Record<string, string> {
  const { PATH = '', HOME = '', TMPDIR } = process.env;
  return { PATH, HOME, ...(TMPDIR && { TMPDIR }), PG_MCP_RATE_LIMIT_ENABLED: 'false', ...settings };
}

/** A client of the built server; `close` ends both. */
export interface RunningServer {
  readonly client: McpTestClient;
  /** Log lines so far. */
  log(): string;
  /** The server's process. */
  readonly pid: number;
  /** Address of the protocol endpoint; only over HTTP. */
  readonly url?: string;
  close(): Promise<void>;
}

/** Starts a built server and connects a real client to it. */
export async function startServer(
  { transport, era }: { readonly transport: TransportName; readonly era: ProtocolEra },
  settings: Readonly<Record<string, string>>,
  { onElicit }: { readonly onElicit?: OnElicit } = {},
): Promise<RunningServer> {
  const person = onElicit === undefined ? {} : { onElicit };
  if (transport === 'stdio') {
    const client = await connectMcpClient({
      era,
      ...person,
      command: process.execPath,
      args: [STDIO_PROGRAM],
      env: serverEnvironment(settings),
      endTimeoutMs: END_TIMEOUT_MS,
    });
    return { client, log: () => client.stderr(), pid: client.pid ?? 0, close: () => client.close() };
  }
  const server = await startHttpServer(settings);
  const client = await connectMcpClient({ era, url: server.url, ...person });
  return {
    client,
    log: server.log,
    pid: server.process.pid ?? 0,
    url: server.url,
    async close() {
      await client.close();
      await server.stop();
    },
  };
}

/** A running `pgmcp-http`. */
export interface HttpServer {
  /** Address of the protocol endpoint. */
  readonly url: string;
  /** Address of probes, metrics and console. */
  readonly adminUrl: string;
  readonly process: ChildProcess;
  log(): string;
  /** Sends SIGTERM and waits; throws when the exit code is not 0. */
  stop(): Promise<void>;
}

/** Starts the built `pgmcp-http`, or another one, on a free port. */
export async function startHttpServer(
  settings: Readonly<Record<string, string>>,
  flags: readonly string[] = [],
  { interpreter = process.execPath, program = HTTP_PROGRAM } = {},
): Promise<HttpServer> {
  const child = spawn(
    interpreter,
    [program, ...['--port', '--admin-port'].flatMap((flag) => (flags.includes(flag) ? [] : [flag, '0'])), ...flags],
    {
      env: serverEnvironment(settings),
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let log = '';
  const exited = once(child, 'exit');
  const { url, adminUrl } = await new Promise<{ url: string; adminUrl: string }>((resolve, reject) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      log += text;
      for (const line of log.split('\n')) {
        const found = line.startsWith('{') && line.endsWith('}') ? JSON.parse(line) : undefined;
        if (found?.msg === 'listening') resolve({ url: found.url, adminUrl: found.admin });
      }
    });
    exited.then(() => reject(new Error(`pgmcp-http ended before it listened:\n${log}`)), reject);
  });
  return {
    url,
    adminUrl,
    process: child,
    log: () => log,
    async stop() {
      if (child.exitCode === null) child.kill('SIGTERM');
      const [code] = await exited;
      if (code !== 0) throw new Error(`pgmcp-http ended with ${code}:\n${log}`);
    },
  };
}

/** The error that a failed call carries in its text. */
export interface CallError {
  readonly code: string;
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly retryable?: boolean;
}

/** Reads the error of a failed call; a call that did not fail is an error here. */
export function errorOf(result: { readonly isError: boolean; readonly text: string }): CallError {
  if (!result.isError) throw new Error(`The call did not fail: ${result.text.slice(0, 500)}`);
  return JSON.parse(result.text).error;
}
