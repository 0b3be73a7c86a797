import { eventually } from './eventually.ts';

const META = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'listener', version: '1' },
  'io.modelcontextprotocol/clientCapabilities': {},
};

/** An open `subscriptions/listen`. */
export interface Subscription {
  /** Everything that has come so far, as it stood on the wire. */
  heard(): string;
  close(): Promise<void>;
}

/** Listens on one replica, and waits until it is acknowledged. */
export async function subscribe(url: string, key: string, notifications: object): Promise<Subscription> {
  const listening = new AbortController();
  const stream = await fetch(url, {
    method: 'POST',
    signal: listening.signal,
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      authorization: `Bearer ${key}`,
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': 'subscriptions/listen',
    },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 7,
      method: 'subscriptions/listen',
      params: { _meta: META, notifications },
    }),
  });
  let heard = '';
  const reading = (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of stream.body ?? []) heard += decoder.decode(chunk as Uint8Array, { stream: true });
  })().catch(() => undefined);
  if (!(await eventually(() => heard.includes('acknowledged'), 10_000)))
    throw new Error(`The subscription was not acknowledged: ${stream.status} ${heard}`);
  return {
    heard: () => heard,
    async close() {
      listening.abort();
      await reading;
    },
  };
}
