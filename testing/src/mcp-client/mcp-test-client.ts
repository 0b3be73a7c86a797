import type { ServerProcess } from './server-process.ts';

/** The two generations of the protocol: 2026-07-28 without sessions, and what came before it. */
export type ProtocolEra = 'modern' | 'legacy';

/** A tool as the server lists it. */
export interface ListedTool {
  readonly name: string;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly inputSchema: Readonly<Record<string, unknown>>;
  readonly outputSchema?: Readonly<Record<string, unknown>> | undefined;
  readonly annotations?: Readonly<Record<string, unknown>> | undefined;
  readonly _meta?: Readonly<Record<string, unknown>> | undefined;
}

/** What a tool answered. `Structured` is what the test expects in `structuredContent`; nothing checks it. */
export interface ToolResult<Structured = unknown> {
  readonly isError: boolean;
  /** The text blocks of the content, joined by line feeds. */
  readonly text: string;
  readonly content: readonly Readonly<Record<string, unknown>>[];
  readonly structuredContent: Structured;
  readonly _meta?: Readonly<Record<string, unknown>> | undefined;
}

/** A resource, or a template of resources, as the server lists it. */
export interface ListedResource {
  readonly name: string;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly mimeType?: string | undefined;
}

/** One part of a resource. */
export interface ResourcePart {
  readonly uri: string;
  readonly mimeType?: string | undefined;
  readonly text?: string | undefined;
  readonly blob?: string | undefined;
}

/** What is to be completed: an argument of a prompt, or a variable of a resource template. */
export type CompletionReference =
  | { readonly type: 'ref/prompt'; readonly name: string }
  | { readonly type: 'ref/resource'; readonly uri: string };

/** How far a call is. */
export interface CallProgress {
  readonly progress: number;
  readonly total?: number | undefined;
  readonly message?: string | undefined;
}

/** For one call. */
export interface CallOptions {
  /** Aborting cancels the call on the server too. */
  readonly signal?: AbortSignal;
  /** Default 30,000 ms. */
  readonly timeoutMs?: number;
  /** Asks the server for progress. */
  readonly onProgress?: (progress: CallProgress) => void;
}

/** What works the same in both eras. Protocol errors reject with the SDK's own error, whose `code` is the JSON-RPC one. */
export interface McpCalls {
  /** Such as `2026-07-28`. */
  readonly protocolVersion: string;
  readonly serverInfo:
    | { readonly name: string; readonly version: string; readonly title?: string | undefined }
    | undefined;
  readonly capabilities: Readonly<Record<string, unknown>>;
  readonly instructions: string | undefined;
  /** Every page. */
  listTools(): Promise<readonly ListedTool[]>;
  callTool<Structured = unknown>(
    name: string,
    args?: Readonly<Record<string, unknown>>,
    options?: CallOptions,
  ): Promise<ToolResult<Structured>>;
  /** Every page. */
  listResources(): Promise<readonly (ListedResource & { readonly uri: string })[]>;
  /** Every page. */
  listResourceTemplates(): Promise<readonly (ListedResource & { readonly uriTemplate: string })[]>;
  readResource(uri: string): Promise<{ readonly contents: readonly ResourcePart[] }>;
  listPrompts(): Promise<readonly { readonly name: string; readonly description?: string | undefined }[]>;
  /** @returns The proposed values. */
  complete(
    reference: CompletionReference,
    argument: { readonly name: string; readonly value: string },
  ): Promise<readonly string[]>;
  /** Asks to be told when these resources change. */
  subscribe(uris: readonly string[]): Promise<void>;
  /** Addresses that the server has said have changed, oldest first. */
  readonly updatedResources: readonly string[];
  /** Any request, answered as it came over the wire; for what the other methods hide (paging, cache hints, errors). */
  request(method: string, params?: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, unknown>>>;
}

/** A connected client of one era. */
export interface McpTestClient extends McpCalls {
  readonly era: ProtocolEra;
  /** The server's process; only when the client started one. */
  readonly process: ServerProcess | undefined;
  /** Process number of the server that the client started. */
  readonly pid: number | undefined;
  /** What the server that the client started wrote to standard error; empty over HTTP. */
  stderr(): string;
  /**
   * Ends the connection, and the server when the client started it.
   *
   * @throws Error when that server did not end by itself, or wrote to standard output what is not protocol.
   */
  close(): Promise<void>;
}

/** Reads the text blocks of a tool's answer. */
export function toToolResult<Structured>(result: {
  isError?: boolean | undefined;
  content: readonly { type: string; [key: string]: unknown }[];
  structuredContent?: unknown;
  _meta?: Readonly<Record<string, unknown>> | undefined;
}): ToolResult<Structured> {
  const texts = result.content.flatMap((block) => (typeof block['text'] === 'string' ? [block['text']] : []));
  return {
    isError: result.isError ?? false,
    text: texts.join('\n'),
    content: result.content,
    structuredContent: result.structuredContent as Structured,
    _meta: result._meta,
  };
}
