import { legacyWire } from './legacy-wire.ts';
import type { McpTestClient, ProtocolEra } from './mcp-test-client.ts';
import { modernWire } from './modern-wire.ts';
import { endServerProcess, type MessagePipe, type ServerCommand, startServerProcess } from './server-process.ts';
import type { OnElicit, ServerAddress } from './wire.ts';

/** Which server to connect to, and as a client of which era. */
export type McpClientOptions = {
  readonly era: ProtocolEra;
  /** The person behind the client. */
  readonly onElicit?: OnElicit;
} & (ServerCommand | ServerAddress);

/**
 * Starts a server, or reaches one over HTTP, and connects a real client of the SDK to it.
 *
 * @throws Error with the end of the server's standard error when no connection comes about.
 */
export async function connectMcpClient(options: McpClientOptions): Promise<McpTestClient> {
  const pipe: MessagePipe | undefined = 'command' in options ? startServerProcess(options) : undefined;
  const server = pipe ?? (options as ServerAddress);
  const { era, onElicit } = options;
  const wire = era === 'modern' ? modernWire(server, onElicit) : legacyWire(server, onElicit);
  try {
    // A program that cannot be run or ends at once would otherwise be noticed when the time limit is reached.
    await Promise.race([wire.connect(), ...(pipe === undefined ? [] : [earlyEnd(pipe)])]);
  } catch (cause) {
    await abandon(pipe);
    const output = pipe?.process.stderr().trimEnd().split('\n').slice(-20).join('\n') ?? '';
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`No MCP connection: ${reason}${output === '' ? '' : `\nThe server wrote:\n${output}`}`, { cause });
  }
  return {
    ...wire.calls(),
    era: options.era,
    process: pipe?.process,
    pid: pipe?.process.pid,
    stderr: () => pipe?.process.stderr() ?? '',
    async close() {
      const endedByItself = pipe === undefined || (await endServerProcess(pipe));
      await wire.close();
      if (!endedByItself) {
        throw new Error(
          `The server did not end within ${pipe?.endTimeoutMs} ms after its standard input was closed, and was killed.`,
        );
      }
      const stray = pipe?.process.strayOutput ?? [];
      if (stray.length > 0)
        throw new Error(`The server wrote to standard output what is not MCP:\n${stray.join('\n')}`);
    },
  };
}

/** Never resolves; rejects when the process cannot be started or ends. */
async function earlyEnd(pipe: MessagePipe): Promise<never> {
  await pipe.started;
  const { exitCode, signal } = await pipe.process.exited;
  throw new Error(`the server ended with ${signal ?? `exit code ${exitCode}`}`);
}

async function abandon(pipe: MessagePipe | undefined): Promise<void> {
  if (pipe?.process.pid === undefined) return;
  pipe.process.kill('SIGKILL');
  await pipe.process.exited;
}
