import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { describeRequest, type Recording, recordRequest } from './record-request.ts';
import type { FaultReply, ModelReply, RecordedRequest } from './reply.ts';
import { chooseAnswer, type Script } from './script.ts';
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
  /** Adds failures of embeddings requests, which are otherwise answered with vectors of their own accord. */
  failEmbeddings(...replies: readonly FaultReply[]): void;
  /** @throws Error when a request came that the script had no reply for. */
  refuseMissed(): void;
  /** Forgets script and requests, those without a reply too. */
  reset(): void;
  /**
   * Stops the server.
   *
   * @throws Error as {@link ScriptedModel.refuseMissed} does.
   */
  close(): Promise<void>;
}

/**
 * Starts a scripted model on a free port of 127.0.0.1.
 *
 * It serves chat completions (at once or streamed), embeddings with real similarity, and the list of models, under the
 * paths of OpenAI and of Azure OpenAI. A chat request without a scripted reply gets status 500 and makes
 * {@link ScriptedModel.close} throw.
 */
export async function startScriptedModel(options: ScriptedModelOptions = {}): Promise<ScriptedModel> {
  const requests: Recording[] = [];
  const script: Script = { chat: [], embeddings: [], always: undefined };
  let sequence = 0;

  const serve = async (incoming: IncomingMessage, response: ServerResponse) => {
    const recording = await recordRequest(incoming);
    requests.push(recording);
    sequence += 1;
    const answer = chooseAnswer(script, recording, options.apiKey);
    recording.answeredBy = answer.by;
    const gone = new AbortController();
    const hangsUp = answer.by === 'script' && typeof answer.reply === 'object' && 'hangUp' in answer.reply;
    response.on('close', () => {
      recording.abandoned = !response.writableFinished && !hangsUp;
      gone.abort();
    });
    if (answer.by === 'script') return sendReply(response, answer.request, answer.reply, sequence, gone.signal);
    // The official clients obey this header, so that a hole in a script shows at once and not after three attempts.
    sendJson(response, answer.status, answer.body, answer.by === 'nobody' ? { 'x-should-retry': 'false' } : {});
  };

  const server = createServer((incoming, response) => {
    // Rejects when the client has gone while its request was read or its reply was held back.
    serve(incoming, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The operating system gave no TCP port.');
  const origin = `http://127.0.0.1:${address.port}`;

  const refuseMissed = () => {
    const missed = requests.filter(({ answeredBy }) => answeredBy === 'nobody');
    if (missed.length === 0) return;
    const described = missed.map((request) => `  ${describeRequest(request)}`).join('\n');
    throw new Error(`The script had no reply for:\n${described}`);
  };

  return {
    baseUrl: `${origin}/v1`,
    azureEndpoint: origin,
    requests,
    get pendingReplies() {
      return script.chat.length + script.embeddings.length;
    },
    reply: (...replies) => void script.chat.push(...replies),
    replyAlways(reply) {
      script.always = reply;
    },
    failEmbeddings: (...replies) => void script.embeddings.push(...replies),
    refuseMissed,
    reset() {
      for (const list of [requests, script.chat, script.embeddings]) list.length = 0;
      script.always = undefined;
    },
    async close() {
      if (server.listening) {
        const closed = once(server, 'close');
        server.close();
        server.closeAllConnections();
        await closed;
      }
      refuseMissed();
    },
  };
}
