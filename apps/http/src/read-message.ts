import { isJsonContentType, readRequestBody } from '@modelcontextprotocol/server';

/** Largest request body, in bytes. */
export const MAX_BODY_BYTES = 4 * 1024 * 1024;

/** What a request carries: a message, nothing that must be read here, or what is refused at once. */
export type ReadMessage =
  | { readonly kind: 'none' }
  | { readonly kind: 'message'; readonly body: unknown; readonly method: string | undefined; readonly id: unknown }
  | { readonly kind: 'refused'; readonly response: Response };

/** Reads the message of a POST within the size limit. Other methods carry none; another content type is the protocol's to refuse. */
export async function readMessage(request: Request): Promise<ReadMessage> {
  if (request.method !== 'POST' || !isJsonContentType(request.headers.get('content-type'))) return { kind: 'none' };
  const read = await readBody(request).catch(() => undefined);
  if (read === undefined) return refused(400, -32_700, 'Parse error: the request body could not be read');
  if (read.tooLarge)
    return refused(413, -32_000, `Payload Too Large: Request body must not exceed ${MAX_BODY_BYTES} bytes`);
  try {
    const body: unknown = JSON.parse(read.text);
    if (body === null) return refused(400, -32_600, 'Invalid Request: the body is null');
    const { method, id } = body as { readonly method?: unknown; readonly id?: unknown };
    return { kind: 'message', body, method: typeof method === 'string' ? method : undefined, id };
  } catch {
    return refused(400, -32_700, 'Parse error: the request body is not valid JSON');
  }
}

/**
 * Reads a body of stated length with `text()`, which takes it from the socket: whatever touches `body` makes an undici Request out of the
 * light one of the listener, and its finaliser holds 40 kB of an ended request until a full collection. The parser of HTTP lets no
 * more bytes through than are stated.
 */
async function readBody(request: Request): ReturnType<typeof readRequestBody> {
  const stated = request.headers.get('content-length');
  if (stated === null || request.headers.has('transfer-encoding')) return readRequestBody(request, MAX_BODY_BYTES);
  return Number(stated) > MAX_BODY_BYTES ? { tooLarge: true } : { tooLarge: false, text: await request.text() };
}

function refused(status: number, code: number, message: string): ReadMessage {
  return {
    kind: 'refused',
    response: Response.json({ jsonrpc: '2.0', id: null, error: { code, message } }, { status }),
  };
}
