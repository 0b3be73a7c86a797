import type { ChatRequest } from './chat-completion.ts';
import { type EmbeddingsRequest, embeddings, embeddingsRequestFault } from './embeddings.ts';
import { openAiError } from './openai-error.ts';
import type { FaultReply, FixedReply, ModelReply, RecordedRequest } from './reply.ts';
import { accessFault, route } from './route.ts';

/** How one request is answered. */
export type Answer =
  | { readonly by: 'script'; readonly reply: FixedReply; readonly request: ChatRequest }
  | { readonly by: 'built-in' | 'nobody'; readonly status: number; readonly body: object };

/** The replies that are still to be given. */
export interface Script {
  readonly chat: ModelReply[];
  readonly embeddings: FaultReply[];
  always: ModelReply | undefined;
}

/**
 * Chooses the answer to a request, as the real service would: wrong paths, keys and bodies are refused without using up
 * a reply.
 *
 * @param apiKey The only key accepted; any when `undefined`.
 */
export function chooseAnswer(script: Script, request: RecordedRequest, apiKey: string | undefined): Answer {
  const { body } = request;
  const target = route(request.method, request.path);
  if (target === undefined) return nobody(404, `Unknown request URL: ${request.method} ${request.path}.`);
  const fault = accessFault(target, request.headers, request.query, apiKey);
  if (fault !== undefined) return refuse(fault.status, fault.message);
  const model = body.model ?? target.deployment;
  const named = model === undefined ? {} : { model };

  if (target.endpoint === 'models')
    return { by: 'built-in', status: 200, body: { object: 'list', data: [listedModel] } };
  if (target.endpoint === 'embeddings') {
    const wrong = embeddingsRequestFault(body);
    if (wrong !== undefined) return refuse(400, wrong);
    const reply = script.embeddings.shift();
    if (reply !== undefined) return { by: 'script', reply, request: { messages: [] } };
    return { by: 'built-in', status: 200, body: embeddings({ ...(body as unknown as EmbeddingsRequest), ...named }) };
  }
  if (!Array.isArray(body.messages)) return refuse(400, "Missing required parameter: 'messages'.");
  const next = script.chat.shift() ?? script.always;
  if (next === undefined) return nobody(500, 'The scripted model has no reply left for this request.');
  try {
    const reply = typeof next === 'function' ? next(request) : next;
    return { by: 'script', reply, request: { ...body, messages: body.messages, ...named } };
  } catch (error) {
    return nobody(500, `The script failed: ${String(error)}`);
  }
}

function refuse(status: number, message: string): Answer {
  return { by: 'built-in', status, body: openAiError(status, message) };
}

function nobody(status: number, message: string): Answer {
  return { by: 'nobody', status, body: openAiError(status, message, 'unscripted_request') };
}

const listedModel = { id: 'scripted', object: 'model', created: 0, owned_by: 'pgmcp' };
