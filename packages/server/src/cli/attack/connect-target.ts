import { PgmcpError } from '../../errors.ts';
import { redact } from '../../observe/index.ts';
import type { AttackTarget } from './target.ts';

/** A tool as `tools/list` gives it, as far as the attack reads it. */
export interface TargetTool {
  readonly name: string;
  readonly description?: string | undefined;
  readonly inputSchema: Readonly<Record<string, unknown>>;
}

/** A connection to the server under attack. */
export interface TargetConnection {
  tools(): Promise<readonly TargetTool[]>;
  /** What the server made of one call: `failed` means that it answered with an error, of the protocol or of the tool. */
  call(
    tool: string,
    args: Readonly<Record<string, unknown>>,
  ): Promise<{ readonly failed: boolean; readonly text: string }>;
  close(): Promise<void>;
}

/**
 * Connects with the SDK's client. The client is no dependency of this package, because only this command needs it.
 *
 * @param timeoutMs for each call.
 * @throws PgmcpError `VALIDATION_ERROR` when the client is not installed; `CONNECTION_ERROR` when nothing answers as an MCP server.
 */
export async function connectTarget(target: AttackTarget, timeoutMs: number): Promise<TargetConnection> {
  const { Client, StreamableHTTPClientTransport, ProtocolError } = await clientPackage();
  const client = new Client({ name: 'pgmcp-attack', version: '1.0.0' });
  if ('url' in target) {
    await client.connect(new StreamableHTTPClientTransport(target.url)).catch((cause: unknown) => {
      throw notConnected(`${target.url.origin} does not answer as an MCP server`, cause);
    });
  } else {
    const { StdioClientTransport } = await import('@modelcontextprotocol/client/stdio');
    // The program under attack gets this environment: it is the user's own, and needs its connection settings.
    const env = Object.fromEntries(
      Object.entries(process.env).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
    );
    const transport = new StdioClientTransport({
      command: target.command,
      args: [...target.arguments],
      env,
      stderr: 'ignore',
    });
    await client.connect(transport).catch((cause: unknown) => {
      throw notConnected(
        `${target.command} cannot be started, or is no MCP server over standard input and output`,
        cause,
      );
    });
  }
  return {
    async tools() {
      const { tools } = await client.listTools().catch((cause: unknown) => {
        throw notConnected('The server answers, and does not list its tools', cause);
      });
      return tools as readonly TargetTool[];
    },
    async call(name, args) {
      try {
        const result = await client.callTool({ name, arguments: { ...args } }, { timeout: timeoutMs });
        return { failed: result.isError === true, text: JSON.stringify(result.content ?? '').slice(0, 300) };
      } catch (error) {
        // An answer, though an error: the server lives. Anything else is the end of a connection or of patience.
        if (error instanceof ProtocolError) return { failed: true, text: error.message.slice(0, 300) };
        throw error;
      }
    },
    close: () => client.close(),
  };
}

function notConnected(problem: string, cause: unknown): PgmcpError {
  const reason = cause instanceof Error ? redact(cause.message) : 'no reason given';
  return new PgmcpError('CONNECTION_ERROR', `${problem} (${reason}). Start it by itself to see what it says.`, {
    cause,
  });
}

async function clientPackage(): Promise<typeof import('@modelcontextprotocol/client')> {
  try {
    return await import('@modelcontextprotocol/client');
  } catch (cause) {
    throw new PgmcpError(
      'VALIDATION_ERROR',
      'This command connects with @modelcontextprotocol/client, which is not installed: run "npm install @modelcontextprotocol/client".',
      { cause },
    );
  }
}
