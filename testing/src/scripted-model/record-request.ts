import type { IncomingMessage } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import type { RecordedRequest, RequestBody } from './reply.ts';

/** A recorded request while it is being answered. */
export type Recording = { -readonly [Key in keyof RecordedRequest]: RecordedRequest[Key] };

/** Reads a request to its end. */
export async function recordRequest(request: IncomingMessage): Promise<Recording> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const text = await readText(request);
  const body = parseObject(text);
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
  return {
    method: request.method ?? '',
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: Object.fromEntries(headers),
    body,
    text,
    prompt: messagesOf(body).map(textOf).join('\n'),
    answeredBy: 'nobody',
    abandoned: false,
  };
}

/** One line for an error message: where the request went and what it asked last. */
export function describeRequest({ method, path, body }: RecordedRequest): string {
  const last = messagesOf(body).at(-1);
  return `${method} ${path}${last === undefined ? '' : `: ${JSON.stringify(textOf(last)).slice(0, 200)}`}`;
}

function parseObject(text: string): RequestBody {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as RequestBody) : {};
  } catch {
    return {};
  }
}

function messagesOf(body: RequestBody): readonly { readonly content?: unknown }[] {
  return Array.isArray(body.messages) ? body.messages : [];
}

/** Content is a text, or parts of which some have a text. */
function textOf({ content }: { readonly content?: unknown }): string {
  if (!Array.isArray(content)) return typeof content === 'string' ? content : '';
  return content.map((part: { text?: unknown }) => (typeof part.text === 'string' ? part.text : '')).join('\n');
}
