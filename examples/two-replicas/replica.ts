import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';

const PROGRAM = fileURLToPath(new URL('dist/main.js', import.meta.resolve('@pgmcp/http/package.json')));

/** What a call gave: its result, or the code of the error. */
export type Answer = Readonly<Record<string, unknown>>;

/** A `pgmcp-http` process with a client of its own. */
export interface Replica {
  call(tool: string, input: Record<string, unknown>): Promise<Answer>;
  /** SIGTERM, or SIGKILL for an end without any notice. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

/** Runs one of the operator's commands, such as `keys create`, and gives what it prints. */
export function operate(environment: NodeJS.ProcessEnv, ...words: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...words], {
    env: environment,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return stdout.trim();
}

/** Starts a process on a free port and connects to it with an API key. */
export async function startReplica(environment: NodeJS.ProcessEnv, apiKey: string): Promise<Replica> {
  const child = spawn(process.execPath, [PROGRAM, '--port', '0', '--admin-port', '0'], {
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = await listeningAddress(child.stderr);
  const client = new Client({ name: 'two-replicas', version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } });
  await client.connect(
    new StreamableHTTPClientTransport(new URL(url), {
      requestInit: { headers: { authorization: `Bearer ${apiKey}` } },
    }),
  );
  return {
    async call(name, input) {
      try {
        const { structuredContent, content, isError } = await client.callTool({ name, arguments: input });
        if (!isError) return structuredContent as Answer;
        const [first] = content;
        return { code: JSON.parse(first?.type === 'text' ? first.text : '{}').error?.code };
      } catch (error) {
        // Whoever is not let in, or not any more, gets an answer of HTTP.
        return { code: /RATE_LIMIT_EXCEEDED|invalid_token/.exec(String(error))?.[0] ?? String(error) };
      }
    },
    async end(signal) {
      if (signal === 'SIGTERM') await client.close();
      child.kill(signal);
      await exited;
    },
  };
}

async function listeningAddress(log: NodeJS.ReadableStream): Promise<string> {
  const lines: string[] = [];
  return new Promise((resolve, reject) => {
    const reader = createInterface({ input: log });
    reader.on('line', (line) => {
      lines.push(line);
      const entry = line.startsWith('{') ? JSON.parse(line) : {};
      if (entry.msg === 'listening') resolve(entry.url);
    });
    reader.on('close', () => reject(new Error(`pgmcp-http ended before it listened:\n${lines.join('\n')}`)));
  });
}
