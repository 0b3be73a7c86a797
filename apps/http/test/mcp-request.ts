/**
 * A request to `/mcp` as a client on this machine sends it.
 *
 * @param body the message, or text that is sent as it is
 */
export function mcpRequest(body: unknown, headers: Readonly<Record<string, string>> = {}): Request {
  return new Request('http://127.0.0.1/mcp', {
    method: 'POST',
    headers: {
      host: '127.0.0.1',
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

/**
 * What a listener tells the app of the connection that a request came on.
 *
 * @param more parts of the incoming message and the outgoing one that a test looks at
 */
export function connection({ peer = '127.0.0.1', url, outgoing }: ConnectionParts = {}): never {
  return { incoming: { socket: { remoteAddress: peer }, ...(url && { url }) }, ...(outgoing && { outgoing }) } as never;
}

interface ConnectionParts {
  readonly peer?: string | undefined;
  readonly url?: string;
  readonly outgoing?: object | undefined;
}
