import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import type { ChatRequest } from './chat-completion.ts';
import { type EmbeddingsRequest, embeddings, embeddingsRequestFault } from './embeddings.ts';
import { openAiError } from './openai-error.ts';
import type { FixedReply, ModelReply, RecordedRequest, RequestBody } from './reply.ts';
import { accessFault, type Route, route } from './route.ts';
import { sendJson, sendReply } from './send-reply.ts';

/** How to start a scripted model. */
export interface ScriptedModelOptions {
  /** The only API key it accepts. Default: any. */
  readonly apiKey?: string;
}

/** A language model that answers from a script, behind a real HTTP server that speaks OpenAI's protocol. */
export interface ScriptedModel {
  /** For the OpenAI client: `http://127.0.0.1:<port>/v1`. */
  readonly baseUrl: string;
  /** For the Azure OpenAI client: `http://127.0.0.1:<port>`. */
  readonly azureEndpoint: string;
  /** Every request so far, oldest first. */
  readonly requests: readonly RecordedRequest[];
  /** Replies that wait for a request. */
  readonly pendingReplies: number;
  /** Adds replies to the queue; each answers one chat request. */
  reply(...replies: readonly ModelReply[]): void;
  /** Answers every chat request for which the queue has no reply. */
  replyAlways(reply: ModelReply): void;
  /** Adds replies for embeddings requests, which are otherwise answered with vectors of their own accord. */
  replyToEmbeddings(...replies: readonly ModelReply[]): void;
  /** Forgets script and requests. */
  reset(): void;
  /**
   * Stops the server.
   *
   * @throws Error when a request came that the script had no reply for ({@link ScriptedModel.reset} forgets it).
   */
  close(): Promise<void>;
}

type Recording = { -readonly [Key in keyof RecordedRequest]: RecordedRequest[Key] };

/**
 * Starts a scripted model on a free port of 127.0.0.1.
 *
 * It serves chat completions (at once or streamed), embeddings with real similarity, and the list of models, under the
 * paths of OpenAI and of Azure OpenAI. A chat request without a scripted reply gets status 500 and makes
 * {@link ScriptedModel.close} throw.
 */
export async function startScriptedModel(options: ScriptedModelOptions = {}): Promise<ScriptedModel> {
  const requests: Recording[] = [];
  const chatReplies: ModelReply[] = [];
  const embeddingsReplies: ModelReply[] = [];
  let always: ModelReply | undefined;
  let sequence = 0;

  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const gone = new AbortController();
    const recording = await record(request);
    requests.push(recording);
    sequence += 1;
    let closing = false;
    response.on('close', () => {
      recording.abandoned = !response.writableFinished && !closing;
      gone.abort();
    });
    const target = route(recording.method, recording.path);
    const fault =
      target === undefined ? undefined : accessFault(target, recording.headers, recording.query, options.apiKey);
    if (target === undefined)
      return unscripted(response, 404, `Unknown request URL: ${recording.method} ${recording.path}.`);
    if (fault !== undefined) {
      recording.answeredBy = 'built-in';
      return sendJson(response, fault.status, openAiError(fault.status, fault.message));
    }
    const scripted = target.endpoint === 'embeddings' ? embeddingsReplies.shift() : undefined;
    if (target.endpoint !== 'chat' && scripted === undefined) {
      recording.answeredBy = 'built-in';
      return answerBuiltIn(response, target, recording.body);
    }
    const { body } = recording;
    if (target.endpoint === 'chat' && !Array.isArray(body.messages)) {
      recording.answeredBy = 'built-in';
      return sendJson(response, 400, openAiError(400, "Missing required parameter: 'messages'."));
    }
    const next = scripted ?? chatReplies.shift() ?? always;
    if (next === undefined)
      return unscripted(response, 500, `The scripted model has no reply for request ${sequence}.`);
    const reply: FixedReply = typeof next === 'function' ? next(recording) : next;
    recording.answeredBy = 'script';
    closing = typeof reply === 'object' && 'hangUp' in reply;
    const model = body.model ?? target.deployment;
    const asked: ChatRequest = { ...body, messages: body.messages ?? [], ...(model === undefined ? {} : { model }) };
    return sendReply(response, asked, reply, sequence, gone.signal);
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      // The client has gone, or a function of the script threw: the recording says `nobody` then.
      if (!response.headersSent) unscripted(response, 500, `The script failed: ${String(error)}`);
      else response.destroy();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The operating system gave no TCP port.');
  const origin = `http://127.0.0.1:${address.port}`;

  return {
    baseUrl: `${origin}/v1`,
    azureEndpoint: origin,
    requests,
    get pendingReplies() {
      return chatReplies.length + embeddingsReplies.length;
    },
    reply: (...replies) => void chatReplies.push(...replies),
    replyAlways(reply) {
      always = reply;
    },
    replyToEmbeddings: (...replies) => void embeddingsReplies.push(...replies),
    reset() {
      for (const list of [requests, chatReplies, embeddingsReplies]) list.length = 0;
      always = undefined;
    },
    async close() {
      if (server.listening) {
        const closed = once(server, 'close');
        server.close();
        server.closeAllConnections();
        await closed;
      }
      const missed = requests.filter((request) => request.answeredBy === 'nobody');
      if (missed.length > 0) throw new Error(`The script had no reply for:\n${missed.map(describe).join('\n')}`);
    },
  };
}

async function record(request: IncomingMessage): Promise<Recording> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const text = await readText(request);
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
  const body = parseObject(text);
  return {
    method: request.method ?? '',
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: Object.fromEntries(headers),
    body,
    text,
    prompt: (body.messages ?? []).map(({ content }) => textOf(content)).join('\n'),
    answeredBy: 'nobody',
    abandoned: false,
  };
}

function parseObject(text: string): RequestBody {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as RequestBody) : {};
  } catch {
    return {};
  }
}

/** Content is a text, or parts of which some have a text. */
function textOf(content: unknown): string {
  if (!Array.isArray(content)) return typeof content === 'string' ? content : '';
  return content.map((part: { text?: unknown }) => (typeof part.text === 'string' ? part.text : '')).join('\n');
}

/** The official clients obey `x-should-retry`, so that a hole in a script shows at once and not after three attempts. */
function unscripted(response: ServerResponse, status: number, message: string): void {
  sendJson(response, status, openAiError(status, message, 'unscripted_request'), { 'x-should-retry': 'false' });
}

function answerBuiltIn(response: ServerResponse, target: Route, body: unknown): void {
  const fault = target.endpoint === 'embeddings' ? embeddingsRequestFault(body) : undefined;
  if (fault !== undefined) sendJson(response, 400, openAiError(400, fault));
  else if (target.endpoint === 'embeddings') sendJson(response, 200, embeddings(body as EmbeddingsRequest));
  else sendJson(response, 200, { object: 'list', data: [listedModel] });
}

const listedModel = { id: 'scripted', object: 'model', created: 0, owned_by: 'pgmcp' };

function describe({ method, path, body }: Recording): string {
  const last = body.messages?.at(-1);
  return `  ${method} ${path}${last === undefined ? '' : `: ${JSON.stringify(textOf(last.content)).slice(0, 200)}`}`;
}
