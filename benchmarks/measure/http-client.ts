import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { findFreePort } from '@pgmcp/testing/programs';
import { hasEnded } from './has-ended.ts';

/** A client of a server over Streamable HTTP that knows one request at a time per call and nothing of the protocol's SDK. */
export interface HttpClient {
  readonly process: ChildProcess;
  callTool(name: string, callArguments: unknown): Promise<unknown>;
  close(): Promise<void>;
}

/** Starts a program that serves MCP on a free port and waits until it answers. */
export async function startHttpClient(
  args: readonly string[],
  environment: (port: number) => Readonly<Record<string, string>>,
): Promise<HttpClient> {
  const port = await findFreePort();
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, args, { env: { PATH, HOME, ...environment(port) }, stdio: 'inherit' });
  const agent = new Agent({ keepAlive: true });
  let nextId = 0;
  const post = (method: string, params: unknown) =>
    new Promise<unknown>((resolve, reject) => {
      nextId += 1;
      const body = JSON.stringify({ jsonrpc: '2.0', id: nextId, method, params });
      const headers = {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        'mcp-protocol-version': '2025-11-25',
      };
      const sent = request({ agent, host: '127.0.0.1', port, path: '/mcp', method: 'POST', headers }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.once('end', () => {
          const data = text.startsWith('{') ? text : (/^data: (.*)$/m.exec(text)?.[1] ?? '');
          if (response.statusCode !== 200 || data === '') reject(new Error(`HTTP ${response.statusCode}: ${text}`));
          else resolve((JSON.parse(data) as { result?: unknown }).result);
        });
      });
      sent.once('error', reject);
      sent.end(body);
    });
  const deadline = performance.now() + 20_000;
  for (;;) {
    const answered = await post('ping', {}).then(
      () => true,
      () => false,
    );
    if (answered) break;
    if (hasEnded(child) || performance.now() > deadline) {
      // A program that is left running would keep this process from ending.
      child.kill('SIGKILL');
      throw new Error(`${args[0]} does not serve`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    process: child,
    async callTool(name, callArguments) {
      const result = (await post('tools/call', { name, arguments: callArguments })) as { isError?: boolean };
      if (result.isError === true) throw new Error(JSON.stringify(result));
      return result;
    },
    async close() {
      agent.destroy();
      child.kill('SIGTERM');
      if (!hasEnded(child)) await once(child, 'exit');
    },
  };
}
