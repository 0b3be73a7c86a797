import type { ContentReply } from './reply.ts';

/** The parts of a chat-completions request that shape its answer. */
export interface ChatRequest {
  readonly model?: string;
  readonly messages: readonly unknown[];
  readonly stream?: boolean;
  readonly stream_options?: { readonly include_usage?: boolean };
}

/** What is the same in the whole reply and in each piece of it. */
interface Frame {
  id: string;
  created: number;
  model: string;
  system_fingerprint: string;
}

/** The body of a reply that is sent at once. */
export function chatCompletion(request: ChatRequest, reply: ContentReply, sequence: number): object {
  const message = {
    role: 'assistant',
    content: reply.refusal === undefined ? reply.content : null,
    refusal: reply.refusal ?? null,
  };
  return {
    object: 'chat.completion',
    ...frame(request, reply, sequence),
    choices: [{ index: 0, message, logprobs: null, finish_reason: reply.finishReason ?? 'stop' }],
    usage: usage(request, reply),
  };
}

/** The pieces of a streamed reply, in order, without the closing `[DONE]`. */
export function chatCompletionChunks(request: ChatRequest, reply: ContentReply, sequence: number): object[] {
  const wantsUsage = request.stream_options?.include_usage === true;
  const chunk = (choices: readonly object[], used: object | null = null) => ({
    object: 'chat.completion.chunk',
    ...frame(request, reply, sequence),
    choices,
    // Every piece has the member when usage is wanted; only the last one, which has no choices, has a value.
    ...(wantsUsage ? { usage: used } : {}),
  });
  const delta = (value: object, finishReason: string | null = null) =>
    chunk([{ index: 0, delta: value, logprobs: null, finish_reason: finishReason }]);
  const body =
    reply.refusal === undefined
      ? splitIntoPieces(reply.content).map((content) => delta({ content }))
      : splitIntoPieces(reply.refusal).map((refusal) => delta({ refusal }));
  const chunks = [
    delta({ role: 'assistant', content: '', refusal: null }),
    ...body,
    delta({}, reply.finishReason ?? 'stop'),
  ];
  if (wantsUsage) chunks.push(chunk([], usage(request, reply)));
  return chunks;
}

/** About the size of tokens; white space stays with the word that follows. */
function splitIntoPieces(text: string): string[] {
  return text.match(/\s*\S{1,8}|\s+$/gu) ?? [];
}

function frame(request: ChatRequest, reply: ContentReply, sequence: number): Frame {
  return {
    id: `chatcmpl-scripted-${sequence}`,
    created: Math.floor(Date.now() / 1000),
    model: reply.model ?? request.model ?? 'scripted',
    system_fingerprint: 'fp_scripted',
  };
}

function usage(request: ChatRequest, reply: ContentReply): object {
  const promptTokens = reply.usage?.promptTokens ?? countTokens(JSON.stringify(request.messages));
  const completionTokens = reply.usage?.completionTokens ?? countTokens(reply.refusal ?? reply.content);
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
    prompt_tokens_details: { cached_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: 0 },
  };
}

/** A rough count; exact numbers are the script's business. */
export function countTokens(text: string): number {
  return Math.ceil(text.length / 4);
}
