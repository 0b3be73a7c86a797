import {
  type AuthInfo,
  classifyInboundRequest,
  isJSONRPCErrorResponse,
  isJSONRPCResultResponse,
  type JSONRPCMessage,
  type McpServerFactory,
  type TransportSendOptions,
  WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server';
import { eventStream } from './event-stream.ts';
import { MAX_BODY_BYTES } from './read-message.ts';

/**
 * Serves one request of a client of 2025 that has no session, as JSON when nothing has to be told before its answer, and else as an event
 * stream. The SDK's own stateless serving always streams, which costs two streams and another write to the socket for each call.
 *
 * @returns The answer; `undefined` for what is not one such request: the SDK serves it.
 */
export async function serveStateless(
  factory: McpServerFactory,
  request: Request,
  { authInfo, parsedBody }: { readonly authInfo?: AuthInfo; readonly parsedBody?: unknown },
): Promise<Response | undefined> {
  if (!isOneRequest(parsedBody) || !isOf2025(request, parsedBody)) return undefined;
  const { signal } = request;
  if (signal.aborted) return nobodyReads();
  const known = { ...(authInfo && { authInfo }) };
  const server = await factory({ era: 'legacy', requestInfo: request, ...known });
  const transport = new OneExchangeTransport();
  await server.connect(transport);
  const left = new Promise<Response>((resolve) => {
    const leave = () => {
      // Aborts the call, and with it its statement. A message that the transport still checks would begin one that nothing aborts.
      delete transport.onmessage;
      void server.close();
      resolve(nobodyReads());
    };
    // The client may have left since the first question.
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
  });
  // What the transport refuses it answers by itself; everything else begins with what the server sends.
  const answered = signal.aborted ? left : transport.handleRequest(request, { ...known, parsedBody });
  return Promise.race([transport.begun, answered, left]);
}

const nobodyReads = () => new Response(null, { status: 499 });

/** By its outline only: the transport checks it. Batches, notifications and answers of a client are something else. */
function isOneRequest(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'id' in body && 'method' in body;
}

function isOf2025(request: Request, body: unknown): boolean {
  const header = (name: string) => request.headers.get(name) ?? undefined;
  const protocolVersionHeader = header('mcp-protocol-version');
  const mcpMethodHeader = header('mcp-method');
  const mcpNameHeader = header('mcp-name');
  const { kind } = classifyInboundRequest({
    httpMethod: request.method,
    ...(protocolVersionHeader !== undefined && { protocolVersionHeader }),
    ...(mcpMethodHeader !== undefined && { mcpMethodHeader }),
    ...(mcpNameHeader !== undefined && { mcpNameHeader }),
    body,
  });
  return kind === 'legacy';
}

/** The SDK's transport, which checks a request and hands it to the server, with an answer in the form that it turns out to need. */
class OneExchangeTransport extends WebStandardStreamableHTTPServerTransport {
  readonly begun: Promise<Response>;
  #begin: (response: Response) => void = () => undefined;
  #stream: ReturnType<typeof eventStream> | undefined;

  constructor() {
    super({ enableJsonResponse: true, maxRequestBodySize: MAX_BODY_BYTES });
    this.begun = new Promise((resolve) => {
      this.#begin = resolve;
    });
  }

  override async send(message: JSONRPCMessage, options?: TransportSendOptions): Promise<void> {
    const isAnswer = isJSONRPCResultResponse(message) || isJSONRPCErrorResponse(message);
    if (isAnswer && this.#stream === undefined) {
      this.#begin(new Response(JSON.stringify(message), { headers: { 'Content-Type': 'application/json' } }));
      return;
    }
    // What belongs to no request has no stream to go to without a session.
    if (!isAnswer && options?.relatedRequestId === undefined) return;
    if (this.#stream === undefined) {
      this.#stream = eventStream(() => void this.close());
      this.#begin(this.#stream.response);
    }
    this.#stream.send(JSON.stringify(message));
    if (isAnswer) this.#stream.end();
  }
}
