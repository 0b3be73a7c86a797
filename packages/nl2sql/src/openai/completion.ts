import type { OpenAI } from 'openai';
import { Nl2sqlError } from '../errors.ts';
import type { Completion, TokenUsage } from '../ports.ts';

/** Reads a reply of the endpoint. Compatible servers leave fields out, so none is relied on. */
export function readCompletion(reply: OpenAI.Chat.Completions.ChatCompletion): Completion {
  const choice: Partial<OpenAI.Chat.Completions.ChatCompletion.Choice> | undefined = reply?.choices?.[0];
  const message: Partial<OpenAI.Chat.Completions.ChatCompletionMessage> | undefined = choice?.message;
  if (message === undefined) {
    throw new Nl2sqlError(
      'MODEL_ERROR',
      'The endpoint answered without a completion. Check that its base URL ends in /v1.',
      {
        retryable: true,
      },
    );
  }
  const usage = readUsage(reply.usage);
  return {
    text: typeof message.content === 'string' ? message.content : '',
    finishReason: readFinishReason(choice?.finish_reason),
    ...(usage === undefined ? {} : { usage }),
    ...(typeof reply.model === 'string' ? { model: reply.model } : {}),
    ...(typeof message.refusal === 'string' && message.refusal !== '' ? { refusal: message.refusal } : {}),
  };
}

function readFinishReason(reason: string | undefined): Completion['finishReason'] {
  return reason === 'stop' || reason === 'length' || reason === 'content_filter' ? reason : 'other';
}

function readUsage(usage: OpenAI.CompletionUsage | undefined): TokenUsage | undefined {
  if (typeof usage?.prompt_tokens !== 'number') return undefined;
  const completionTokens = usage.completion_tokens ?? 0;
  const cached = usage.prompt_tokens_details?.cached_tokens;
  const reasoning = usage.completion_tokens_details?.reasoning_tokens;
  return {
    promptTokens: usage.prompt_tokens,
    completionTokens,
    totalTokens: usage.total_tokens ?? usage.prompt_tokens + completionTokens,
    ...(cached === undefined ? {} : { cachedPromptTokens: cached }),
    ...(reasoning === undefined ? {} : { reasoningTokens: reasoning }),
  };
}
