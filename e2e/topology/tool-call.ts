import { Agent, request } from 'node:http';

/** Kept open, as a real client keeps its connections; never tried again, as a call must not be. */
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** What came back, as it stood on the wire. */
export interface WireAnswer {
  /** 0: the connection broke. */
  readonly status: number;
  readonly text: string;
}

/** Calls a tool as a 2025-era client without a session does. */
export function callTool(
  url: string,
  key: string,
  tool: string,
  input: object,
  signal?: AbortSignal,
  headers: Readonly<Record<string, string>> = { authorization: `Bearer ${key}` },
): Promise<WireAnswer> {
  const body = JSON.stringify({
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: { name: tool, arguments: input },
  });
  return new Promise((resolve) => {
    const sent = request(
      url,
      {
        agent,
        method: 'POST',
        ...(signal && { signal }),
        headers: {
          'content-type': 'application/json',
          accept: 'application/json, text/event-stream',
          ...headers,
          'content-length': Buffer.byteLength(body),
        },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => resolve({ status: response.complete ? (response.statusCode ?? 0) : 0, text }));
        response.on('error', () => resolve({ status: 0, text }));
      },
    );
    sent.on('error', (error) => resolve({ status: 0, text: error.message }));
    sent.end(body);
  });
}

/** Whether an answer is the result of a call that did what it should. */
export const isResult = ({ status, text }: WireAnswer): boolean =>
  status === 200 && text.includes('"structuredContent"') && !text.includes('"isError":true');

/** Calls without pause from `clients` clients until `stop`; keeps what was no result. */
export function startLoad(clients: number, call: (client: number, count: number) => Promise<WireAnswer>) {
  let running = true;
  let count = 0;
  const failures: WireAnswer[] = [];
  const loops = Array.from({ length: clients }, async (_, client) => {
    while (running) {
      count += 1;
      const answer = await call(client, count);
      if (!isResult(answer)) failures.push(answer);
    }
  });
  return {
    failures: () => failures.length,
    async stop() {
      running = false;
      await Promise.all(loops);
      return { count, failures };
    },
  };
}
