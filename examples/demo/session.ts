import type { Client } from '@modelcontextprotocol/sdk/client/index.js';

/** What the tools of pgmcp answer, as far as the demo reads it. */
export interface Answer {
  readonly status?: string;
  readonly source?: string;
  readonly sql?: string;
  readonly reason?: string;
  readonly schema?: string;
  readonly plan?: string;
  readonly columns: readonly { readonly name: string }[];
  readonly rows: readonly (readonly unknown[])[];
  readonly tables: readonly {
    readonly name: string;
    readonly kind: string;
    readonly comment?: string;
    readonly estimated_rows?: number;
  }[];
}

/** A connected client in the words of the demo. */
export interface Session {
  readonly client: Client;
  tools(): Promise<readonly { readonly name: string; readonly description?: string | undefined }[]>;
  /** Calls a tool that must succeed. */
  call(tool: string, input: Readonly<Record<string, unknown>>): Promise<Answer>;
  /** Calls a tool that must be refused. */
  fail(
    tool: string,
    input: Readonly<Record<string, unknown>>,
  ): Promise<{ readonly code: string; readonly message: string }>;
}

/** Wraps a connected client. */
export function connectedSession(client: Client): Session {
  const request = async (tool: string, input: Readonly<Record<string, unknown>>) => {
    const result = await client.callTool({ name: tool, arguments: { ...input } });
    const [block] = result.content as { type: string; text: string }[];
    return { failed: result.isError === true, text: block?.text ?? '', structured: result.structuredContent };
  };
  return {
    client,
    tools: async () => (await client.listTools()).tools,
    async call(tool, input) {
      const { failed, text, structured } = await request(tool, input);
      if (failed) throw new Error(`${tool} failed: ${text}`);
      return structured as unknown as Answer;
    },
    async fail(tool, input) {
      const { failed, text } = await request(tool, input);
      if (!failed) throw new Error(`${tool} was not refused: ${text.slice(0, 200)}`);
      return JSON.parse(text).error;
    },
  };
}
