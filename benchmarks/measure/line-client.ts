import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { hasEnded } from './has-ended.ts';

/** A client that knows one JSON-RPC message per line and nothing else: what it costs is next to nothing beside a server. */
export interface LineClient {
  readonly process: ChildProcess;
  request(method: string, params?: unknown): Promise<unknown>;
  /** Calls a tool of a server of the 2025 revision. */
  callTool(name: string, args: unknown): Promise<unknown>;
  close(): Promise<void>;
}

/** Starts a program that speaks MCP over its standard streams and shakes hands with it. */
export async function startLineClient(
  command: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<LineClient> {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(command, args, { env: { PATH, HOME, ...environment }, stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting = new Map<number, (message: { result?: unknown; error?: unknown }) => void>();
  child.once('exit', (code) => {
    for (const settle of waiting.values()) settle({ error: `${args[0]} ended with ${code}` });
  });
  let rest = '';
  let nextId = 0;
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const message = JSON.parse(line) as { id?: number; result?: unknown; error?: unknown };
      if (message.id === undefined) continue;
      waiting.get(message.id)?.(message);
      waiting.delete(message.id);
    }
  });
  const send = (message: object) => child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  const request = (method: string, params: unknown = {}) =>
    new Promise((resolve, reject) => {
      nextId += 1;
      waiting.set(nextId, ({ result, error }) =>
        error === undefined ? resolve(result) : reject(new Error(JSON.stringify(error))),
      );
      send({ id: nextId, method, params });
    });
  await request('initialize', {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'benchmark', version: '0' },
  });
  send({ method: 'notifications/initialized' });
  return {
    process: child,
    request,
    async callTool(name, callArguments) {
      const result = (await request('tools/call', { name, arguments: callArguments })) as { isError?: boolean };
      if (result.isError === true) throw new Error(JSON.stringify(result));
      return result;
    },
    async close() {
      child.stdin.end();
      if (!hasEnded(child)) await once(child, 'exit');
    },
  };
}
