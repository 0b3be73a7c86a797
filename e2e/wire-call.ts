/** What came back for one message, whether as JSON or as an event stream. */
export interface WireReply {
  readonly status: number;
  readonly headers: Headers;
  /** Everything that the server said, in its order; the answer comes last. */
  readonly messages: readonly WireMessage[];
  /** The error of a tool call that failed, or of the protocol. */
  readonly error?: { readonly code: string | number; readonly message: string };
  /** The structured part of a tool call that did not. */
  readonly structured?: Readonly<Record<string, unknown>>;
}

interface WireMessage {
  readonly id?: unknown;
  readonly method?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: {
    readonly isError?: boolean;
    readonly content?: readonly { readonly text?: string }[];
    readonly structuredContent?: Readonly<Record<string, unknown>>;
  };
  readonly error?: { readonly code: number; readonly message: string };
}

/** A caller of the server as an attacker writes it: any id, token and header. */
export interface WireCaller {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Revision of the protocol. Default: the current one. */
  readonly revision?: '2026-07-28' | '2025-11-25';
}

/** What may be chosen of one message. */
export interface WireChoice {
  readonly id?: string | number;
  readonly progressToken?: string;
}

/** Calls a tool. */
export function callTool(caller: WireCaller, name: string, input: object, choice: WireChoice = {}): Promise<WireReply> {
  return send(caller, 'tools/call', { name, arguments: input }, choice);
}

/** Sends one request; without an id, which `null` leaves out, a notification. */
export async function send(
  { url, headers, revision = '2026-07-28' }: WireCaller,
  method: string,
  params: Readonly<Record<string, unknown>>,
  { id = 1, progressToken }: { readonly id?: string | number | null; readonly progressToken?: string } = {},
): Promise<WireReply> {
  const isCurrent = revision === '2026-07-28';
  const name = params['name'] ?? params['uri'];
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': revision,
      ...(isCurrent && { 'mcp-method': method }),
      ...(isCurrent && typeof name === 'string' && { 'mcp-name': name }),
      ...headers,
    },
    body: JSON.stringify({
      jsonrpc: '2.0',
      ...(id !== null && { id }),
      method,
      params: {
        ...params,
        _meta: {
          ...(isCurrent && {
            'io.modelcontextprotocol/protocolVersion': revision,
            'io.modelcontextprotocol/clientCapabilities': {},
          }),
          ...(progressToken !== undefined && { progressToken }),
        },
      },
    }),
  });
  return readReply(response);
}

async function readReply(response: Response): Promise<WireReply> {
  const text = await response.text();
  const lines = text.startsWith('{') ? [text] : [...text.matchAll(/^data: (.+)$/gm)].map(([, data = '']) => data);
  const messages = lines.map((line) => JSON.parse(line) as WireMessage);
  const { result, error } = messages.at(-1) ?? {};
  const failed = result?.isError === true ? JSON.parse(result.content?.[0]?.text ?? '{}').error : error;
  return {
    status: response.status,
    headers: response.headers,
    messages,
    ...(failed !== undefined && { error: failed }),
    ...(result?.structuredContent !== undefined && { structured: result.structuredContent }),
  };
}
