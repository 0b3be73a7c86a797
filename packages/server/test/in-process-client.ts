import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { createMcpHandler } from '@modelcontextprotocol/server';
import { onTestFinished } from 'vitest';
import { createLogger, createServerFactory, createServices, loadConfiguration, type Services } from '../src/index.ts';

/** A client and the server it talks to, in this process: the protocol is real, only the socket is missing. */
export interface InProcess {
  readonly client: Client;
  readonly services: Services;
  /** Log lines so far, parsed. */
  readonly log: readonly Readonly<Record<string, unknown>>[];
}

/** What the server asks the person behind the client. */
export interface Elicited {
  readonly message: string;
  readonly requestedSchema: { readonly properties: Readonly<Record<string, { readonly enum?: string[] }>> };
}

/** What the client can do besides calling tools. */
export interface InProcessOptions {
  /** The person: without it the client cannot be asked. */
  readonly onElicit?: (
    question: Elicited,
  ) => { action: 'accept'; content: Record<string, string | boolean> } | { action: 'decline' };
}

/** Starts the services of a configuration and connects a client of the current revision; all ends with the test. */
export async function startInProcess(
  environment: Readonly<Record<string, string>>,
  { onElicit }: InProcessOptions = {},
): Promise<InProcess> {
  const log: Record<string, unknown>[] = [];
  const logger = createLogger({
    level: 'debug',
    destination: { write: (line: string) => void log.push(JSON.parse(line)) },
  });
  const services = await createServices(loadConfiguration({ environment }), { logger });
  const handler = createMcpHandler(createServerFactory(services), { responseMode: 'sse' });
  const client = new Client(
    { name: 'in-process', version: '1.0.0' },
    {
      versionNegotiation: { mode: { pin: '2026-07-28' } },
      ...(onElicit && { capabilities: { elicitation: { form: {} } } }),
    },
  );
  if (onElicit) client.setRequestHandler('elicitation/create', async ({ params }) => onElicit(params as Elicited));
  const transport = new StreamableHTTPClientTransport(new URL('http://127.0.0.1/mcp'), {
    fetch: (url, init) => handler.fetch(new Request(url, init)),
  });
  await client.connect(transport);
  onTestFinished(async () => {
    await client.close();
    await handler.close();
    await services.close();
  });
  return { client, services, log };
}

/** The structured result of a call that must succeed. */
export async function succeed(client: Client, name: string, args: Record<string, unknown>) {
  const result = await client.callTool({ name, arguments: args });
  if (result.isError) throw new Error(`${name} failed: ${JSON.stringify(result.content)}`);
  return result.structuredContent as Record<string, unknown>;
}

/** The error of a call that must fail. */
export async function failure(client: Client, name: string, args: Record<string, unknown>) {
  const result = await client.callTool({ name, arguments: args });
  const [block] = result.content as { text: string }[];
  if (!result.isError) throw new Error(`${name} did not fail: ${block?.text.slice(0, 300)}`);
  return JSON.parse(block?.text ?? '').error as { code: string; message: string; details?: Record<string, unknown> };
}
