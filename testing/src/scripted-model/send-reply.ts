import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ChatRequest, chatCompletion, chatCompletionChunks } from './chat-completion.ts';
import { openAiError } from './openai-error.ts';
import type { ContentReply, FixedReply, HangUpReply, RawReply } from './reply.ts';

/** Sends a JSON body. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(text);
}

/**
 * Plays a reply on the wire.
 *
 * @param sequence Number of the request, which goes into the reply's identifier.
 * @param gone Aborts when the client has hung up.
 */
export async function sendReply(
  response: ServerResponse,
  request: ChatRequest,
  reply: FixedReply,
  sequence: number,
  gone: AbortSignal,
): Promise<void> {
  if (typeof reply === 'string') return sendReply(response, request, { content: reply }, sequence, gone);
  if (reply.delayMs !== undefined) await sleep(reply.delayMs, undefined, { signal: gone });
  if ('hangUp' in reply) return hangUp(response, request, reply, sequence);
  if ('raw' in reply) {
    const contentType = request.stream === true ? 'text/event-stream' : 'application/json';
    return sendRaw(response, contentType, reply, gone);
  }
  if ('status' in reply)
    return sendJson(response, reply.status, reply.body ?? openAiError(reply.status), { ...reply.headers });
  if (request.stream === true) return stream(response, request, reply, sequence, gone);
  sendJson(response, 200, chatCompletion(request, reply, sequence));
}

async function sendRaw(
  response: ServerResponse,
  contentType: string,
  { raw, headers, repeatEveryMs }: RawReply,
  gone: AbortSignal,
): Promise<void> {
  response.writeHead(200, { 'content-type': contentType, ...headers });
  if (repeatEveryMs === undefined) {
    response.end(raw);
    return;
  }
  for (;;) {
    response.write(raw);
    await sleep(repeatEveryMs, undefined, { signal: gone });
  }
}

async function stream(
  response: ServerResponse,
  request: ChatRequest,
  reply: ContentReply,
  sequence: number,
  gone: AbortSignal,
): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' });
  for (const chunk of chatCompletionChunks(request, reply, sequence)) {
    if (reply.delayPerChunkMs !== undefined) await sleep(reply.delayPerChunkMs, undefined, { signal: gone });
    response.write(`data: ${JSON.stringify(chunk)}\n\n`);
  }
  response.end('data: [DONE]\n\n');
}

function hangUp(response: ServerResponse, request: ChatRequest, reply: HangUpReply, sequence: number): void {
  if (reply.after === undefined) {
    response.destroy();
    return;
  }
  if (request.stream === true) {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    // All but the last piece, which would say that the reply is complete.
    const pieces = chatCompletionChunks(request, { content: reply.after }, sequence).filter((chunk) => !isLast(chunk));
    response.write(pieces.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join(''), () => response.destroy());
  } else {
    // Promises more than it sends, so that the client can tell a broken body from a short one.
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(reply.after) + 100,
    });
    response.write(reply.after, () => response.destroy());
  }
}

function isLast(chunk: object): boolean {
  return /"finish_reason":"|"choices":\[\]/.test(JSON.stringify(chunk));
}
